# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from math import asin, cos, radians, sin, sqrt

from odoo import api, fields, models

EARTH_METRES = 6_371_000
#: How many reports of the same matter are shown to a citizen.
SHOWN = 3
#: Degrees (some 55 m) by which a citizen learns where another report is: who asks from many
#: places must not find the house of a reporter.
CELL = 0.0005


class LgoOssFollowMixin(models.AbstractModel):
    """A citizen who was about to report the same matter may follow the report that is there.

    Stands before ``lgo.case.mixin`` in the ``_inherit`` of a model.
    """

    _name = "lgo.oss.follow.mixin"
    _inherit = ["lgo.case.machine.mixin"]
    _description = "Case That Others Follow"

    follower_count = fields.Integer(
        string="Others who follow",
        compute="_compute_follower_count",
        groups="base.group_user",
        help="Citizens who wanted to report the same and follow this request instead.",
    )

    def _compute_follower_count(self):
        counts = dict(
            self.env["lgo.oss.follower"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["__count"],
            )
        )
        for case in self:
            case.follower_count = counts.get(case.id, 0)

    @api.model
    def _nearby_for_citizen(self, service, values):
        """Open cases that may be about what a citizen is just writing.

        Both places count as the cell in which they lie; the citizen gets no distance.

        :param service: ``lgo.service``
        :param dict values: of the form; ``latitude`` and ``longitude`` when a place is marked
        :return: cases in sudo, at most three
        """
        if not values.get("latitude"):
            return self.sudo().browse()
        cell = self._cell(values["latitude"], values["longitude"])
        draft = self.sudo().new(
            {
                **values,
                "service_id": service.id,
                "company_id": service.company_id.id,
                "latitude": cell[0] * CELL,
                "longitude": cell[1] * CELL,
            }
        )
        return (
            draft._find_duplicates()
            .filtered(lambda case: self._cell(case.latitude, case.longitude) == cell)
            .sorted("id")[:SHOWN]
        )

    @api.model
    def _cell(self, latitude, longitude):
        """Numbers of the cell in which a place lies."""
        return round(latitude / CELL), round(longitude / CELL)

    def _metres_from(self, latitude, longitude):
        """Great-circle distance (haversine) in whole metres."""
        self.ensure_one()
        north, east = (
            radians(self.latitude - latitude) / 2,
            radians(self.longitude - longitude) / 2,
        )
        square = sin(north) ** 2 + (
            cos(radians(latitude)) * cos(radians(self.latitude)) * sin(east) ** 2
        )
        return round(2 * EARTH_METRES * asin(min(1, sqrt(square))))

    @api.onchange("service_id", "latitude", "longitude")
    def _onchange_place(self):
        """Tell the clerk who types a request that the same matter may be there already."""
        found = self.service_id and self.latitude and self._find_duplicates() - self._origin
        if not found:
            return None
        return {
            "warning": {
                "title": self.env._("The same matter may be reported already"),
                "message": self.env._(
                    "Request %(number)s is for the same service and only %(metres)s m away. Look"
                    " at it before you file a second one.",
                    number=found[0].name,
                    metres=found[0]._metres_from(self.latitude, self.longitude),
                ),
            }
        }

    def _write_event(self, transition, before, reason):
        """Those who follow hear of the result; nothing that names a person."""
        result = super()._write_event(transition, before, reason)
        if self._case_state(transition.target).final or transition.code == "resolve":
            followers = (
                self.env["lgo.oss.follower"]
                .sudo()
                .search([("res_model", "=", self._name), ("res_id", "=", self.id)])
            )
            for follower in followers:
                self.env["lgo.notification"]._notify(
                    self,
                    "case_follow",
                    partner=follower.partner_id,
                    email=follower.email,
                    phone=follower.phone,
                    values={"follow_url": f"{self.get_base_url()}{follower._url()}"},
                )
        return result
