# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import references, thai_qr


class LgoCashTake(models.TransientModel):
    """The dialog of the counter: scan or type any number, see what is owed, take the money."""

    _name = "lgo.cash.take"
    _description = "Receive Money"

    session_id = fields.Many2one("lgo.cash.session", required=True)
    company_id = fields.Many2one(related="session_id.company_id")
    currency_id = fields.Many2one(related="session_id.currency_id")
    search = fields.Char(
        string="Scan or type",
        help="QR or bar code of a bill, number of a bill or an account, house number or name.",
    )
    account_id = fields.Many2one("lgo.payment.account")
    payer = fields.Char(string="Received from")
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills")
    total = fields.Monetary(compute="_compute_total")
    given = fields.Monetary(string="Money given")
    change = fields.Monetary(compute="_compute_total")
    message = fields.Char(readonly=True)

    @api.depends("bill_ids", "given")
    def _compute_total(self):
        for take in self:
            take.total = sum(take.bill_ids.mapped("residual"))
            take.change = take.given - take.total if take.given else 0.0

    @api.onchange("search")
    def _onchange_search(self):
        if not (self.search or "").strip():
            return
        bills, account, message = self._find(self.search)
        self.message = message
        self.account_id = account
        self.bill_ids = bills
        if account:
            self.payer = account.sudo().partner_id.name

    @api.onchange("account_id")
    def _onchange_account(self):
        if self.account_id and self.bill_ids.account_id != self.account_id:
            self.bill_ids = self._open_bills(self.account_id)
            self.payer = self.account_id.sudo().partner_id.name

    def _open_bills(self, account):
        return self.env["lgo.payment.bill"].search(
            [("account_id", "=", account.id), ("state", "in", ("open", "partial"))],
            order="fiscal_year, date_due, number",
        )

    def _find(self, text):
        """Return (bills, account, message) for what was scanned or typed."""
        ref1, ref2 = self._references(text)
        bills = self.env["lgo.payment.bill"].browse()
        company = self.company_id or self.env.company
        if ref2:
            group = self.env["lgo.payment.group"].search(
                [("number", "=", ref2), ("company_id", "=", company.id)], limit=1
            )
            bills = group.bill_ids or bills.search(
                [("number", "=", ref2), ("company_id", "=", company.id)], limit=1
            )
        if bills:
            payable = bills.filtered(lambda bill: bill.state in ("open", "partial"))
            message = "" if payable else self.env._("This bill was paid already.")
            return payable, bills.account_id[:1], message
        account = self.env["lgo.payment.account"]._find(ref1 or text, company)
        if not account:
            found = account.search(
                [
                    ("company_id", "=", company.id),
                    "|",
                    ("house", "=", text.strip()),
                    ("name", "ilike", text.strip()),
                ],
                limit=2,
            )
            if len(found) > 1:
                return bills, found[:0], self.env._("Several accounts fit: choose one below.")
            account = found
        if not account:
            return bills, account, self.env._("Nothing was found for this number.")
        payable = self._open_bills(account)
        return payable, account, "" if payable else self.env._("Nothing is owed.")

    @api.model
    def _references(self, text):
        """Take the two references out of a QR, a bar code or a typed number."""
        text = text.strip()
        try:
            if text.startswith("|"):
                payload = thai_qr.parse_bot_barcode(text)
                return payload.ref1, payload.ref2
            if text.startswith("0002"):
                payload = thai_qr.parse(text)
                return payload.ref1, payload.ref2
        except thai_qr.PayloadError:
            return "", ""
        number = references.normalise(text)
        if references.is_valid(number):
            return ("", number) if len(number) == 12 else (number, "")
        return "", ""

    def action_receive(self):
        """Take the money, issue the receipt and go on with the next payer."""
        self.ensure_one()
        if self.given and self.currency_id.compare_amounts(self.given, self.total) < 0:
            raise UserError(self.env._("The money given is less than the bills."))
        receipt = self.session_id._receive(self.bill_ids, payer=self.payer)
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.receipt",
            "res_id": receipt.id,
            "name": receipt.name,
            "views": [(False, "form")],
        }
