# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..tools import kpi, period

#: numerator, denominator, percent
PERCENT = [
    (0, 0, None),
    (5, 0, None),
    (0, 4, "0.0"),
    (1, 8, "12.5"),
    (2, 3, "66.7"),
    (1, 3, "33.3"),
    (7, 7, "100.0"),
    (1, 2000, "0.1"),  # 0.05 is rounded half up
]
#: sum of points, answers, percent of satisfaction (mean / 5 × 100)
SATISFACTION = [(80, 20, "80.0"), (15, 3, "100.0"), (3, 3, "20.0"), (0, 0, None), (13, 3, "86.7")]
#: histogram, median, 90th percentile by nearest rank
PERCENTILE = [
    ({}, None, None),
    ({3: 1}, 3, 3),
    ({1: 1, 2: 1, 3: 1, 4: 1}, 2, 4),
    ({0: 9, 30: 1}, 0, 0),
    ({0: 8, 30: 2}, 0, 30),
    ({5: 50, 6: 40, 90: 10}, 5, 6),
]
#: fiscal year, first day, first day after it
FISCAL = [
    (2569, date(2025, 10, 1), date(2026, 10, 1)),
    (2570, date(2026, 10, 1), date(2027, 10, 1)),
]
#: typed year, what is taken (2569 stands in for nonsense)
TYPED = [
    ("2570", 2570), ("๒๕๗๐", 2570), ("", 2569), (None, 2569), ("99999", 2569), ("-257", 2569),
    ("2026", 2569), ("0", 2569), ("๒๕๗", 2569), ("²⁵⁷⁰", 2569), ("' OR 1", 2569),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestKpi(BaseCase):
    """Definitions against figures counted by hand."""

    def test_percent(self):
        for numerator, denominator, wanted in PERCENT:
            with self.subTest(f"{numerator}/{denominator}"):
                self.assertEqual(kpi.percent(numerator, denominator), wanted and Decimal(wanted))

    def test_satisfaction(self):
        for points, answers, wanted in SATISFACTION:
            with self.subTest(points):
                self.assertEqual(kpi.satisfaction(points, answers), wanted and Decimal(wanted))

    def test_percentile(self):
        for spans, median, ninetieth in PERCENTILE:
            with self.subTest(spans):
                self.assertEqual(kpi.percentile(spans, 50), median)
                self.assertEqual(kpi.percentile(spans, 90), ninetieth)

    def test_fiscal_span(self):
        for year, start, stop in FISCAL:
            self.assertEqual(period.fiscal_span(year), (start, stop))
            self.assertEqual(len(period.months(start, stop)), 12)

    def test_typed_year(self):
        for text, wanted in TYPED:
            with self.subTest(text):
                self.assertEqual(period.clean_year(text, 2569), wanted)

    def test_months_are_those_of_bangkok(self):
        # half past midnight on 1 November in Bangkok is still October in UTC
        self.assertEqual(
            period.month_of(datetime.fromisoformat("2026-10-31T17:30:00")), date(2026, 11, 1)
        )
        self.assertEqual(
            period.month_of(datetime.fromisoformat("2026-10-31T16:59:00")), date(2026, 10, 1)
        )
        self.assertEqual(
            period.begin_utc(date(2026, 11, 1)), datetime.fromisoformat("2026-10-31T17:00:00")
        )
        self.assertEqual(period.next_month(date(2026, 12, 31)), date(2027, 1, 1))
