# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai


class LgoCashSession(models.Model):
    """The till of a cashier for a day: opened with a float, counted by denomination, closed.

    Money counted above or below the receipts is booked apart and explained (เงินเกินบัญชี,
    ลูกหนี้เงินขาดบัญชี); another officer accepts it.
    """

    _name = "lgo.cash.session"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Till of a Cashier"
    _order = "opened_at desc, id desc"
    _action_only = frozenset(
        {
            "state", "cashier_id", "opened_at", "closed_at", "company_id", "receipt_total",
            "receipt_count", "difference", "accepted_by_id", "remittance_id", "move_id",
        }
    )  # fmt: skip

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    cashier_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )
    opened_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    closed_at = fields.Datetime(readonly=True)
    float_amount = fields.Monetary(
        string="Change money", help="Coins and notes that the till begins with."
    )
    count_ids = fields.One2many("lgo.cash.count", "session_id")
    counted = fields.Monetary(compute="_compute_counted", store=True)
    receipt_ids = fields.One2many("lgo.receipt", "session_id", readonly=True)
    receipt_total = fields.Monetary(string="Receipts", readonly=True)
    receipt_count = fields.Integer(string="Number of receipts", readonly=True, aggregator=None)
    taken = fields.Monetary(string="Received so far", compute="_compute_taken")
    difference = fields.Monetary(string="Over or short", readonly=True)
    explanation = fields.Char(help="Why the money counted differs from the receipts.")
    accepted_by_id = fields.Many2one("res.users", readonly=True)
    remittance_id = fields.Many2one("lgo.remittance", readonly=True, index="btree_not_null")
    move_id = fields.Many2one("account.move", string="Entry of the difference", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("remitted", "Handed over")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )

    _one_open = models.UniqueIndex(
        "(cashier_id, company_id) WHERE state = 'open'", "Your till is open already."
    )

    @api.depends("cashier_id", "opened_at")
    def _compute_name(self):
        for session in self:
            day = thai.format_date(session.opened_at, "abbr", "arabic")
            session.name = f"{session.cashier_id.name} {day}"

    @api.depends("count_ids.amount")
    def _compute_counted(self):
        for session in self:
            session.counted = sum(session.count_ids.mapped("amount"))

    def _compute_taken(self):
        groups = self.env["lgo.receipt"]._read_group(
            [("session_id", "in", self.ids), ("state", "=", "issued")],
            ["session_id"],
            ["amount:sum"],
        )
        totals = {session.id: amount for session, amount in groups}
        for session in self:
            session.taken = totals.get(session.id, 0.0)

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        for session in sessions.filtered(lambda one: not one.count_ids):
            session.count_ids = self.env["lgo.cash.count"]._blank()
        return sessions

    @api.model
    def _current(self):
        """Return the open till of the user (may be empty)."""
        return self.search(
            [
                ("cashier_id", "=", self.env.uid),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "open"),
            ],
            limit=1,
        )

    def action_close(self):
        """Close the till: what was counted must be explained when it differs.

        :raise UserError: nothing counted, or a difference without a reason
        """
        for session in self:
            session._check_own()
            if session.state != "open":
                raise UserError(self.env._("This till is closed already."))
            receipts = session.receipt_ids.filtered(lambda one: one.state == "issued")
            total = session.currency_id.round(sum(receipts.mapped("amount")))
            difference = session.currency_id.round(session.counted - session.float_amount - total)
            if difference and not (session.explanation or "").strip():
                raise UserError(
                    self.env._(
                        "The money counted differs from the receipts by %(amount)s. Count again, "
                        "or write why.",
                        amount=f"{difference:,.2f}",
                    )
                )
            session.sudo().write(
                {
                    "state": "closed",
                    "closed_at": fields.Datetime.now(),
                    "receipt_total": total,
                    "receipt_count": len(receipts),
                    "difference": difference,
                }
            )
            if difference:
                session._book_difference()
        return True

    def _book_difference(self):
        """Book money over or short, so that the till shows what is really there."""
        company = self.company_id
        cash = company._lgo_payment_account("cash")
        other = company._lgo_payment_account("over" if self.difference > 0 else "short")
        amount = abs(self.difference)
        debit, credit = (cash, other) if self.difference > 0 else (other, cash)
        move = (
            self.env["account.move"]
            .sudo()
            ._lgo_batch()
            .create(
                {
                    "move_type": "entry",
                    "journal_id": company.sudo().lgo_collection_journal_id.id,
                    "company_id": company.id,
                    "date": thai.local_date(self.closed_at),
                    "ref": self.name,
                    "line_ids": [
                        fields.Command.create(
                            {"name": self.explanation, "account_id": debit.id, "debit": amount}
                        ),
                        fields.Command.create(
                            {"name": self.explanation, "account_id": credit.id, "credit": amount}
                        ),
                    ],
                }
            )
        )
        move._lgo_post()
        self.sudo().move_id = move

    def _check_own(self):
        self.check_access("write")
        if self.cashier_id != self.env.user:
            raise UserError(self.env._("Only the cashier of this till does that."))

    # -- receiving -------------------------------------------------------------------------

    def _receive(self, bills, payer=None):
        """Take cash for bills in full: book it, issue the receipt, in one transaction.

        :param bills: ``lgo.payment.bill`` of one account
        :return: ``lgo.receipt``
        :raise UserError: the till is closed, or another payment was faster
        """
        self.ensure_one()
        self._check_own()
        if self.state != "open":
            raise UserError(self.env._("Open your till first."))
        bills = bills.sudo()
        if not bills:
            raise UserError(self.env._("Choose at least one bill."))
        if len(bills.account_id) != 1:
            raise UserError(self.env._("A receipt is for one account: take the others apart."))
        self.env["lgo.payment.bill"]._lock(bills)
        for bill in bills:
            if bill.state not in ("open", "partial"):
                raise UserError(
                    self.env._("Bill %(number)s was paid in the meantime.", number=bill.number)
                )
        today = thai.local_date(fields.Datetime.now())
        company = self.company_id
        account = bills.account_id
        specs = [
            {"kind": "bill", "bill": bill, "amount": bill.residual, "account": account}
            for bill in bills.sorted(lambda one: (one.fiscal_year, one.date_due, one.number))
        ]
        total = company.currency_id.round(sum(spec["amount"] for spec in specs))
        cash = company._lgo_payment_account("cash")
        label = f"รับเงินสด {account.number}"
        parts = self.env["lgo.payment.allocation"]._post(
            company, today, [(cash, total, label)], specs, label
        )
        return self.env["lgo.receipt"]._issue_batch(
            [
                {
                    "parts": parts,
                    "channel": "cash",
                    "session": self,
                    "payer": payer or account.sudo().partner_id.name,
                    "pay_date": today,
                }
            ]
        )

    def action_take(self):
        """Open the dialog that receives money."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.cash.take",
            "name": self.env._("Receive money"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": self.id},
        }

    def action_remit(self):
        """Hand the closed till over to finance and show the paper to sign."""
        remittance = self.env["lgo.remittance"]._send(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.remittance",
            "res_id": remittance.id,
            "views": [(False, "form")],
            "name": remittance.name,
        }

    @api.model
    def action_open_mine(self):
        """Open the till of the user; a new one when none is open."""
        session = self._current() or self.create({})
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.cash.session",
            "res_id": session.id,
            "views": [(False, "form")],
            "name": self.env._("My till"),
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.sudo().receipt_ids:
            raise UserError(self.env._("A till with receipts is kept."))
