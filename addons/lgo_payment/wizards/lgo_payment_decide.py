# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPaymentDecide(models.TransientModel):
    """What finance decides about money that waits, with the words of the officer."""

    _name = "lgo.payment.decide"
    _description = "Decide about a Payment"

    line_id = fields.Many2one("lgo.bank.line", string="Payment")
    request_id = fields.Many2one("lgo.payment.request")
    credit_id = fields.Many2one("lgo.bank.credit", string="Line of the statement")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    mode = fields.Selection(
        [
            ("assign", "Use for bills"),
            ("to_advance", "Keep in advance"),
            ("refund", "Pay back"),
            ("refuse", "Refuse"),
            ("pay_out", "Paid back"),
            ("clear", "Clears the payments of a day"),
            ("explain", "Has nothing to do with payments"),
        ],
        required=True,
        default="assign",
    )
    reason = fields.Char()
    account_id = fields.Many2one("lgo.payment.account")
    bill_ids = fields.Many2many(
        "lgo.payment.bill", string="Bills", domain="[('state', 'in', ('open', 'partial'))]"
    )
    biller_id = fields.Many2one("lgo.payment.biller", string="Bank account")
    date = fields.Date(default=fields.Date.context_today)
    fee = fields.Monetary(string="Bank charge")

    def action_decide(self):
        """Do it."""
        self.ensure_one()
        if self.mode == "refuse":
            self.request_id._refuse(self.reason)
        elif self.mode == "pay_out":
            self.request_id._pay_out(self.biller_id, self.reason, self.date)
        elif self.mode == "clear":
            self.credit_id._clear(self.date, self.fee)
        elif self.mode == "explain":
            self.credit_id._explain(self.reason)
        else:
            self._ask()
        return {"type": "ir.actions.act_window_close"}

    def _ask(self):
        vals = {"company_id": self.line_id.company_id.id}
        if self.mode == "refund":
            vals["allocation_id"] = self.line_id._waiting_part().id
        else:
            vals["bank_line_id"] = self.line_id.id
        if self.mode == "assign":
            vals["bill_ids"] = [fields.Command.set(self.bill_ids.ids)]
        if self.account_id:
            vals["account_id"] = self.account_id.id
        self.env["lgo.payment.request"]._request(self.mode, self.reason, **vals)
