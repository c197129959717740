# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class ReceiptController(http.Controller):
    """The receipt as it was issued, for whoever may read it."""

    @http.route("/lgo/receipt/<int:receipt_id>", type="http", auth="user", methods=["GET"])
    def receipt(self, receipt_id):
        """The stored file; the receipt must be one that the user may read."""
        receipt = request.env["lgo.receipt"].browse(receipt_id)
        try:
            receipt.check_access("read")
            document = receipt.exists().document_id
        except (AccessError, MissingError) as error:
            raise NotFound from error
        attachment = document.sudo().attachment_id
        if not attachment:
            raise NotFound
        return request.make_response(
            attachment.raw,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", f'inline; filename="receipt-{receipt.number}.pdf"'),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
