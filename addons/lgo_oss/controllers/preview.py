# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request


class ServicePreview(http.Controller):
    """The page and the questions of a service before it is published, for the officers."""

    @http.route(
        "/services/<string:code>/preview",
        type="http",
        auth="user",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def service_preview(self, code, **kwargs):
        """Render the manual as it stands; nothing can be filed from here."""
        if not request.env.user.has_group("lgo_base.group_staff"):
            raise request.not_found()
        service = request.env["lgo.service"].search(
            [("code", "=", code.replace("\x00", "").upper())], limit=1
        )
        if not service:
            raise request.not_found()
        return request.render(
            "lgo_oss.service_preview",
            {
                "service": service,
                "manual": service._manual_content(),
                "filing_problem": request.env._("This is a preview: nothing can be filed here."),
                "needs_login": False,
                "guest": False,
                "form_url": "",
                "blank_forms": {},
                "questions": service._questions(draft=True),
                "documents": service.document_ids.filtered(
                    lambda document: not document.obtainable_by_state
                ),
                "values": {},
                "errors": {},
                "chosen": lambda _field: [],
                "page_name": "services",
            },
        )
