# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Metres of one degree of latitude; of longitude it is this times the cosine of the latitude.
DEGREE_METRES = 111_320
MAX_CANDIDATES = 20


class LgoCaseDoubleMixin(models.AbstractModel):
    """Two reports of one matter: found by kind, place and day, joined, separated again.

    A concrete model declares ``duplicate_of_id``, ``duplicate_ids`` (relations to itself cannot
    be declared on an abstract model) and the state ``merged`` with the transitions ``merge`` and
    ``unmerge``; it names what makes two cases alike in ``_duplicate_key``. A part of
    ``lgo.case.field.mixin``, which has the place and the settings.
    """

    _name = "lgo.case.double.mixin"
    _inherit = ["lgo.case.machine.mixin"]
    _description = "Case With Doubles"

    #: Field that two cases have in common when they may be about the same thing.
    _duplicate_key = "service_id"

    duplicate_count = fields.Integer(compute="_compute_duplicate_count", string="Joined reports")
    candidate_count = fields.Integer(
        compute="_compute_candidate_count",
        string="Perhaps the same",
        help="Other open cases of the same kind near this place, reported in the last days.",
        groups="base.group_user",
    )

    # ------------------------------------------------------------ database
    def _create_case_indexes(self):  # pylint: disable=missing-return
        super()._create_case_indexes()
        self.env.cr.execute(
            SQL(
                "CREATE INDEX IF NOT EXISTS %s ON %s (%s, latitude, longitude, submitted_at)"
                " WHERE latitude <> 0",
                SQL.identifier(f"{self._table}_near_idx"),
                SQL.identifier(self._table),
                SQL.identifier(self._duplicate_key),
            )
        )

    # ------------------------------------------------------------ computes
    def _compute_duplicate_count(self):
        counts = {
            main.id: count
            for main, count in self.sudo()._read_group(
                [("duplicate_of_id", "in", self.ids)], ["duplicate_of_id"], ["__count"]
            )
        }
        for case in self:
            case.duplicate_count = counts.get(case.id, 0)

    def _compute_candidate_count(self):
        for case in self:
            case.candidate_count = len(case._find_duplicates()) if len(self) == 1 else 0

    # ------------------------------------------------------------ doubles
    @api.model
    def _duplicate_candidates(self, key, latitude, longitude, at=None, company=None):
        """Open cases of the same kind near a place, nearest first.

        Near is within ``lgo_oss.duplicate_metres`` (50) and ``lgo_oss.duplicate_days`` (7):
        settings, because no law says when two reports are one.

        :param int key: id of the service (or type, see ``_duplicate_key``)
        :param float latitude: degrees; 0 means that no place is known
        :param float longitude: degrees
        :param at: ``datetime`` (UTC) of the report, now when left out
        :returns: cases that the user may read; as superuser all of them
        """
        if not key or not latitude:
            return self.browse()
        metres = self._setting_days("duplicate_metres", 50)
        days = timedelta(days=self._setting_days("duplicate_days", 7))
        at = at or fields.Datetime.now()
        self.flush_model()
        open_states = tuple(state.code for state in self._case_states if not state.final)
        # flat earth: over some dozens of metres the error is smaller than that of a phone
        distance = SQL(
            "sqrt(power((latitude - %(lat)s) * %(degree)s, 2)"
            " + power((longitude - %(lon)s) * %(degree)s * cos(radians(%(lat)s)), 2))",
            lat=latitude,
            lon=longitude,
            degree=DEGREE_METRES,
        )
        margin = metres / DEGREE_METRES
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %(table)s WHERE %(key)s = %(value)s AND latitude <> 0"
                " AND latitude BETWEEN %(south)s AND %(north)s AND state IN %(states)s"
                " AND company_id = %(company)s AND name IS NOT NULL"
                " AND submitted_at BETWEEN %(since)s AND %(until)s"
                " AND %(distance)s <= %(metres)s ORDER BY %(distance)s, id LIMIT %(limit)s",
                table=SQL.identifier(self._table),
                key=SQL.identifier(self._duplicate_key),
                value=key,
                south=latitude - margin,
                north=latitude + margin,
                states=open_states,
                company=(company or self.env.company).id,
                since=at - days,
                until=at + days,
                distance=distance,
                metres=metres,
                limit=MAX_CANDIDATES,
            )
        )
        return self.browse([row[0] for row in rows])._filtered_access("read")

    def _find_duplicates(self):
        """Cases that may be about the same thing as this one."""
        self.ensure_one()
        found = self._duplicate_candidates(
            self[self._duplicate_key].id,
            self.latitude,
            self.longitude,
            at=self.submitted_at,
            company=self.company_id,
        )
        return found - self

    def action_show_candidates(self):
        """Open the list of cases that may be about the same thing."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Perhaps the same as %(number)s", number=self.name),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", (self._find_duplicates() | self).ids)],
        }

    def action_show_duplicates(self):
        """Open the reports that were joined with this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Joined with %(number)s", number=self.name),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("duplicate_of_id", "=", self.id)],
        }

    def action_merge(self):
        """Join the chosen cases: the oldest goes on, the others follow it.

        :raises UserError: fewer than two, or of different kinds
        """
        if len(self) < 2:
            raise UserError(self.env._("Choose at least two cases to join."))
        main = min(self, key=lambda case: (case.submitted_at or case.create_date, case.id))
        (self - main)._merge_into(main)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": main.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _merge_into(self, main):
        """Join ``self`` with ``main``: they end here, their reporters follow the main case.

        :raises AccessError: the user may not write one of them
        :raises UserError: the cases do not belong together
        """
        (self | main).check_access("write")
        for case in self:
            case._check_mergeable(main)
            case._from_machine().write({"duplicate_of_id": main.id})
            case._transition("merge")
            case.sudo().duplicate_ids._from_machine().write({"duplicate_of_id": main.id})
            self.env["lgo.case.event"]._add(
                main, "merged", self.env._("Joined with %(number)s.", number=case.name)
            )

    def _check_mergeable(self, main):
        self.ensure_one()
        if main == self or main.duplicate_of_id:
            raise UserError(self.env._("Choose a case that goes on by itself as the main one."))
        if main.is_final:
            raise UserError(self.env._("The main case %(number)s is over.", number=main.name))
        key = self._duplicate_key
        if self[key] != main[key] or self.company_id != main.company_id:
            raise UserError(
                self.env._(
                    "%(first)s and %(second)s are not of the same kind.",
                    first=self.name,
                    second=main.name,
                )
            )

    def _guard_merge(self):
        if not self.duplicate_of_id:
            raise UserError(self.env._("Choose the main case first."))

    def _after_merge(self):
        self._notify_applicant("case_merged")

    def _before_unmerge(self):
        main = self.duplicate_of_id
        self._from_machine().write({"duplicate_of_id": False})
        self.env["lgo.case.event"]._add(
            main, "unmerged", self.env._("%(number)s goes on by itself again.", number=self.name)
        )

    def _write_event(self, transition, before, reason):  # pylint: disable=missing-return
        """Those whose reports were joined read the steps of the main case in their own story.

        The reason stays with the main case: it may name a person.
        """
        super()._write_event(transition, before, reason)
        if transition.message:
            for case in self.sudo().duplicate_ids:
                self.env["lgo.case.event"]._add(
                    case, transition.code, self.env._(transition.message), public=True
                )

    def _notify_followers(self, template_code):
        """Tell the reporter, and those whose reports were joined with this one."""
        for case in self | self.sudo().duplicate_ids:
            case._notify_applicant(template_code)
