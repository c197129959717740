# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoPaymentBill(models.Model):
    """What the pages of the citizens show of bills, and how they pay several with one QR."""

    _inherit = "lgo.payment.bill"

    def _payable(self):
        """Those with something left to pay, the oldest first."""
        return self.filtered(lambda bill: bill.state in ("open", "partial")).sorted(
            lambda bill: (bill.account_id.number, bill.date_due, bill.number)
        )

    def _online_rows(self):
        """What a page shows of each bill, as plain values.

        :return: list of dicts ``{"id", "number", "title", "due", "amount", "state", "late"}``
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        today = fields.Date.context_today(self)
        return [
            {
                "id": bill.id,
                "number": bill.number,
                "title": bill.title or bill.account_id.name,
                "due": bill.date_due,
                "amount": bill.residual,
                "state": labels[bill.state],
                "late": bill.date_due < today,
            }
            for bill in self
        ]

    @api.model
    def _payment_panel(self, bills, make=True):
        """All that a payer needs: QR, references, receiver and amount of bills of one account.

        :param bills: ``lgo.payment.bill``; what is paid already is left out
        :param bool make: give several bills a common number when they have none yet
        :return: dict, or an empty one when the organisation takes no payments by bank
        :raise UserError: nothing to pay, bills of several accounts, no common number
        """
        bills = bills._payable()
        if not bills:
            raise UserError(self.env._("There is nothing left to pay."))
        account = bills.account_id
        if len(account) > 1:
            raise UserError(self.env._("Pay the bills of one account at a time."))
        biller = bills[0]._bill_biller()
        if not biller:
            return {}
        number = bills.number if len(bills) == 1 else self._group_number(bills, make)
        amount = sum(Decimal(f"{bill.residual:.2f}") for bill in bills)
        return {
            "bills": bills,
            "payload": biller._qr_payload(account.number, number, f"{amount:.2f}"),
            "receiver": biller.account_name,
            "biller": biller.biller_code,
            "ref1": account.number,
            "ref2": number,
            "amount": amount,
            "currency": bills.currency_id,
            "account_name": account.name,
        }

    @api.model
    def _group_number(self, bills, make):
        groups = self.env["lgo.payment.group"]
        group = groups._for_bills(bills) if make else groups._open_for_bills(bills)
        if not group:
            raise UserError(self.env._("There is nothing left to pay."))
        return group.number

    @api.model
    def _payment_numbers(self, bills):
        """Numbers by which the bills may be paid: their own and those of their groups."""
        groups = self.env["lgo.payment.group"].sudo().search([("bill_ids", "in", bills.ids)])
        return bills.mapped("number") + groups.mapped("number")

    @api.model
    def _payment_progress(self, bills):
        """How far the payment of these bills is.

        :return: dict ``{"state": waiting, reported, partial or paid, "left": baht as text}``
        """
        left = sum(Decimal(f"{bill.residual:.2f}") for bill in bills)
        total = sum(Decimal(f"{bill.amount:.2f}") for bill in bills)
        state = "waiting"
        if not bills._payable():
            state = "paid"
        elif self.env["lgo.payment.notice"]._is_reported(self._payment_numbers(bills)):
            state = "reported"
        elif left < total:
            state = "partial"
        return {"state": state, "left": f"{left:,.2f}"}
