# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import tracking

from .cases import case_facts

PER_ADDRESS = Limit("track.address", 20, 15 * 60)
PER_PAIR = Limit("track.pair", 8, 15 * 60)
PER_NUMBER = Limit("track.number", 40, 60 * 60)


class TrackingController(http.Controller):
    """Follow a case without signing in: number and last four digits of the phone.

    Only wrong tries count. Three limits, because each one alone is wrong:

    * ``PER_ADDRESS``: nobody counts through the numbers of the cases.
    * ``PER_PAIR``: nobody counts through the 10,000 endings of one phone. Who passes it is shut
      out alone; the owner of the number, at another address, is not.
    * ``PER_NUMBER``: nor do many addresses together (960 tries a day). One stranger makes 32
      tries an hour at most and cannot reach it, so no single one shuts the owner out; several
      who work together do, as long as they go on and for an hour after that. The owner is never
      without a way: the personal link in our messages, the account and the counter do not count.
    """

    @http.route("/track", type="http", auth="public", website=True, methods=["GET"], sitemap=True)
    def track(self, number="", **kwargs):
        """The form."""
        return request.render(
            "lgo_oss.track", {"number": (number or "")[:40], "page_name": "track"}
        )

    @http.route("/track", type="http", auth="public", website=True, methods=["POST"])
    def find(self, number="", phone="", **kwargs):
        """Show the state of the case, or one and the same answer for every mistake."""
        number, phone = (number or "").replace("\x00", "")[:40], (phone or "")[:20]
        # however it is written, it is one number: "ds 6911…" counts with "DS-6911…"
        counted = tracking.normalise(number) or number
        limits = request.env["lgo.rate.limit"]
        calls = self._calls(limits._address(request.httprequest.remote_addr), counted)
        if limits._is_full(*calls):
            return self._answer(
                number,
                request.env._(
                    "Too many tries. Please try again later; the link in our message to you works"
                    " at any time."
                ),
                429,
            )
        for model in request.env["lgo.case.register"]._case_models():
            case = model.sudo()._find_by_number(number)
            if case and case._phone_matches(phone):
                return self._answer(number, None, 200, case)
        limits._count(*calls)
        return self._answer(
            number,
            request.env._(
                "We found no case with this number and phone. Please check both; the number stands"
                " on your acknowledgement."
            ),
            404,
        )

    @staticmethod
    def _calls(address, number):
        """What a wrong try counts against."""
        calls = [(PER_ADDRESS, address)]
        if number:
            calls += [(PER_PAIR, f"{number} {address}"), (PER_NUMBER, number)]
        return calls

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
