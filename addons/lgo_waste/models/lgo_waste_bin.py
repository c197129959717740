# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteBin(models.Model):
    """A bin at a service point."""

    _name = "lgo.waste.bin"
    _description = "Bin"
    _order = "point_id, id"
    _rec_name = "serial"

    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="point_id.company_id", store=True, index=True)
    serial = fields.Char(string="Number on the bin")
    litres = fields.Integer(string="Size (litres)", default=120, aggregator=None)
    owner = fields.Selection(
        [("lgo", "The organisation"), ("payer", "The payer")], required=True, default="lgo"
    )
    date_from = fields.Date(string="Placed on", default=fields.Date.context_today)
    date_to = fields.Date(string="Taken back on")

    _serial_uniq = models.UniqueIndex(
        "(serial, company_id) WHERE serial IS NOT NULL AND date_to IS NULL",
        "A bin with this number stands at another service point.",
    )
    _litres_positive = models.Constraint("CHECK (litres > 0)", "A bin holds more than nothing.")
