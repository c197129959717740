# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.report_weasyprint.tools.qr import qr_svg

OPEN = ("open", "partial")
SERVED = ("active", "terminating", "terminated")


class LgoWasteRound(models.Model):
    """What a phone takes along: the houses of the routes, what they owe, numbers, limits."""

    _inherit = "lgo.waste.round"

    def _package(self):
        """Everything that the page needs without a connection, and no more.

        No telephone, no number of a person: what a collector must see at the door (dossier
        appendix E).

        :return: dict that goes over the wire
        """
        self.ensure_one()
        company = self.company_id
        last = self.collection_ids.sorted("seq")[-1:]
        return {
            "round": self.id,
            "token": self.token,
            "seq": last.seq,
            "prev": last.hash or self.token,
            "company": company.name,
            "collector": self.user_id.name,
            "opened": self._millis(self.opened_at),
            "validUntil": self._millis(self.valid_until),
            "cash": self._satang(self.session_id.taken),
            "limit": self._satang(company.lgo_collector_cash_limit),
            "numbers": self._number_rows(),
            "points": self._point_rows(),
        }

    @staticmethod
    def _millis(moment):
        """Milliseconds of the epoch, as a browser counts."""
        return int((moment - fields.Datetime.to_datetime("1970-01-01")).total_seconds() * 1000)

    @staticmethod
    def _satang(amount):
        """Baht as a whole number of satang: a browser counts in floats."""
        return round(amount * 100)

    def _number_rows(self):
        size = self.company_id.lgo_receipt_book_size
        return [
            {"number": entry.number, "name": entry.name, "book": (entry.number - 1) // size + 1}
            for entry in self._unused_entries()
        ]

    def _point_rows(self):
        """The houses of the collector's routes in their order, with what they owe."""
        points = (
            self.env["lgo.waste.point"]
            .with_user(self.user_id)
            .search(
                [
                    ("route_id.collector_ids", "in", self.user_id.id),
                    ("state", "in", SERVED),
                    ("company_id", "=", self.company_id.id),
                ],
                order="route_id, route_sequence, id",
            )
            .sudo()
        )
        bills = (
            self.env["lgo.payment.bill"]
            .sudo()
            .search(
                [("account_id", "in", points.account_id.ids), ("state", "in", OPEN)],
                order="fiscal_year, date_due, number",
            )
        )
        owed = bills.grouped("account_id")
        biller = self.env["lgo.payment.biller"]._active(self.company_id)
        return [
            self._point_row(point, owed.get(point.account_id, bills[:0]), biller)
            for point in points
            if point.state != "terminated" or point.account_id in owed
        ]

    def _point_row(self, point, bills, biller):
        total = sum(bills.mapped("residual"))
        qr = ""
        if biller and bills:
            payload = biller._qr_payload(point.number, "", f"{total:.2f}")
            qr = str(qr_svg(payload, size="100%", label=self.env._("QR of the house")))
        return {
            "number": point.number,
            "name": point.name,
            "house": point.house or "",
            "payer": point.partner_id.name,
            "community": point.community_id.name or "",
            "route": point.route_id.name,
            "bills": [
                {
                    "number": bill.number,
                    "title": bill.title,
                    "amount": self._satang(bill.residual),
                }
                for bill in bills
            ],
            "qr": qr,
        }
