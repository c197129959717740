# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoIdentityUnmask(models.TransientModel):
    """Asks why an ID number must be seen, then shows it once.

    The number itself is never a field here: transient rows are rows.
    """

    _name = "lgo.identity.unmask"
    _description = "Show an ID number"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(required=True, help="Goes into the audit trail with your name and time.")

    def action_confirm(self):
        """Write the audit row and show the number in a note that is not stored anywhere."""
        self.ensure_one()
        number = self.partner_id._lgo_reveal_identity(self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.partner_id.display_name,
                "message": number,
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
