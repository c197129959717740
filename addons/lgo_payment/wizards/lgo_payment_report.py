# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lgo_base.tools import thai, workbook
from odoo.addons.lgo_base.tools.workbook import Column


class LgoPaymentReport(models.TransientModel):
    """Reports of finance as workbooks (dossier section 8); add-ons add their own."""

    _name = "lgo.payment.report"
    _description = "Report of Finance"

    kind = fields.Selection(
        [("receipts", "Receipts of these days"), ("waiting", "Payments that wait for a decision")],
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
