# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteCommunity(models.Model):
    """A community (ชุมชน) whose houses are listed together."""

    _name = "lgo.waste.community"
    _description = "Community"
    _order = "name, id"

    name = fields.Char(required=True)
    zone_id = fields.Many2one("lgo.waste.zone", check_company=True, index="btree_not_null")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _name_uniq = models.UniqueIndex("(name, company_id)", "This community exists already.")
