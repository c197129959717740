# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Months and fiscal years of Thai government offices: pure functions, no ORM."""

from datetime import UTC, date, datetime, timedelta

from odoo.addons.lgo_base.tools import thai

#: Years that a page may ask for, so that a typed address makes no endless query.
FIRST_YEAR = 2540
LAST_YEAR = 2699


def month_of(value):
    """First day of the month of a ``date`` or ``datetime`` (naive UTC), in Bangkok."""
    return thai.local_date(value).replace(day=1)


def next_month(day):
    """First day of the month after that of ``day``."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def months(start, stop):
    """First days of the months from ``start`` up to, without, ``stop``."""
    found = []
    month = start.replace(day=1)
    while month < stop:
        found.append(month)
        month = next_month(month)
    return found


def fiscal_span(year):
    """First day of a fiscal year and of the next (Budget Procedure Act B.E. 2561, s. 4).

    :param int year: Buddhist year, such as 2569: 1 October 2568 to 30 September 2569
    :return: two ``date``
    """
    gregorian = year - thai.BUDDHIST_OFFSET
    start = thai.FISCAL_START_MONTH
    return date(gregorian - 1, start, 1), date(gregorian, start, 1)


def clean_year(text, default):
    """A fiscal year that came with a request; ``default`` when it is none."""
    digits = thai.to_arabic_digits(text or "")
    if digits.isascii() and digits.isdigit() and len(digits) == 4:
        year = int(digits)
        if FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return default


def begin_utc(day):
    """Midnight of a Bangkok day as naive UTC, as Odoo stores moments."""
    start = datetime(day.year, day.month, day.day, tzinfo=thai.BANGKOK)
    return start.astimezone(UTC).replace(tzinfo=None)


def label(month, short=True):
    """``พ.ย. 2569`` or ``พฤศจิกายน 2569``."""
    names = thai.MONTHS_SHORT if short else thai.MONTHS
    return f"{names[month.month - 1]} {month.year + thai.BUDDHIST_OFFSET}"
