# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai, workbook
from odoo.addons.lgo_base.tools.workbook import Column


class LgoPaymentReport(models.TransientModel):
    """Reports of finance as workbooks (dossier section 8); add-ons add their own."""

    _name = "lgo.payment.report"
    _description = "Report of Finance"

    kind = fields.Selection(
        [
            ("receipts", "Receipts of these days"),
            ("books", "Books of receipts of the fiscal year"),
            ("banks", "Files of the banks and the days"),
            ("waiting", "Payments that wait for a decision"),
            ("elaas", "Revenue to be keyed into e-LAAS"),
            ("card", "Card of a payer"),
        ],
        string="Report",
        required=True,
        default="receipts",
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._first_of_month()
    )
    date_to = fields.Date(string="Until", required=True, default=fields.Date.context_today)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    account_id = fields.Many2one(
        "lgo.payment.account", string="Payment account", check_company=True
    )
    file = fields.Binary(readonly=True)
    file_name = fields.Char(readonly=True)

    @api.model
    def _first_of_month(self):
        return fields.Date.start_of(fields.Date.context_today(self), "month")

    def action_make(self):
        """Make the workbook and hand it over."""
        self.ensure_one()
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("This organisation is not yours."))
        if self.date_to < self.date_from:
            raise UserError(self.env._("The last day comes before the first."))
        if self.kind == "card" and not self.account_id:
            raise UserError(self.env._("Choose whose card it is."))
        title, columns, rows = getattr(self, f"_report_{self.kind}")()
        self.file = base64.b64encode(workbook.report(title, columns, rows, self._facts(title)))
        days = "-".join(f"{day:%Y%m%d}" for day in (self.date_from, self.date_to))
        self.file_name = f"{self.kind}-{days}.xlsx"
        self.env["lgo.audit.log"]._log("payment.report", self.company_id, detail=self.file_name)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
            "target": "self",
        }

    def _facts(self, title):
        """What the second sheet says: what was asked for, when and by whom."""
        now = fields.Datetime.now()
        return [
            ("รายงาน", title),
            ("หน่วยงาน", self.company_id.name),
            ("ตั้งแต่", thai.format_date(self.date_from, "long", "arabic")),
            ("ถึง", thai.format_date(self.date_to, "long", "arabic")),
            ("จัดทำเมื่อ", thai.format_datetime(now, "long", "arabic")),
            ("จัดทำโดย", self.env.user.name),
        ]

    def _report_receipts(self):
        """X1, ทะเบียนรับเงินรายวัน: one line a line of a receipt."""
        lines = self.env["lgo.receipt.line"].search(
            [
                ("receipt_id.company_id", "=", self.company_id.id),
                ("receipt_id.date", ">=", self.date_from),
                ("receipt_id.date", "<=", self.date_to),
            ],
            order="receipt_id, id",
        )
        receipts = self.env["lgo.receipt"]
        channels = dict(receipts._fields["channel"]._description_selection(self.env))
        states = dict(receipts._fields["state"]._description_selection(self.env))
        rows = []
        for number, line in enumerate(lines.sorted(lambda one: one.receipt_id.name), start=1):
            receipt = line.receipt_id
            cancelled = receipt.state == "cancelled"
            rows.append(
                [
                    number, receipt.date, thai.format_time(receipt.issued_at, "arabic"),
                    receipt.book, receipt.name, line.bill_id.number, receipt.account_id.number,
                    receipt.payer, receipt.house, line.name, line.fiscal_year or None,
                    0.0 if cancelled else line.amount, line.amount if cancelled else 0.0,
                    channels[receipt.channel], receipt.bank_line_id.bank_ref,
                    receipt.cashier_id.name, receipt.remittance_id.name, states[receipt.state],
                    receipt.cancel_reason,
                ]
            )  # fmt: skip
        columns = [
            Column("ลำดับ", 7, "whole"), Column("วันที่รับ", 11, "date"), Column("เวลา", 9),
            Column("เล่มที่", 7, "whole"), Column("เลขที่ใบเสร็จ", 13), Column("เลขบิล", 14),
            Column("รหัสผู้ใช้บริการ", 13), Column("ชื่อผู้ชำระ", 26), Column("บ้านเลขที่", 10),
            Column("รายการ", 34), Column("ปีงบประมาณหนี้", 9, "whole"),
            Column("รวม", 12, "money", True), Column("ยกเลิก", 12, "money"),
            Column("ช่องทาง", 12), Column("เลขอ้างอิงธนาคาร", 18), Column("ผู้รับเงิน", 20),
            Column("เลขที่ใบนำส่ง", 14), Column("สถานะ", 10), Column("เหตุผลยกเลิก", 24),
        ]  # fmt: skip
        return "ทะเบียนรับเงินรายวัน", columns, rows

    def _report_books(self):
        """X9, ทะเบียนคุมใบเสร็จรับเงิน: one line a book of the fiscal year of the last day."""
        year = thai.fiscal_year(self.date_to)
        size = self.company_id.lgo_receipt_book_size
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(BOOKS, company=self.company_id.id, year=str(year), size=size)
        )
        rows = [
            [year, book, first, last, issued, cancelled, void, open_, size - given]
            for book, first, last, issued, cancelled, void, open_, given in found
        ]
        columns = [
            Column("ปีงบประมาณ", 11, "whole"), Column("เล่มที่", 9, "whole"),
            Column("เลขที่เริ่ม", 12, "whole"), Column("เลขที่สิ้นสุด", 12, "whole"),
            Column("ใช้ไป", 9, "whole", True), Column("ยกเลิก", 9, "whole", True),
            Column("เลิกใช้", 9, "whole", True), Column("อยู่ที่ผู้เก็บเงิน", 14, "whole", True),
            Column("คงเหลือในเล่ม", 13, "whole"),
        ]  # fmt: skip
        return "ทะเบียนคุมใบเสร็จรับเงิน", columns, rows

    def _report_waiting(self):
        """X7, รายการรอตรวจสอบ/คืนเงิน: what is in no bill, by line of the bank."""
        lines = self.env["lgo.bank.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("pay_date", ">=", self.date_from),
                ("pay_date", "<=", self.date_to),
                ("state", "in", ("waiting", "held")),
            ],
            order="pay_date, id",
        )
        names = {
            name: dict(lines._fields[name]._description_selection(self.env))
            for name in ("outcome", "queue", "state")
        }
        rows = [
            [
                line.pay_date, line.ref1, line.ref2, line.payer, line.amount,
                names["outcome"].get(line.outcome, ""), names["queue"].get(line.queue, ""),
                names["state"][line.state], line.bank_ref,
            ]
            for line in lines
        ]  # fmt: skip
        columns = [
            Column("วันที่ชำระ", 11, "date"), Column("รหัสอ้างอิง 1", 14), Column("รหัสอ้างอิง 2", 14),
            Column("ผู้ชำระ", 26), Column("จำนวนเงิน", 12, "money", True), Column("ผลการจับคู่", 24),
            Column("ประเภท", 20), Column("สถานะ", 20), Column("เลขอ้างอิงธนาคาร", 18),
        ]  # fmt: skip
        return "รายการรอตรวจสอบและคืนเงิน", columns, rows

    def _report_banks(self):
        """X6, รายงานกระทบยอดธนาคาร: what each file brought, and how its day was balanced."""
        files = self.env["lgo.bank.file"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "imported"),
                ("purpose", "=", "detail"),
                ("effective_date", ">=", self.date_from),
                ("effective_date", "<=", self.date_to),
            ],
            order="effective_date, id",
        )
        days = {
            day.date: day
            for day in self.env["lgo.payment.day"].search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("date", ">=", self.date_from),
                    ("date", "<=", self.date_to),
                ]
            )
        }
        receipts = dict(
            self.env["lgo.receipt"]._read_group(
                [("bank_line_id.file_id", "in", files.ids), ("state", "=", "issued")],
                ["bank_line_id"],
                ["amount:sum"],
            )
        )
        sums = {}
        for line, amount in receipts.items():
            sums[line.file_id] = sums.get(line.file_id, 0.0) + amount
        empty = self.env["lgo.payment.day"]
        rows = []
        for file in files:
            day = days.get(file.effective_date, empty)
            rows.append(
                [
                    file.effective_date, file.biller_id.name, file.name, file.credit_count,
                    file.credit_total, sums.get(file, 0.0), day.clearing_balance,
                    day.bank_credited, day.bank_difference, day.explanation,
                ]
            )  # fmt: skip
        columns = [
            Column("วันที่", 11, "date"), Column("บัญชี", 26), Column("ไฟล์", 26),
            Column("จำนวนรายการ", 10, "whole", True), Column("ยอดไฟล์", 13, "money", True),
            Column("ยอดใบเสร็จ", 13, "money", True), Column("ยอดบัญชีพัก", 13, "money"),
            Column("ยอดเข้าบัญชี", 13, "money"), Column("ผลต่าง", 13, "money"), Column("คำอธิบาย", 30),
        ]  # fmt: skip
        return "รายงานกระทบยอดธนาคาร", columns, rows

    def _report_elaas(self):
        """X8: revenue by day, remittance, code and channel, this year's and that of earlier years.

        Codes are data of the kinds of revenue; e-LAAS has no interface to which it could be sent.
        """
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """SELECT receipt.date, remittance.name, revenue.elaas_code,
                          COALESCE(revenue.elaas_name, revenue.name), receipt.channel,
                          COALESCE(SUM(line.amount) FILTER (
                              WHERE line.fiscal_year >= receipt.fiscal_year), 0),
                          COALESCE(SUM(line.amount) FILTER (
                              WHERE line.fiscal_year < receipt.fiscal_year), 0),
                          SUM(line.amount), MIN(receipt.name), MAX(receipt.name)
                     FROM lgo_receipt_line line
                     JOIN lgo_receipt receipt ON receipt.id = line.receipt_id
                     LEFT JOIN lgo_payment_revenue revenue ON revenue.id = line.revenue_id
                     LEFT JOIN lgo_remittance remittance ON remittance.id = receipt.remittance_id
                    WHERE receipt.company_id = %s AND receipt.state = 'issued'
                      AND receipt.date BETWEEN %s AND %s
                    GROUP BY receipt.date, remittance.id, revenue.id, receipt.channel
                    ORDER BY receipt.date, remittance.name, revenue.elaas_code, receipt.channel""",
                self.company_id.id,
                self.date_from,
                self.date_to,
            )
        )
        channels = dict(self.env["lgo.receipt"]._fields["channel"]._description_selection(self.env))
        rows = [
            [
                day, remittance, code, name or "เงินรับล่วงหน้า", float(this_year), float(earlier),
                float(total), channels[channel], low, high,
            ]
            for day, remittance, code, name, channel, this_year, earlier, total, low, high in found
        ]  # fmt: skip
        columns = [
            Column("วันที่", 11, "date"), Column("เลขที่ใบนำส่ง", 14), Column("รหัสรายรับ", 12),
            Column("ชื่อรายรับ", 34), Column("ปีปัจจุบัน", 13, "money", True),
            Column("ปีก่อน", 13, "money", True), Column("จำนวนเงิน", 13, "money", True),
            Column("ช่องทาง", 14), Column("เลขที่ใบเสร็จตั้งแต่", 14), Column("ถึง", 14),
        ]  # fmt: skip
        return "รายรับสำหรับบันทึก e-LAAS", columns, rows

    def _report_card(self):
        """X10, ทะเบียนคุมลูกหนี้รายตัว (ผ.ท.): bills, payments and corrections with the balance."""
        account = self.account_id
        account.check_access("read")
        bills = account.bill_ids.sudo()
        entries = [
            (bill.date, 0, bill.id, bill.number, bill.title, bill.fiscal_year, bill.amount, 0.0)
            for bill in bills
        ]
        receipts = {part.move_line_id: part.receipt_id for part in bills.allocation_ids}
        for bill in bills:
            for partial in bill.receivable_line_id.matched_credit_ids:
                line = partial.credit_move_id
                receipt = receipts.get(line)
                text = "ชำระ" if line in receipts else line.move_id.ref
                entries.append(
                    (
                        line.date, 1, line.id, receipt.name if receipt else "", text,
                        bill.fiscal_year, 0.0, partial.amount,
                    )
                )  # fmt: skip
        balance, rows = 0.0, []
        for day, _order, _id, number, text, year, debit, credit in sorted(entries):
            balance = account.currency_id.round(balance + debit - credit)
            if day < self.date_from:
                rows = [[None, "", "ยอดยกมา", None, None, None, balance]]
            elif day <= self.date_to:
                rows.append([day, number, text, year, debit or None, credit or None, balance])
        columns = [
            Column("วันที่", 11, "date"), Column("เลขที่", 16), Column("รายการ", 40),
            Column("ปีงบประมาณ", 9, "whole"), Column("ตั้งหนี้", 13, "money", True),
            Column("ชำระ/ปรับลด", 13, "money", True), Column("คงเหลือ", 13, "money"),
        ]  # fmt: skip
        name = f"{account.number} {account.partner_id.name} {account.name}"
        return f"ทะเบียนคุมลูกหนี้รายตัว {name}", columns, rows


BOOKS = """
SELECT (entry.number - 1) / %(size)s + 1 AS book, min(entry.number), max(entry.number),
       count(*) FILTER (WHERE receipt.state = 'issued'),
       count(*) FILTER (WHERE receipt.state = 'cancelled'),
       count(*) FILTER (WHERE receipt.id IS NULL AND entry.state = 'void'),
       count(*) FILTER (WHERE receipt.id IS NULL AND entry.state = 'used'),
       count(*)
  FROM lgo_register_entry entry
  JOIN lgo_register register ON register.id = entry.register_id
  LEFT JOIN lgo_receipt receipt ON receipt.register_entry_id = entry.id
 WHERE register.code = 'payment_receipt' AND entry.company_id = %(company)s
   AND entry.period = %(year)s AND entry.point = 0
 GROUP BY 1 ORDER BY 1
"""
