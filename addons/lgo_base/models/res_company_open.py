# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, time, timedelta

from odoo import fields, models, tools

from ..tools import thai

#: How far ahead the next opening is looked for: longer than any row of public holidays.
LOOK_AHEAD = timedelta(days=15)
#: Holidays that the home page names.
HOLIDAYS_SHOWN = 3


def _midnight(day):
    """First moment of a day in Bangkok, naive UTC."""
    local = datetime.combine(day, time.min, tzinfo=thai.BANGKOK)
    return local.astimezone(UTC).replace(tzinfo=None)


class ResCompany(models.Model):
    """Whether the office is open, for the citizens' home page."""

    _inherit = "res.company"

    def _lgo_open_today(self, at=None):
        """What stands on the home page about today.

        :param datetime at: naive UTC; now by default
        :return: dict with ``open`` (bool), ``text`` (one sentence), ``holiday`` (name of today's
            holiday or ``""``) and ``holidays`` (list of ``(day in words, name)`` to come);
            ``{}`` when the office has no opening hours in the calendar
        """
        self.ensure_one()
        at = at or fields.Datetime.now()
        today = thai.local_date(at)
        spans, holidays = self._lgo_open_days(self.id, today)
        holiday = next((name for day, name in holidays if day == today), "")
        coming = [
            (thai.format_date(day, style="long", digits="arabic"), name)
            for day, name in holidays
            if day > today
        ][:HOLIDAYS_SHOWN]
        if not spans:
            return {}
        now = next(((start, stop) for start, stop in spans if start <= at < stop), None)
        if now:
            text = self.env._("Open now, until %(time)s", time=thai.format_time(now[1], "arabic"))
        else:
            text = self._lgo_next_opening_text(spans, at, today)
        return {"open": bool(now), "text": text, "holiday": holiday, "holidays": coming}

    def _lgo_next_opening_text(self, spans, at, today):
        start = next((start for start, _stop in spans if start > at), None)
        if not start:
            return self.env._("Closed now")
        clock = thai.format_time(start, "arabic")
        day = thai.local_date(start)
        if day == today:
            return self.env._("Closed now, opens today at %(time)s", time=clock)
        if day == today + timedelta(days=1):
            return self.env._("Closed now, opens tomorrow at %(time)s", time=clock)
        return self.env._(
            "Closed now, opens on %(day)s at %(time)s",
            day=thai.format_date(day, style="long", digits="arabic"),
            time=clock,
        )

    @tools.ormcache("company_id", "today")
    def _lgo_open_days(self, company_id, today):
        """Opening times and holidays from a day on, as plain values.

        Kept until the next day, or until a calendar, a leave or a holiday changes: the home page
        is the most visited one and the calendar's arithmetic the dearest part of it.

        :return: ``([(start, stop), …], [(date, name), …])`` in naive UTC and dates
        """
        company = self.sudo().browse(company_id)
        begin = _midnight(today)
        spans = company._lgo_office_intervals(begin, begin + LOOK_AHEAD)
        Holiday = self.env["lgo.holiday"].sudo()
        holidays = Holiday.search(
            [
                *Holiday._company_domain(company),
                ("state", "=", "confirmed"),
                ("date", ">=", today),
                ("date", "<", today + timedelta(days=92)),
            ],
            order="date, id",
            limit=HOLIDAYS_SHOWN + 1,
        )
        return spans, [(holiday.date, holiday.name) for holiday in holidays]
