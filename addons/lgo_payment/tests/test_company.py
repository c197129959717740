# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCompany(TransactionCase):
    """The books of a new organisation."""

    def test_general_chart_gives_way(self):
        """Odoo's general chart, in dollars, that came first is replaced while it is unused."""
        company = self.env["res.company"].create({"name": "เทศบาลตำบลทดสอบ"})
        self.env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        company._lgo_payment_setup()
        self.assertEqual((company.chart_template, company.currency_id.name), ("th", "THB"))
        self.assertTrue(company.currency_id.active)
        self.assertEqual((company.fiscalyear_last_month, company.fiscalyear_last_day), ("9", 30))
        accounts = company.lgo_receivable_account_id | company.lgo_clearing_account_id
        self.assertEqual(len(accounts), 2)
        company._lgo_payment_setup()
        self.assertEqual(
            company.lgo_receivable_account_id | company.lgo_clearing_account_id, accounts
        )
