# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError


class LgoEofficeMeetingChildMixin(models.AbstractModel):
    """A line of a meeting: it stays with it, and never changes once the minutes are signed."""

    _name = "lgo.eoffice.meeting.child.mixin"
    _description = "Line of a Meeting"

    meeting_id = fields.Many2one(
        comodel_name="lgo.eoffice.meeting", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.meeting_id._check_unsigned()
        return lines

    def write(self, vals):
        """:raises AccessError: the line is moved to another meeting"""
        if "meeting_id" in vals and any(line.meeting_id.id != vals["meeting_id"] for line in self):
            raise AccessError(self.env._("A line of a meeting stays with its meeting."))
        self.meeting_id._check_unsigned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.meeting_id._check_unsigned()
