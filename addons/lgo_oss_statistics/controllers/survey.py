# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_oss.controllers.cases import CasePortal
from odoo.addons.lgo_oss_queue.controllers.board import device_of, private, refuse

_lt = LazyTranslate(__name__)

POINTS = (
    ("5", _lt("Very satisfied")),
    ("4", _lt("Satisfied")),
    ("3", _lt("Neither")),
    ("2", _lt("Dissatisfied")),
    ("1", _lt("Very dissatisfied")),
)


class SurveyController(CasePortal):
    """The satisfaction survey: by the link of a case, by the token of a ticket, on a tablet."""

    # ------------------------------------------------------------ a case
    @http.route(
        "/survey/case/<int:case_type>/<int:case_id>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def survey_case(self, case_type, case_id, access_token=None, **form):
        """The survey of a case, for its citizen."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        try:
            case._check_acts_for_citizen(request.env.user, access_token)
        except AccessError as error:
            raise request.not_found() from error
        back = case._citizen_url(access_token)
        return self._survey(
            case, case._survey_url(access_token), case.service_id.sudo().name, form, back
        )

    # ------------------------------------------------------------ a ticket
    @http.route(
        "/survey/ticket/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def survey_ticket(self, token, **form):
        """The survey of a queue ticket, for who holds the slip."""
        ticket = request.env["lgo.oss.ticket"]._by_token(token)
        if not ticket:
            refuse()
        return self._survey(
            ticket, f"/survey/ticket/{token}", ticket._follow_values()["service"], form, "/"
        )

    # ------------------------------------------------------------ the tablet at the counter
    @http.route(
        "/survey/tablet/<string:device_token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def tablet(self, device_token, number="", **kwargs):
        """A tablet on the counter asks for the number of the ticket, then shows the form."""
        device = device_of(device_token, "kiosk")
        url = f"/survey/tablet/{device_token}"
        if not number:
            return self._ask_number(device, url)
        ticket = request.env["lgo.oss.ticket"]._by_number_today(number, device.company_id)
        if not ticket or not ticket._survey_open():
            text = request.env._(
                "There is no finished service with this number today, or it was answered already."
            )
            return self._ask_number(device, url, number, text)
        return self._survey(ticket, f"{url}/{ticket.name}", ticket.name, {}, url)

    @http.route(
        "/survey/tablet/<string:device_token>/<string:number>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def tablet_send(self, device_token, number, **form):
        """The filled-in form from the tablet."""
        device = device_of(device_token, "kiosk")
        ticket = request.env["lgo.oss.ticket"]._by_number_today(number, device.company_id)
        if not ticket:
            raise request.not_found()
        url = f"/survey/tablet/{device_token}"
        return self._survey(ticket, f"{url}/{ticket.name}", ticket.name, form, url, tablet=True)

    def _ask_number(self, device, url, number="", error=""):
        values = {"url": url, "number": number[:20], "error": error, "company": device.company_id}
        return private(request.render("lgo_oss_statistics.survey_tablet", values))

    # ------------------------------------------------------------ the form
    def _survey(self, source, url, title, form, back, tablet=False):
        """Show the form, or store it when it was sent.

        :param source: a case or ticket whose holder was checked
        """
        env = request.env
        state, errors = "form", {}
        company = source.sudo().company_id
        day = thai.local_date(fields.Datetime.now())
        parts = env["lgo.oss.survey.question"]._current(company, day)
        if not source.sudo()._survey_open():
            spent = env["lgo.oss.survey.spent"]._is_spent(source)
            state = "spent" if spent else "closed"
        elif request.httprequest.method == "POST":
            Response = env["lgo.oss.survey.response"]
            values, scores, errors = Response._clean_form(form, parts)
            if not errors:
                try:
                    Response._submit(source, values, scores)
                    state = "thanks"
                except UserError:  # sent twice at the same moment
                    state = "spent"
        response = request.render(
            "lgo_oss_statistics.survey",
            {
                "state": state,
                "url": url,
                "back": back,
                "tablet": tablet,
                "survey_title": title,
                "parts": parts,
                "points": [(value, env._(text)) for value, text in POINTS],
                "genders": env["lgo.oss.survey.response"]._selection_gender(),
                "ages": env["lgo.oss.survey.response"]._selection_age_band(),
                "form": form,
                "errors": errors,
                "page_name": "survey",
            },
        )
        response.status_code = 400 if errors else 200
        return private(response)
