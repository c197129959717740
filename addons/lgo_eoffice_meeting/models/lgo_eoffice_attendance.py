# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeAttendance(models.Model):
    """Who was called, came, did not come, or sat in."""

    _name = "lgo.eoffice.attendance"
    _inherit = ["lgo.eoffice.meeting.child.mixin"]
    _description = "Attendance of a Meeting"
    _order = "meeting_id, sequence, id"

    member_id = fields.Many2one(
        comodel_name="lgo.eoffice.board.member", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Account", index="btree_not_null", ondelete="restrict"
    )
    name = fields.Char(required=True)
    position = fields.Char()
    title = fields.Char(string="Title in the board")
    email = fields.Char()
    status = fields.Selection(
        [("present", "Came"), ("absent", "Did not come"), ("guest", "Sat in")],
        help="“Sat in” is for those who are no members (ผู้เข้าร่วมประชุม).",
    )
    reason = fields.Char(help="Why somebody did not come, such as ติดราชการ.")

    def _line(self):
        """As the minutes list the person."""
        self.ensure_one()
        parts = [self.name, self.position, self.title]
        if self.status == "absent" and self.reason:
            parts.append(f"({self.reason})")
        return " ".join(part.strip() for part in parts if part and part.strip())
