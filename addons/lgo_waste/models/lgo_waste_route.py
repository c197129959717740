# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteRoute(models.Model):
    """A route (สาย): the houses that one lorry or one collector of fees goes along, in order."""

    _name = "lgo.waste.route"
    _description = "Collection Route"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    zone_id = fields.Many2one(
        "lgo.waste.zone", required=True, index=True, check_company=True, ondelete="restrict"
    )
    vehicle = fields.Char(help="Number plate of the lorry.")
    collector_ids = fields.Many2many(
        "res.users", string="Collectors", help="Who takes the fee along this route."
    )
    monday = fields.Boolean()
    tuesday = fields.Boolean()
    wednesday = fields.Boolean()
    thursday = fields.Boolean()
    friday = fields.Boolean()
    saturday = fields.Boolean()
    sunday = fields.Boolean()
    point_ids = fields.One2many("lgo.waste.point", "route_id")
    point_count = fields.Integer(string="Service points", compute="_compute_point_count")

    _code_uniq = models.UniqueIndex("(code, company_id)", "Another route has this code already.")

    def _compute_point_count(self):
        groups = self.env["lgo.waste.point"]._read_group(
            [("route_id", "in", self.ids), ("state", "in", ("active", "terminating"))],
            ["route_id"],
            ["__count"],
        )
        counts = {route.id: count for route, count in groups}
        for route in self:
            route.point_count = counts.get(route.id, 0)
