# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteZone(models.Model):
    """A zone of waste collection (เขต): what a billing run or a report is about."""

    _name = "lgo.waste.zone"
    _description = "Collection Zone"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    route_ids = fields.One2many("lgo.waste.route", "zone_id")

    _code_uniq = models.UniqueIndex("(code, company_id)", "Another zone has this code already.")
