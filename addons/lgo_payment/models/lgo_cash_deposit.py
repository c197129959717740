# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai


class LgoCashDeposit(models.Model):
    """Cash that finance brings to the bank (ใบนำฝาก), the whole of the remittances it names."""

    _name = "lgo.cash.deposit"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Cash Deposit"
    _order = "date desc, id desc"
    _action_only = frozenset({"state", "amount", "company_id", "move_id", "remittance_ids"})

    name = fields.Char(string="Slip number", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    biller_id = fields.Many2one(
        "lgo.payment.biller", string="Bank account", required=True, check_company=True
    )
    remittance_ids = fields.One2many("lgo.remittance", "deposit_id", readonly=True)
    amount = fields.Monetary(readonly=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True)
    state = fields.Selection(
        [("draft", "Prepared"), ("done", "Deposited")],
        default="draft",
        required=True,
        readonly=True,
    )

    @api.model
    def _deposit(self, remittances, biller, name, date):
        """Book the deposit of remittances that finance has received."""
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise UserError(self.env._("Only finance brings money to the bank."))
        remittances.check_access("read")
        if not remittances or any(one.state != "received" for one in remittances):
            raise UserError(self.env._("Choose remittances that finance has received."))
        if not biller.journal_id.default_account_id:
            raise UserError(self.env._("The bank account has no journal: add it in its settings."))
        company = remittances.company_id
        amount = company.currency_id.round(sum(remittances.mapped("counted")))
        label = f"นำฝากธนาคาร {name}"
        move = (
            self.env["account.move"]
            .sudo()
            ._lgo_batch()
            .create(
                {
                    "move_type": "entry",
                    "journal_id": company.sudo().lgo_collection_journal_id.id,
                    "company_id": company.id,
                    "date": date or thai.local_date(fields.Datetime.now()),
                    "ref": label,
                    "line_ids": [
                        fields.Command.create(
                            {
                                "name": label,
                                "account_id": biller.sudo().journal_id.default_account_id.id,
                                "debit": amount,
                            }
                        ),
                        fields.Command.create(
                            {
                                "name": label,
                                "account_id": company._lgo_payment_account("cash").id,
                                "credit": amount,
                            }
                        ),
                    ],
                }
            )
        )
        move._lgo_post()
        deposit = self.sudo().create(
            {
                "name": name,
                "company_id": company.id,
                "date": move.date,
                "biller_id": biller.id,
                "amount": amount,
                "move_id": move.id,
                "state": "done",
            }
        )
        remittances.sudo().write({"state": "deposited", "deposit_id": deposit.id})
        return deposit
