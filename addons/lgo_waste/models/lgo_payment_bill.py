# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPaymentBill(models.Model):
    """A bill of the waste fee knows its months; cancelling it frees them."""

    _inherit = "lgo.payment.bill"

    waste_charge_ids = fields.One2many("lgo.waste.charge", "bill_id", string="Months")

    def _close(self, closing, date):
        result = super()._close(closing, date)
        if closing == "cancelled":
            self.env["lgo.waste.charge"]._free_bills(self)
        return result
