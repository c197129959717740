# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A house gets its waste fee: registered, inspected, billed, paid by QR, receipted.

Needs a server with ``lgo_demo``.
"""

import zxingcpp
from PIL import Image

from .base import BASE_URL, PHONE, artifacts
from .houses import HOUSE, HouseCase, bank


class TestPay(HouseCase):
    viewport = PHONE

    def scan(self, name):
        """What a bank app reads from the screen."""
        self.page.wait_for_selector(".lgo_pay_qr")
        self.screenshot(name)
        path = artifacts() / f"{name}-qr.png"
        self.page.locator(".lgo_pay_qr").screenshot(path=path)
        [code] = zxingcpp.read_barcodes(Image.open(path))
        return bank.read_qr(code.text)

    def test_signed_in(self):
        login, number = self.bill_a_house(1)
        self.login(*login)
        self.open("/my/bills")
        self.check_page()
        self.screenshot("pay-my-bills")
        self.submit("form[action='/my/bills/pay'] button[type=submit]")
        self.check_page()
        order = self.scan("pay-my-payment")
        self.assertEqual((order.ref1, str(order.amount)), (number, "40.00"))
        self.assertFalse(self.page.is_visible(".lgo_pay_paid"))
        self.take_in([order])
        self.page.wait_for_selector(".lgo_pay_paid", state="visible", timeout=60_000)
        self.check_page()
        self.screenshot("pay-paid")
        self.open("/my/bills")
        self.page.click("a.lgo_case_row")
        self.page.wait_for_selector("a[href*='/my/receipts/']")
        self.check_page()
        self.screenshot("pay-bill-paid")
        link = self.page.get_attribute("a[href*='/my/receipts/']", "href")
        receipt = self.page.request.get(BASE_URL + link)
        self.assertTrue(receipt.body().startswith(b"%PDF"))

    def test_without_account(self):
        _login, number = self.bill_a_house(1)
        self.open("/pay")
        self.check_page()
        self.page.fill("#number", f"{number[:4]} {number[4:]}")
        self.page.fill("#check", HOUSE)
        self.submit("form[action='/pay'] button[type=submit]")
        self.assertNotIn("ทดสอบชำระ", self.page.inner_text("main"))
        self.check_page()
        self.screenshot("pay-found")
        self.submit("form[action='/pay/qr'] button[type=submit]")
        self.check_page()
        order = self.scan("pay-qr")
        self.assertEqual(order.ref1, number)
        self.take_in([order])
        self.page.wait_for_selector(".lgo_pay_paid", state="visible", timeout=60_000)
