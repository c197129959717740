# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Babel knows no Buddhist calendar; this adds it to the two places where a year is printed.

Odoo prints every localised date through :class:`babel.dates.DateTimeFormat`: ``format_date``
and ``format_datetime`` of ``odoo.tools`` (mails, reports, QWeb), the QWeb field converters and
the labels of date groups. They are functions that other modules import by name, or inner
functions, so none of them can be overridden one by one. The year and the era are printed by two
small methods, which are wrapped here. They act only on the Thai locale, and only while the
current thread serves a database in which this add-on is installed.
"""

import functools
import threading

from babel.dates import DateTimeFormat

from odoo.modules.registry import Registry

from .buddhist_era import to_buddhist_year

MODULE = "l10n_th_buddhist_era"
#: CLDR, calendar "buddhist", locale "th": by the number of letters of the pattern.
ERA_NAMES = {3: "พ.ศ.", 4: "พุทธศักราช", 5: "พ.ศ."}


def _is_installed():
    """Tell whether the database that this thread works for has the add-on."""
    dbname = getattr(threading.current_thread(), "dbname", None)
    registry = Registry.registries.get(dbname) if dbname else None
    return registry is not None and MODULE in registry._init_modules


def _applies(date_format):
    return (
        date_format.locale.language == "th"
        and to_buddhist_year(date_format.value.year) != date_format.value.year
        and _is_installed()
    )


def apply():
    """Wrap the two methods; a second call does nothing."""
    if hasattr(DateTimeFormat.format_year, "__wrapped__"):
        return
    format_year = DateTimeFormat.format_year
    format_era = DateTimeFormat.format_era

    @functools.wraps(format_year)
    def format_buddhist_year(self, char, num):
        if not _applies(self):
            return format_year(self, char, num)
        # The original decides which year a week belongs to ("Y"), hence the way through text.
        gregorian = int(format_year(self, char, max(num, 4)))
        year = self.format(to_buddhist_year(gregorian), num)
        return year[-2:] if num == 2 else year

    @functools.wraps(format_era)
    def format_buddhist_era(self, char, num):
        if not _applies(self):
            return format_era(self, char, num)
        return ERA_NAMES[max(3, num)]

    DateTimeFormat.format_year = format_buddhist_year
    DateTimeFormat.format_era = format_buddhist_era
