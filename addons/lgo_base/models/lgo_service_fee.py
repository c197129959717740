# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoServiceFee(models.Model):
    """A fee of a service from a day on, with the by-law that sets it."""

    _name = "lgo.service.fee"
    _description = "Service Fee"
    _order = "service_id, sequence, date_from desc, id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    currency_id = fields.Many2one(related="service_id.company_id.currency_id")
    amount = fields.Monetary(currency_field="currency_id")
    legal_reference = fields.Char(string="By-law", translate=True)
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "A fee must not be negative.")
