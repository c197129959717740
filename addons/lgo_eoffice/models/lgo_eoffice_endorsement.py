# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .lgo_eoffice_phrase import ACTIONS


class LgoEofficeEndorsement(models.Model):
    """What somebody wrote on a letter (เกษียน) and where it went from there.

    Saraban Regulation B.E. 2526, ข้อ ๒๖: to whom, the gist, name, post and date below each note.
    Never changed, never deleted; printed below the letter in the order in which it was written.
    """

    _name = "lgo.eoffice.endorsement"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.append.only.mixin"]
    _description = "Endorsement"
    _order = "letter_id, sequence, id"

    _append_only_key = "lgo_eoffice_endorsement"
    _trail_plain = frozenset({"capacity", "name", "order_no"})

    letter_id = fields.Many2one(readonly=True, ondelete="restrict")
    copy_id = fields.Many2one(
        comodel_name="lgo.eoffice.copy", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True, aggregator=None)
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    text = fields.Text(readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(string="Written by", required=True, readonly=True)
    capacity = fields.Text(readonly=True, help="Lines below the name.")
    order_no = fields.Char(string="Order number", readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    from_post_id = fields.Many2one(comodel_name="lgo.post", readonly=True, ondelete="restrict")
    to_post_id = fields.Many2one(comodel_name="lgo.post", readonly=True, ondelete="restrict")
    to_user_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    to_unit_ids = fields.Many2many(comodel_name="hr.department", readonly=True)
    due_at = fields.Datetime(readonly=True)
    undo = fields.Json(
        readonly=True, groups="base.group_system",
        help="Where the letter lay before, for whoever takes the step back at once.",
    )  # fmt: skip

    def _append_only_message(self):
        return self.env._("What was written on a letter never changes: write another note.")
