# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import deadline, thai

OFFICE_FIELDS = {
    "lgo_office_open",
    "lgo_office_close",
    "lgo_office_lunch",
    "lgo_office_lunch_from",
    "lgo_office_lunch_to",
}
WEEKDAYS = [str(day) for day in range(7) if day not in deadline.WEEKEND]


class HolidayBook:
    """Confirmed holidays of one organisation, read a year at a time.

    ``day in book`` raises :class:`deadline.UnknownYear` for a year of which no national day is
    confirmed: no due date is better than a wrong one. A day that is only proposed does not count
    yet; when it is confirmed the due dates are counted anew.
    """

    def __init__(self, company):
        self.company = company
        self.years = {}

    def __contains__(self, day):
        return day in self.days(day.year)

    def days(self, year):
        """Set of ``date`` of a Gregorian year."""
        if year not in self.years:
            model = self.company.env["lgo.holiday"].sudo()
            rows = model.search_fetch(
                [
                    *model._company_domain(self.company),
                    ("date", ">=", date(year, 1, 1)),
                    ("date", "<=", date(year, 12, 31)),
                ],
                ["date", "scope", "state"],
            )
            confirmed = rows.filtered(lambda holiday: holiday.state == "confirmed")
            if "national" not in confirmed.mapped("scope"):
                raise deadline.UnknownYear(year)
            self.years[year] = set(confirmed.mapped("date"))
        return self.years[year]


