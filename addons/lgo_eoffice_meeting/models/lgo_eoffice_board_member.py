# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

#: What each role is called in the minutes unless the board has other words.
TITLES = {
    "chair": "ประธานกรรมการ",
    "vice": "รองประธานกรรมการ",
    "member": "กรรมการ",
    "secretary": "กรรมการและเลขานุการ",
    "assistant": "กรรมการและผู้ช่วยเลขานุการ",
}
#: Roles that call the meetings and write the minutes.
WRITERS = ("secretary", "assistant")


class LgoEofficeBoardMember(models.Model):
    """One seat of a board; people from outside have no account."""

    _name = "lgo.eoffice.board.member"
    _description = "Member of a Board"
    _order = "board_id, sequence, id"

    board_id = fields.Many2one(
        comodel_name="lgo.eoffice.board", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("chair", "Chair"),
            ("vice", "Vice chair"),
            ("member", "Member"),
            ("secretary", "Secretary"),
            ("assistant", "Assistant secretary"),
        ],
        required=True,
        default="member",
    )
    title = fields.Char(
        string="Title in the board", compute="_compute_title", store=True, readonly=False,
        help="As it stands in the minutes, such as สมาชิกสภาเทศบาล.",
    )  # fmt: skip
    user_id = fields.Many2one(
        comodel_name="res.users", string="Account", index="btree_not_null", ondelete="restrict",
        domain=[("share", "=", False)], help="Empty for somebody from outside the office.",
    )  # fmt: skip
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, required=True, precompute=True
    )
    position = fields.Char(help="Post or agency that the person comes from.")
    email = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)

    _user_uniq = models.UniqueIndex(
        "(board_id, user_id) WHERE user_id IS NOT NULL", "This person sits on the board already."
    )

    @api.depends("role")
    def _compute_title(self):
        for member in self:
            member.title = TITLES.get(member.role)

    @api.depends("user_id")
    def _compute_name(self):
        for member in self:
            member.name = member.user_id.name or member.name
            member.email = member.user_id.email or member.email
