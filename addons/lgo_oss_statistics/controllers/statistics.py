# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import fields, http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import thai

from ..models.lgo_oss_publication import TOTAL
from ..tools import kpi, period

#: A person reads a page every few seconds; a machine shall take the files.
PAGES = Limit("statistics", 120, 60)


def too_many():
    """Whether this address asks too often; counts the call."""
    limits = request.env["lgo.rate.limit"]
    return not limits._allows((PAGES, limits._address(request.httprequest.remote_addr)))


def shown(value, decimals=None):
    """A figure as it is printed: a star where it is held back, with thousands."""
    if value is None:
        return "*"
    return f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"


def number(value):
    """A key figure as it is printed; a dash where nothing was there to measure."""
    return "–" if value is None else f"{value:,}"


class StatisticsController(http.Controller):
    """Pages for everybody: figures of closed months, small numbers held back."""

    def _render(self, template, year=None, **values):
        env = request.env
        if too_many():
            return request.make_response(env._("Please wait a minute."), status=429)
        publication = env["lgo.oss.publication"]
        years = publication._years()
        current = thai.fiscal_year(fields.Datetime.now())
        chosen = period.clean_year(year, years[0] if years else current)
        if years and chosen not in years:
            chosen = years[0]
        data = publication._year(chosen)
        response = request.render(
            f"lgo_oss_statistics.{template}",
            {
                "data": data,
                "year": chosen,
                "years": years,
                "month_label": period.label,
                "shown": shown,
                "number": number,
                "TOTAL": TOTAL,
                "until": data["months"] and period.label(data["months"][-1], short=False),
                "page_name": "statistics",
                **values,
                **self._charts(template, data),
            },
        )
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    def _charts(self, template, data):
        """Charts of a page as JSON; a count that is held back is a gap."""
        charts = {}
        labels = [period.label(month) for month in data["months"]]
        if template in ("public_dashboard", "public_services"):
            charts["received_chart"] = self._chart(
                labels,
                request.env._("Received"),
                [data["cells"]["month", m] for m in data["months"]],
            )
        if template == "public_dashboard":
            charts["satisfaction_chart"] = self._chart(
                labels,
                request.env._("Satisfaction (%)"),
                [data["satisfaction"].get(("response", month)) for month in data["months"]],
            )
        return charts

    @staticmethod
    def _chart(labels, title, values):
        values = [None if value is None else float(value) for value in values]
        return json.dumps({"labels": labels, "title": title, "values": values})

    @http.route(
        "/statistics", type="http", auth="public", website=True, sitemap=True, methods=["GET"]
    )
    def dashboard(self, year=None, **kwargs):
        """Key figures of the year."""
        env = request.env
        texts = [(row.code, env._(row.label), env._(row.meaning)) for row in kpi.KPIS]
        return self._render("public_dashboard", year, kpis=texts)

    @http.route(
        "/statistics/services",
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        methods=["GET"],
    )
    def services(self, year=None, **kwargs):
        """Cases by month and channel, and by service."""
        return self._render("public_services", year)

    @http.route(
        "/statistics/satisfaction",
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        methods=["GET"],
    )
    def satisfaction(self, year=None, **kwargs):
        """Results of the satisfaction survey."""
        return self._render("public_satisfaction", year)

    @http.route(
        "/statistics/e-services",
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        methods=["GET"],
    )
    def e_services(self, year=None, **kwargs):
        """Services that can be filed on the website, with how often they were."""
        services = request.env["lgo.service"].sudo()
        online = services.search(
            [
                *services._published_domain(),
                ("channel_web", "=", True),
                ("in_person_only", "=", False),
            ]
        )
        return self._render("public_e_services", year, services=online)

    @http.route(
        "/statistics/corruption",
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        methods=["GET"],
    )
    def corruption(self, year=None, **kwargs):
        """How to report corruption, and how many did."""
        env = request.env
        publication = env["lgo.oss.publication"]
        years = publication._years()[:3]
        types = env["lgo.oss.complaint.type"]._public_types().filtered("restricted")
        return self._render(
            "public_corruption",
            year,
            rows=[(each, publication._corruption(each)) for each in years],
            tiles=[kind._tile() for kind in types],
            company=env.company.sudo(),
        )

    @http.route(
        "/statistics/opinions",
        type="http",
        auth="public",
        website=True,
        sitemap=True,
        methods=["GET"],
    )
    def opinions(self, year=None, **kwargs):
        """Ways in which people are heard."""
        return self._render("public_opinions", year, company=request.env.company.sudo())

    @http.route("/ita", type="http", auth="public", website=True, sitemap=True, methods=["GET"])
    def ita(self, year=None, **kwargs):
        """Items of the assessment of a year with the page that answers each."""
        env = request.env
        if too_many():
            return request.make_response(env._("Please wait a minute."), status=429)
        Item = env["lgo.ita.item"]
        years = Item._public_years()
        chosen = period.clean_year(year, years[0] if years else 0)
        items = Item._public_items(chosen if chosen in years else (years[:1] or [0])[0])
        return request.render(
            "lgo_oss_statistics.public_ita",
            {
                "items": items,
                "years": years,
                "year": items[:1].year,
                "page_name": "statistics",
            },
        )
