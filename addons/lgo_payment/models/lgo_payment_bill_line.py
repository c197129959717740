# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPaymentBillLine(models.Model):
    """A part of a bill with its kind of revenue, e.g. collecting and disposing apart."""

    _name = "lgo.payment.bill.line"
    _description = "Line of a Fee Bill"
    _order = "bill_id, id"

    bill_id = fields.Many2one(
        "lgo.payment.bill", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="bill_id.company_id")
    currency_id = fields.Many2one(related="bill_id.currency_id")
    revenue_id = fields.Many2one(
        "lgo.payment.revenue", required=True, readonly=True, ondelete="restrict"
    )
    name = fields.Char(required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
