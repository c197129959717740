# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.lgo_rate_limit import Limit
from ..tools import thai

# Enough for an office that checks a pile of papers, too little for guessing.
LIMIT = Limit("verify", 30, 60)
MAX_FILE_BYTES = 25 * 1024 * 1024


class DocumentVerification(CustomerPortal):
    """Is this paper genuine? The page behind the QR code; shows no personal data."""

    @http.route("/verify", type="http", auth="public", website=True, sitemap=True)
    def lgo_verify(self, q="", kind="", **kw):
        """The search field: a kind and a number, or the code printed under the QR."""
        q = (q or "").strip()[:200]
        kinds = request.env["lgo.document.kind"].sudo().search([])
        values = {"kinds": kinds, "q": q, "kind": kind}
        if not q:
            return self._page("lgo_base.verify_search", values)
        if not self._may_ask():
            return self._too_many()
        Document = request.env["lgo.issued.document"]
        document = Document._find_by_token(q.rstrip("/").rsplit("/", 1)[-1])
        if document:
            return request.redirect(f"/verify/{document.token}")
        kind_record = kinds.filtered(lambda k: k.code == kind)[:1]
        document = Document._find_by_number(kind_record, q, request.website.company_id)
        return self._result(document, by_number=True)

    @http.route(
        "/verify/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def lgo_verify_token(self, token, access_token=None, **kw):
        """What the QR code leads to."""
        if not self._may_ask():
            return self._too_many()
        document = request.env["lgo.issued.document"]._find_by_token(token)
        return self._result(document, access_token=access_token)

    @http.route(
        "/verify/<string:token>/check",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def lgo_verify_file(self, token, **kw):
        """Compare an uploaded file with the issued one (browsers without script)."""
        if not self._may_ask():
            return self._too_many()
        document = request.env["lgo.issued.document"]._find_by_token(token)
        same, file = None, request.httprequest.files.get("file")
        if document and file:
            content = file.stream.read(MAX_FILE_BYTES + 1)
            same = consteq(hashlib.sha256(content).hexdigest(), document.sha256 or "")
        return self._result(document, same=same)

    @http.route(
        "/verify/<string:token>/download", type="http", auth="public", website=True, sitemap=False
    )
    def lgo_verify_download(self, token, access_token=None, **kw):
        """The document itself, for those who may see the record it belongs to."""
        if not self._may_ask():
            return self._too_many()
        document = request.env["lgo.issued.document"]._find_by_token(token)
        if not document or not self._check_document_access(document, access_token):
            return self._result(request.env["lgo.issued.document"].sudo())
        return self._file(document)

    @http.route("/lgo/document/<int:document_id>", type="http", auth="user")
    def lgo_document(self, document_id, **kw):
        """The file for officers, by the record rules of issued documents."""
        document = request.env["lgo.issued.document"].browse(document_id)
        if not document.has_access("read") or not document.exists():
            raise request.not_found()
        return self._file(document)

    # -- helpers ---------------------------------------------------------------------------

    @staticmethod
    def _may_ask():
        limits = request.env["lgo.rate.limit"]
        return limits._allows((LIMIT, limits._address(request.httprequest.remote_addr)))

    def _check_document_access(self, document, access_token=None):
        """Whether the caller may see the record of the document (by rights or its token).

        :param document: ``lgo.issued.document`` found by its own token
        :param str access_token: access token of the record, as in portal links
        """
        model = document.res_model
        if model not in request.env or not hasattr(request.env[model], "_portal_ensure_token"):
            access_token = None
        try:
            self._document_check_access(model, document.res_id, access_token)
        except (AccessError, MissingError, KeyError):
            return False
        return True

    def _file(self, document):
        try:
            content = document._content()
        except UserError as error:
            # The audit row must stay, so this is an answer and not an exception.
            return request.make_response(str(error), status=500)
        attachment = document.sudo().attachment_id
        request.env["lgo.audit.log"]._log("document.download", document)
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", content_disposition(attachment.name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "private, no-store"),
                ("X-Robots-Tag", "noindex, nofollow"),
            ],
        )

    def _result(self, document, by_number=False, same=None, access_token=None):
        may_download = bool(document) and self._check_document_access(document, access_token)
        values = {
            "document": document,
            "state": document._public_state() if document else "unknown",
            "by_number": by_number,
            "same": same,
            "access_token": access_token,
            "date_text": lambda day: thai.format_date(day, digits="arabic"),
            "may_download": may_download and not by_number,
        }
        return self._page("lgo_base.verify_result", values, status=200 if document else 404)

    def _too_many(self):
        return self._page("lgo_base.verify_too_many", {}, status=429)

    def _page(self, template, values, status=200):
        """Render a page that no search engine and no cache keeps."""
        response = request.render(template, values, status=status)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
