# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoSignRoundLine(models.Model):
    """One who signs in turn, in which capacity."""

    _name = "lgo.sign.round.line"
    _inherit = ["lgo.action.only.mixin", "lgo.sign.paper.mixin"]
    _description = "Signer in Turn"
    _order = "round_id, sequence, id"
    _rec_name = "user_id"

    _paper_field = "round_id"
    _action_only = frozenset({"round_id", "sequence", "user_id", "post_id", "signed_at"})

    round_id = fields.Many2one(
        comodel_name="lgo.sign.round", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(string="Order", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Signer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    post_id = fields.Many2one(
        comodel_name="lgo.post", string="Power of", readonly=True, ondelete="restrict"
    )
    capacity = fields.Text(readonly=True)
    signed_at = fields.Datetime(string="Signed on", readonly=True)
