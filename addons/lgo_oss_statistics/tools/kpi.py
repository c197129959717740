# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The key figures of the one-stop centre, each defined once.

A figure is a quotient of two sums of ``lgo.oss.statistic``; sums of months and of units add up,
so one definition serves every page, workbook and file. ``None`` means that nothing was there to
measure, which is not the same as zero.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: The points of the survey (5 very satisfied … 1 not at all).
POINTS = 5


class Kpi(NamedTuple):
    """Share of ``numerator`` in ``denominator``, both names of sums."""

    code: str
    label: object
    numerator: str
    denominator: str
    meaning: object


KPIS = (
    Kpi(
        "on_time",
        _lt("Decided in time"),
        "on_time",
        "with_due",
        _lt(
            "Of the cases decided in the period that had a last day, those decided on that day or "
            "before (Licensing Facilitation Act B.E. 2558, s. 10). Withdrawn, returned and joined "
            "cases do not count."
        ),
    ),
    Kpi(
        "first_visit",
        _lt("Complete at the first visit"),
        "first_visit",
        "checked",
        _lt(
            "Of the requests filed at the counter whose documents were checked, those that "
            "needed no record of defects (s. 8)."
        ),
    ),
    Kpi(
        "online",
        _lt("Filed online"),
        "online",
        "received",
        _lt("Of the cases received, those that came by website, e-mail or LINE."),
    ),
    Kpi(
        "defects",
        _lt("With a record of defects"),
        "defects",
        "received",
        _lt("Of the cases received, those for which a record of defects was written (s. 8)."),
    ),
    Kpi(
        "notices",
        _lt("Late notices sent in time"),
        "notices_on_time",
        "notices",
        _lt(
            "Of the late notices that were owed (s. 10), those sent on the day they were owed or "
            "before. One that was never sent because the decision came first counts as missed."
        ),
    ),
    Kpi(
        "complaints",
        _lt("Complaints settled in time"),
        "complaints_on_time",
        "complaints_with_due",
        _lt("As “decided in time”, of complaints only; restricted ones are not counted."),
    ),
    Kpi(
        "answers",
        _lt("First answer in time"),
        "answers_on_time",
        "answers",
        _lt(
            "Of the complaints received whose first answer was given or is overdue, those answered "
            "within the days of the law (Royal Decree on Good Governance B.E. 2546, s. 38)."
        ),
    ),
    Kpi(
        "spared",
        _lt("Documents not asked for"),
        "documents_spared",
        "documents",
        _lt(
            "Of the documents on the checklists of the cases received, those that a state agency "
            "holds and that the citizen did not have to bring (Act on electronic performance of "
            "official duties B.E. 2565)."
        ),
    ),
)
BY_CODE = {kpi.code: kpi for kpi in KPIS}


def percent(numerator, denominator):
    """Percentage with one decimal, half up; ``None`` without a denominator.

    >>> percent(2, 3)
    Decimal('66.7')
    """
    if not denominator:
        return None
    return _round(Decimal(numerator) * 100 / Decimal(denominator))


def satisfaction(score_sum, score_count):
    """Percent of satisfaction: mean of the points / 5 × 100.

    20 answers with 80 points together: mean 4.00, 80.0 %.

    :param int score_sum: sum of all points given
    :param int score_count: number of answers
    """
    return percent(score_sum, (score_count or 0) * POINTS)


def mean(total, count, decimals="0.01"):
    """Mean with two decimals, half up; ``None`` of nothing."""
    if not count:
        return None
    return (Decimal(str(total)) / Decimal(count)).quantize(Decimal(decimals), ROUND_HALF_UP)


def percentile(spans, share):
    """Nearest-rank percentile of a histogram: the least value that ``share`` % do not exceed.

    Values 1, 2, 3, 4: the median is 2, the 90th percentile 4.

    :param dict spans: value -> how often
    :param int share: 1 to 100
    """
    total = sum(spans.values())
    passed = 0
    for value in sorted(spans):
        passed += spans[value]
        if passed * 100 >= total * share:
            return value
    return None


def _round(value):
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
