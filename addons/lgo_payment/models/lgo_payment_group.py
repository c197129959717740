# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import references


class LgoPaymentGroup(models.Model):
    """Several bills of one account paid with one number and one QR (ใบแจ้งรวม).

    Its total is frozen: the citizen sees an amount and pays it. A number is never used again; money
    that comes late for a replaced one still finds the bills that are open.
    """

    _name = "lgo.payment.group"
    _description = "Group of Bills"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(required=True, readonly=True, copy=False)
    account_id = fields.Many2one(
        "lgo.payment.account", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills", readonly=True)
    amount = fields.Monetary(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("replaced", "Replaced")], default="open", required=True, readonly=True
    )

    _number_uniq = models.UniqueIndex("(number, company_id)", "This number exists already.")

    @api.model
    def _for_bills(self, bills):
        """Return the open group of exactly these bills and balances, or make one.

        :param bills: ``lgo.payment.bill`` of one account, all with something left to pay
        :raise UserError: nothing to pay, or bills of several accounts
        """
        payable = bills.filtered(lambda bill: bill.state in ("open", "partial"))
        if not payable:
            raise UserError(self.env._("There is nothing left to pay."))
        if len(payable.account_id) != 1:
            raise UserError(self.env._("Pay the bills of one account at a time."))
        groups = self.sudo()
        total = sum(payable.mapped("residual"))
        earlier = groups.search(
            [("account_id", "=", payable.account_id.id), ("state", "=", "open")]
        )
        for group in earlier:
            if group.bill_ids == payable and not group.currency_id.compare_amounts(
                group.amount, total
            ):
                return group
        overlapping = earlier.filtered(lambda group: group.bill_ids & payable)
        overlapping.state = "replaced"
        company = payable.account_id.company_id
        year = max(payable.mapped("fiscal_year"))
        [run] = self.env["lgo.payment.bill"]._next_runs("group", company, year, 1)
        return groups.create(
            {
                "number": references.bill_number("2", year, run),
                "account_id": payable.account_id.id,
                "bill_ids": [fields.Command.set(payable.ids)],
                "amount": total,
            }
        )
