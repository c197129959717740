# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeWithdraw(models.TransientModel):
    """Asks why a document is taken from the website."""

    _name = "lgo.eoffice.withdraw"
    _description = "Withdraw from the Website"

    announcement_id = fields.Many2one(
        comodel_name="lgo.announcement", required=True, ondelete="cascade", readonly=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Do it; the rights are checked by the step itself."""
        self.ensure_one()
        self.announcement_id._withdraw_letter(self.reason)
        return {"type": "ir.actions.act_window_close"}
