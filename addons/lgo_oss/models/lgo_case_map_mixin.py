# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

MAX_POINTS = 5000


class LgoCaseMapMixin(models.AbstractModel):
    """Cases as points: the officers' map, and what everybody may see of it.

    A part of ``lgo.case.field.mixin``, which has the place and the settings.
    """

    _name = "lgo.case.map.mixin"
    _inherit = ["lgo.case.machine.mixin"]
    _description = "Case on a Map"

    @api.model
    @api.readonly
    def action_map_points(self, date_from=None, date_to=None, kinds=None, states=None):
        """Points of the officers' map: the cases that the user may read.

        :param str date_from: first day filed, ISO date
        :param str date_to: last day filed, ISO date
        :param list kinds: ids of services or types, see ``_duplicate_key``
        :param list states: codes of states
        :returns: dict with ``points`` (at most 5,000, newest first) and ``kinds``, ``states`` to
            choose from
        """
        domain = Domain("name", "!=", False) & Domain("latitude", "!=", 0)
        if date_from:
            domain &= Domain("submitted_at", ">=", fields.Date.to_date(date_from))
        if date_to:
            last = fields.Date.to_date(date_to) + timedelta(days=1)
            domain &= Domain("submitted_at", "<", last)
        if kinds:
            domain &= Domain(self._duplicate_key, "in", [int(kind) for kind in kinds])
        if states:
            domain &= Domain("state", "in", [str(state) for state in states])
        names = ["name", "latitude", "longitude", self._duplicate_key, "state", "urgency"]
        cases = self.search_fetch(
            domain, names, limit=MAX_POINTS, order="submitted_at desc, id desc"
        )
        labels = dict(self._selection_state())
        finals = {state.code for state in self._case_states if state.final}
        groups = self._read_group(
            [("name", "!=", False), ("latitude", "!=", 0)], [self._duplicate_key]
        )
        return {
            "points": [
                {
                    "model": self._name,
                    "id": case.id,
                    "lat": case.latitude,
                    "lon": case.longitude,
                    "title": f"{case.name} {case[self._duplicate_key].display_name or ''}",
                    "state": labels.get(case.state, ""),
                    "urgent": case.urgency != "normal",
                    "done": case.state in finals or case.state == "resolved",
                }
                for case in cases
            ],
            "kinds": [{"id": kind.id, "name": kind.display_name} for (kind,) in groups if kind],
            "states": [
                {"code": code, "name": label} for code, label in labels.items() if code != "draft"
            ],
        }

    @api.model
    def _public_domain(self):
        """Cases that the public map may count: filed, placed, not refused, not old."""
        days = self._setting_days("public_map_days", 90)
        hidden = [
            state.code
            for state in self._case_states
            if state.code in ("draft", "incomplete", "rejected", "returned", "withdrawn", "merged")
        ]
        return (
            Domain("name", "!=", False)
            & Domain("latitude", "!=", 0)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("submitted_at", ">=", fields.Datetime.now() - timedelta(days=days))
            & Domain("state", "not in", hidden)
        )

    @api.model
    def _public_points(self, limit=500):
        """What everybody may see: kind, state, day, and the place to about 100 m.

        Three decimals of a degree are some 110 m: the house of a reporter cannot be told. No
        words of the reporter, no name of a place.
        """
        cases = self.sudo().search(
            self._public_domain(), limit=limit, order="submitted_at desc, id desc"
        )
        return [
            {
                "type": self._case_type,
                "id": case.id,
                "lat": round(case.latitude, 3),
                "lon": round(case.longitude, 3),
                "title": case[self._duplicate_key].sudo().display_name,
                "state": case.state_public,
                "code": case.state,
                "date": case.submitted_at,
                "done": case._citizen_sees_result(),
                "photos": bool(case._public_photos()[1]),
            }
            for case in cases
        ]

    def _public_photos(self):
        """``(before, after)`` that everybody may see: released by an officer, work done."""
        self.ensure_one()
        none = self.env["ir.attachment"]
        case = self.sudo()
        if not case.photos_released or not case._citizen_sees_result():
            return none, none
        images = case.after_attachment_ids.filtered(
            lambda file: (file.mimetype or "").startswith("image/")
        )
        return case._photos_before(), images
