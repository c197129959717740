# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

#: Dummy number whose check digit is right, as in the vectors of the Thai QR.
BILLER = "099999999999101"


class LgoDemo(models.AbstractModel):
    """The bank account to which the made-up office is paid."""

    _inherit = "lgo.demo"

    @api.model
    def _make_payments(self):
        """A receiving account that two officers approved."""
        company = self.env.ref("base.main_company")
        company._lgo_payment_setup()
        biller = self._make_biller(company)
        biller.with_user(self.env.ref("lgo_demo.user_treasurer")).action_approve()

    @api.model
    def _make_biller(self, company):
        journal = self.env["account.journal"].create(
            {"name": "ธนาคารตัวอย่าง", "code": "DSB", "type": "bank", "company_id": company.id}
        )
        finance = self.env.ref("lgo_demo.user_finance")
        return (
            self.env["lgo.payment.biller"]
            .with_user(finance)
            .create(
                {
                    "name": "ธนาคารตัวอย่าง บัญชีค่าธรรมเนียม",
                    "bank_code": "006",
                    "bank_account": "9990000011",
                    "account_name": company.name,
                    "biller_code": BILLER,
                    "layout": "A",
                    "journal_id": journal.id,
                    "company_id": company.id,
                }
            )
        )
