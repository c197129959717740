# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeReader(models.Model):
    """Who is to know a circular, when they read it and when they took note of it."""

    _name = "lgo.eoffice.reader"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _description = "Reader of a Circular"
    _order = "unit_id, user_id, id"

    _action_only = frozenset(
        {"letter_id", "copy_id", "user_id", "unit_id", "read_at", "noted_at", "reminded_at"}
    )

    copy_id = fields.Many2one(
        comodel_name="lgo.eoffice.copy", required=True, readonly=True, index=True,
        ondelete="cascade",
    )  # fmt: skip
    unit_id = fields.Many2one(comodel_name="hr.department", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Reader", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    read_at = fields.Datetime(string="Read", readonly=True)
    noted_at = fields.Datetime(string="Took note", readonly=True)
    reminded_at = fields.Datetime(string="Reminded", readonly=True)

    _once = models.UniqueIndex("(letter_id, user_id)")
    _unnoted_idx = models.Index("(user_id) WHERE noted_at IS NULL")

    def _open(self, at):
        self.filtered(lambda row: not row.read_at).write({"read_at": at})

    def _note(self, at):
        self._open(at)
        self.write({"noted_at": at})
