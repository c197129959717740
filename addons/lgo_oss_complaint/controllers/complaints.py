# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

MODEL = "lgo.oss.complaint"

LIMIT = Limit("complaint.code", 10, 15 * 60)


class ComplaintController(http.Controller):
    """Entry of the complaints, and following one by its code."""

    @http.route("/complaints", type="http", auth="public", website=True, sitemap=True)
    def complaints(self, **kwargs):
        """Tiles of all types of complaint."""
        types = request.env["lgo.oss.complaint.type"]._public_types()
        return request.render(
            "lgo_oss_complaint.complaints",
            {"tiles": [kind._tile() for kind in types], "page_name": "complaints"},
        )

    @http.route(
        "/complaints/follow",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def follow(self, number="", **kwargs):
        """The form for number and code."""
        return self._follow_page((number or "")[:40])

    @http.route("/complaints/follow", type="http", auth="public", website=True, methods=["POST"])
    def find(self, number="", code="", **kwargs):
        """Lead to the page of the complaint; one and the same answer for every mistake."""
        number = (number or "").replace("\x00", "")[:40]
        limits = request.env["lgo.rate.limit"]
        call = (LIMIT, limits._address(request.httprequest.remote_addr))
        if limits._is_full(call):
            error = request.env._("Too many tries. Please wait 15 minutes.")
            return self._follow_page(number, error, 429)
        complaint = request.env[MODEL].sudo()._find_by_number(number)
        if complaint and complaint._follow_code_matches((code or "")[:40]):
            return request.redirect(complaint._citizen_url(complaint.access_token))
        limits._count(call)
        error = request.env._("We found no complaint with this number and code. Check both.")
        return self._follow_page(number, error, 404)

    @staticmethod
    def _follow_page(number, error="", status=200):
        response = request.render(
            "lgo_oss_complaint.follow",
            {"number": number, "error": error, "page_name": "complaints"},
        )
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response
