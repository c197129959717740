# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai

from ..tools import kpi, period

REGISTER = "lgo.case.register"
#: Longest bar chart.
SERVICES = 10


class LgoOssDashboard(models.AbstractModel):
    """Figures for the screen of an officer: the own work first, then the unit or the whole."""

    _name = "lgo.oss.dashboard"
    _description = "Dashboard"

    @api.model
    @api.readonly
    def action_dashboard(self, year=None):
        """All that the screen shows, by the rights of the user.

        :param int year: fiscal year (B.E.); the current one when empty or impossible
        :return: dict ``year, years, scope, work, figures, charts``
        """
        Statistic = self.env["lgo.oss.statistic"]
        Statistic.check_access("read")
        current = thai.fiscal_year(fields.Datetime.now())
        year = period.clean_year(str(year or ""), current)
        start, stop = period.fiscal_span(year)
        domain = Statistic._span_domain(start, stop)
        rows = Statistic._sums(domain, ["month", "service_id"])
        total, by_month, by_service = Statistic._no_sums(), {}, {}
        for (month, service), sums in rows:
            for bucket in (
                total,
                by_month.setdefault(month, Statistic._no_sums()),
                by_service.setdefault(service, Statistic._no_sums()),
            ):
                for name, value in sums.items():
                    bucket[name] += value
        months = period.months(
            start, min(stop, period.next_month(period.month_of(fields.Datetime.now())))
        )
        return {
            "year": year,
            "years": list(range(current, current - 5, -1)),
            "scope": self._scope_text(),
            "work": self._work(),
            "figures": self._figures(total, start, stop),
            "charts": self._charts(months, by_month, by_service),
            "may_download": self._may_download(),
        }

    @api.model
    def _may_download(self):
        """Heads and up get workbooks."""
        return self.env.user.has_groups(
            "lgo_base.group_unit_head,lgo_base.group_executive,lgo_base.group_auditor,"
            "lgo_base.group_service_manager"
        )

    @api.model
    def _scope_text(self):
        if self.env["lgo.oss.statistic"]._sees_all():
            return self.env._("All units")
        units = self.env.user.lgo_unit_ids.sudo()
        return ", ".join(units.mapped("name")) or self.env._("No unit")

    # ------------------------------------------------------------ own work
    @api.model
    def _work(self):
        """What waits: number and the domain behind it."""
        Register = self.env[REGISTER]
        today = thai.local_date(fields.Datetime.now())
        mine = Domain("user_id", "=", self.env.uid)
        open_ = Domain("state", "in", Register._open_states())
        cards = [
            ("waiting", self.env._("Waiting for me"), Domain("waits_for_me", "=", True)),
            ("today", self.env._("Mine, due today"), mine & open_ & Domain("date_due", "=", today)),
            (
                "week",
                self.env._("Mine, due in seven days"),
                mine
                & open_
                & Domain("date_due", ">=", today)
                & Domain("date_due", "<=", today + timedelta(days=7)),
            ),
            ("late_mine", self.env._("Mine, late"), mine & open_ & Domain("date_due", "<", today)),
        ]
        if self.env.user.has_groups(
            "lgo_base.group_unit_head,lgo_base.group_clerk,lgo_base.group_executive,"
            "lgo_base.group_auditor"
        ):
            cards += [
                ("open", self.env._("Open cases"), open_),
                ("late", self.env._("Late cases"), open_ & Domain("date_due", "<", today)),
                (
                    "unassigned",
                    self.env._("With nobody in charge"),
                    open_ & Domain("user_id", "=", False),
                ),
            ]
        return [
            {
                "code": code,
                "label": label,
                "value": Register.search_count(domain),
                "danger": code.startswith("late"),
                "domain": self._plain(domain),
            }
            for code, label, domain in cards
        ]

    @api.model
    def _plain(self, domain):
        """A domain as the web client takes it: days are text."""
        return [
            tuple(
                fields.Date.to_string(value) if hasattr(value, "isoformat") else value
                for value in term
            )
            if isinstance(term, tuple | list)
            else term
            for term in domain
        ]

    # ------------------------------------------------------------ figures
    @api.model
    def _figures(self, sums, start, stop):
        """Key figures of the year with what they mean."""
        Statistic = self.env["lgo.oss.statistic"]
        values = Statistic._kpis(sums)
        figures = [
            self._figure("received", self.env._("Received"), sums["received"], "", ""),
            self._figure("decided", self.env._("Decided"), sums["decided"], "", ""),
        ]
        for row in kpi.KPIS:
            label = self.env._(row.label)
            meaning = self.env._(row.meaning)
            figures.append(self._figure(row.code, label, values[row.code], "%", meaning))
        figures.append(
            self._figure(
                "satisfaction",
                self.env._("Satisfaction"),
                values["satisfaction"],
                "%",
                self.env._("Mean of the points divided by 5, times 100."),
            )
        )
        units = None if Statistic._sees_all() else self.env.user.lgo_unit_ids
        months = self.env["lgo.oss.statistic.month"]
        spans = months._read_spans(start, stop, self.env.company, units=units)
        days = self.env._("days")
        meaning = self.env._(
            "From the complete request to the decision; working days where the manual counts so."
        )
        for share, label in (
            (50, self.env._("Time to the decision (median)")),
            (90, self.env._("Time to the decision (90 %)")),
        ):
            value = kpi.percentile(spans, share)
            figures.append(self._figure(f"days_{share}", label, value, days, meaning))
        if self.env["lgo.oss.ticket"].has_access("read"):
            figures.append(self._wait_figure(start, stop))
        return figures

    @api.model
    def _wait_figure(self, start, stop):
        rows = self.env["lgo.oss.statistic.month"]._read_queue(start, stop, self.env.company)
        number = sum(sum(row["waits"].values()) for row in rows)
        minutes = sum(wait * times for row in rows for wait, times in row["waits"].items())
        return self._figure(
            "wait",
            self.env._("Wait in the queue (mean)"),
            kpi.mean(minutes, number, "0.1"),
            self.env._("minutes"),
            self.env._("From taking the number to the first call."),
        )

    @api.model
    def _figure(self, code, label, value, unit, meaning):
        shown = "–" if value is None else f"{value:,}"
        return {"code": code, "label": label, "value": shown, "unit": unit, "meaning": meaning}

    # ------------------------------------------------------------ charts
    @api.model
    def _charts(self, months, by_month, by_service):
        """Charts with the domain behind each bar."""
        Statistic = self.env["lgo.oss.statistic"]
        none = Statistic._no_sums()
        sums = [by_month.get(month, none) for month in months]
        on_time = [Statistic._kpis(row)["on_time"] for row in sums]
        labels = [period.label(month) for month in months]
        best = sorted(
            ((service, row["received"]) for service, row in by_service.items() if service),
            key=lambda item: -item[1],
        )[:SERVICES]
        domains = [self._month_domain(month) for month in months]
        return [
            {
                "code": "received",
                "kind": "bar",
                "title": self.env._("Received by month"),
                "labels": labels,
                "values": [row["received"] for row in sums],
                "domains": domains,
            },
            {
                "code": "on_time",
                "kind": "line",
                "title": self.env._("Decided in time, by month (%)"),
                "labels": labels,
                "values": [None if value is None else float(value) for value in on_time],
                "domains": [],
            },
            {
                "code": "services",
                "kind": "bar",
                "title": self.env._("Received by service"),
                "labels": [service.sudo().name for service, _number in best],
                "values": [number for _service, number in best],
                "domains": [
                    [
                        ("service_id", "=", service.id),
                        *(self._span_domain(months[0], months[-1]) if months else []),
                    ]
                    for service, _number in best
                ],
            },
        ]

    @api.model
    def _month_domain(self, month):
        return self._span_domain(month, month)

    @api.model
    def _span_domain(self, first, last):
        """What was received from one month to another, for the register."""
        return [
            ("submitted_at", ">=", fields.Datetime.to_string(period.begin_utc(first))),
            (
                "submitted_at",
                "<",
                fields.Datetime.to_string(period.begin_utc(period.next_month(last))),
            ),
        ]
