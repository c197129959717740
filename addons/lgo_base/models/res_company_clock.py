# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import models

from ..tools import moment, thai
from .res_company_time import HolidayBook


class ResCompany(models.Model):
    _inherit = "res.company"

    def _lgo_due_at(self, start, number, unit, duty, book=None):
        """Last moment of a time limit: the end of the legal day, or a time of day.

        :param datetime start: naive UTC
        :param int number: of ``unit`` (``minute|hour|day|working_day``)
        :param str duty: ``agency`` or ``person`` (B.E. 2539 Act, s. 64)
        :param book: ``HolidayBook`` of this company, to read the holidays once for many limits
        :return: naive UTC ``datetime``
        """
        self.ensure_one()
        due = self._lgo_deadline(start, number, unit, duty, book)
        return due if isinstance(due, datetime) else moment.end_of_day(due)

    def _lgo_working_days(self, start, end):
        """Working days spent between two moments, the first day not counted (s. 64)."""
        self.ensure_one()
        last, book = thai.local_date(end), HolidayBook(self)
        days = 0
        while self._lgo_deadline(start, days + 1, "working_day", "agency", book) <= last:
            days += 1
        return days
