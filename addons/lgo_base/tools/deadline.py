# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Counting days as Thai administrative law does: pure functions, no ORM.

Administrative Procedure Act B.E. 2539 (พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙), section 64:

* para. 1: a time fixed in days does not count its first day;
* para. 2: the duty of an **agency** counts the last day even if it is a holiday;
* para. 3: the duty of a **person** whose last day is a holiday ends on the next working day.

วันทำการ (working days) skip Saturdays, Sundays and official holidays.
"""

from datetime import datetime, timedelta

#: Monday is 0; the weekend of Thai government offices.
WEEKEND = (5, 6)
#: More than any time limit of Thai administrative law; keeps a mistyped number from running away.
MAX_DAYS = 36500
UNITS = ("day", "working_day")
DUTIES = ("agency", "person")


class UnknownYear(LookupError):
    """The holidays of a year that must be known are not known; ``year`` is Gregorian."""

    def __init__(self, year):
        super().__init__(year)
        self.year = year


def is_working_day(day, holidays, weekend=WEEKEND):
    """Whether ``day`` (``date``) is neither weekend nor in ``holidays``.

    :param holidays: any container of ``date``; its ``in`` may raise :class:`UnknownYear`
    """
    return day.weekday() not in weekend and day not in holidays


def next_working_day(day, holidays, weekend=WEEKEND):
    """``day`` itself when it is a working day, else the first one after it."""
    while not is_working_day(day, holidays, weekend):
        day += timedelta(days=1)
    return day


def add(start, n, unit, duty, holidays=(), weekend=WEEKEND):
    """Last day of a time limit that starts on ``start``.

    :param date start: the day that is not counted
    :param int n: length, 0 or more
    :param str unit: ``day`` (calendar days) or ``working_day``
    :param str duty: ``agency`` or ``person``, whose last day rolls over
    :param holidays: container of ``date``
    :return: ``date``
    :raises ValueError: for an unknown unit or duty or an impossible length
    :raises UnknownYear: from ``holidays``
    """
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}")
    if duty not in DUTIES:
        raise ValueError(f"unknown duty {duty!r}")
    if isinstance(n, bool) or not isinstance(n, int) or not 0 <= n <= MAX_DAYS:
        raise ValueError(f"impossible number of days {n!r}")
    if isinstance(start, datetime):
        raise ValueError("a day is needed, not a moment: convert to the local date first")
    if unit == "day":
        due = start + timedelta(days=n)
        return next_working_day(due, holidays, weekend) if duty == "person" else due
    due = start
    for _count in range(n):
        due = next_working_day(due + timedelta(days=1), holidays, weekend)
    # a limit of no working days still ends on one
    return next_working_day(due, holidays, weekend)
