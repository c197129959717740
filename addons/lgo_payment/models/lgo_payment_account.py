# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import references


class LgoPaymentAccount(models.Model):
    """Who pays for what: the account that reference 1 of a payment names (รหัสผู้ใช้บริการ).

    A service point, a shop, a lease: each has one account, and keeps it when the payer changes.
    The number carries two check digits (ISO 7064, MOD 97-10), so a typing error is noticed.
    """

    _name = "lgo.payment.account"
    _description = "Payment Account"
    _order = "number"
    _rec_name = "number"
    _rec_names_search = ["number", "name", "old_number"]

    number = fields.Char(
        string="Account number",
        required=True,
        copy=False,
        help="Reference 1 of the payment: eight digits and two check digits.",
    )
    old_number = fields.Char(
        index="btree_not_null",
        copy=False,
        help="The number on old cards and stickers; payments that name it are found as well.",
    )
    name = fields.Char(string="What is paid for", required=True)
    partner_id = fields.Many2one("res.partner", string="Payer", required=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_closed = fields.Boolean(
        string="Closed", help="Gets no new bills; what it owes may still be paid."
    )
    house = fields.Char(string="House number", index="btree_not_null")
    phone = fields.Char()
    bill_ids = fields.One2many("lgo.payment.bill", "account_id")
    amount_due = fields.Monetary(compute="_compute_amount_due")
    amount_advance = fields.Monetary(string="Paid in advance", compute="_compute_amount_advance")

    _number_uniq = models.UniqueIndex(
        "(number, company_id)", "Another account has this number already."
    )
    _old_number_uniq = models.UniqueIndex(
        "(old_number, company_id) WHERE old_number IS NOT NULL",
        "Another account has this old number already.",
    )

    @api.constrains("number")
    def _check_number(self):
        for account in self:
            if len(account.number) != 10 or not references.is_valid(account.number):
                raise ValidationError(
                    self.env._(
                        "The check digits of “%(number)s” do not match. An account number has "
                        "ten digits.",
                        number=account.number,
                    )
                )

    @api.depends("bill_ids.residual", "bill_ids.state")
    def _compute_amount_due(self):
        groups = self.env["lgo.payment.bill"]._read_group(
            [("account_id", "in", self.ids), ("state", "in", ("open", "partial"))],
            ["account_id"],
            ["residual:sum"],
        )
        amounts = {account.id: amount for account, amount in groups}
        for account in self:
            account.amount_due = amounts.get(account.id, 0.0)

    def _compute_amount_advance(self):
        groups = self.env["lgo.payment.allocation"]._read_group(
            [("account_id", "in", self.ids), ("kind", "=", "advance"), ("state", "=", "active")],
            ["account_id"],
            ["amount:sum"],
        )
        amounts = {account.id: amount for account, amount in groups}
        for account in self:
            account.amount_advance = amounts.get(account.id, 0.0)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.number} {account.name or ''}".strip()

    @api.model
    def _next_numbers(self, count):
        """Return ``count`` new account numbers of the organisation."""
        runs = self.env["lgo.payment.bill"]._next_runs("account", self.env.company, 0, count)
        return [references.account_number(run) for run in runs]

    @api.model
    def _find(self, text, company=None):
        """Return the account that a person or a bank means with ``text`` (may be empty).

        :param str text: account number, also with spaces or hyphens, or an old number
        """
        company = company or self.env.company
        number = references.normalise(text or "", 10)
        domain = [("company_id", "=", company.id)]
        return self.search([*domain, ("number", "=", number)], limit=1) or self.search(
            [*domain, ("old_number", "=", (text or "").strip())], limit=1
        )

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The accounts on which the person is the payer.

        Nothing is forgotten: the books of the organisation name who paid (พ.ร.บ. คุ้มครองข้อมูล
        ส่วนบุคคล พ.ศ. 2562 มาตรา 33 วรรคสอง; a legal duty keeps them).
        """
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["number", "name", "house", "phone"])
