# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.lgo_base.tools.workbook import Column

#: Days overdue from which on a debt is in the next column.
AGES = (
    ("ยังไม่ครบกำหนด", None, 0), ("1-30 วัน", 0, 30), ("31-90 วัน", 30, 90), ("91-180 วัน", 90, 180),
    ("181-365 วัน", 180, 365), ("เกิน 1 ปี", 365, 1095), ("เกิน 3 ปี", 1095, None),
)  # fmt: skip


class LgoPaymentReport(models.TransientModel):
    """The reports of the waste fee, drawn from the ledger."""

    _inherit = "lgo.payment.report"

    kind = fields.Selection(
        selection_add=[
            ("ageing", "Waste fee: arrears by age"),
            ("efficiency", "Waste fee: what was collected, by zone"),
            ("discounts", "Waste fee: discounts and exemptions"),
            ("sheet", "Waste fee: list of the collector, by route"),
        ],
        ondelete={
            "ageing": "cascade",
            "efficiency": "cascade",
            "discounts": "cascade",
            "sheet": "cascade",
        },
    )
    zone_ids = fields.Many2many("lgo.waste.zone", string="Zones", help="Empty: all zones.")

    def _facts(self, title):
        zones = ", ".join(self.zone_ids.mapped("name")) or "ทุกเขต"
        return [*super()._facts(title), ("เขต", zones)]

    def _zone_condition(self):
        ids = tuple(self.zone_ids.ids)
        return SQL("point.zone_id IN %s", ids) if ids else SQL("TRUE")

    def _rows(self, query):
        self.env.flush_all()
        self.check_access("read")
        return self.env.execute_query(query)

    def _report_ageing(self):
        """X2, ลูกหนี้ค้างชำระแยกอายุหนี้ตามเขต: what is open on the last day, by days overdue.

        What was paid later is counted as still open, so that a report of an earlier day stays what
        it was.
        """
        day = self.date_to
        sums = SQL(", ").join(
            SQL(
                "SUM(open.amount) FILTER (WHERE %s AND %s)",
                SQL("%s - open.date_due > %s", day, low) if low is not None else SQL("TRUE"),
                SQL("%s - open.date_due <= %s", day, high) if high is not None else SQL("TRUE"),
            )
            for _label, low, high in AGES
        )
        found = self._rows(
            SQL(
                """WITH part AS (%s), open AS (
                       SELECT bill.account_id, bill.date_due,
                              bill.amount - COALESCE(SUM(part.amount) FILTER (
                                  WHERE part.date <= %s), 0) AS amount
                         FROM lgo_payment_bill bill
                         LEFT JOIN part ON part.line_id = bill.receivable_line_id
                        WHERE bill.company_id = %s AND bill.date <= %s
                        GROUP BY bill.id)
                   SELECT zone.name, community.name, account.number, payer.name, account.house,
                          %s, SUM(open.amount)
                     FROM open
                     JOIN lgo_waste_point point ON point.account_id = open.account_id
                     JOIN lgo_payment_account account ON account.id = open.account_id
                     JOIN res_partner payer ON payer.id = account.partner_id
                     JOIN lgo_waste_zone zone ON zone.id = point.zone_id
                     LEFT JOIN lgo_waste_community community ON community.id = point.community_id
                    WHERE open.amount > 0 AND %s
                    GROUP BY zone.id, community.id, account.id, payer.id
                    ORDER BY zone.code, community.name, account.number""",
                self._parts_query(),
                day,
                self.company_id.id,
                day,
                sums,
                self._zone_condition(),
            )
        )
        columns = [
            Column("เขต", 16), Column("ชุมชน", 16), Column("รหัสผู้ใช้บริการ", 13), Column("ชื่อ", 26),
            Column("บ้านเลขที่", 10), *(Column(label, 12, "money", True) for label, *_days in AGES),
            Column("รวม", 13, "money", True),
        ]  # fmt: skip
        rows = [[*row[:5], *(float(value or 0) for value in row[5:])] for row in found]
        return "ลูกหนี้ค้างชำระแยกอายุหนี้ตามเขต", columns, rows

    def _parts_query(self):
        """Everything that made bills smaller: paid (with a part of a payment) or reduced."""
        return SQL(
            """SELECT partial.debit_move_id AS line_id, partial.amount, credit.date,
                      EXISTS (SELECT 1 FROM lgo_payment_allocation allocation
                               WHERE allocation.move_line_id = partial.credit_move_id) AS is_paid
                 FROM account_partial_reconcile partial
                 JOIN account_move_line credit ON credit.id = partial.credit_move_id
                WHERE partial.company_id = %s""",
            self.company_id.id,
        )

    def _report_efficiency(self):
        """X3, ประสิทธิภาพการจัดเก็บ: billed, brought forward, reduced, collected and left, by zone.

        คงค้าง = ก + ข − ค − ง − จ; ร้อยละของงวด = ง / (ก − คก); ร้อยละรวม = (ง + จ) / (ก + ข − ค)
        (dossier section 8, X3).
        """
        first, last = self.date_from, self.date_to
        found = self._rows(
            SQL(
                """WITH part AS (%(parts)s), sums AS (
                       SELECT bill.id, bill.account_id, bill.amount,
                              bill.date >= %(first)s AS is_new,
                              COALESCE(SUM(part.amount) FILTER (
                                  WHERE part.date < %(first)s), 0) AS before,
                              COALESCE(SUM(part.amount) FILTER (
                                  WHERE part.is_paid AND part.date >= %(first)s), 0) AS paid,
                              COALESCE(SUM(part.amount) FILTER (
                                  WHERE NOT part.is_paid AND part.date >= %(first)s), 0) AS reduced
                         FROM lgo_payment_bill bill
                         LEFT JOIN part ON part.line_id = bill.receivable_line_id
                              AND part.date <= %(last)s
                        WHERE bill.company_id = %(company)s AND bill.date <= %(last)s
                        GROUP BY bill.id)
                   SELECT zone.name,
                          COUNT(DISTINCT point.id) FILTER (WHERE sums.is_new),
                          COALESCE(SUM(sums.amount) FILTER (WHERE sums.is_new), 0),
                          COALESCE(SUM(sums.amount - sums.before)
                                   FILTER (WHERE NOT sums.is_new), 0),
                          COALESCE(SUM(sums.reduced), 0),
                          COALESCE(SUM(sums.reduced) FILTER (WHERE sums.is_new), 0),
                          COALESCE(SUM(sums.paid) FILTER (WHERE sums.is_new), 0),
                          COALESCE(SUM(sums.paid) FILTER (WHERE NOT sums.is_new), 0)
                     FROM sums
                     JOIN lgo_waste_point point ON point.account_id = sums.account_id
                     JOIN lgo_waste_zone zone ON zone.id = point.zone_id
                    WHERE %(zones)s
                    GROUP BY zone.id
                    ORDER BY zone.code""",
                parts=self._parts_query(),
                first=first,
                last=last,
                company=self.company_id.id,
                zones=self._zone_condition(),
            )
        )
        rows = [self._efficiency_row(*row) for row in found]
        columns = [
            Column("เขต", 18), Column("จำนวนราย", 10, "whole", True),
            Column("ตั้งเก็บ (ก)", 13, "money", True), Column("ยกมา (ข)", 13, "money", True),
            Column("ปรับลด/จำหน่าย (ค)", 13, "money", True),
            Column("เก็บได้งวดนี้ (ง)", 13, "money", True),
            Column("เก็บได้หนี้เก่า (จ)", 13, "money", True),
            Column("คงค้าง", 13, "money", True), Column("% เก็บได้งวด", 10, "percent"),
            Column("% รวม", 10, "percent"),
        ]  # fmt: skip
        return "ประสิทธิภาพการจัดเก็บ", columns, rows

    @staticmethod
    def _efficiency_row(zone, count, billed, brought, reduced, reduced_new, paid, paid_old):
        left = billed + brought - reduced - paid - paid_old
        of_new = billed - reduced_new
        of_all = billed + brought - reduced
        return [
            zone, count, *map(float, (billed, brought, reduced, paid, paid_old, left)),
            round(float(100 * paid / of_new), 2) if of_new else None,
            round(float(100 * (paid + paid_old) / of_all), 2) if of_all else None,
        ]  # fmt: skip

    def _report_discounts(self):
        """X11, ผู้ได้รับส่วนลด/ยกเว้น: who pays less by decision in these days."""
        meets = [
            ("point_id.company_id", "=", self.company_id.id),
            ("date_from", "<=", self.date_to),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", self.date_from),
        ]
        if self.zone_ids:
            meets.append(("point_id.zone_id", "in", self.zone_ids.ids))
        rows = []
        for model in ("lgo.waste.enrolment", "lgo.waste.exemption"):
            records = self.env[model].search(meets, order="date_from, id")
            states = dict(records._fields["state"]._description_selection(self.env))
            rows += [
                [
                    record.incentive_id.name if "incentive_id" in record else "ยกเว้นค่าธรรมเนียม",
                    record.point_id.number, record.point_id.name, record.point_id.zone_id.name,
                    record.date_from, record.date_to,
                    f"ร้อยละ {record.percent:g}" if "percent" in record else record.inspection,
                    states[record.state],
                ]
                for record in records
            ]  # fmt: skip
        columns = [
            Column("โครงการ", 30), Column("รหัสผู้ใช้บริการ", 13), Column("จุดเก็บขน", 26),
            Column("เขต", 16), Column("ตั้งแต่", 11, "date"), Column("ถึง", 11, "date"),
            Column("ส่วนลดหรือผลตรวจล่าสุด", 30), Column("สถานะ", 14),
        ]  # fmt: skip
        return "ผู้ได้รับส่วนลดและยกเว้น", columns, rows

    def _report_sheet(self):
        """ใบเก็บเงินรายเดือนตามสาย: who owes what along the route, with room for the signature."""
        found = self._rows(
            SQL(
                """SELECT route.name, point.route_sequence, account.house, point.village_number,
                          payer.name, account.number, COUNT(*), SUM(bill.residual)
                     FROM lgo_payment_bill bill
                     JOIN lgo_payment_account account ON account.id = bill.account_id
                     JOIN lgo_waste_point point ON point.account_id = account.id
                     JOIN res_partner payer ON payer.id = account.partner_id
                     LEFT JOIN lgo_waste_route route ON route.id = point.route_id
                    WHERE bill.company_id = %s AND bill.state IN ('open', 'partial')
                      AND bill.date <= %s AND %s
                    GROUP BY route.id, point.id, account.id, payer.id
                    ORDER BY route.name, point.route_sequence, account.number""",
                self.company_id.id,
                self.date_to,
                self._zone_condition(),
            )
        )
        rows = [[*row[:7], float(row[7]), "", "", ""] for row in found]
        columns = [
            Column("สาย", 12), Column("ลำดับ", 7, "whole"), Column("บ้านเลขที่", 11), Column("หมู่", 6),
            Column("ผู้ชำระ", 28), Column("รหัสผู้ใช้บริการ", 13), Column("จำนวนใบแจ้ง", 9, "whole", True),
            Column("จำนวนเงิน", 12, "money", True), Column("ลายมือชื่อ", 20),
            Column("เลขที่ใบเสร็จ", 14), Column("หมายเหตุ (ไม่อยู่บ้าน/ปิด/นัดใหม่)", 26),
        ]  # fmt: skip
        return "ใบเก็บเงินตามสาย", columns, rows
