# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoSignRevoke(models.TransientModel):
    """Asks for the reason before a certificate is revoked."""

    _name = "lgo.sign.revoke"
    _description = "Revoke a Certificate"

    certificate_id = fields.Many2one("lgo.sign.certificate", required=True, readonly=True)
    reason = fields.Char(required=True, help="For example: the token was lost.")

    def action_confirm(self):
        """Revoke the certificate."""
        self.ensure_one()
        self.certificate_id._revoke(self.reason)
        return {"type": "ir.actions.act_window_close"}
