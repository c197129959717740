# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoCaseCost(models.Model):
    """What the work on a case in the field cost: material, labour, contractor.

    For the office's own account of repairs; no bookkeeping entry and no bill.
    """

    _name = "lgo.case.cost"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Cost of a Case"
    _order = "date, id"

    name = fields.Char(string="What", required=True)
    kind = fields.Selection(
        selection=[
            ("material", "Material"),
            ("labour", "Labour"),
            ("vehicle", "Vehicle and machine"),
            ("contract", "Contractor"),
            ("other", "Other"),
        ],
        required=True,
        default="material",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(required=True)

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "The cost must not be negative.")
