# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import moment, thai


class LgoCaseClock(models.Model):
    """A stop-watch of a case: it runs only in the states that name it.

    Kinds: ``check`` (is the request complete), ``citizen`` (cure of defects), ``decision``
    (the time of the manual), ``notice`` (tell the decision), ``step`` (management only).
    Sources: Licensing Facilitation Act B.E. 2558 ss. 8-10; counting by the Administrative
    Procedure Act B.E. 2539 s. 64.
    """

    _name = "lgo.case.clock"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Case Clock"
    _order = "started_at, id"

    kind = fields.Selection(
        selection=[
            ("check", "Check of documents"),
            ("citizen", "Applicant's time"),
            ("decision", "Decision"),
            ("notice", "Telling the decision"),
            ("step", "Step"),
        ],
        required=True,
        readonly=True,
    )
    started_at = fields.Datetime(required=True, readonly=True)
    date_due = fields.Date(readonly=True)
    due_at = fields.Datetime(readonly=True, help="The last moment, in office or calendar time.")
    limit = fields.Integer(readonly=True)
    unit = fields.Selection(
        selection=lambda self: self.env["lgo.service"]._selection_time_unit(), readonly=True
    )
    duty = fields.Selection(
        selection=[("agency", "Agency"), ("person", "Person")], default="agency", readonly=True
    )
    paused_at = fields.Datetime(readonly=True)
    stopped_at = fields.Datetime(readonly=True)
    colour = fields.Selection(
        selection=[("green", "In time"), ("amber", "Due soon"), ("red", "Late")],
        compute="_compute_colour",
    )

    _running_idx = models.Index("(date_due, kind) WHERE stopped_at IS NULL")
    _one_running = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE stopped_at IS NULL",
        "This clock of the case is running already.",
    )

    @api.depends("started_at", "due_at", "stopped_at", "paused_at")
    def _compute_colour(self):
        """Green below 70 % of the time, amber to 100 %, red above."""
        now = fields.Datetime.now()
        for clock in self:
            end = clock.stopped_at or clock.paused_at or now
            if not clock.due_at:
                clock.colour = False
            elif end > clock.due_at:
                clock.colour = "red"
            else:
                total = clock.due_at - clock.started_at
                clock.colour = "amber" if end - clock.started_at >= total * 0.7 else "green"

    @api.model
    def _start(self, case, kind, limit, unit, *, duty="agency", at=None, date_due=None):
        """Start a clock of ``case``; its due date obeys the holidays of the organisation.

        :param int limit: number of units; 0 means no limit
        :param date_due: given when the day is set by a record (cure of defects)
        """
        at = at or fields.Datetime.now()
        company = case.company_id
        if date_due:
            due_at = moment.end_of_day(date_due)
        else:
            due_at = self._due_at(company, kind, at, limit, unit, duty)
        return self.sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "kind": kind,
                "started_at": at,
                "limit": limit,
                "unit": unit,
                "duty": duty,
                "due_at": due_at,
                "date_due": due_at and thai.local_date(due_at),
            }
        )

    @api.model
    def _due_at(self, company, kind, at, limit, unit, duty):
        """Last moment of the clock.

        The check clock is a target of the office: when next year's holidays are missing it runs
        without a due day, so that no citizen is turned away. The decision clock is a promise and
        refuses to start (``UserError`` of the company's deadline).
        """
        if not limit:
            return False
        try:
            return company._lgo_due_at(at, limit, unit, duty)
        except UserError:
            if kind != "check":
                raise
            return False

    def _pause(self, at=None):
        self.filtered(lambda clock: not clock.paused_at).sudo().write(
            {"paused_at": at or fields.Datetime.now()}
        )

    def _resume(self, at=None):
        """Go on: the due day moves by the days that the clock stood still."""
        at = at or fields.Datetime.now()
        for clock in self.filtered("paused_at").sudo():
            vals = {"paused_at": False}
            if clock.due_at:
                due_at = clock.due_at + (at - clock.paused_at)
                if clock.unit in ("day", "working_day"):
                    days = (thai.local_date(at) - thai.local_date(clock.paused_at)).days
                    due_at = clock.due_at + timedelta(days=days)
                if clock.unit == "working_day":
                    company = clock._case().company_id
                    spent = company._lgo_working_days(clock.started_at, clock.paused_at)
                    due_at = company._lgo_due_at(at, clock.limit - spent, clock.unit, clock.duty)
                vals.update(due_at=due_at, date_due=thai.local_date(due_at))
            clock.write(vals)

    def _stop(self, at=None):
        self.filtered(lambda clock: not clock.stopped_at).sudo().write(
            {"stopped_at": at or fields.Datetime.now(), "paused_at": False}
        )
