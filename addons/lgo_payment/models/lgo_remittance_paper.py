# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.lgo_base.tools import thai


class LgoRemittance(models.Model):
    """The printed remittance (ใบนำส่งเงิน) and the summary of a day (ใบสำคัญสรุปใบนำส่งเงิน)."""

    _name = "lgo.remittance"
    _inherit = ["lgo.remittance", "lgo.paper.mixin"]

    def _paper_digit_style(self):
        return "arabic"

    def action_print(self):
        """Print remittances."""
        return self.env.ref("lgo_payment.action_report_remittance").report_action(self)

    def _by_revenue(self):
        """Receipts of a remittance by kind of revenue: list of (name, e-LAAS code, baht)."""
        self.ensure_one()
        groups = self.env["lgo.receipt.line"]._read_group(
            [("receipt_id.remittance_id", "=", self.id), ("receipt_id.state", "=", "issued")],
            ["revenue_id"],
            ["amount:sum"],
        )
        return [
            (revenue.name or "เงินรับล่วงหน้า", revenue.elaas_code or "-", amount)
            for revenue, amount in groups
        ]

    def _sum_text(self):
        return thai.baht_text(f"{sum(self.mapped('amount')):.2f}")
