# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import api, fields, models


class LgoSignCheck(models.TransientModel):
    """Shows what the signatures of a PDF are worth; the file is not stored."""

    _name = "lgo.sign.check"
    _description = "Check Electronic Signatures"

    document_id = fields.Many2one(comodel_name="lgo.issued.document", readonly=True)
    file = fields.Binary(string="PDF file", store=False)
    filename = fields.Char(store=False)
    # rendered here from our own template
    result = fields.Html(store=False, readonly=True, sanitize=False)

    @api.model
    def default_get(self, fields_list):
        """From an issued document: its own file, by the rights of the user."""
        values = super().default_get(fields_list)
        document_id = self.env.context.get("lgo_sign_document_id")
        if document_id:
            document = self.env["lgo.issued.document"].browse(int(document_id))
            document.check_access("read")
            values["document_id"] = document.id
            values["result"] = self.env["lgo.sign.validation"]._report(
                document._content(), document.company_id
            )
        return values

    @api.onchange("file")
    def _onchange_file(self):
        if self.document_id:
            return
        if not self.file:
            self.result = False
            return
        try:
            content = base64.b64decode(self.file, validate=False)
        except (binascii.Error, ValueError, TypeError):
            content = b""
        self.result = self.env["lgo.sign.validation"]._report(content)
