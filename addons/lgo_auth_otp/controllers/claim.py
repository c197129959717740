# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request


class ClaimController(http.Controller):
    """Requests filed as a guest come to the account that has proven their e-mail address."""

    @http.route("/my/claim", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def claim(self, done=None, **kwargs):
        """Which requests they are."""
        response = request.render(
            "lgo_auth_otp.claim",
            {
                "cases": request.env.user._lgo_claimable_cases(),
                "done": bool(done),
                "page_name": "claim",
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @http.route("/my/claim", type="http", auth="user", website=True, methods=["POST"])
    def take(self, **kwargs):
        """Take over those that were ticked, of those that may be taken over."""
        ticked = set(request.httprequest.form.getlist("case"))
        cases = request.env.user._lgo_claimable_cases().filtered(
            lambda case: str(case.id) in ticked
        )
        cases._lgo_claim(request.env.user)
        return request.redirect("/my/cases" if cases else "/my/claim", 303)
