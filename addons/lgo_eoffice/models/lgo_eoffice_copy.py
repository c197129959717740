# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeCopy(models.Model):
    """Where a letter lies: one row a unit that has it, the universal inbox.

    A letter may lie in several units at once, one of them to act and the others to know
    (เพื่อทราบ). Each has its own state; the letter is done when every acting one is.
    """

    _name = "lgo.eoffice.copy"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _description = "Letter in a Unit"
    _order = "id desc"

    _action_only = frozenset(
        {
            "letter_id", "role", "unit_id", "post_id", "user_id", "state", "task",
            "unit_receive_no", "register_entry_id", "received_at", "due_at", "parent_id",
            "opened_at", "done_at",
        }
    )  # fmt: skip

    letter_id = fields.Many2one(readonly=True)
    company_id = fields.Many2one(related="letter_id.company_id", store=True, index=True)
    role = fields.Selection(
        [("action", "To act"), ("info", "To know")], required=True, default="action", readonly=True
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    post_id = fields.Many2one(
        comodel_name="lgo.post", string="In front of", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    user_id = fields.Many2one(
        comodel_name="res.users", string="Officer", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    task = fields.Selection(
        [
            ("register", "Register in the unit"),
            ("endorse", "Endorse"),
            ("sign", "Sign"),
            ("act", "Act"),
            ("acknowledge", "Take note"),
        ],
        required=True,
        default="register",
        readonly=True,
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("returned", "Returned")],
        required=True,
        default="open",
        readonly=True,
    )
    register_entry_id = fields.Many2one(
        comodel_name="lgo.register.entry", readonly=True, ondelete="restrict"
    )
    unit_receive_no = fields.Integer(
        string="Receive number of the unit", readonly=True, aggregator=None
    )
    received_at = fields.Datetime(string="Received by the unit", readonly=True)
    due_at = fields.Datetime(string="Due", readonly=True)
    parent_id = fields.Many2one(
        comodel_name="lgo.eoffice.copy", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    opened_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)

    _open_post_idx = models.Index("(post_id) WHERE state = 'open'")
    _open_user_idx = models.Index("(user_id) WHERE state = 'open'")
    _open_unit_idx = models.Index("(unit_id) WHERE state = 'open'")
