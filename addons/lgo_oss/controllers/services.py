# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request


class ServiceController(http.Controller):
    """The public service catalogue."""

    @http.route("/services", type="http", auth="public", website=True, sitemap=True)
    def services(self, q="", **kwargs):
        """List of published services, or those that match what the citizen typed."""
        query = (q or "").strip()[:80]
        services = self._find_services(query)
        return request.render(
            "lgo_oss.services", {"services": services, "query": query, "page_name": "services"}
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
                "page_name": "services",
            },
        )

    @staticmethod
    def _find_services(query):
        Service = request.env["lgo.service"]
        domain = Domain(Service._published_domain())
        if query:
            domain &= Domain.OR(
                Domain(name, "ilike", query) for name in ("name", "name_plain", "description")
            )
        return Service.search(domain)

    @staticmethod
    def _published_service(code):
        """The published service with this code; a 404 page for anything else."""
        Service = request.env["lgo.service"]
        try:
            service = Service.search(
                Domain(Service._published_domain()) & Domain("code", "=", (code or "").upper()),
                limit=1,
            )
        except AccessError:
            service = Service
        if not service:
            raise request.not_found()
        return service
