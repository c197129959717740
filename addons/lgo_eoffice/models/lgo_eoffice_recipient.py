# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

STATES = [
    ("draft", "Not sent"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("received", "Received there"),
    ("accepted", "Registered by the recipient"),
    ("rejected", "Refused"),
    ("invalid", "Faulty"),
    ("failed", "Not delivered"),
]


class LgoEofficeRecipient(models.Model):
    """One recipient of an own letter: how it was sent and what came back.

    Saraban Regulation (No. 4) B.E. 2564: the sender checks the result of every sending, the
    recipient acknowledges; once acknowledged no paper follows.
    """

    _name = "lgo.eoffice.recipient"
    _description = "Recipient of a Letter"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _order = "letter_id, sequence, id"

    _trail_listed = frozenset({"ack_no", "email", "error", "name"})
    _is_printed = True

    _action_only = frozenset(
        {
            "state", "sent_at", "delivered_at", "acknowledged_at", "ack_no", "ack_date", "read_at",
            "error",
        }
    )  # fmt: skip

    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [("to", "Recipient"), ("copy", "Carbon copy")], required=True, default="to"
    )
    agency_id = fields.Many2one(comodel_name="lgo.eoffice.agency", index="btree_not_null")
    unit_id = fields.Many2one(
        comodel_name="hr.department", string="Unit of ours", index="btree_not_null"
    )
    name = fields.Char(
        required=True, compute="_compute_name", store=True, readonly=False, precompute=True
    )
    email = fields.Char(compute="_compute_email", store=True, readonly=False, precompute=True)
    channel = fields.Selection(
        [
            ("email", "Saraban e-mail"),
            ("exchange", "Between offices"),
            ("ecms", "e-CMS"),
            ("internal", "Inside the office"),
            ("paper", "On paper"),
        ],
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(STATES, required=True, default="draft", readonly=True, copy=False)
    sent_at = fields.Datetime(readonly=True, copy=False)
    delivered_at = fields.Datetime(readonly=True, copy=False)
    acknowledged_at = fields.Datetime(readonly=True, copy=False)
    ack_no = fields.Char(
        string="Their receive number", readonly=True, copy=False,
        help="Number under which the recipient registered the letter.",
    )  # fmt: skip
    ack_date = fields.Date(string="Registered there on", readonly=True, copy=False)
    read_at = fields.Datetime(readonly=True, copy=False)
    error = fields.Char(readonly=True, copy=False)

    _open_idx = models.Index("(state, sent_at) WHERE state IN ('sent', 'delivered', 'failed')")

    # one method a field: a value that is given for one must not keep the others from being filled
    @api.depends("agency_id", "unit_id")
    def _compute_name(self):
        for row in self:
            row.name = row.agency_id.name or row.unit_id.name or row.name

    @api.depends("agency_id")
    def _compute_email(self):
        for row in self:
            row.email = row.agency_id.saraban_email or row.email

    @api.depends("agency_id", "unit_id", "email")
    def _compute_channel(self):
        for row in self:
            if not row.channel or row.agency_id or row.unit_id:
                row.channel = "internal" if row.unit_id else "email" if row.email else "paper"
