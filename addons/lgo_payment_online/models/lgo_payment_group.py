# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoPaymentGroup(models.Model):
    """Looked up by the pages that only read."""

    _inherit = "lgo.payment.group"

    @api.model
    def _open_for_bills(self, bills):
        """The open group of exactly these bills (may be empty)."""
        groups = self.sudo().search([("bill_ids", "in", bills.ids), ("state", "=", "open")])
        return groups.filtered(lambda group: group.bill_ids == bills)[:1]
