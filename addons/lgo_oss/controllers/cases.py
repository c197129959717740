# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import request
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_base.tools.upload import check_upload
from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .filing import FilingController

_lt = LazyTranslate(__name__)

PAGE_SIZE = 25
#: Steps offered to the citizen: words of the button and what it means. ``cure`` has its own form.
STEP_TEXTS = {
    "confirm": (
        _lt("The problem is solved"),
        _lt("Confirm that the matter is settled. We then close the case."),
    ),
    "complete": (
        _lt("The work is done well"),
        _lt("Confirm that the matter is settled. We then close the case."),
    ),
    "reopen": (
        _lt("The problem is still there"),
        _lt("Tell us what is not right yet. An officer will look at it again."),
    ),
    "withdraw": (
        _lt("Withdraw the request"),
        _lt("We stop working on it. You may file a new request at any time."),
    ),
}
STARS = (
    ("5", _lt("5 – very satisfied")),
    ("4", _lt("4 – satisfied")),
    ("3", _lt("3 – neither")),
    ("2", _lt("2 – dissatisfied")),
    ("1", _lt("1 – very dissatisfied")),
)


def case_facts(state, number, code, due, days_left, is_open, unit=""):
    """What stands on top of the page of a case.

    :param str state: state in words for the citizen
    :param str code: code of the state, for the colour
    :param due: due ``date`` or False
    :param int days_left: days until then; negative when late
    :param bool is_open: the office still works on it
    """
    env = request.env
    hint = ""
    if due and is_open:
        if days_left > 0:
            hint = env._("%(days)s days left", days=days_left)
        elif days_left == 0:
            hint = env._("Due today")
        else:
            hint = env._("%(days)s days late. We apologise.", days=-days_left)
    return {
        "state": state, "number": number, "code": code, "due": due, "hint": hint, "unit": unit,
    }  # fmt: skip


