# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssComplaintAnswer(models.TransientModel):
    """Asks for the answer to the citizen."""

    _name = "lgo.oss.complaint.answer"
    _description = "Answer to a Complaint"

    complaint_id = fields.Many2one(
        comodel_name="lgo.oss.complaint", required=True, readonly=True, ondelete="cascade"
    )
    text = fields.Text(
        string="Answer", required=True, help="The citizen reads it as it stands here."
    )

    def action_confirm(self):
        """Write the answer into the timeline, tell the citizen, forget the draft."""
        self.ensure_one()
        self.complaint_id._answer(self.text)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
