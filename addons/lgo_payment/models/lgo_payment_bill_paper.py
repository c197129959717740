# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import models

from odoo.addons.lgo_base.tools import thai

from ..tools import barcode


class LgoPaymentBill(models.Model):
    """The printed bill: QR for bank apps, bar code for the counters of banks."""

    _name = "lgo.payment.bill"
    _inherit = ["lgo.payment.bill", "lgo.paper.mixin"]

    def _paper_digit_style(self):
        # amounts and references are typed into bank apps
        return "arabic"

    def action_print(self):
        """Print bills."""
        return self.env.ref("lgo_payment.action_report_bill").report_action(self)

    def _bill_biller(self):
        """The bank account whose QR the bill shows (may be empty)."""
        return self.env["lgo.payment.biller"]._active(self.company_id)

    def _residual_text(self):
        return thai.baht_text(f"{self.residual:.2f}")

    def _barcode_uri(self, biller):
        """Picture of the bar code as a data URI."""
        text = biller._barcode_text(self.account_id.number, self.number, f"{self.residual:.2f}")
        return "data:image/svg+xml;base64," + base64.b64encode(barcode.code128_svg(text)).decode()

    def _arrears(self):
        """Number and sum of the older bills of the account that are not paid: (count, baht)."""
        self.ensure_one()
        groups = self.env["lgo.payment.bill"]._read_group(
            [
                ("account_id", "=", self.account_id.id),
                ("id", "!=", self.id),
                ("state", "in", ("open", "partial")),
                ("date_due", "<", self.date_due),
            ],
            [],
            ["__count", "residual:sum"],
        )
        count, amount = groups[0]
        return count, amount or 0.0
