# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPaymentRevenue(models.Model):
    """A kind of revenue that bills and receipts name, with its code in the official books.

    Codes of e-LAAS are data: the list changes, and each organisation keeps its own (e.g. 41210008
    ค่าธรรมเนียมเก็บและขนมูลฝอย in the list of 2555).
    """

    _name = "lgo.payment.revenue"
    _description = "Kind of Revenue"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="The short name by which the programs ask for it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    account_id = fields.Many2one(
        "account.account",
        string="Revenue account",
        check_company=True,
        help="Empty: the account of fees of the organisation.",
    )
    prior_account_id = fields.Many2one(
        "account.account",
        string="Account for prior years",
        check_company=True,
        help="Bills of an earlier fiscal year, where they are shown apart.",
    )
    elaas_code = fields.Char(string="e-LAAS code")
    elaas_name = fields.Char(string="e-LAAS name")

    _code_uniq = models.UniqueIndex(
        "(code, company_id)", "A kind of revenue with this code exists already."
    )

    def _account(self):
        """Account that a bill of this kind credits."""
        self.ensure_one()
        return self.account_id or self.company_id._lgo_payment_account("fee")
