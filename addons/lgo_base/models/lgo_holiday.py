# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime, time

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import thai

# from this month on a time limit of 60 days may end in the next year
REMINDER_MONTH = 10


class LgoHoliday(models.Model):
    """One day on which government offices are closed.

    The list changes by a cabinet resolution each year (the cabinet announces special days and
    substitutes; วันพืชมงคล is announced yearly), so it is data that an officer confirms, never a
    computation. Labour day and children's day are no holidays of government offices.
    """

    _name = "lgo.holiday"
    _description = "Official Holiday"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id"

    name = fields.Char(required=True, tracking=True)
    date = fields.Date(required=True, index=True, tracking=True)
    year_be = fields.Integer(
        string="Year (B.E.)",
        compute="_compute_year_be",
        store=True,
        index=True,
        aggregator=None,
    )
    scope = fields.Selection(
        [("national", "National"), ("regional", "Regional"), ("local", "Local")],
        default="national",
        required=True,
        help="Regional and local days hold for one organisation only.",
    )
    source = fields.Char(
        help="Where it was announced, for example the cabinet resolution and its date."
    )
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "Confirmed")],
        default="proposed",
        required=True,
        tracking=True,
        index=True,
        help="Only confirmed days count in time limits.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        index=True,
        ondelete="cascade",
        help="Empty: holds for every organisation.",
    )
    leave_ids = fields.One2many(
        comodel_name="resource.calendar.leaves",
        inverse_name="lgo_holiday_id",
        string="Closed in the working hours",
    )

    _date_company_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0))",
        "This day is already in the list of holidays.",
    )

    @api.depends("date")
    def _compute_year_be(self):
        for holiday in self:
            holiday.year_be = thai.buddhist_year(holiday.date) if holiday.date else 0

    @api.constrains("scope", "company_id")
    def _check_scope(self):
        for holiday in self:
            if holiday.scope != "national" and not holiday.company_id:
                raise ValidationError(
                    self.env._(
                        "Choose the organisation for which %(name)s holds.", name=holiday.name
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        for holiday in self:
            if not date(1941, 1, 1) <= holiday.date <= date(2156, 12, 31):
                raise ValidationError(
                    self.env._(
                        "The year of %(name)s is not possible: type the day as day, month "
                        "and year, for example 31/12/2569.",
                        name=holiday.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        holidays._sync_leaves()
        if "confirmed" in holidays.mapped("state"):
            self._recount_due_dates()
        return holidays

    def write(self, vals):
        counted = "confirmed" in self.mapped("state")
        result = super().write(vals)
        if {"date", "state", "company_id", "name"} & vals.keys():
            self._sync_leaves()
        if {"date", "state", "company_id", "scope"} & vals.keys() and (
            counted or "confirmed" in self.mapped("state")
        ):
            self._recount_due_dates()
        return result

    def unlink(self):
        counted = "confirmed" in self.mapped("state")
        result = super().unlink()
        if counted:
            self._recount_due_dates()
        return result

    @api.model
    def _recount_due_dates(self):
        """Have the due dates of all open cases counted anew, by a job: there may be many."""
        self.env["lgo.case.clock"]._ask_recount()

    def action_confirm(self):
        """Confirm proposed days; from now on they count in time limits."""
        proposed = self.filtered(lambda holiday: holiday.state == "proposed")
        proposed.write({"state": "confirmed"})
        self.env["lgo.audit.log"]._log("holiday.confirm", proposed)
        return True

    def action_propose_again(self):
        """Take confirmed days back; they no longer count in time limits."""
        confirmed = self.filtered(lambda holiday: holiday.state == "confirmed")
        confirmed.write({"state": "proposed"})
        self.env["lgo.audit.log"]._log("holiday.withdraw", confirmed)
        return True

    def _sync_leaves(self):
        """Close the working hours of the organisations on confirmed days, and only then.

        In the office hours and in the default working hours of the staff, so that hours counted
        by ``resource.calendar`` and days counted by law agree.
        """
        # officers who keep holidays have no right on calendars themselves
        leaves = self.env["resource.calendar.leaves"].sudo()
        leaves.search([("lgo_holiday_id", "in", self.ids)]).unlink()
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        leaves.create(
            [
                holiday._prepare_leave(calendar)
                for holiday in self.filtered(lambda holiday: holiday.state == "confirmed")
                for company in holiday.company_id.sudo() or companies
                for calendar in company.lgo_office_calendar_id | company.resource_calendar_id
            ]
        )

    def _prepare_leave(self, calendar):
        self.ensure_one()

        def moment(clock):
            local = datetime.combine(self.date, clock, tzinfo=thai.BANGKOK)
            return local.astimezone(UTC).replace(tzinfo=None)

        return {
            "name": self.name,
            "calendar_id": calendar.id,
            "date_from": moment(time.min),
            "date_to": moment(time(23, 59, 59)),
            "lgo_holiday_id": self.id,
        }

    @api.model
    def _company_domain(self, company):
        """Days that hold for an organisation, confirmed or not."""
        return Domain("company_id", "in", [False, company.id])

    def _is_complete(self):
        """Whether these days, all of one year, are a list that somebody has checked wholly.

        One confirmed day is enough to count with (``HolidayBook``), but no list: the keepers are
        reminded until no proposed day is left.
        """
        states = {(holiday.scope, holiday.state) for holiday in self}
        return ("national", "confirmed") in states and all(
            state == "confirmed" for _scope, state in states
        )

    @api.model
    def _is_year_confirmed(self, year_be, company):
        """Whether the list of a Buddhist year is there for an organisation and checked."""
        # the public reads no holidays, yet a time limit of a citizen must be right
        domain = self._company_domain(company) & Domain("year_be", "=", year_be)
        return self.sudo().search_fetch(domain, ["scope", "state"])._is_complete()

    @api.model
    def _cron_remind_next_year(self):
        """Ask the keepers of the catalogue for the holidays of the next year, once."""
        today = thai.local_date(fields.Datetime.now())
        if today.month >= REMINDER_MONTH:
            self._remind_year(thai.buddhist_year(today) + 1)

    @api.model
    def _remind_year(self, year_be):
        """Schedule one activity for each keeper when ``year_be`` is not confirmed yet."""
        days = self.sudo().search_fetch(
            [("year_be", "=", year_be)], ["scope", "state", "company_id"]
        )
        missing = any(
            not days.filtered_domain(self._company_domain(company))._is_complete()
            for company in self.env["res.company"].search([])
        )
        last = self.search([("state", "=", "confirmed"), ("scope", "=", "national")], limit=1)
        if not missing or not last:
            return
        summary = self.env._("Load the official holidays of %(year)s", year=year_be)
        keepers = self.env.ref("lgo_base.group_service_manager").all_user_ids
        asked = last.activity_ids.filtered(lambda activity: activity.summary == summary).user_id
        for keeper in keepers - asked:
            last.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=self.env._(
                    "Without them no due date in that year can be counted. Open Configuration > "
                    "Organisation > Propose holidays, check the list with the cabinet "
                    "resolution and confirm it."
                ),
                user_id=keeper.id,
            )
