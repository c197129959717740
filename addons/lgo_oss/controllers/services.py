# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

# A manual is printed once and kept; the limit is for machines that fetch it over and over.
PER_ADDRESS = Limit("manual.address", 60, 600)


class ServiceController(http.Controller):
    """The public service catalogue."""

    @http.route(
        "/services", type="http", auth="public", website=True, sitemap=True, save_session=False
    )
    def services(self, q="", topic="", kind="", **kwargs):
        """Published services: all, those of a topic or kind, or what the citizen searched for."""
        Service = request.env["lgo.service"]
        query = (q or "").replace("\x00", "").strip()[:80]
        topics = Service._open_topics()
        kinds = Service._open_kinds()
        chosen_topic = topics.filtered(lambda item: item.code == topic)
        chosen_kind = kind if kind in dict(kinds) else ""
        domain = Domain.TRUE
        if chosen_topic:
            domain &= Domain("topic_id", "=", chosen_topic.id)
        if chosen_kind:
            domain &= Domain("kind", "=", chosen_kind)
        near = Service
        if query:
            services, near = Service._find_by_words(query, domain)
        else:
            services = Service.search(Domain(Service._published_domain()) & domain)
        return request.render(
            "lgo_oss.services",
            {
                "services": services,
                "near": near,
                "query": query,
                "found_text": self._found_text(query, services),
                "topics": topics,
                "kinds": kinds,
                "topic": chosen_topic,
                "kind": chosen_kind,
                "company": request.env.company.sudo(),
                "page_name": "services",
            },
        )

    @http.route(
        "/services/<string:code>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        save_session=False,
    )
    def service(self, code, **kwargs):
        """The manual of one service, as it was published."""
        service = self._published_service(code, suspended=True)
        guest = request.env.user._is_public()
        return request.render(
            "lgo_oss.service",
            {
                "service": service,
                "manual": service.sudo().published_version_id.content or {},
                "filing_problem": service._filing_problems("web", guest=False),
                "needs_login": guest and not service.guest_allowed,
                "guest": guest,
                "form_url": service._form_url(),
                "page_name": "services",
            },
        )

    @http.route(
        "/services/<string:code>/form/<int:document_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        save_session=False,
    )
    def blank_form(self, code, document_id, **kwargs):
        """The blank form of a document, as it was published with the service."""
        version = self._published_service(code).sudo().published_version_id
        attachment, name = version._form(document_id)
        if not attachment:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(attachment, "raw", filename=name)
        response = stream.get_response(as_attachment=True, immutable=False)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @http.route(
        "/services/<string:code>/manual.pdf",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def manual(self, code, **kwargs):
        """The public manual (คู่มือสำหรับประชาชน) of the published version as PDF."""
        service = self._published_service(code, suspended=True)
        limits = request.env["lgo.rate.limit"]
        address = limits._address(request.httprequest.remote_addr)
        if not limits._allows((PER_ADDRESS, address)):
            return request.make_response(
                request.env._("Too many requests from your network. Please wait 10 minutes."),
                status=429,
            )
        name = f"คู่มือสำหรับประชาชน {service.name}.pdf"
        return request.make_response(
            service.sudo().published_version_id._manual_pdf(),
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
            ],
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
    def _published_service(code, suspended=False):
        """The published service with this code; a 404 page for anything else.

        :param bool suspended: also one that is suspended, to say so
        """
        Service = request.env["lgo.service"]
        shown = Service._shown_domain() if suspended else Service._published_domain()
        try:
            service = Service.search(
                Domain(shown) & Domain("code", "=", code.replace("\x00", "").upper()),
                limit=1,
            )
        except AccessError:
            service = Service
        if not service:
            raise request.not_found()
        return service
