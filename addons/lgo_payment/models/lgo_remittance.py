# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai


class LgoRemittance(models.Model):
    """Money that a cashier hands over to finance, with all its receipts (ใบนำส่งเงิน).

    The receiver is another officer. What was cancelled is named; the cash must be what the receipts
    come to, a difference was booked when the till was closed.
    """

    _name = "lgo.remittance"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Remittance"
    _order = "date desc, id desc"
    _action_only = frozenset(
        {
            "state", "name", "company_id", "sender_id", "receiver_id", "received_at",
            "amount", "counted", "receipt_count", "cancelled_names", "deposit_id", "date",
            "session_ids", "first_name", "last_name",
        }
    )  # fmt: skip

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    sender_id = fields.Many2one("res.users", string="Handed over by", readonly=True, index=True)
    receiver_id = fields.Many2one("res.users", string="Received by", readonly=True)
    received_at = fields.Datetime(readonly=True)
    session_ids = fields.One2many("lgo.cash.session", "remittance_id", readonly=True)
    receipt_ids = fields.One2many("lgo.receipt", "remittance_id", readonly=True)
    receipt_count = fields.Integer(readonly=True, aggregator=None)
    first_name = fields.Char(string="First receipt", readonly=True)
    last_name = fields.Char(string="Last receipt", readonly=True)
    cancelled_names = fields.Char(string="Cancelled receipts", readonly=True)
    amount = fields.Monetary(string="Receipts", readonly=True)
    counted = fields.Monetary(string="Money handed over", readonly=True)
    amount_text = fields.Char(string="In words", compute="_compute_amount_text")
    deposit_id = fields.Many2one("lgo.cash.deposit", readonly=True, index="btree_not_null")
    state = fields.Selection(
        [("sent", "Handed over"), ("received", "Received"), ("deposited", "In the bank")],
        default="sent",
        required=True,
        readonly=True,
        index=True,
    )

    @api.depends("counted")
    def _compute_amount_text(self):
        for remittance in self:
            remittance.amount_text = thai.baht_text(f"{remittance.counted:.2f}")

    @api.model
    def _send(self, sessions):
        """Hand over closed tills of one cashier.

        :return: ``lgo.remittance``
        """
        sessions.check_access("write")
        if not sessions or any(one.state != "closed" for one in sessions):
            raise UserError(self.env._("Close the till first."))
        if sessions.cashier_id != self.env.user:
            raise UserError(self.env._("Only the cashier of this till does that."))
        company = sessions.company_id
        receipts = sessions.sudo().receipt_ids.sorted("number")
        issued = receipts.filtered(lambda one: one.state == "issued")
        cancelled = receipts - issued
        entry = self.env["lgo.register"]._take_number("payment_remittance")
        remittance = self.sudo().create(
            {
                "name": entry.name,
                "company_id": company.id,
                "date": thai.local_date(fields.Datetime.now()),
                "sender_id": self.env.uid,
                "receipt_count": len(receipts),
                "first_name": receipts[:1].name,
                "last_name": receipts[-1:].name,
                "cancelled_names": ", ".join(cancelled.mapped("name")) or False,
                "amount": sum(issued.mapped("amount")),
                "counted": sum(one.counted - one.float_amount for one in sessions),
            }
        )
        sessions.sudo().write({"state": "remitted", "remittance_id": remittance.id})
        receipts._append_only_permitted().write({"remittance_id": remittance.id})
        return remittance

    def action_receive(self):
        """Finance has the money: another officer than the one who hands it over."""
        for remittance in self:
            if not self.env.user.has_group("lgo_base.group_finance"):
                raise UserError(self.env._("Only finance receives remittances."))
            if remittance.sender_id == self.env.user:
                raise UserError(self.env._("Who hands money over does not receive it."))
            if remittance.state != "sent":
                raise UserError(self.env._("This remittance was received already."))
            remittance.sudo().write(
                {
                    "state": "received",
                    "receiver_id": self.env.uid,
                    "received_at": fields.Datetime.now(),
                }
            )
        return True