class CasePortal(CustomerPortal):
    """The citizen's own cases: list, timeline, papers, and what the citizen may do."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "lgo_case_count" in counters:
            values["lgo_case_count"] = request.env["lgo.case.register"].search_count([])
        return values

    @http.route(["/my/cases", "/my/cases/page/<int:page>"], type="http", auth="user", website=True)
    def cases(self, page=1, **kwargs):
        """List of the citizen's cases, newest first; the record rule says which."""
        Register = request.env["lgo.case.register"]
        rows = self._case_rows(Register, 0, PAGE_SIZE + 1) if page == 1 else Register
        # who has few cases, as nearly everybody, needs no second pass over all of them
        total = len(rows) if 0 < len(rows) <= PAGE_SIZE else Register.search_count([])
        pages = pager(url="/my/cases", total=total, page=page, step=PAGE_SIZE)
        rows = rows[:PAGE_SIZE] or self._case_rows(Register, pages["offset"], PAGE_SIZE)
        return request.render(
            "lgo_oss.portal_cases",
            {
                "cases": self._case_lines(rows),
                "drafts": request.env["lgo.oss.draft"]._of_citizen(request.env.user),
                "followed": request.env["lgo.oss.follower"]._of_citizen(request.env.user),
                "pager": pages,
                "page_name": "cases",
            },
        )

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def case(self, case_type, case_id, access_token=None, **kwargs):
        """Timeline of one case, for its citizen or for the holder of its link."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        return self._render_case(case, access_token)

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>/step/<string:code>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def step(self, case_type, case_id, code, access_token=None, reason=None, **kwargs):
        """What the citizen may do: confirm, reopen, withdraw, send corrections."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        files, errors = {}, {}
        if code == "cure" and case.state == "incomplete":
            files, errors = self._clean_lines(case)
        if errors:
            return self._render_case(case, access_token, errors, status=400)
        try:
            with request.env.cr.savepoint():
                case._check_acts_for_citizen(request.env.user, access_token)
                if code == "cure":  # who answers the record has received it
                    self._acknowledge(case)
                for line, checked in files.items():
                    FilingController._attach(case, line, checked)
                case._transition(code, reason=(reason or "").strip()[:1000], portal=True)
        except (AccessError, UserError) as error:
            return self._render_case(case, access_token, {"": str(error)}, status=400)
        return request.redirect(case._citizen_url(access_token))

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>/acknowledge",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def acknowledge(
        self, case_type, case_id, access_token=None, confirm=None, record=None, **kwargs
    ):
        """The applicant signs the record of defects: signed in, or by the link, confirmed.

        :param str record: id of the record that stood on the page; a page left open while the
            office wrote another one signs nothing
        """
        case = self._case_of_citizen(case_type, case_id, access_token)
        shown = case.state == "incomplete" and case.defect_ids[-1:]
        if not shown or record != str(shown.id):
            text = request.env._("This cannot be done any more.")
            return self._render_case(case, access_token, {"": text}, status=400)
        if confirm != "1":
            text = request.env._("Please tick that you have read the record.")
            return self._render_case(case, access_token, {"confirm": text}, status=400)
        try:
            case._check_acts_for_citizen(request.env.user, access_token)
            self._acknowledge(case)
        except (AccessError, UserError) as error:
            return self._render_case(case, access_token, {"": str(error)}, status=400)
        return request.redirect(case._citizen_url(access_token))

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>/rate",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def rate(self, case_type, case_id, access_token=None, rating=None, feedback="", **kwargs):
        """One rating from 1 to 5 for a finished case; a later one replaces it."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        try:
            case._check_acts_for_citizen(request.env.user, access_token)
        except AccessError as error:
            return self._render_case(case, access_token, {"": str(error)}, status=400)
        if rating not in ("1", "2", "3", "4", "5") or not case._citizen_may_rate():
            text = request.env._("Please choose one of the five answers.")
            return self._render_case(case, access_token, {"": text}, status=400)
        case._rate(int(rating), (feedback or "").strip()[:1000])
        return request.redirect(case._citizen_url(access_token))

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>/paper/<int:document_id>",
        type="http",
        auth="public",
        methods=["GET"],
    )
    def paper(self, case_type, case_id, document_id, access_token=None, **kwargs):
        """A paper issued in the case, byte for byte as it was stored."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        document = case._issued_documents().filtered(lambda paper: paper.id == document_id)
        if not document:
            raise request.not_found()
        return self._send(document.attachment_id)

    @http.route(
        "/my/cases/<int:case_type>/<int:case_id>/file/<int:attachment_id>",
        type="http",
        auth="public",
        methods=["GET"],
    )
    def file(self, case_type, case_id, attachment_id, access_token=None, **kwargs):
        """A photo or file of the case that the citizen may see."""
        case = self._case_of_citizen(case_type, case_id, access_token)
        attachment = case._citizen_attachments().filtered(lambda file: file.id == attachment_id)
        if not attachment:
            raise request.not_found()
        return self._send(attachment)

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _case_rows(register, offset, limit):
        return register.search_fetch(
            [],
            ["name", "service_id", "state", "submitted_at", "case_model", "case_id"],
            limit=limit,
            offset=offset,
        )

    @staticmethod
    def _case_lines(rows):
        """What the list shows of each row, without reading the cases themselves.

        Days and states are put into words once for all rows that share them.

        :return: list of dicts with ``url``, ``service``, ``number``, ``day``, ``code``, ``state``
        """
        env = rows.env
        # a service that is no longer published stays the name of what was filed
        services = rows.sudo().service_id
        services.fetch(["name"])
        names = {service.id: service.name for service in services}
        days, states, lines = {}, {}, []
        for row in rows:
            model = env[row.case_model]
            day = row.submitted_at and thai.local_date(row.submitted_at)
            if day not in days:
                days[day] = format_date(env, day, date_format="d MMM yyyy")
            state = (row.case_model, row.state)
            if state not in states:
                states[state] = model._state_for_citizen(row.state)
            lines.append(
                {
                    "url": f"/my/cases/{model._case_type}/{row.case_id}",
                    "service": names.get(row.service_id.id, ""),
                    "number": row.name,
                    "day": days[day],
                    "code": row.state,
                    "state": states[state],
                }
            )
        return lines

    def _case_of_citizen(self, case_type, case_id, access_token):
        """The case as superuser after the check of owner or token; a 404 page otherwise.

        Staff open the page of a case they may read in the backend too.
        """
        Register = request.env["lgo.case.register"]
        model = next(
            (model for model in Register._case_models() if model._case_type == case_type), None
        )
        if model is None:
            raise request.not_found()
        try:
            case = self._document_check_access(model._name, case_id, access_token).sudo()
        except (AccessError, MissingError):
            raise request.not_found() from None
        user = request.env.user
        if (
            not user._is_internal() and user.partner_id != case.partner_id and case._agent_ended()
        ):  # the link is that of the former agent
            raise request.not_found()
        return case

    @staticmethod
    def _acknowledge(case):
        """Note that the applicant has received the newest record of defects, and how."""
        signed_in = request.env.user.partner_id in (case.partner_id, case.agent_partner_id)
        case.defect_ids[-1:]._acknowledge(
            "portal" if signed_in else "link",
            acknowledged_by_id=request.env.uid if signed_in else False,
        )

    @staticmethod
    def _open_documents(case):
        """Lines of the checklist that the citizen still has to hand in or to correct."""
        return case.document_ids.filtered(lambda line: line.state in ("missing", "rejected"))

    def _clean_lines(self, case):
        """Files sent with corrections, by line of the checklist, and errors by field."""
        files, errors = {}, {}
        for line in self._open_documents(case):
            field, limit = f"line_{line.id}", line.service_document_id.max_files or 1
            uploads = [
                upload for upload in request.httprequest.files.getlist(field) if upload.filename
            ]
            if len(uploads) > limit:
                errors[field] = request.env._(
                    "Please choose at most %(number)s files.", number=limit
                )
                continue
            kind = "photo" if line.service_document_id.is_photo else "document"
            try:
                checked = [
                    check_upload(upload.filename, upload.read(), kind=kind, env=request.env)
                    for upload in uploads
                ]
            except ValidationError as error:
                errors[field] = str(error)
                continue
            if checked:
                files[line] = checked
        return files, errors

    def _render_case(self, case, access_token, errors=None, status=200):
        env = request.env
        rating = case._citizen_rating()
        finished = case._citizen_may_rate()
        response = request.render(
            "lgo_oss.portal_case",
            {
                "case": case,
                "token": access_token,
                "url": case.access_url,
                "guest": env.user._is_public(),
                "thanks": bool(request.params.get("thanks")),
                "facts": case_facts(
                    case.state_public,
                    case.name,
                    case.state,
                    case.date_due,
                    case.days_left,
                    not case.is_final and not finished,
                    case.unit_id.name,
                ),
                "events": case.event_ids.filtered("public"),
                "step": case.step_text,
                "letters": case._citizen_letters(),
                "papers": case._issued_documents().filtered(
                    lambda paper: paper.state != "replaced"
                ),
                "defect": case.state == "incomplete" and case.defect_ids[-1:],
                "open_documents": self._open_documents(case),
                "steps": self._step_values(case),
                "may_rate": finished,
                "stars": [(value, env._(text)) for value, text in STARS],
                "rated_text": rating
                and env._(
                    "You gave %(value)s of 5. Thank you for your answer.", value=int(rating.rating)
                ),
                "errors": errors or {},
                "values": {},
                "had_files": any(upload.filename for upload in request.httprequest.files.values()),
                "page_name": "case",
            },
        )
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def _step_values(case):
        """The citizen's steps in words."""
        steps = [step for step in case._citizen_steps() if step.code in STEP_TEXTS]
        return [
            {
                "code": step.code,
                "label": request.env._(STEP_TEXTS[step.code][0]),
                "help": request.env._(STEP_TEXTS[step.code][1]),
                "reason": step.reason,
            }
            for step in steps
        ]

    @staticmethod
    def _send(attachment):
        stream = request.env["ir.binary"]._get_stream_from(attachment, "raw")
        inline = attachment.mimetype in ("application/pdf", "image/jpeg", "image/png", "image/webp")
        response = stream.get_response(as_attachment=not inline)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response
