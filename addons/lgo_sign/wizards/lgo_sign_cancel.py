# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoSignCancel(models.TransientModel):
    """Asks for the reason before a round of signatures is cancelled."""

    _name = "lgo.sign.cancel"
    _description = "Cancel Signatures in Turn"

    round_id = fields.Many2one("lgo.sign.round", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Cancel the round."""
        self.ensure_one()
        self.round_id._cancel(self.reason)
        return {"type": "ir.actions.act_window_close"}
