# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import groupby  # runs of neighbours: Odoo's groupby gathers all

from babel.dates import get_day_names

from odoo import api, fields, models


def _clock(hour):
    minutes = round(hour * 60)
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


class ResCompany(models.Model):
    """Opening hours in words, read from the calendar by which time limits are counted."""

    _inherit = "res.company"

    lgo_office_hours_text = fields.Char(
        string="Opening hours", compute="_compute_lgo_office_hours_text"
    )

    @api.depends("lgo_office_hours", "lgo_office_calendar_id.attendance_ids")
    @api.depends_context("lang")
    def _compute_lgo_office_hours_text(self):
        for company in self:
            company.lgo_office_hours_text = company._lgo_office_hours_text()

    def _lgo_office_hours_text(self):
        """Opening hours for people to read: the office calendar's, unless other words are set.

        The usual hours of the calendar, 08.30 - 16.30 น. on working days: Regulation of the Office
        of the Prime Minister on Working Hours and Official Holidays.
        """
        self.ensure_one()
        company = self.sudo()
        if company.lgo_office_hours:
            return company.lgo_office_hours
        parts = [
            self._lgo_days_text(days, spans)
            for days, spans in self._lgo_office_days(company.lgo_office_calendar_id)
        ]
        if not parts:
            return self.env._("Please ask for the opening hours")
        return self.env._("%(hours)s, except public holidays", hours="; ".join(parts))

    @api.model
    def _lgo_office_days(self, calendar):
        """Runs of days with the same hours, as ``([weekday, …], "08.30 - 16.30 น.")``.

        Written as official papers write a time of day, with a dot and น.
        """
        spans = {}
        hours = " น." if (self.env.lang or "th").startswith("th") else ""
        for line in calendar.attendance_ids.sorted("hour_from"):
            if line.day_period != "lunch" and not line.display_type:
                span = f"{_clock(line.hour_from)} - {_clock(line.hour_to)}{hours}"
                spans.setdefault(int(line.dayofweek), []).append(span)
        days = sorted((day, ", ".join(dict.fromkeys(texts))) for day, texts in spans.items())
        # days that follow each other with the same hours have the same key
        numbered = enumerate(days)
        for (_run, text), items in groupby(  # pylint: disable=bad-builtin-groupby
            numbered, lambda item: (item[1][0] - item[0], item[1][1])
        ):
            yield [day for _index, (day, _text) in items], text

    def _lgo_days_text(self, days, hours):
        names = get_day_names("wide", "stand-alone", self.env.lang or "th_TH")
        if len(days) == 1:
            return f"{names[days[0]]} {hours}"
        return self.env._(
            "%(first)s to %(last)s %(hours)s",
            first=names[days[0]],
            last=names[days[-1]],
            hours=hours,
        )
