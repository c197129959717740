# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoReceiptLine(models.Model):
    """What a receipt was given for."""

    _name = "lgo.receipt.line"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Line of a Receipt"
    _order = "receipt_id, id"

    _append_only_key = "lgo_payment"

    receipt_id = fields.Many2one(
        "lgo.receipt", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="receipt_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="receipt_id.currency_id")
    name = fields.Char(required=True, readonly=True)
    bill_id = fields.Many2one(
        "lgo.payment.bill", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    revenue_id = fields.Many2one("lgo.payment.revenue", readonly=True, ondelete="restrict")
    fiscal_year = fields.Integer(string="Fiscal year of the debt", readonly=True, aggregator=None)
    amount = fields.Monetary(readonly=True)
