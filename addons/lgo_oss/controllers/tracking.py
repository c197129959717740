# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.tools import tracking

from .cases import case_facts


class TrackingController(http.Controller):
    """Follow a case without signing in: number and last four digits of the phone."""

    @http.route("/track", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def track(self, number="", **kwargs):
        """The form."""
        return request.render(
            "lgo_oss.track", {"number": (number or "")[:40], "page_name": "track"}
        )

    @http.route("/track", type="http", auth="public", website=True, methods=["POST"])
    def find(self, number="", phone="", **kwargs):
        """Show the state of the case, or one and the same answer for every mistake."""
        Attempt = request.env["lgo.oss.attempt"].sudo()
        number, phone = (number or "").replace("\x00", "")[:40], (phone or "")[:20]
        # however it is written, it is one number: "ds 6911…" counts with "DS-6911…"
        counted = tracking.normalise(number) or number
        if Attempt._too_many(request.httprequest.remote_addr, counted):
            return self._answer(
                number, request.env._("Too many tries. Please wait 15 minutes."), 429
            )
        for model in request.env["lgo.case.register"]._case_models():
            case = model.sudo()._find_by_number(number)
            if case and case._phone_matches(phone):
                return self._answer(number, None, 200, case)
        Attempt._remember(request.httprequest.remote_addr, counted)
        return self._answer(
            number,
            request.env._(
                "We found no case with this number and phone. Please check both; the number stands"
                " on your acknowledgement."
            ),
            404,
        )

    @staticmethod
    def _answer(number, error, status, case=None):
        """The page with what ``_case_public_values`` lets everybody see, or with the error."""
        found = case and case._case_public_values()
        values = {"number": number, "error": error, "found": found, "page_name": "track"}
        if found:
            values["facts"] = case_facts(
                found["state"],
                found["number"],
                case.state,
                found["due"],
                found["days_left"],
                not found["final"] and case.state != "resolved",
            )
        response = request.render("lgo_oss.track", values)
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response
