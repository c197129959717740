# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.models.lgo_case_mixin import LgoCaseMixin
from odoo.addons.lgo_base.tools.upload import clean_attachments

_logger = logging.getLogger(__name__)

#: Metres of one degree of latitude; of longitude it is this times the cosine of the latitude.
DEGREE_METRES = 111_320
MAX_CANDIDATES = 20
MAX_POINTS = 5000


class LgoCaseFieldMixin(models.AbstractModel):
    """What repairs and complaints out in the field share: a place, photos, doubles, cost.

    A concrete model declares ``duplicate_of_id``, ``duplicate_ids`` (relations to itself cannot
    be declared on an abstract model) and the state ``merged`` with the transitions ``merge`` and
    ``unmerge``; it names what makes two cases alike in ``_duplicate_key``.
    """

    _name = "lgo.case.field.mixin"
    _inherit = ["lgo.oss.follow.mixin", "lgo.oss.mail.mixin", "lgo.case.mixin"]
    _description = "Case in the Field"

    _case_frozen = LgoCaseMixin._case_frozen | {"resolved_at", "duplicate_of_id"}
    _case_as_filed = LgoCaseMixin._case_as_filed | {"description"}
    _case_written_later = frozenset({"resolved_at", "duplicate_of_id"})

    _case_personal = (
        "description", "location_text", "village_number", "community", "latitude", "longitude",
        "asset_number",
    )  # fmt: skip

    _case_forgotten = (
        "description", "location_text", "latitude", "longitude", "after_attachment_ids",
        "photos_released",
    )  # fmt: skip

    #: Field that two cases have in common when they may be about the same thing.
    _duplicate_key = "service_id"
    #: Transition by which the job closes what the reporter neither confirmed nor reopened.
    _auto_close_step = "complete"

    description = fields.Text(
        string="What happened", help="In the words of the citizen.", copy=False
    )
    latitude = fields.Float(digits=(10, 7), copy=False)
    longitude = fields.Float(digits=(10, 7), copy=False)
    location_text = fields.Char(
        string="Place", copy=False, help="Landmark, house number or name of the road."
    )
    village_number = fields.Char(string="Village number", copy=False, help="หมู่ที่")
    community = fields.Char(copy=False, help="Name of the community, where there is one.")
    asset_number = fields.Char(
        string="Pole or asset number", copy=False, help="Number written on the lamp post."
    )
    urgency = fields.Selection(selection="_selection_urgency", default="normal", required=True)
    after_attachment_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Photos after the work",
        copy=False,
        bypass_search_access=True,
        groups="base.group_user",
    )
    photos_released = fields.Boolean(
        string="Photos may be shown",
        copy=False,
        groups="base.group_user",
        help="An officer has looked: no face, number plate or house number of a person can be "
        "recognised. Only then everybody sees the photos before and after the work.",
    )
    resolved_at = fields.Datetime(readonly=True, copy=False)
    cost_ids = fields.One2many(
        comodel_name="lgo.case.cost",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_total = fields.Monetary(
        string="Total cost", compute="_compute_cost_total", groups="base.group_user"
    )
    duplicate_count = fields.Integer(compute="_compute_duplicate_count", string="Joined reports")
    candidate_count = fields.Integer(
        compute="_compute_candidate_count",
        string="Perhaps the same",
        help="Other open cases of the same kind near this place, reported in the last days.",
        groups="base.group_user",
    )

    _latitude_range = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "The place is not on the map.",
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

    # ------------------------------------------------------------ personal data
    def _forget_messages(self):
        """Those who followed the case are forgotten with it."""
        count = super()._forget_messages()
        where = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        self.env["lgo.oss.follower"].sudo().search(where).unlink()
        return count

    # ------------------------------------------------------------ computes, constraints
    @api.model
    def _selection_urgency(self):
        labels = {
            "normal": self.env._("Normal"),
            "urgent": self.env._("Urgent"),
            "danger": self.env._("Danger to life"),
        }
        return list(labels.items())

    @api.depends("cost_ids.amount")
    def _compute_cost_total(self):
        totals = dict(
            self.env["lgo.case.cost"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["amount:sum"],
            )
        )
        for case in self:
            case.cost_total = totals.get(case._origin.id, 0)

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

    @api.constrains("description")
    def _check_description(self):
        for case in self:
            if len(case.description or "") > 4000:
                raise ValidationError(
                    self.env._("Please shorten the description to 4,000 characters.")
                )

    @api.model
    def _setting_days(self, name, default):
        """A number of days from the settings; nonsense counts as the default.

        :param str name: key of ``ir.config_parameter`` below ``lgo_oss.``
        """
        value = self.env["ir.config_parameter"].sudo().get_param(f"lgo_oss.{name}") or ""
        return int(value) if str(value).strip().isdigit() else default

    # ------------------------------------------------------------ files
    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        if not self.env.su:
            clean_attachments(cases.after_attachment_ids)
        return cases

    def write(self, vals):
        """Photos after the work may be shown to everybody: they are judged like those of citizens.

        :raises ValidationError: a file is neither picture nor PDF, or can act
        """
        if "after_attachment_ids" not in vals or self.env.su:
            return super().write(vals)
        before = self.after_attachment_ids
        result = super().write(vals)
        clean_attachments(self.after_attachment_ids - before)
        return result

    # ------------------------------------------------------------ guards shared by the machines
    def _check_described(self):
        """What happened and, when the service wants it, where.

        :raises UserError: one of them is missing
        """
        self.ensure_one()
        if not (self.description or "").strip():
            raise UserError(self.env._("Please describe what happened."))
        if self.service_id.needs_location and not (
            self.latitude or (self.location_text or "").strip()
        ):
            raise UserError(self.env._("Please mark the place on the map or describe it."))

    def _guard_assigned(self):
        if not self.unit_id:
            raise UserError(self.env._("Choose the unit that does the work first."))
        if not self.user_id:
            self.user_id = self.env.user

    def _guard_resolve(self):
        if not (self.outcome or "").strip():
            raise UserError(
                self.env._("Write what was done: the citizen will read it as the result.")
            )

    def _guard_reopen(self):
        """A matter comes up again for some weeks only; later it is a new one."""
        days = self._setting_days("reopen_days", 30)
        if self.resolved_at and self.resolved_at < fields.Datetime.now() - timedelta(days=days):
            raise UserError(self.env._("The case was closed long ago. Please file a new request."))

    def _guard_forward(self):
        if not (self.forwarded_to or "").strip():
            raise UserError(self.env._("Write the agency to which the case is forwarded."))

    def _after_resolve(self):
        self._from_machine().resolved_at = fields.Datetime.now()
        self._notify_followers("case_resolved")
        self._write_result_letter()

    def _after_final(self):
        self._notify_followers("case_closed")

    def _notify_followers(self, template_code):
        """Tell the reporter, and those whose reports were joined with this one."""
        for case in self | self.sudo().duplicate_ids:
            case._notify_applicant(template_code)

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

    # ------------------------------------------------------------ citizen's view
    def _citizen_result_photos(self):
        """Photos after the work that the citizen may see: once the work is said to be done."""
        self.ensure_one()
        done = self._citizen_sees_result()
        return self.sudo().after_attachment_ids if done else self.env["ir.attachment"]

    def _citizen_attachments(self):
        return super()._citizen_attachments() | self._citizen_result_photos()

    def _photos_before(self):
        """Photos that came with the report."""
        self.ensure_one()
        return self.sudo().document_ids.attachment_ids.filtered(
            lambda file: (file.mimetype or "").startswith("image/")
        )

    # ------------------------------------------------------------ maps
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

    # ------------------------------------------------------------ papers
    def _paper_details(self):
        rows = [("รายละเอียด", self.description)]
        rows += self._answer_lines()
        rows += [
            ("สถานที่", self.location_text),
            ("หมู่ที่", self.village_number),
            ("ชุมชน", self.community),
            ("หมายเลขเสาไฟ", self.asset_number),
            ("พิกัด", self.latitude and f"{self.latitude:.6f}, {self.longitude:.6f}"),
        ]
        return [row for row in rows if row[1]]

    # ------------------------------------------------------------ job
    @api.model
    def _cron_close_resolved(self):
        """Close what the citizen neither confirmed nor reopened within the set days.

        :return: whether all of it was done; else the job goes on at its next run
        """
        before = fields.Datetime.now() - timedelta(days=self._setting_days("auto_close_days", 7))
        cases = self.search([("state", "=", "resolved"), ("resolved_at", "<", before)], order="id")
        return cases._move_one_by_one(self._auto_close_step)

    def _move_one_by_one(self, step):
        """Do ``step`` for each case in a transaction of its own; for jobs.

        Killed in between, the next run goes on where this one stopped; a case that fails is
        logged and does not keep the others.

        :param str step: code of a transition
        :return: whether there was time for all of them
        """
        progress = self.env["ir.cron"]._commit_progress
        states = self._case_transition(step).source
        left = len(self)
        progress(remaining=left)
        for case in self:
            try:
                with self.env.cr.savepoint():
                    case._lock_case()
                    if case.state in states:  # somebody may have been faster
                        case._transition(step)
            except Exception:
                _logger.exception("%s of %s failed", step, case.display_name)
            left -= 1
            if not progress(1, remaining=left):
                return not left
        return True
