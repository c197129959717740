# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteRunPreview(models.Model):
    """What a run would bill: a zone and a class."""

    _name = "lgo.waste.run.preview"
    _description = "Preview of a Billing Run"
    _order = "id"
    _rec_name = "tariff_id"

    run_id = fields.Many2one(
        "lgo.waste.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="run_id.currency_id")
    zone_id = fields.Many2one("lgo.waste.zone", readonly=True)
    tariff_id = fields.Many2one("lgo.waste.tariff", string="Class", readonly=True)
    point_count = fields.Integer(string="Service points", readonly=True)
    free_count = fields.Integer(string="Months without a fee", readonly=True)
    amount_full = fields.Monetary(string="By the rate", readonly=True)
    amount = fields.Monetary(string="To be billed", readonly=True)
