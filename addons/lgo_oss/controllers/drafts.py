# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from .cases import case_facts
from .filing import FilingController
from .services import ServiceController


class DraftController(FilingController):
    """Go on with a request that was begun, and follow one that others have filed."""

    @http.route(
        "/services/<string:code>/draft/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def draft(self, code, token, saved=None, **kwargs):
        """The form filled with a draft."""
        service = ServiceController._published_service(code)
        draft = self._draft_or_404(service, token)
        guest = request.env.user._is_public()
        problem = service._filing_problems("web", guest)
        if problem:
            return self._private(self._render(service, {}, {"": problem}, draft=draft))
        values = {name: (texts or [""])[0] for name, texts in (draft.content or {}).items()}
        values.update(draft=draft.access_token, filing_key=draft.filing_key, saved=bool(saved))
        return self._private(self._render(service, values, {}, draft=draft))

    @http.route(
        "/services/<string:code>/draft/<string:token>/delete",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
        sitemap=False,
    )
    def delete_draft(self, code, token, **kwargs):
        """Delete a draft with its files."""
        service = ServiceController._published_service(code)
        self._draft_or_404(service, token).unlink()
        guest = request.env.user._is_public()
        return request.redirect(f"/services/{service.code}" if guest else "/my/cases")

    @http.route(
        "/services/<string:code>/draft/<string:token>/file/<int:file_id>",
        type="http",
        auth="public",
        methods=["GET"],
    )
    def draft_file(self, code, token, file_id, **kwargs):
        """A photo or file of the draft, for who may open the draft."""
        service = ServiceController._published_service(code)
        draft = self._draft_or_404(service, token)
        files = request.env["ir.attachment"].sudo().concat(*draft._kept_files().values())
        file = files.filtered(lambda file: file.id == file_id)
        if not file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file, "raw")
        response = stream.get_response(as_attachment=False)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return self._private(response)

    @http.route(
        "/follow/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
    )
    def follow(self, token, thanks=None, **kwargs):
        """How far the request is that somebody else has filed: nothing that names a person."""
        follower = request.env["lgo.oss.follower"]._open(token)
        case = follower._case() if follower else None
        if not case:
            raise request.not_found()
        found = case._case_public_values()
        facts = case_facts(
            found["state"],
            "",
            case.state,
            found["due"],
            found["days_left"],
            not found["final"] and case.state != "resolved",
        )
        return self._private(
            request.render(
                "lgo_oss.follow",
                {
                    "found": found,
                    "facts": facts,
                    "thanks": bool(thanks),
                    "by_mail": bool(follower.email or follower.partner_id.email),
                    "page_name": "track",
                },
            )
        )

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _draft_or_404(service, token):
        draft = request.env["lgo.oss.draft"]._open(token, request.env.user, service)
        if not draft:
            raise request.not_found()
        return draft

    @staticmethod
    def _private(response):
        """The address holds the key to the draft: it is neither indexed, kept nor passed on."""
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "private, no-store"
        return response
