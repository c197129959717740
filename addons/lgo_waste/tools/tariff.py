# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a month of waste collection costs: brackets of an ordinance, incentives, exemptions.

Pure functions on ``Decimal``; dossier waste-and-payment, sections 1.4 and 1.5. The rates themselves
are data of the ordinance (พ.ร.บ. การสาธารณสุข พ.ศ. 2535 มาตรา 20 (4)).
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

SATANG = Decimal("0.01")
HALF = Decimal("0.5")
#: Incentives take effect in this order, whatever order they were granted in.
INCENTIVE_ORDER = ("alt_rate", "percent", "fixed", "free_months", "waive")


class NoRateError(Exception):
    """The ordinance has no rate for this quantity (ไม่มีอัตราในเทศบัญญัติ)."""


class Bracket(NamedTuple):
    """One line of the rate table; a quantity is inside when ``above < quantity <= up_to``."""

    component: str  # collect or dispose
    above: Decimal
    up_to: Decimal | None  # None: without an end
    mode: str  # flat, per_unit or tier_additive
    rate: Decimal  # baht a month (flat) or a unit
    base: Decimal = Decimal(0)  # tier_additive: baht for what lies below the bracket
    unit_size: Decimal = Decimal(1)
    rounding: str = "ceil_unit"  # ceil_unit, half_unit or exact
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    line_id: int | None = None


class Incentive(NamedTuple):
    """A discount that a service point has earned."""

    kind: str  # see INCENTIVE_ORDER
    value: Decimal = Decimal(0)  # percent, or baht a month (fixed)
    rates: tuple = ()  # alt_rate: (component, baht) pairs that replace the rate of the bracket
    free: int = 0  # free_months: the last so many of ``every`` months
    every: int = 12
    months_since: int = 0  # whole months since the enrolment began


def to_satang(amount):
    """Round half up to the satang, as money is rounded in Thailand."""
    return amount.quantize(SATANG, rounding=ROUND_HALF_UP)


def units_of(quantity, unit_size, rounding):
    """How many units are charged for a quantity.

    :param str rounding: ceil_unit (begun units count), half_unit (up to a half counts as a half)
        or exact
    """
    units = quantity / unit_size
    if rounding == "exact":
        return units
    if rounding == "ceil_unit":
        return units.to_integral_value(rounding=ROUND_CEILING)
    whole = units.to_integral_value(rounding=ROUND_FLOOR)
    rest = units - whole
    return whole + (0 if not rest else HALF if rest <= HALF else 1)


def brackets_for(brackets, quantity):
    """The bracket of each component that holds the quantity.

    :return: dict component -> :class:`Bracket`
    :raise NoRateError: a component has brackets, but none for this quantity; or there are none
    """
    found = {
        bracket.component: bracket
        for bracket in brackets
        if bracket.above < quantity and (bracket.up_to is None or quantity <= bracket.up_to)
    }
    if not found or {bracket.component for bracket in brackets} - found.keys():
        raise NoRateError()
    return found


def bracket_amount(bracket, quantity, rate=None):
    """Baht a month of one bracket for one unit of the service point, rounded to the satang."""
    rate = bracket.rate if rate is None else rate
    if bracket.mode == "flat":
        amount = rate
    elif bracket.mode == "per_unit":
        amount = units_of(quantity, bracket.unit_size, bracket.rounding) * rate
    else:
        over = units_of(quantity - bracket.above, bracket.unit_size, bracket.rounding)
        amount = bracket.base + over * rate
    if bracket.minimum is not None:
        amount = max(amount, bracket.minimum)
    if bracket.maximum is not None:
        amount = min(amount, bracket.maximum)
    return to_satang(amount)


def is_free_month(incentive):
    """The last ``free`` months of each ``every`` months since the enrolment are free."""
    return incentive.months_since % incentive.every >= incentive.every - incentive.free


def month_fee(brackets, quantity, units=1, incentives=(), exempt_percent=Decimal(0)):
    """The fee of one month: dict component -> (full, due), both baht rounded to the satang.

    Order: base, alternative rates, percent, fixed sum, never below zero, then the exemption.

    :param quantity: what the brackets measure, e.g. litres a day
    :param int units: rooms or households behind the service point
    :param incentives: iterable of :class:`Incentive`
    :param exempt_percent: 0 to 100
    :raise NoRateError: see :func:`brackets_for`
    """
    found = brackets_for(brackets, quantity)
    ordered = sorted(incentives, key=lambda one: INCENTIVE_ORDER.index(one.kind))
    alternative = {}
    for incentive in ordered:
        if incentive.kind == "alt_rate":
            alternative.update(incentive.rates)
    full = {name: bracket_amount(one, quantity) * units for name, one in found.items()}
    due = {
        name: bracket_amount(one, quantity, alternative.get(name)) * units
        for name, one in found.items()
    }
    for incentive in ordered:
        if incentive.kind == "percent":
            due = {
                name: to_satang(amount * (100 - incentive.value) / 100)
                for name, amount in due.items()
            }
        elif incentive.kind == "fixed":
            due = _take_off(due, incentive.value)
        elif incentive.kind == "waive" or (
            incentive.kind == "free_months" and is_free_month(incentive)
        ):
            due = dict.fromkeys(due, Decimal("0.00"))
    due = {name: to_satang(amount * (100 - exempt_percent) / 100) for name, amount in due.items()}
    return {name: (full[name], due[name]) for name in full}


def _take_off(due, value):
    """Take a sum off the components in turn, none below zero."""
    left, result = value, {}
    for name, amount in due.items():
        part = min(left, amount)
        result[name], left = to_satang(amount - part), left - part
    return result


def month_share(days_served, days_of_month, policy):
    """The part of a month that is charged.

    :param int days_served: days on which the point was served
    :param str policy: full (a begun month counts), half (up to half of the days counts as half) or
        daily
    :return: ``Decimal`` from 0 to 1
    """
    if days_served <= 0:
        return Decimal(0)
    if policy == "full" or days_served >= days_of_month:
        return Decimal(1)
    if policy == "half":
        return HALF if days_served * 2 <= days_of_month else Decimal(1)
    return Decimal(days_served) / Decimal(days_of_month)
