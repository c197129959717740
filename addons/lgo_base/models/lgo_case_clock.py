# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import case_colour, moment, thai
from .res_company_time import HolidayBook

#: When the holidays changed last (UTC); clocks counted before that are counted anew.
CHANGED_AT = "lgo_base.holidays_changed_at"


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
    counted_from = fields.Datetime(
        readonly=True,
        help="From here what is left of the time is counted; empty when the due day was set by a "
        "paper or moved by a pause in hours.",
    )
    counted_limit = fields.Integer(readonly=True, help="Units that were left at that moment.")
    counted_at = fields.Datetime(readonly=True, help="When the due day was counted last.")
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
        """Green, amber and red by the percentages of the organisation."""
        now = fields.Datetime.now()
        company = self.env.company
        for clock in self:
            end = clock.stopped_at or clock.paused_at or now
            if not clock.due_at:
                clock.colour = False
            else:
                clock.colour = case_colour.colour(
                    clock.started_at,
                    clock.due_at,
                    end,
                    company.lgo_amber_percent,
                    company.lgo_red_percent,
                )

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
                "counted_from": False if date_due or not limit else at,
                "counted_limit": limit,
                "counted_at": fields.Datetime.now(),
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

    @api.model
    def _standing(self, model=None, ids=None):
        """Running decision clocks that stand still by law, in sudo.

        While a clock stands still its due day is not known: what is shown is measured to the
        moment at which it was paused (:meth:`_resume` counts the new day).

        :param str model: name of a case model; every model when empty
        :param ids: ids of its cases
        :return: ``lgo.case.clock``
        """
        domain = Domain("kind", "=", "decision") & Domain("stopped_at", "=", False)
        domain &= Domain("paused_at", "!=", False)
        if model:
            domain &= Domain("res_model", "=", model) & Domain("res_id", "in", list(ids))
        return self.sudo().search_fetch(domain, ["res_model", "res_id", "paused_at", "date_due"])

    def _register_id(self):
        """Id of the row of the case in ``lgo.case.register``; 0 when its model is gone."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        return self.res_id * 16 + model._case_type if model is not None else 0

    def _paused_in_time(self):
        """Those of the paused clocks ``self`` that were not late when they were paused."""
        return self.filtered(
            lambda clock: not clock.date_due or thai.local_date(clock.paused_at) <= clock.date_due
        )

    def _pause(self, at=None):
        self.filtered(lambda clock: not clock.paused_at).sudo().write(
            {"paused_at": at or fields.Datetime.now()}
        )

    def _resume(self, at=None):
        """Go on: the due day moves by the time that the clock stood still."""
        at = at or fields.Datetime.now()
        for clock in self.filtered("paused_at").sudo():
            vals = {"paused_at": False, "counted_at": fields.Datetime.now()}
            if clock.due_at:
                left = clock._units_left()
                if left is None:
                    # hours, a day that a paper set, or late already: as late as before
                    due_at = clock.due_at + (at - clock.paused_at)
                    vals["counted_from"] = False
                    if clock.unit in ("day", "working_day"):
                        due_at = moment.end_of_day(thai.local_date(due_at))
                else:
                    company = clock._case().company_id
                    due_at = company._lgo_due_at(at, left, clock.unit, clock.duty)
                    vals.update(counted_from=at, counted_limit=left)
                vals.update(due_at=due_at, date_due=thai.local_date(due_at))
            clock.write(vals)

    def _units_left(self):
        """Days left when a clock was paused, ``None`` when they cannot be counted."""
        self.ensure_one()
        if not self.counted_from or self.unit not in ("day", "working_day"):
            return None
        if self.unit == "working_day":
            company = self._case().company_id
            spent = company._lgo_working_days(self.counted_from, self.paused_at)
        else:
            days = thai.local_date(self.paused_at) - thai.local_date(self.counted_from)
            spent = days.days
        left = self.counted_limit - spent
        return left if left >= 0 else None

    def _move_due(self, day):
        """The applicant's time ends on another day (deemed receipt of the record)."""
        self.sudo().write({"date_due": day, "due_at": moment.end_of_day(day)})

    def _stop(self, at=None):
        self.filtered(lambda clock: not clock.stopped_at).sudo().write(
            {"stopped_at": at or fields.Datetime.now(), "paused_at": False}
        )

    # ------------------------------------------------------------ holidays change
    @api.model
    def _ask_recount(self):
        """Note that the holidays changed and wake the job that counts anew."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(CHANGED_AT, fields.Datetime.to_string(fields.Datetime.now()))
        job = self.env.ref("lgo_base.ir_cron_recount_due", raise_if_not_found=False)
        if job:  # not yet there while the add-on is installed
            job.sudo()._trigger()

    @api.model
    def _cron_recount_due(self):
        """Count the due days of open clocks anew that were counted before the last change."""
        changed_at = self.env["ir.config_parameter"].sudo().get_param(CHANGED_AT)
        if not changed_at:
            return
        # with what a transaction counted that did not see the change yet
        changed_at = fields.Datetime.to_datetime(changed_at) + timedelta(minutes=1)
        clocks = self.search(
            [
                ("stopped_at", "=", False),
                ("paused_at", "=", False),
                ("counted_from", "!=", False),
                "|",
                ("counted_at", "=", False),
                ("counted_at", "<=", changed_at),
            ],
            order="id",
        )
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(clocks))
        books = {}
        for clock in clocks:
            clock._recount(books)
            if not progress(1):
                break

    def _recount(self, books):
        """Count the due day of one clock anew; the case tells when it moved.

        :param dict books: ``HolidayBook`` by company, filled here
        """
        self.ensure_one()
        case = self._case().exists()
        self.counted_at = fields.Datetime.now()
        if not case:
            return
        company = case.company_id
        book = books.setdefault(company, HolidayBook(company))
        try:
            due_at = company._lgo_due_at(
                self.counted_from, self.counted_limit, self.unit, self.duty, book
            )
        except UserError:
            return  # a year is missing (again): what was promised stays
        old = self.date_due
        if due_at != self.due_at:
            self.write({"due_at": due_at, "date_due": thai.local_date(due_at)})
        if self.date_due != old:
            case._log_recounted_clock(self, old)
        if self.kind == "check":
            case._recount_estimate(book)
