# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.lgo_base.tools import thai

#: What each kind of request is about.
SUBJECT = {
    "assign": "bank_line_id",
    "to_advance": "bank_line_id",
    "refund": "allocation_id",
    "cancel_receipt": "receipt_id",
    "adjust": "bill_id",
    "cancel_bill": "bill_id",
    "write_off": "bill_id",
}


class LgoPaymentRequest(models.Model):
    """A correction of money: one officer asks, another approves, then it is booked.

    Whoever asks never approves. A request never changes after it was made; a refused one stays with
    the reason.
    """

    _name = "lgo.payment.request"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Request to Correct a Payment"
    _order = "id desc"
    _action_only = frozenset(
        {"state", "requester_id", "decided_by_id", "decided_at", "refuse_reason", "paid_at",
         "paid_ref"}
    )  # fmt: skip

    name = fields.Char(string="Subject", compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("assign", "Use for bills"),
            ("to_advance", "Keep in advance"),
            ("refund", "Pay back"),
            ("cancel_receipt", "Cancel a receipt"),
            ("adjust", "Reduce a bill"),
            ("cancel_bill", "Cancel a bill"),
            ("write_off", "Write off a debt"),
        ],
        required=True,
    )
    reason = fields.Char(required=True, tracking=True)
    bank_line_id = fields.Many2one("lgo.bank.line", string="Payment", index="btree_not_null")
    allocation_id = fields.Many2one(
        "lgo.payment.allocation", string="Money", index="btree_not_null"
    )
    receipt_id = fields.Many2one("lgo.receipt", index="btree_not_null")
    bill_id = fields.Many2one("lgo.payment.bill", index="btree_not_null")
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills")
    account_id = fields.Many2one("lgo.payment.account", string="Payment account")
    amount = fields.Monetary()
    is_replaced = fields.Boolean(
        string="Issue a new one",
        help="The payment stays; a new receipt with the corrected name replaces the old one.",
    )
    payer = fields.Char(string="Corrected name")
    requester_id = fields.Many2one(
        "res.users", string="Asked by", required=True, readonly=True,
        default=lambda self: self.env.user,
    )  # fmt: skip
    state = fields.Selection(
        [
            ("requested", "To be approved"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("paid", "Paid back"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    refuse_reason = fields.Char(readonly=True)
    crosses_year = fields.Boolean(
        string="Earlier fiscal year",
        compute="_compute_crosses_year",
        help="Money of an earlier fiscal year is paid back from another budget.",
    )
    paid_at = fields.Date(string="Paid back on", readonly=True)
    paid_ref = fields.Char(string="Voucher of the payment", readonly=True)

    _one_receipt = models.UniqueIndex(
        "(receipt_id) WHERE state = 'requested' AND kind = 'cancel_receipt'",
        "Somebody has asked to cancel this receipt already.",
    )

    @api.depends("kind", "bank_line_id", "receipt_id", "bill_id", "allocation_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            about = request[SUBJECT[request.kind]] if request.kind else request.bill_id
            name = (
                about.sudo().bank_line_id or about
                if about._name == "lgo.payment.allocation"
                else about
            )
            request.name = f"{kinds.get(request.kind, '')} {name.sudo().display_name or ''}".strip()

    @api.depends("allocation_id")
    def _compute_crosses_year(self):
        today = thai.fiscal_year(fields.Date.context_today(self))
        for request in self:
            date = request.allocation_id.date
            request.crosses_year = bool(date) and thai.fiscal_year(date) < today

    @api.constrains("kind", "bank_line_id", "receipt_id", "bill_id", "allocation_id", "amount")
    def _check_subject(self):
        for request in self:
            if not request[SUBJECT[request.kind]]:
                raise ValidationError(self.env._("Say what the request is about."))
            if request.kind == "adjust" and not 0 < request.amount <= request.bill_id.residual:
                raise ValidationError(
                    self.env._("Reduce by more than zero and at most what is left to pay.")
                )
            if request.kind == "assign" and not request.bill_ids:
                raise ValidationError(self.env._("Choose the bills that are paid."))

    @api.model
    def _request(self, kind, reason, **vals):
        """Make a request in the name of the user."""
        request = self.create({"kind": kind, "reason": reason, **vals})
        self.env["lgo.audit.log"]._log(f"payment.request.{kind}", request)
        return request

    def write(self, vals):
        content = set(vals) & {*SUBJECT.values(), "kind", "amount", "reason", "bill_ids", "payer",
                               "is_replaced", "account_id", "company_id"}  # fmt: skip
        if content and not self.env.su and any(one.state != "requested" for one in self):
            raise UserError(self.env._("A request that was decided stays as it was."))
        if content and not self.env.su and any(one.requester_id != self.env.user for one in self):
            raise AccessError(self.env._("Only who asked changes the request."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A request is kept; refuse it instead."))

    # -- deciding --------------------------------------------------------------------------

    def _check_decision(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("lgo_payment.group_approver"):
            raise AccessError(self.env._("Only who approves for finance decides."))
        if self.requester_id == self.env.user:
            raise UserError(self.env._("The approver must not be who asked."))
        if self.state != "requested":
            raise UserError(self.env._("This request was decided already."))

    def action_approve(self):
        """Approve and book at once."""
        for request in self:
            request._check_decision()
            request.sudo().write(
                {
                    "state": "approved",
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
            getattr(request.sudo(), f"_apply_{request.kind}")()
            self.env["lgo.audit.log"]._log(
                f"payment.approve.{request.kind}", request, severity="warning"
            )
        return True

    def _refuse(self, reason):
        """Refuse requests; nothing is booked."""
        for request in self:
            request._check_decision()
            request.sudo().write(
                {
                    "state": "refused",
                    "refuse_reason": reason,
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )

    def action_refuse(self):
        """Refuse without more words (button); the reason may be added in the conversation."""
        self._refuse(self.env._("Not approved"))
        return True

    def _today(self):
        return thai.local_date(fields.Datetime.now())

    def _decide_line(self, queue=False):
        self.bank_line_id.write(
            {
                "state": "posted",
                "queue": queue,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def _apply_assign(self):
        """Use money that waits for bills, oldest first; the rest stays in advance."""
        line = self.bank_line_id
        part = line._waiting_part()
        bills = self.bill_ids.sorted(lambda one: (one.fiscal_year, one.date_due, one.number))
        self.env["lgo.payment.bill"]._lock(bills)
        left, specs = part.amount, []
        currency = self.company_id.currency_id
        for bill in bills:
            amount = min(left, bill.residual)
            if amount > 0 and bill.state in ("open", "partial"):
                specs.append({"kind": "bill", "bill": bill, "amount": amount,
                              "account": bill.account_id})  # fmt: skip
                left = currency.round(left - amount)
        if not specs:
            raise UserError(self.env._("These bills were paid in the meantime."))
        if left > 0:
            specs.append({"kind": "advance", "amount": left, "account": specs[0]["account"]})
        line.account_id = specs[0]["account"]
        parts = part._move_on(specs, self._today(), self.env._("Decided: %(ref)s", ref=line.ref2))
        self._decide_line()
        line._receipts_for(parts)

    def _apply_to_advance(self):
        """Keep money that waits as paid in advance by an account."""
        line = self.bank_line_id
        account = self.account_id or line.account_id
        if not account:
            raise UserError(self.env._("Choose the account that the money belongs to."))
        part = line._waiting_part()
        line.account_id = account
        parts = part._move_on(
            [{"kind": "advance", "amount": part.amount, "account": account}],
            self._today(),
            self.env._("Decided: %(ref)s", ref=line.ref2),
        )
        self._decide_line("advance")
        line._receipts_for(parts)

    def _apply_refund(self):
        """Set money aside to be paid back; paying it out comes later (:meth:`_pay_out`)."""
        part = self.allocation_id
        if part.kind != "refund":
            part = part._move_on(
                [{"kind": "refund", "amount": part.amount}], self._today(), self.reason
            )
            self.allocation_id = part

    def _pay_out(self, biller, reference, date):
        """Finance has paid the money back from a bank account.

        :param str reference: number of the voucher (ฎีกา) or transfer
        """
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise AccessError(self.env._("Only finance pays money back."))
        if self.state != "approved" or self.kind != "refund":
            raise UserError(self.env._("Only an approved refund is paid out."))
        request = self.sudo()
        account = biller.sudo().journal_id.default_account_id
        if not account:
            raise UserError(self.env._("The bank account has no journal: add it in its settings."))
        request.allocation_id._take_back(account, date, reference, state="paid_out")
        request.write({"state": "paid", "paid_ref": reference, "paid_at": date})
        if request.allocation_id.bank_line_id.queue:
            request.allocation_id.bank_line_id.write({"queue": False, "state": "posted"})

    def _apply_cancel_receipt(self):
        """Cancel a receipt; cash goes back to the payer, or a new receipt replaces it."""
        receipt = self.receipt_id
        active = receipt.allocation_ids.filtered(lambda part: part.state == "active")
        new = None
        if active and (self.is_replaced or receipt.channel != "cash"):
            new = self.env["lgo.receipt"]._issue_batch(
                [
                    {
                        "parts": active,
                        "channel": receipt.channel,
                        "bank_line": receipt.bank_line_id,
                        "session": receipt.session_id,
                        "payer": (self.payer or "").strip() or receipt.payer,
                        "pay_date": receipt.pay_date,
                        "cashier": receipt.cashier_id.id,
                    }
                ]
            )
        elif active:
            self._give_back_cash(receipt, active)
        receipt._cancel(self.reason, new)

    def _give_back_cash(self, receipt, parts):
        """The money leaves the till it is in: the counter's, or finance's after the hand-over."""
        cash = receipt.company_id._lgo_payment_account("cash")
        parts._take_back(cash, self._today(), receipt.name)

    def _apply_adjust(self):
        self.env["lgo.payment.bill"]._lock(self.bill_id)
        self.bill_id._reduce(self.amount, "adjusted", self._today())

    def _apply_cancel_bill(self):
        self.env["lgo.payment.bill"]._lock(self.bill_id)
        if self.bill_id.state != "open":
            raise UserError(
                self.env._("Something was paid on this bill already: reduce it instead.")
            )
        self.bill_id._close("cancelled", self._today())

    def _apply_write_off(self):
        self.env["lgo.payment.bill"]._lock(self.bill_id)
        self.bill_id._close("written_off", self._today())
