# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request

LIKE_WILDCARD = re.compile(r"[\\%_]")
#: Share of the runs of letters that must be found for a service to be similar.
SIMILAR = 0.5


def _runs(text):
    """All runs of three letters of a text, spaces left out."""
    text = "".join((text or "").lower().split())
    return {text[start : start + 3] for start in range(len(text) - 2)}


class ServiceController(http.Controller):
    """The public service catalogue."""

    @http.route("/services", type="http", auth="public", website=True, sitemap=True)
    def services(self, q="", **kwargs):
        """List of published services, or those that match what the citizen typed."""
        query = (q or "").replace("\x00", "").strip()[:80]
        services = self._find_services(query)
        return request.render(
            "lgo_oss.services",
            {
                "services": services,
                "query": query,
                "found_text": self._found_text(query, services),
                "page_name": "services",
            },
        )

    @http.route("/services/<string:code>", type="http", auth="public", website=True, sitemap=False)
    def service(self, code, **kwargs):
        """The manual of one service in plain language."""
        service = self._published_service(code)
        guest = request.env.user._is_public()
        return request.render(
            "lgo_oss.service",
            {
                "service": service,
                "filing_problem": service._filing_problems("web", guest=False),
                "needs_login": guest and not service.guest_allowed,
                "guest": guest,
                "units": dict(service._selection_time_unit()),
                "page_name": "services",
            },
        )

    @staticmethod
    def _find_services(query):
        Service = request.env["lgo.service"]
        domain = Domain(Service._published_domain())
        if query:
            pattern = LIKE_WILDCARD.sub(r"\\\g<0>", query)
            domain &= Domain.OR(
                Domain(name, "ilike", pattern) for name in ("name", "name_plain", "description")
            )
        found = Service.search(domain)
        return found or ServiceController._find_similar(query)

    @staticmethod
    def _find_similar(query):
        """Services that share most of their letters with what was typed.

        Thai writes without spaces, so “ไฟถนนดับ” is no part of “ไฟถนนเสีย ไฟดับ”: compared are
        runs of three letters. The catalogue has some dozens of services.
        """
        wanted = _runs(query)
        if not wanted:
            return request.env["lgo.service"]
        scores = {}
        for service in request.env["lgo.service"].search(
            request.env["lgo.service"]._published_domain()
        ):
            text = " ".join(filter(None, (service.name, service.name_plain, service.description)))
            scores[service] = len(wanted & _runs(text)) / len(wanted)
        return request.env["lgo.service"].concat(
            *sorted(
                (service for service, score in scores.items() if score >= SIMILAR),
                key=lambda service: -scores[service],
            )
        )

    @staticmethod
    def _found_text(query, services):
        if not query:
            return ""
        if not services:
            return request.env._("We found no service for “%(query)s”.", query=query)
        return request.env._(
            "%(number)s services found for “%(query)s”", number=len(services), query=query
        )

    @staticmethod
    def _published_service(code):
        """The published service with this code; a 404 page for anything else."""
        Service = request.env["lgo.service"]
        try:
            service = Service.search(
                Domain(Service._published_domain())
                & Domain("code", "=", code.replace("\x00", "").upper()),
                limit=1,
            )
        except AccessError:
            service = Service
        if not service:
            raise request.not_found()
        return service
