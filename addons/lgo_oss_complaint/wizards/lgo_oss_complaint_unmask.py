# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssComplaintUnmask(models.TransientModel):
    """Asks why the reporter must be known, then shows the name once.

    The name itself is never a field here: transient rows are rows.
    """

    _name = "lgo.oss.complaint.unmask"
    _description = "Show a Reporter"

    complaint_id = fields.Many2one(
        comodel_name="lgo.oss.complaint", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Char(required=True, help="Goes into the audit trail with your name and time.")

    def action_confirm(self):
        """Write the audit row and show the reporter in a note that is not stored."""
        self.ensure_one()
        text = self.complaint_id._reveal_reporter(self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.complaint_id.display_name,
                "message": text,
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
