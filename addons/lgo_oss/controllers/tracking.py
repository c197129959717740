# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import thai, tracking

from .cases import STARS, STEP_TEXTS, case_facts

PER_ADDRESS = Limit("track.address", 20, 15 * 60)
PER_PAIR = Limit("track.pair", 8, 15 * 60)
PER_NUMBER = Limit("track.number", 40, 60 * 60)
#: Confirmations and ratings of one case: a person does it once or twice.
PER_CASE = Limit("track.act", 6, 60 * 60)
#: Lines of the timeline shown to who knows number and phone.
LAST_EVENTS = 5
#: What number and phone are enough for: it ends well for the citizen and takes nothing away.
GUEST_STEPS = ("confirm", "complete")


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

    @http.route(
        "/track",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=True,
        save_session=False,
    )
    def track(self, number="", **kwargs):
        """The form."""
        return request.render(
            "lgo_oss.track", {"number": (number or "")[:40], "page_name": "track"}
        )

    @http.route(
        "/track",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        # It changes nothing and asks for what only the citizen knows: a forged form gains
        # nothing, and the pages with this form need no session and no cookie.
        csrf=False,
        save_session=False,
    )
    def find(self, number="", phone="", **kwargs):
        """Show the state of the case, or one and the same answer for every mistake."""
        case, problem = self._look_up(number, phone)
        return problem or self._answer(number, None, 200, case, phone)

    @http.route("/track/confirm", type="http", auth="public", website=True, methods=["POST"])
    def confirm(self, number="", phone="", code="", **kwargs):
        """A guest who has lost the link confirms that the matter is settled."""
        case, problem = self._look_up(number, phone, acts=True)
        if problem:
            return problem
        if code not in [step.code for step in self._guest_steps(case)]:
            error = request.env._("This cannot be done any more.")
            return self._answer(number, error, 400, case, phone)
        try:
            with request.env.cr.savepoint():
                case._check_acts_for_citizen(request.env.user, case.access_token)
                case._transition(code, portal=True)
        except (AccessError, UserError) as error:
            return self._answer(number, str(error), 400, case, phone)
        done = request.env._("Thank you. You have confirmed that the matter is settled.")
        return self._answer(number, None, 200, case, phone, done)

    @http.route("/track/rate", type="http", auth="public", website=True, methods=["POST"])
    def rate(self, number="", phone="", rating=None, feedback="", **kwargs):
        """A guest who has lost the link says how satisfied they are, once."""
        case, problem = self._look_up(number, phone, acts=True)
        if problem:
            return problem
        if rating not in ("1", "2", "3", "4", "5") or not self._guest_may_rate(case):
            error = request.env._("Please choose one of the five answers.")
            return self._answer(number, error, 400, case, phone)
        try:
            case._check_acts_for_citizen(request.env.user, case.access_token)
        except AccessError as error:
            return self._answer(number, str(error), 400, case, phone)
        case._rate(int(rating), (feedback or "").strip()[:1000])
        done = request.env._(
            "You gave %(value)s of 5. Thank you for your answer.", value=int(rating)
        )
        return self._answer(number, None, 200, case, phone, done)

    # ------------------------------------------------------------ helpers
    def _look_up(self, number, phone, acts=False):
        """The case of a number and a phone, in sudo, or the page that says what is wrong.

        :param bool acts: it is to be changed, which is limited for the case, too
        :return: ``(case, None)`` or ``(None, response)``
        """
        number, phone = (number or "").replace("\x00", "")[:40], (phone or "")[:20]
        # however it is written, it is one number: "ds 6911…" counts with "DS-6911…"
        counted = tracking.normalise(number) or number
        limits = request.env["lgo.rate.limit"]
        calls = self._calls(limits._address(request.httprequest.remote_addr), counted)
        if limits._is_full(*calls):
            return None, self._too_many(number)
        for model in request.env["lgo.case.register"]._case_models():
            case = model.sudo()._find_by_number(number)
            if case and case._phone_matches(phone):
                if acts and not limits._allows((PER_CASE, case.name)):
                    return None, self._too_many(number)
                return case, None
        limits._count(*calls)
        return None, self._answer(
            number,
            request.env._(
                "We found no case with this number and phone. Please check both; the number stands"
                " on your acknowledgement."
            ),
            404,
        )

    def _too_many(self, number):
        return self._answer(
            number,
            request.env._(
                "Too many tries. Please try again later; the link in our message to you works"
                " at any time."
            ),
            429,
        )

    @staticmethod
    def _calls(address, number):
        """What a wrong try counts against."""
        calls = [(PER_ADDRESS, address)]
        if number:
            calls += [(PER_PAIR, f"{number} {address}"), (PER_NUMBER, number)]
        return calls

    @staticmethod
    def _is_of_guest(case):
        """Filed without an account: who has one signs in to act."""
        return not case.partner_id and not case.agent_partner_id

    @classmethod
    def _guest_steps(cls, case):
        if not cls._is_of_guest(case):
            return []
        return [step for step in case._citizen_steps() if step.code in GUEST_STEPS]

    @classmethod
    def _guest_may_rate(cls, case):
        return cls._is_of_guest(case) and case._citizen_may_rate() and not case._citizen_rating()

    @classmethod
    def _answer(cls, number, error, status, case=None, phone="", done=""):
        """The page with what ``_case_public_values`` lets everybody see, or with the error."""
        found = case and case._case_public_values()
        values = {"number": number, "error": error, "found": found, "page_name": "track"}
        if found:
            env = request.env
            may_rate = cls._guest_may_rate(case)
            values.update(
                facts=case_facts(
                    found["state"],
                    found["number"],
                    case.state,
                    found["due"],
                    found["days_left"],
                    not found["final"] and case.state != "resolved",
                ),
                last_events=found["events"].sorted(
                    lambda event: (event.date, event.id), reverse=True
                )[:LAST_EVENTS],
                decided_on=found["decided"] and thai.local_date(found["decided"]),
                phone=phone,
                done=done,
                steps=[
                    {
                        "code": step.code,
                        "label": env._(STEP_TEXTS[step.code][0]),
                        "help": env._(STEP_TEXTS[step.code][1]),
                    }
                    for step in cls._guest_steps(case)
                ],
                may_rate=may_rate,
                stars=[(value, env._(text)) for value, text in STARS if may_rate],
            )
        response = request.render("lgo_oss.track", values)
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response
