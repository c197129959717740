# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.lgo_base.tools import thai

#: Dummy number whose check digit is right, as in the vectors of the Thai QR.
BILLER = "099999999999101"
MONTHS = 3
#: house, name; the first is the demo login `citizen`
HOUSES = (
    ("12 หมู่ 3", None),
    ("14 หมู่ 3", "บุญมี แสนสุข"),
    ("18/1 หมู่ 3", "ทองคำ ปลูกผัก"),
    ("7 หมู่ 5", "สายใจ ทอผ้า"),
    ("9 หมู่ 5", "ร้านก๋วยเตี๋ยวป้าแก้ว"),
    ("21 หมู่ 5", "คำแปง เลี้ยงวัว"),
    ("3 หมู่ 7", "หอพักดอนทราย"),
    ("5 หมู่ 7", "อินถา สานตะกร้า"),
)


class LgoDemo(models.AbstractModel):
    """What the made-up office takes in: a bank account, bills, a receipt for cash."""

    _inherit = "lgo.demo"

    @api.model
    def _make_payments(self):
        """A receiving account that two officers approved, bills of three months, a till."""
        company = self.env.ref("base.main_company")
        company._lgo_payment_setup()
        biller = self._make_biller(company)
        biller.with_user(self.env.ref("lgo_demo.user_treasurer")).action_approve()
        accounts = self._make_payment_accounts(company)
        bills = self._make_bills(company, accounts)
        cashier = self.env.ref("lgo_demo.user_cashier")
        till = self.env["lgo.cash.session"].with_user(cashier).create({"float_amount": 500})
        till._receive(bills.filtered(lambda bill: bill.account_id == accounts[1])[:2])

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

    @api.model
    def _make_payment_accounts(self, company):
        accounts = self.env["lgo.payment.account"]
        citizen = self.env.ref("lgo_demo.user_citizen").partner_id
        partners = [
            self.env["res.partner"].create({"name": name, "lang": "th_TH"}) if name else citizen
            for _house, name in HOUSES
        ]
        numbers = accounts.with_company(company)._next_numbers(len(HOUSES))
        return accounts.create(
            [
                {
                    "number": number,
                    "name": f"บ้านเลขที่ {house}",
                    "house": house,
                    "partner_id": partner.id,
                    "company_id": company.id,
                }
                for number, (house, _name), partner in zip(numbers, HOUSES, partners, strict=True)
            ]
        )

    @api.model
    def _make_bills(self, company, accounts):
        revenues = [
            (self.env.ref("lgo_payment.lgo_payment_revenue_waste_collect"), "ค่าเก็บและขนมูลฝอย"),
            (self.env.ref("lgo_payment.lgo_payment_revenue_waste_dispose"), "ค่ากำจัดมูลฝอย"),
        ]
        first = fields.Date.start_of(fields.Date.context_today(self), "month")
        specs = []
        for back in range(MONTHS, 0, -1):
            month = fields.Date.subtract(first, months=back)
            title = thai.format_date(month, "abbr", "arabic").partition(" ")[2]
            specs += [
                {
                    "account": account,
                    "date": month,
                    "period_from": month,
                    "period_to": fields.Date.end_of(month, "month"),
                    "title": f"ค่าธรรมเนียมเก็บและกำจัดมูลฝอย {title}",
                    "lines": [
                        {"revenue": revenue, "name": f"{name} {title}", "amount": Decimal(20)}
                        for revenue, name in revenues
                    ],
                }
                for account in accounts
            ]
        return self.env["lgo.payment.bill"]._issue(company, specs)
