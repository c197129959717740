# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import case_colour, thai


class LgoCaseClockMixin(models.AbstractModel):
    """The legal clocks of a case, moved by its state machine."""

    _name = "lgo.case.clock.mixin"
    _inherit = ["lgo.case.machine.mixin"]
    _description = "Clocks of a Case"

    _case_protected = frozenset({"state", "date_due", "completed_at", "decided_at", "closed_at"})

    clock_ids = fields.One2many(
        comodel_name="lgo.case.clock",
        string="Clocks",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    date_due = fields.Date(
        string="Due",
        readonly=True,
        copy=False,
        help="Last day for the decision, counted by law from the moment the request is complete.",
    )
    completed_at = fields.Datetime(
        string="Complete since", readonly=True, copy=False, help="The decision clock starts here."
    )
    decided_at = fields.Datetime(string="Decided", readonly=True, copy=False)
    closed_at = fields.Datetime(string="Closed", readonly=True, copy=False)
    date_expected = fields.Date(string="Expected until", copy=False, groups="base.group_user")
    late_cause = fields.Text(
        string="Cause of delay",
        copy=False,
        groups="base.group_user",
        help="Printed on the late notices.",
    )
    days_left = fields.Integer(compute="_compute_days_left", string="Days left")
    is_late = fields.Boolean(string="Late", compute="_compute_days_left", search="_search_is_late")
    clock_colour = fields.Selection(
        selection="_selection_clock_colour",
        compute="_compute_days_left",
        string="Clock",
    )

    @api.model
    def _selection_clock_colour(self):
        labels = {
            "green": self.env._("In time"),
            "amber": self.env._("Due soon"),
            "red": self.env._("Late"),
        }
        return list(labels.items())

    @api.depends(
        "date_due", "decided_at", "closed_at", "state", "completed_at", "clock_ids.paused_at"
    )
    def _compute_days_left(self):
        """Days to the due day and its colour, by the percentages of the organisation.

        While the clock stands still by law nothing moves: both are those of the day on which it
        was paused.
        """
        now = fields.Datetime.now()
        running = self.filtered(
            lambda case: case.date_due and not (case.decided_at or case.closed_at)
        )
        standing = running and self.env["lgo.case.clock"]._standing(self._name, running._origin.ids)
        paused = {clock.res_id: clock.paused_at for clock in standing}
        for case in self:
            end = case.decided_at or case.closed_at or paused.get(case._origin.id) or now
            day = thai.local_date(end)
            if not case.date_due:
                case.days_left, case.clock_colour, case.is_late = 0, False, False
                continue
            case.days_left = (case.date_due - day).days
            case.is_late = not (case.decided_at or case.closed_at) and case.days_left < 0
            start = thai.local_date(
                case.completed_at or case.deemed_received_at or case.create_date
            )
            case.clock_colour = case_colour.colour(
                start,
                case.date_due,
                day,
                case.company_id.lgo_amber_percent,
                case.company_id.lgo_red_percent,
            )

    def _search_is_late(self, operator, value):
        """Undecided and over the due day; what was paused in time is not late."""
        if operator != "in":
            return NotImplemented
        Clock = self.env["lgo.case.clock"]
        clocks = Clock._standing().filtered(lambda clock: clock.res_model == self._name)
        return [
            ("date_due", "<", thai.local_date(fields.Datetime.now())),
            ("decided_at", "=", False),
            ("closed_at", "=", False),
            ("id", "not in", clocks._paused_in_time().mapped("res_id")),
        ]

    def _clock_limit(self, kind):
        """(number, unit, duty) of the clock ``kind`` for this case."""
        self.ensure_one()
        law = self.law_version_id
        version = self.service_version_id
        if kind == "check":
            return law.check_limit, law.check_unit, "agency"
        if kind == "decision":
            if version.time_limit:
                return version.time_limit, version.time_unit, "agency"
            return law.default_limit_days, "day", "agency"
        if kind == "notice":
            return law.notice_after_decision_days, "day", "agency"
        return 0, False, "agency"

    def _clock_sync(self, state):  # pylint: disable=missing-return
        """Clocks named by ``state`` run, those it pauses stand still, all others stop."""
        super()._clock_sync(state)
        now = fields.Datetime.now()
        running = (
            self.env["lgo.case.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("stopped_at", "=", False),
                ]
            )
        )
        kept = running.filtered(lambda clock: clock.kind in state.clocks)
        paused = running.filtered(lambda clock: clock.kind in state.pauses)
        paused._pause(now)
        ended = running - kept - paused
        ended._stop(now)
        if "decision" in ended.mapped("kind"):
            self.env["lgo.case.notice"]._drop_open(self)
        kept._resume(now)
        for kind in state.clocks:
            if kind not in kept.mapped("kind"):
                self._clock_start(kind, now)
        self.invalidate_recordset(["clock_ids"])
        vals = self._clock_state_vals(state, now)
        if vals:
            self._from_machine().write(vals)

    def _clock_start(self, kind, now):
        if kind == "citizen":
            defect = self.defect_ids[-1:]
            self.env["lgo.case.clock"]._start(
                self, kind, 0, "day", duty="person", at=now, date_due=defect.date_cure
            )
            return
        limit, unit, duty = self._clock_limit(kind)
        at = self.deemed_received_at if kind == "check" and self.deemed_received_at else now
        if kind == "decision" and self.deemed_received_at and self.deemed_received_at > now:
            at = self.deemed_received_at
        self.env["lgo.case.clock"]._start(self, kind, limit, unit, duty=duty, at=at)

    def _clock_state_vals(self, state, now):
        """Stored moments of the case that follow from its clocks."""
        vals = {}
        decision = self.clock_ids.filtered(lambda clock: clock.kind == "decision")[-1:]
        if decision:
            if not self.completed_at:
                vals["completed_at"] = decision.started_at
            if decision.date_due != self.date_due:
                vals["date_due"] = decision.date_due
            if decision.stopped_at and not self.decided_at:
                vals["decided_at"] = decision.stopped_at
        if state.final and not self.closed_at:
            vals["closed_at"] = now
        if not state.final and self.closed_at:
            vals["closed_at"] = False
            vals["decided_at"] = False
        return vals

    # ------------------------------------------------------------ holidays change
    def _log_recounted_clock(self, clock, old):
        """Tell on the timeline that the day of a clock moved; the decision day is the case's own.

        :param clock: ``lgo.case.clock`` with its new day
        :param date old: the day before, or ``False``
        """
        self.ensure_one()
        labels = dict(clock._fields["kind"]._description_selection(self.env))
        self._log_recounted(old, clock.date_due, labels[clock.kind], clock.kind == "decision")

    def _recount_estimate(self, book):
        """Count the first due day anew, which holds until the decision clock starts."""
        self.ensure_one()
        limit, unit, duty = self._clock_limit("decision")
        started = self.clock_ids.filtered(lambda clock: clock.kind == "decision")
        if started or not limit or not self.deemed_received_at:
            return
        try:
            due_at = self.company_id._lgo_due_at(self.deemed_received_at, limit, unit, duty, book)
        except UserError:
            return
        due, old = thai.local_date(due_at), self.date_due
        if due != old:
            label = self._fields["date_due"]._description_string(self.env)
            self._log_recounted(old, due, label, True)

    def _log_recounted(self, old, new, label, is_case_day):
        if is_case_day:
            self._from_machine().write({"date_due": new})
        self.env["lgo.case.event"]._add(
            self,
            "recount",
            self.env._(
                "%(clock)s: the due day moved from %(old)s to %(new)s, because the official"
                " holidays changed.",
                clock=label,
                old=thai.format_date(old, digits="arabic") if old else "–",
                new=thai.format_date(new, digits="arabic"),
            ),
            public=is_case_day,
        )
        self.env["lgo.audit.log"]._log(
            "case.recount", self, detail={"from": str(old or ""), "to": str(new)}
        )
