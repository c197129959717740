# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoCaseRouteSimulation(models.TransientModel):
    """Where would this go: tries the routing rules without a case."""

    _name = "lgo.case.route.simulation"
    _description = "Trial of the Routing Rules"

    service_id = fields.Many2one(comodel_name="lgo.service", required=True)
    channel = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_channel(), default="web"
    )
    moment = fields.Selection(
        selection=[("submit", "When it is filed"), ("accept", "When it is accepted")],
        default="submit",
        required=True,
    )
    place = fields.Char(string="Place in words")
    subdistrict_id = fields.Many2one(comodel_name="lgo.subdistrict")
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    route_id = fields.Many2one(
        comodel_name="lgo.case.route", string="Rule", compute="_compute_route"
    )
    unit_id = fields.Many2one(comodel_name="hr.department", compute="_compute_route")
    user_id = fields.Many2one(comodel_name="res.users", string="Officer", compute="_compute_route")

    @api.depends(
        "service_id", "channel", "moment", "place", "subdistrict_id", "latitude", "longitude"
    )
    def _compute_route(self):
        for trial in self:
            trial.route_id = trial.service_id and self.env["lgo.case.route"]._find(
                company=trial.service_id.company_id,
                service=trial.service_id,
                channel=trial.channel,
                moment=trial.moment,
                latitude=trial.latitude,
                longitude=trial.longitude,
                place=trial.place,
                subdistrict=trial.subdistrict_id,
            )
            trial.unit_id = trial.route_id.unit_id or trial.service_id.unit_id
            trial.user_id = trial.route_id._choose_officer() if trial.route_id else False
