# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL, ormcache

from odoo.addons.lgo_base.tools import thai

from ..tools import kpi, period, suppression
from .lgo_oss_statistic_month import BUILT_AT

#: Decimals of a published place: some 110 m, no house can be told.
PLACE_DECIMALS = 3
TOTAL = "total"


class LgoOssPublication(models.AbstractModel):
    """What everybody may read of the statistics of a fiscal year.

    Only closed months: figures that grow from day to day would tell single cases by their
    difference. All counts of a year go through one suppression together, pages and files show
    the same cells, and a mean or a percentage is shown only with at least the threshold of cases
    and where its count is shown.
    """

    _name = "lgo.oss.publication"
    _description = "Published Statistics"

    @api.model
    def _until(self):
        """First month that is not published: the first one not closed and built."""
        return self.env["lgo.oss.statistic.month"]._built_until()

    @api.model
    def _updated_at(self):
        """When the figures changed last (UTC text), ``""`` before the first run."""
        return self.env["ir.config_parameter"].sudo().get_param(BUILT_AT) or ""

    @api.model
    def _years(self):
        """Fiscal years with a published month, newest first."""
        until = self._until()
        company = self.env.company
        rows = self.env["lgo.oss.statistic.month"].sudo()
        first = rows.search([("company_id", "=", company.id)], order="month", limit=1).month
        if not until or not first:
            return []
        last = thai.fiscal_year(until - timedelta(days=1))
        return list(range(last, thai.fiscal_year(first) - 1, -1))

    @api.model
    def _year(self, year):
        """Published figures of a fiscal year, see :meth:`_compute_year`."""
        return self._compute_year(
            self.env.company.id, year, str(self._until()), self._updated_at(), self.env.lang
        )

    @ormcache("company_id", "year", "until", "updated", "lang")
    def _compute_year(self, company_id, year, until, updated, lang):
        """
        :return: dict with ``months``; ``cells`` (key -> count, or None where held back; keys are
            tuples of kind and what they count); ``services``, ``channels``, ``types``, ``groups``
            (id -> name); ``kpis``, ``service_kpis``, ``days``, ``waits``, ``parts``
        """
        company = self.env["res.company"].sudo().browse(company_id)
        start, stop = period.fiscal_span(year)
        stop = min(stop, self._until() or start)
        months = period.months(start, stop)
        year_data = {
            "year": year, "months": months, "cells": {}, "services": {}, "channels": {},
            "types": {}, "groups": {}, "kpis": {}, "service_kpis": {}, "days": {},
            "service_days": {}, "waits": {}, "parts": {}, "questions": {}, "satisfaction": {},
        }  # fmt: skip
        if not months:
            return year_data
        counts, lines = {}, []
        self._count_received(company, months, year_data, counts, lines)
        self._count_complaints(company, months, year_data, counts, lines)
        self._count_queue(company, months, year_data, counts, lines)
        self._count_survey(company, months, year_data, counts, lines)
        hidden = suppression.protect(counts, lines)
        year_data["cells"] = {
            key: None if key in hidden else value for key, value in counts.items()
        }
        self._drop_hidden_means(year_data)
        return year_data

    # ------------------------------------------------------------ counts
    @api.model
    def _count_received(self, company, months, data, counts, lines):
        """Requests and complaints by month and service, and by month and channel."""
        Statistic = self.env["lgo.oss.statistic"].sudo()
        domain = Statistic._span_domain(months[0], period.next_month(months[-1]), company)
        rows = Statistic._sums(domain, ["month", "service_id", "channel"])
        services = self.env["lgo.service"].sudo()
        for (_month, service, channel), sums in rows:
            if sums["received"]:
                services |= service
                data["channels"][channel] = ""
        services = services.sorted(lambda row: (row.sequence, row.code))
        data["services"] = {row.id: (row.code, row.name) for row in services}
        labels = dict(self.env["lgo.case.mixin"]._selection_channel())
        data["channels"] = {key: label for key, label in labels.items() if key in data["channels"]}
        by = {"service": data["services"], "channel": data["channels"]}
        for kind, values in by.items():
            for month in (*months, TOTAL):
                counts.update({(kind, month, value): 0 for value in values})
        counts.update({("month", month): 0 for month in (*months, TOTAL)})
        for (month, service, channel), sums in rows:
            if not sums["received"]:
                continue
            for at in (month, TOTAL):
                counts["service", at, service.id] += sums["received"]
                counts["channel", at, channel] += sums["received"]
                counts["month", at] += sums["received"]
        for kind, values in by.items():
            self._square(lines, kind, months, values, ("month",))
        lines.append((("month", TOTAL), [("month", month) for month in months]))
        self._year_figures(domain, data, Statistic, company, months)

    @api.model
    def _square(self, lines, kind, months, values, margin):
        """Lines of a table months × values whose row totals are the cells of ``margin``."""
        for month in (*months, TOTAL):
            lines.append(((*margin, month), [(kind, month, value) for value in values]))
        for value in values:
            lines.append(((kind, TOTAL, value), [(kind, month, value) for month in months]))

    @api.model
    def _year_figures(self, domain, data, Statistic, company, months):
        """Key figures of the year and of each service, where enough cases stand behind them."""
        total = Statistic._sums(domain)
        data["kpis"] = self._shown_kpis(Statistic, total)
        for (service,), sums in Statistic._sums(domain, ["service_id"]):
            if service:
                data["service_kpis"][service.id] = self._shown_kpis(Statistic, sums)
        spans = (months[0], period.next_month(months[-1]), company)
        month_table = self.env["lgo.oss.statistic.month"]
        data["days"] = self._shown_days(month_table._read_spans(*spans))
        by_service = month_table._read_spans_by(*spans, "service_id")
        data["service_days"] = {
            service: self._shown_days(histogram) for service, histogram in by_service.items()
        }

    @api.model
    def _shown_kpis(self, Statistic, sums):
        """Percentages with at least the threshold of cases in their denominator."""
        figures = Statistic._kpis(sums)
        for row in kpi.KPIS:
            if sums[row.denominator] < suppression.THRESHOLD:
                figures[row.code] = None
        if sums["responses"] < suppression.THRESHOLD:
            figures["satisfaction"] = None
        return figures

    @api.model
    def _shown_days(self, histogram):
        if sum(histogram.values()) < suppression.THRESHOLD:
            return {"median": None, "ninetieth": None}
        return {
            "median": kpi.percentile(histogram, 50),
            "ninetieth": kpi.percentile(histogram, 90),
        }

    @api.model
    def _complaint_rows(self, company, months):
        """Complaints that may be counted, one row each: month, service, type, state, place.

        Restricted ones, drafts and joined ones are left out.
        """
        source = self.env["lgo.oss.statistic.source"]
        model = self.env["lgo.oss.complaint"]
        submitted = source._column(model, "submitted_at")
        columns = [source._column(model, name) for name in ("service_id", "type_id", "state")]
        return self.env.execute_query(
            SQL(
                """SELECT %s, %s, %s, %s, round(%s::numeric, %s), round(%s::numeric, %s)
                     FROM lgo_oss_complaint c
                    WHERE %s AND %s AND c.company_id = %s
                    ORDER BY 1, 3, 4, 5, 6""",
                source._local_month(submitted),
                *columns,
                source._column(model, "latitude"),
                PLACE_DECIMALS,
                source._column(model, "longitude"),
                PLACE_DECIMALS,
                source._counted(model),
                source._between(submitted, months[0], period.next_month(months[-1])),
                company.id,
            )
        )

    @api.model
    def _count_complaints(self, company, months, data, counts, lines):
        """Complaints by month and type; together they are the cells of their services."""
        pairs = set()
        rows = self._complaint_rows(company, months)
        for month, service, kind, _state, _lat, _lon in rows:
            pairs.add((service, kind))
            for at in (month, TOTAL):
                key = ("type", at, service, kind)
                counts[key] = counts.get(key, 0) + 1
        types = (
            self.env["lgo.oss.complaint.type"].sudo().browse({kind for _s, kind in pairs if kind})
        )
        data["types"] = {row.id: (row.code, row.name) for row in types}
        for service in {service for service, _kind in pairs}:
            kinds = [kind for other, kind in pairs if other == service]
            for month in (*months, TOTAL):
                keys = [("type", month, service, kind) for kind in kinds]
                counts.update({key: 0 for key in keys if key not in counts})
                if sum(counts[key] for key in keys) == counts.get(("service", month, service)):
                    lines.append((("service", month, service), keys))
            for kind in kinds:
                lines.append(
                    (
                        ("type", TOTAL, service, kind),
                        [("type", month, service, kind) for month in months],
                    )
                )

    @api.model
    def _count_queue(self, company, months, data, counts, lines):
        """Tickets by month and counter group, with the waits of each cell."""
        rows = self.env["lgo.oss.statistic.month"]._read_queue(
            months[0], period.next_month(months[-1]), company
        )
        groups = self.env["lgo.oss.counter.group"].sudo().browse({row["group_id"] for row in rows})
        data["groups"] = {row.id: (row.prefix, row.name) for row in groups}
        for month in (*months, TOTAL):
            counts["tickets", month] = 0
            counts.update({("queue", month, group): 0 for group in data["groups"]})
        waits = {}
        for row in rows:
            for at in (row["month"], TOTAL):
                counts["queue", at, row["group_id"]] += row["tickets"]
                counts["tickets", at] += row["tickets"]
                for key in (("queue", at, row["group_id"]), ("tickets", at)):
                    histogram = waits.setdefault(key, {})
                    for wait, number in row["waits"].items():
                        histogram[wait] = histogram.get(wait, 0) + number
        for key, histogram in waits.items():
            number = sum(histogram.values())
            if number >= suppression.THRESHOLD:
                minutes = sum(wait * times for wait, times in histogram.items())
                data["waits"][key] = {
                    "mean": kpi.mean(minutes, number, "0.1"),
                    "ninetieth": kpi.percentile(histogram, 90),
                }
        self._square(lines, "queue", months, data["groups"], ("tickets",))
        lines.append((("tickets", TOTAL), [("tickets", month) for month in months]))

    @api.model
    def _count_survey(self, company, months, data, counts, lines):
        """Responses by month and by service, satisfaction by month, service, part, question."""
        Statistic = self.env["lgo.oss.statistic"].sudo()
        domain = Statistic._span_domain(months[0], period.next_month(months[-1]), company)
        counts.update({("response", month): 0 for month in (*months, TOTAL)})
        means = {}
        for key, field in (("response", "month"), ("response_service", "service_id")):
            parts = []
            for (value,), sums in Statistic._sums(domain, [field]):
                if not sums["responses"]:
                    continue
                cell = (key, value if field == "month" else value.id)
                parts.append(cell)
                counts[cell] = sums["responses"]
                if sums["responses"] >= suppression.THRESHOLD:
                    means[cell] = kpi.satisfaction(sums["score_sum"], sums["score_count"])
            counts["response", TOTAL] = sum(counts[cell] for cell in parts)
            lines.append((("response", TOTAL), parts))
        data["satisfaction"] = means
        answers = self.env["lgo.oss.survey.answer"].sudo()
        rows = answers._read_group(
            [
                ("company_id", "=", company.id),
                ("month", ">=", months[0]),
                ("month", "<=", months[-1]),
            ],
            ["question_id"],
            ["score:sum", "__count"],
        )
        labels = dict(self.env["lgo.oss.survey.question"]._selection_part())
        parts = {}
        for question, points, number in rows:
            total = parts.setdefault(question.part, [0, 0])
            total[0] += points
            total[1] += number
            if number >= suppression.THRESHOLD:
                data["questions"].setdefault(question.part, []).append(
                    (question.name, kpi.mean(points, number), kpi.satisfaction(points, number))
                )
        data["parts"] = {
            part: (label, kpi.mean(*parts[part]), kpi.satisfaction(*parts[part]))
            for part, label in labels.items()
            if part in parts and counts["response", TOTAL] >= suppression.THRESHOLD
        }

    @api.model
    def _drop_hidden_means(self, data):
        """No mean of a count that is held back."""
        cells = data["cells"]
        for name in ("waits", "satisfaction"):
            data[name] = {
                key: value for key, value in data[name].items() if cells.get(key) is not None
            }
        if cells.get(("response", TOTAL)) is None:
            data["parts"], data["questions"] = {}, {}
            data["kpis"]["satisfaction"] = None

    @api.model
    def _corruption(self, year):
        """Complaints about corruption of a year: two numbers, small ones held back.

        :return: dict ``received``, ``finished``; None where held back
        """
        start, stop = period.fiscal_span(year)
        stop = min(stop, self._until() or start)
        found = self.env["lgo.oss.complaint"]._restricted_count(
            since=period.begin_utc(start), until=period.begin_utc(stop)
        )
        open_ = found["received"] - found["finished"]
        cells = {"finished": found["finished"], "open": open_, "received": found["received"]}
        hidden = suppression.protect(cells, [("received", ("finished", "open"))])
        return {key: None if key in hidden else cells[key] for key in ("received", "finished")}
