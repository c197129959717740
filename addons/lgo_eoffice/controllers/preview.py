# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request


class LetterPaper(http.Controller):
    """The paper of a letter for those who may read it: never kept by a browser or a proxy."""

    @http.route("/lgo/eoffice/preview/<int:letter_id>", type="http", auth="user", methods=["GET"])
    def lgo_eoffice_preview(self, letter_id, **kw):
        """The paper as it stands: issued, received, or a draft as it would be printed now."""
        return self._paper(letter_id, "_preview_file")

    @http.route("/lgo/eoffice/stamped/<int:letter_id>", type="http", auth="user", methods=["GET"])
    def lgo_eoffice_stamped(self, letter_id, **kw):
        """The paper with receive stamps and notes."""
        return self._paper(letter_id, "_stamped_file")

    def _paper(self, letter_id, maker):
        letter = request.env["lgo.eoffice.letter"].browse(letter_id).exists()
        if not letter or not letter.has_access("read"):
            raise request.not_found()
        letter._note_opening()
        try:
            content = getattr(letter, maker)()
        except UserError as error:
            return request.make_response(
                str(error),
                headers=[("Content-Type", "text/plain; charset=utf-8"), *self._headers()],
                status=422,
            )
        disposition = content_disposition(f"{letter._paper_file_name()}.pdf")
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", disposition.replace("attachment", "inline", 1)),
                *self._headers(),
            ],
        )

    @staticmethod
    def _headers():
        return [
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("Cache-Control", "private, no-store"),
            ("X-Robots-Tag", "noindex, nofollow"),
        ]
