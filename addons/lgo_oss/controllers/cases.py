# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE_SIZE = 20


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
        total = Register.search_count([])
        pages = pager(url="/my/cases", total=total, page=page, step=PAGE_SIZE)
        rows = Register.search_fetch(
            [],
            ["name", "service_id", "state", "submitted_at", "date_due", "case_model", "case_id"],
            limit=PAGE_SIZE,
            offset=pages["offset"],
        )
        cases = {row: row._case() for row in rows}
        return request.render(
            "lgo_oss.portal_cases", {"cases": cases, "pager": pages, "page_name": "cases"}
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
        try:
            with request.env.cr.savepoint():
                case._check_acts_for_citizen(request.env.user, access_token)
                case._transition(code, reason=(reason or "").strip()[:1000], portal=True)
        except (AccessError, UserError) as error:
            return self._render_case(case, access_token, error=str(error), status=400)
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
            return self._render_case(case, access_token, error=str(error), status=400)
        if rating not in ("1", "2", "3", "4", "5") or case.state not in ("resolved", "completed"):
            return self._render_case(
                case, access_token, error=request.env._("Please choose 1 to 5 stars."), status=400
            )
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
            return self._document_check_access(model._name, case_id, access_token).sudo()
        except (AccessError, MissingError):
            raise request.not_found() from None

    def _render_case(self, case, access_token, error=None, status=200):
        response = request.render(
            "lgo_oss.portal_case",
            {
                "case": case,
                "token": access_token,
                "url": case.access_url,
                "events": case.event_ids.filtered("public"),
                "papers": case._issued_documents(),
                "steps": case._citizen_steps(),
                "rating": case._citizen_rating(),
                "error": error,
                "page_name": "case",
            },
        )
        response.status_code = status
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def _send(attachment):
        stream = request.env["ir.binary"]._get_stream_from(attachment, "raw")
        inline = attachment.mimetype in ("application/pdf", "image/jpeg", "image/png", "image/webp")
        response = stream.get_response(as_attachment=not inline)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response
