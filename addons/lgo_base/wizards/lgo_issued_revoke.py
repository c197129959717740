# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoIssuedRevoke(models.TransientModel):
    """Asks the registrar for the reason before a document is revoked."""

    _name = "lgo.issued.revoke"
    _description = "Revoke an Issued Document"

    document_id = fields.Many2one("lgo.issued.document", required=True, readonly=True)
    reason = fields.Char(
        required=True, help="Kept in the office; the public page does not show it."
    )

    def action_confirm(self):
        """Revoke the document."""
        self.ensure_one()
        self.document_id._revoke(self.reason)
        return {"type": "ir.actions.act_window_close"}
