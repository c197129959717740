# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class LgoEofficeBoard(models.Model):
    """A council, committee or working group whose meetings are numbered by itself.

    Minutes are numbered ครั้งที่ n/พ.ศ. for each board (Saraban Regulation B.E. 2526, form 11), so
    the code of the board is the series inside the register ``minutes``.
    """

    _name = "lgo.eoffice.board"
    _inherit = ["mail.thread"]
    _description = "Board"
    _order = "sequence, name, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(
        required=True, tracking=True,
        help="As it stands in the minutes, such as คณะกรรมการพัฒนาเทศบาล.",
    )  # fmt: skip
    code = fields.Char(
        required=True, help="Short name of its series of numbers; fixed once a number was given."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    owner_unit_id = fields.Many2one(
        comodel_name="hr.department", string="Unit of the secretary", index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    order_letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", string="Appointed by", index="btree_not_null",
        ondelete="restrict", domain=[("kind_id.code", "=", "ORD")],
    )  # fmt: skip
    signer_post_id = fields.Many2one(
        comodel_name="lgo.post", string="Minutes checked by", index="btree_not_null",
        ondelete="restrict", help="Post whose holder signs the minutes (ผู้ตรวจรายงานการประชุม).",
    )  # fmt: skip
    place = fields.Char(string="Usual place")
    quorum = fields.Integer(
        help="So many members must come. Administrative Procedure Act B.E. 2539, s. 79: half of "
        "them unless another law says otherwise. 0: not checked."
    )
    member_ids = fields.One2many(
        comodel_name="lgo.eoffice.board.member", inverse_name="board_id", string="Members"
    )
    meeting_ids = fields.One2many(
        comodel_name="lgo.eoffice.meeting", inverse_name="board_id", string="Meetings"
    )

    _code_uniq = models.UniqueIndex("(company_id, code)", "Another board has this code already.")

    @api.constrains("code", "quorum")
    def _check_values(self):
        for board in self:
            if not (board.code or "").strip():
                raise ValidationError(self.env._("Give the board a code, such as DEV."))
            if board.quorum < 0:
                raise ValidationError(self.env._("The quorum cannot be less than 0."))

    def write(self, vals):
        """The series of numbers that was begun stays.

        :raises UserError: code or organisation of a board with numbered meetings is changed
        """
        for name in {"code", "company_id"} & vals.keys():
            for board in self.sudo().with_context(active_test=False):
                value = board._fields[name].convert_to_write(board[name], board)
                if value != vals[name] and any(board.meeting_ids.mapped("number")):
                    raise UserError(
                        self.env._(
                            "Meetings of “%(board)s” have numbers already; its code and "
                            "organisation can no longer change.",
                            board=board.name,
                        )
                    )
        return super().write(vals)

    def action_meetings(self):
        """The meetings of this board."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_eoffice_meeting.lgo_eoffice_meeting_action"
        )
        action["domain"] = [("board_id", "=", self.id)]
        action["context"] = {"default_board_id": self.id}
        return action
