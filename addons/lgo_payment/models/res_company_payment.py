# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import thai

from ..tools.account_set import ACCOUNTS, JOURNALS


class ResCompany(models.Model):
    """Where the money of fees is booked, and the policies that differ between organisations."""

    _inherit = "res.company"

    lgo_receivable_account_id = fields.Many2one("account.account", string="Fees receivable")
    lgo_clearing_account_id = fields.Many2one(
        "account.account",
        string="Bank clearing",
        help="Payments that the bank reports line by line, until it credits them in one sum.",
    )
    lgo_cash_account_id = fields.Many2one("account.account", string="Cash at the counter")
    lgo_transit_account_id = fields.Many2one("account.account", string="Cash in transit")
    lgo_short_account_id = fields.Many2one("account.account", string="Cash short")
    lgo_over_account_id = fields.Many2one("account.account", string="Cash over")
    lgo_advance_account_id = fields.Many2one("account.account", string="Received in advance")
    lgo_suspense_account_id = fields.Many2one("account.account", string="Money to be looked into")
    lgo_refund_account_id = fields.Many2one("account.account", string="Money to be paid back")
    lgo_fee_account_id = fields.Many2one("account.account", string="Revenue of fees")
    lgo_written_off_account_id = fields.Many2one("account.account", string="Debts written off")
    lgo_bank_fee_account_id = fields.Many2one("account.account", string="Bank charges")
    lgo_bill_journal_id = fields.Many2one("account.journal", string="Journal of bills")
    lgo_collection_journal_id = fields.Many2one("account.journal", string="Journal of collection")
    lgo_receipt_book_size = fields.Integer(
        string="Receipts in a book",
        default=50,
        help="The number of leaves after which a new book begins (เล่มที่).",
    )
    lgo_over_limit = fields.Monetary(
        string="Overpayment for a person",
        default=0.0,
        currency_field="currency_id",
        help="What is paid above this amount too much is decided by a person; 0: always kept as "
        "money received in advance.",
    )
    lgo_arrears_first = fields.Boolean(
        string="Arrears first",
        help="A bill can be paid online only when older ones of the same payer are paid too.",
    )
    lgo_bill_due_days = fields.Integer(
        string="Days to pay", default=30, help="From the day of the bill, when it names no other."
    )

    @api.constrains("lgo_receipt_book_size", "lgo_bill_due_days", "lgo_over_limit")
    def _check_lgo_payment(self):
        for company in self:
            if company.lgo_receipt_book_size < 1:
                raise ValidationError(self.env._("A receipt book has at least one leaf."))
            if company.lgo_bill_due_days < 0 or company.lgo_over_limit < 0:
                raise ValidationError(self.env._("Days and amounts cannot be negative."))

    def _lgo_booking_date(self, day):
        """The day on which money of ``day`` is booked: today when its month is locked already."""
        self.ensure_one()
        company = self.sudo()
        lock = company._get_user_fiscal_lock_date(company.lgo_collection_journal_id)
        return day if day > lock else max(thai.local_date(fields.Datetime.now()), lock)

    def _lgo_payment_setup(self):
        """Make the accounts and journals that are missing; safe to call again.

        The fiscal year of the organisation ends on 30 September (พ.ร.บ. วิธีการงบประมาณ พ.ศ. 2561
        มาตรา 4).
        """
        for company in self.sudo():
            # the general chart of Odoo came before the organisation had a country: it is in dollars
            if not company.chart_template or (
                company.chart_template == "generic_coa" and not company._existing_accounting()
            ):
                self.env["account.chart.template"].with_context(lang="th_TH").try_loading(
                    "th", company, install_demo=False
                )
            company.write({"fiscalyear_last_month": "9", "fiscalyear_last_day": 30})
            accounts = self.env["account.account"].with_company(company).sudo()
            for name, code, title, kind, reconcile in ACCOUNTS:
                if company[name]:
                    continue
                domain = [("code", "=", code), ("company_ids", "in", company.ids)]
                found = accounts.search(domain, limit=1)
                company[name] = found or accounts.create(
                    {
                        "code": code,
                        "name": title,
                        "account_type": kind,
                        "reconcile": reconcile,
                        "company_ids": [fields.Command.set(company.ids)],
                    }
                )
            journals = self.env["account.journal"].sudo()
            for name, code, title, kind in JOURNALS:
                if company[name]:
                    continue
                domain = [("code", "=", code), ("company_id", "=", company.id)]
                company[name] = journals.search(domain, limit=1) or journals.create(
                    {"code": code, "name": title, "type": kind, "company_id": company.id}
                )

    def _lgo_payment_account(self, name):
        """Return an account of the collection of fees.

        :param str name: receivable, clearing, cash, transit, short, over, advance, suspense,
            refund, fee, written_off or bank_fee
        :raise UserError: the organisation has none
        """
        self.ensure_one()
        account = self.sudo()[f"lgo_{name}_account_id"]
        if not account:
            raise UserError(
                self.env._(
                    "An account for the collection of fees is missing: %(name)s. Finance adds it "
                    "on the page “Payments” of the organisation.",
                    name=self._fields[f"lgo_{name}_account_id"]._description_string(self.env),
                )
            )
        return account