class ResCompany(models.Model):
    """Office hours and time limits of the organisation."""

    _inherit = "res.company"

    lgo_office_calendar_id = fields.Many2one(
        comodel_name="resource.calendar",
        string="Office hours calendar",
        ondelete="restrict",
        copy=False,
        help="Opening hours by which hours and minutes are counted. Monday to Friday follow the "
        "hours below; more counters can be added in the calendar.",
    )
    lgo_office_open = fields.Float(
        string="Opens at", default=8.5, help="Office hours of the Thai state are 08:30 to 16:30."
    )
    lgo_office_close = fields.Float(string="Closes at", default=16.5)
    lgo_office_lunch = fields.Boolean(
        string="Open at lunch time",
        default=True,
        help="Counters serve during the lunch break as well.",
    )
    lgo_office_lunch_from = fields.Float(string="Lunch from", default=12.0)
    lgo_office_lunch_to = fields.Float(string="Lunch until", default=13.0)

    @api.constrains(*OFFICE_FIELDS)
    def _check_lgo_office_hours(self):
        for company in self:
            if not 0 <= company.lgo_office_open < company.lgo_office_close <= 24:
                raise ValidationError(
                    self.env._("The office must open before it closes, within one day.")
                )
            if not company.lgo_office_lunch and not (
                company.lgo_office_open
                < company.lgo_office_lunch_from
                < company.lgo_office_lunch_to
                < company.lgo_office_close
            ):
                raise ValidationError(self.env._("The lunch break must lie in the office hours."))

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered(
            lambda company: not company.lgo_office_calendar_id
        )._lgo_build_office_calendar()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if OFFICE_FIELDS & vals.keys():
            self._lgo_build_office_calendar()
        if {"lgo_office_calendar_id", "resource_calendar_id"} & vals.keys():
            holidays = self.env["lgo.holiday"].sudo()
            confirmed = [("state", "=", "confirmed"), ("company_id", "in", [False, *self.ids])]
            holidays.search(confirmed)._sync_leaves()
        return result

    @api.model
    def _lgo_init_office_calendars(self):
        """Give organisations without office hours the usual ones; safe to run again."""
        self.search([("lgo_office_calendar_id", "=", False)])._lgo_build_office_calendar()

    def _lgo_build_office_calendar(self):
        """Write Monday to Friday of the office calendar; other days stay as they are."""
        # who edits the organisation need not be a system administrator
        for company in self.sudo():
            lines = company._lgo_prepare_office_attendances()
            creates = [fields.Command.create(line) for line in lines]
            calendar = company.lgo_office_calendar_id
            if calendar:
                old = calendar.attendance_ids.filtered(lambda line: line.dayofweek in WEEKDAYS)
                deletes = [fields.Command.delete(line.id) for line in old]
                calendar.attendance_ids = deletes + creates
            else:
                company.lgo_office_calendar_id = calendar.create(
                    {
                        "name": "เวลาราชการ",
                        "company_id": company.id,
                        "tz": "Asia/Bangkok",
                        "attendance_ids": [fields.Command.clear(), *creates],
                    }
                )

    def _lgo_prepare_office_attendances(self):
        self.ensure_one()
        if self.lgo_office_lunch:
            spans = [(self.lgo_office_open, self.lgo_office_close, "full_day")]
        else:
            spans = [
                (self.lgo_office_open, self.lgo_office_lunch_from, "morning"),
                (self.lgo_office_lunch_to, self.lgo_office_close, "afternoon"),
            ]
        return [
            {
                "name": thai.WEEKDAYS[int(day)],
                "dayofweek": day,
                "hour_from": start,
                "hour_to": stop,
                "day_period": period,
            }
            for day in WEEKDAYS
            for start, stop, period in spans
        ]

    def _lgo_deadline(self, start, n, unit, duty, book=None):
        """Last day, or last moment, of a time limit.

        Administrative Procedure Act B.E. 2539, s.64: the first day is not counted; the duty of an
        agency ends on its last day even if that is a holiday, the duty of a person rolls to the
        next working day. Minutes and hours run in office hours.

        :param start: ``datetime`` (naive UTC) or, for days, ``date``
        :param int n: length in ``unit``
        :param str unit: ``minute``, ``hour``, ``day`` or ``working_day``
        :param str duty: ``agency`` or ``person``
        :param HolidayBook book: to read the holidays once for many limits
        :return: ``date`` for days, naive UTC ``datetime`` for minutes and hours
        :raises UserError: when the holidays of a year that counts are not confirmed
        """
        self.ensure_one()
        book = book or HolidayBook(self)
        try:
            if unit in ("minute", "hour"):
                return self._lgo_plan_office_time(start, n / 60 if unit == "minute" else n, book)
            return deadline.add(thai.local_date(start), n, unit, duty, book)
        except deadline.UnknownYear as error:
            raise UserError(
                self.env._(
                    "The due date needs the official holidays of %(year)s, which are not "
                    "confirmed yet. Ask the service catalogue manager to open Configuration "
                    "> Organisation > Propose holidays, check the list for %(year)s and confirm "
                    "it; then try again.",
                    year=error.year + thai.BUDDHIST_OFFSET,
                )
            ) from error

    def _lgo_plan_office_time(self, start, hours, book):
        """Moment when ``hours`` of office time have passed since ``start`` (naive UTC)."""
        if not isinstance(start, datetime):
            raise ValueError("minutes and hours are counted from a moment, not from a day")
        if hours < 0:
            raise ValueError(f"impossible length {hours!r}")
        calendar = self.sudo().lgo_office_calendar_id
        due = calendar.plan_hours(
            hours,
            start.replace(tzinfo=UTC),
            compute_leaves=True,
            domain=self._lgo_leave_domain(),
        )
        if not due:
            raise UserError(
                self.env._(
                    "The office hours calendar has no opening hours: set them in the "
                    "profile of the organisation."
                )
            )
        due = due.astimezone(UTC).replace(tzinfo=None)
        for year in range(thai.local_date(start).year, thai.local_date(due).year + 1):
            book.days(year)
        return due

    def _lgo_leave_domain(self):
        # leaves without a calendar would count for every organisation otherwise
        return [("time_type", "=", "leave"), ("company_id", "in", [False, self.id])]

    def _lgo_office_intervals(self, start, stop):
        """Opening times between two naive UTC moments, as (start, stop) in naive UTC."""
        self.ensure_one()
        calendar = self.sudo().lgo_office_calendar_id
        intervals = calendar._work_intervals_batch(
            start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC), domain=self._lgo_leave_domain()
        )[False]
        return [
            tuple(edge.astimezone(UTC).replace(tzinfo=None) for edge in interval[:2])
            for interval in intervals
        ]

    def _lgo_is_open(self, dt):
        """Whether the office is open at ``dt`` (naive UTC); the closing minute is not open."""
        return bool(self._lgo_office_intervals(dt, dt + timedelta(seconds=1)))

    def _lgo_deemed_received(self, dt):
        """Moment at which something sent electronically at ``dt`` counts as received.

        Electronic Administration Act B.E. 2565, s.10: what arrives outside office hours is
        received when the office opens next. Holidays that nobody has confirmed yet cannot be
        counted here; a citizen is never turned away for that.

        :param datetime dt: naive UTC
        :return: naive UTC ``datetime``
        """
        self.ensure_one()
        for weeks in range(0, 8, 2):
            begin = dt + timedelta(weeks=weeks)
            intervals = self._lgo_office_intervals(begin, begin + timedelta(weeks=2))
            if intervals:
                return intervals[0][0]
        return dt
