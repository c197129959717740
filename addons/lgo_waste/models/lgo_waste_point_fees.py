# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from calendar import monthrange
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import fields, models

from ..tools import tariff
from .lgo_waste_point import BILLING
from .lgo_waste_tariff_line import decimal


class MonthFee(NamedTuple):
    """What one month of one service point costs, and why."""

    point: models.BaseModel
    month: object  # first day
    parts: dict  # component -> (full, due), Decimal
    version: models.BaseModel
    tariff: models.BaseModel
    quantity: Decimal
    units: int
    enrolment: models.BaseModel
    exemption: models.BaseModel
    pause: models.BaseModel
    error: str = ""

    @property
    def full(self):
        return sum((full for full, _due in self.parts.values()), Decimal("0.00"))

    @property
    def due(self):
        return sum((due for _full, due in self.parts.values()), Decimal("0.00"))


class LgoWastePoint(models.Model):
    """What months cost: for many service points at once, with a fixed number of queries."""

    _inherit = "lgo.waste.point"

    def _month_fees(self, months, version=None):
        """The fees of months, by what was so on the first day of each.

        :param months: first days of months
        :param version: a rate table that counts for its classes as if it were in force
        :return: list of :class:`MonthFee`; months in which a point is not served are left out; one
            without a rate has ``error``
        """
        facts = self._fee_facts(months, version)
        result, cache = [], {}
        for point in self:
            for month in months:
                fee = point._month_fee(month, facts, cache)
                if fee:
                    result.append(fee)
        return result

    def _fee_facts(self, months, planned):
        """Everything the fees depend on, read once."""
        first, last = min(months), _month_end(max(months))
        ids = ("point_id", "in", self.ids)
        until = [("date_from", "<=", last), "|", ("date_to", "=", False), ("date_to", ">=", first)]
        env = self.sudo().env
        tables = {}
        for company in self.company_id:
            for month in months:
                versions = env["lgo.waste.tariff.version"]._in_force(company, month)
                for version in (planned or versions) | versions:
                    for line in version.line_ids:
                        key = (company.id, month, line.tariff_id.id)
                        table = tables.setdefault(key, (version, []))
                        if table[0] == version:
                            table[1].append(line._bracket())
        changes = env["lgo.waste.change"].search(
            [ids, ("field_name", "in", BILLING), ("date_effective", ">", first)],
            order="date_effective, id",
        )
        approved = ("state", "=", "approved")
        enrolled = ("state", "in", ("approved", "revoked", "ended"))
        return {
            "tables": tables,
            "changes": _by_point(changes),
            "pauses": _by_point(env["lgo.waste.pause"].search([ids, approved, *until])),
            "exemptions": _by_point(env["lgo.waste.exemption"].search([ids, approved, *until])),
            "enrolments": _by_point(env["lgo.waste.enrolment"].search([ids, enrolled, *until])),
        }

    def _month_fee(self, month, facts, cache):
        if not self.date_start:
            return None
        end = _month_end(month)
        first = max(self.date_start, month)
        served = (min(self.date_stop or end, end) - first).days + 1
        if served <= 0:
            return None
        pauses = [pause for pause in facts["pauses"].get(self.id, ()) if _meets(pause, month, end)]
        if pauses:
            days = (first + timedelta(days=count) for count in range(served))
            served = sum(not any(pause._covers(day) for pause in pauses) for day in days)
        class_, quantity, units = self._billing_values(month, facts["changes"])
        enrolments = [one for one in facts["enrolments"].get(self.id, ()) if one._covers(month)]
        exemption = next(
            (one for one in facts["exemptions"].get(self.id, ()) if one._covers(month)),
            self.env["lgo.waste.exemption"],
        )
        version, brackets = facts["tables"].get(
            (self.company_id.id, month, class_.id), (self.env["lgo.waste.tariff.version"], [])
        )
        share = tariff.month_share(served, end.day, self.company_id.lgo_waste_proration)
        common = {
            "point": self,
            "month": month,
            "version": version,
            "tariff": class_,
            "quantity": quantity,
            "units": units,
            "enrolment": enrolments[0] if enrolments else self.env["lgo.waste.enrolment"],
            "exemption": exemption,
            "pause": pauses[0] if pauses else self.env["lgo.waste.pause"],
        }
        key = (
            version.id, class_.id, month, quantity, units, share, exemption.percent,
            tuple(one.incentive_id.id for one in enrolments),
            tuple(one.date_from for one in enrolments),
        )  # fmt: skip
        if key not in cache:
            try:
                parts = tariff.month_fee(
                    brackets,
                    quantity,
                    units,
                    [one._as_incentive(month) for one in enrolments],
                    decimal(exemption.percent, 2),
                )
                cache[key] = {
                    name: (full, tariff.to_satang(due * share))
                    for name, (full, due) in parts.items()
                }
            except tariff.NoRateError:
                cache[key] = None
        if cache[key] is None:
            return MonthFee(
                **common,
                parts={},
                error=self.env._(
                    "The ordinance has no rate for class “%(name)s” and the quantity %(quantity)s.",
                    name=class_.name,
                    quantity=f"{quantity.normalize():f}",
                ),
            )
        return MonthFee(**common, parts=cache[key])

    def _billing_values(self, month, changes):
        """(class, quantity, rooms) as they were on the first day of ``month``."""
        values = {"tariff_id": self.tariff_id, "volume": self.volume, "unit_count": self.unit_count}
        seen = set()
        for change in changes.get(self.id, ()):
            name = change.field_name
            if change.date_effective > month and name not in seen:
                seen.add(name)
                values[name] = self._old_billing_value(change)
        return values["tariff_id"], decimal(values["volume"]), values["unit_count"]

    def _old_billing_value(self, change):
        if change.field_name == "tariff_id":
            return self.env["lgo.waste.tariff"].sudo().browse(int(change.old_value))
        return (float if change.field_name == "volume" else int)(change.old_value)


def _month_end(month):
    return month.replace(day=monthrange(month.year, month.month)[1])


def _meets(record, first, last):
    return record.date_from <= last and (not record.date_to or record.date_to >= first)


def _by_point(records):
    """Records by the id of their service point, in their order."""
    result = {}
    for record in records:
        result.setdefault(record.point_id.id, []).append(record)
    return result


def months_from(first, count):
    """The first days of ``count`` months from ``first`` on."""
    start = fields.Date.start_of(first, "month")
    return [fields.Date.add(start, months=number) for number in range(count)]
