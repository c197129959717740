# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A collector takes cash where there is no signal; the phone sends it later.

Needs a server with ``lgo_demo``.
"""

from decimal import Decimal

import zxingcpp
from PIL import Image

from .base import BASE_URL, PHONE, Backend, artifacts
from .houses import HouseCase, bank


class TestCollect(HouseCase):
    viewport = PHONE
    # the browser reports each request that finds no network
    allowed_console = (r"ERR_INTERNET_DISCONNECTED", r"net::ERR_")

    def setUp(self):
        super().setUp()
        self.login_ = self.admin.make_user("สมหมาย เก็บทดสอบ", "lgo_waste.group_collector")
        [user] = self.admin.call("res.users", "search", [["login", "=", self.login_[0]]])
        self.houses = [self.bill_a_house(1, collector=user)[1] for _house in range(3)]
        self.collector = Backend().login(*self.login_)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def begin(self):
        self.page.goto(f"{BASE_URL}/web/login?redirect=/collect")
        self.page.fill(".oe_login_form input[name=login]", self.login_[0])
        self.page.fill(".oe_login_form input[name=password]", self.login_[1])
        self.page.click(".oe_login_form button[type=submit]")
        self.page.wait_for_selector("#begin")
        self.check_page()
        self.screenshot("collect-start")
        self.page.click("#begin")
        self.page.wait_for_selector("#list:not([hidden])")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def take_cash(self, number):
        """:return: number of the receipt as the phone shows it"""
        self.open_house(number)
        self.page.click("#pay")
        self.page.wait_for_selector("#receipt:not([hidden])")
        return self.page.inner_text("[data-slot=number]")

    def open_house(self, number):
        self.page.fill("#search", number)
        self.page.click("#houses button")
        self.page.wait_for_selector("#house:not([hidden])")

    def row(self, number):
        [row] = self.collector.call(
            "lgo.waste.collection",
            "search_read",
            [["account_number", "=", number], ["kind", "=", "payment"]],
            ["state", "receipt_id", "amount"],
        )
        return row

    def pay_by_bank(self, number):
        """The house pays by QR while the phone knows nothing of it."""
        [bill] = self.people["finance"].call(
            "lgo.payment.bill", "search_read", [["account_id.number", "=", number]],
            ["number", "amount"],
        )  # fmt: skip
        [biller] = self.people["finance"].call(
            "lgo.payment.biller", "read", [self.biller["id"]], ["biller_code"]
        )
        amount = Decimal(str(bill["amount"]))
        self.take_in([bank.Order(biller["biller_code"], number, bill["number"], amount)])

    def test_day_of_a_collector(self):
        first, second, third = self.houses
        self.begin()
        self.check_page()
        self.screenshot("collect-list")
        self.context.set_offline(True)
        self.page.reload()
        self.page.wait_for_selector("#list:not([hidden])")
        self.assertEqual(len(self.page.query_selector_all("#houses button")), 3)
        self.page.wait_for_selector("body.offline")

        self.open_house(first)
        self.page.click("#show-qr")
        self.check_page()
        self.screenshot("collect-house")
        path = artifacts() / "collect-qr.png"
        self.page.locator("#qr").screenshot(path=path)
        [code] = zxingcpp.read_barcodes(Image.open(path))
        order = bank.read_qr(code.text)
        self.assertEqual((order.ref1, str(order.amount)), (first, "40.00"))
        self.page.click("#house .back")

        shown = self.take_cash(first)
        self.assertIn("สี่สิบบาทถ้วน", self.page.inner_text("#receipt"))
        self.check_page()
        self.screenshot("collect-receipt")
        self.page.click("#next")
        self.pay_by_bank(second)
        twice = self.take_cash(second)
        self.page.click("#next")

        self.open_house(third)
        self.page.click("#house summary")
        self.page.select_option("#reason", "closed")
        self.check_page()
        self.page.click("#visit")
        self.page.wait_for_selector("#list:not([hidden])")
        self.assertIn("3", self.page.inner_text("#queue"))
        self.page.fill("#search", "")
        self.screenshot("collect-waiting")

        self.context.set_offline(False)
        self.page.click("#to-end")
        self.page.wait_for_function("document.getElementById('end-pending').textContent === '0'")
        self.check_page()
        self.screenshot("collect-end")
        self.assertEqual(self.row(first)["state"], "done")
        self.assertIn(shown, self.row(first)["receipt_id"][1])
        self.assertEqual((self.row(second)["state"], self.row(second)["amount"]), ("conflict", 40))
        self.assertIn(twice, self.row(second)["receipt_id"][1])
        self.assertIn("80.00", self.page.inner_text("#end-cash"))

        self.page.click("#close")
        self.page.wait_for_selector("#done:not([hidden])")
        self.check_page()
        self.screenshot("collect-done")
        self.page.click("#done a")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name='taken']")
        self.settle()
        self.assertIn("80.00", self.page.inner_text(".o_field_widget[name='taken']"))
        self.page.screenshot(path=artifacts() / "collect-till.png")
        self.hand_over()

    def hand_over(self):
        """The money is counted, handed over, and finance receives it."""
        call = self.collector.call
        [till] = call("lgo.cash.session", "search", [["state", "=", "open"]])
        [count] = call("lgo.cash.count", "search", [["session_id", "=", till], ["value", "=", 20]])
        call("lgo.cash.count", "write", [count], {"quantity": 4})
        call("lgo.cash.session", "action_close", [till])
        call("lgo.cash.session", "action_remit", [till])
        [row] = call("lgo.cash.session", "read", [till], ["difference", "remittance_id"])
        self.assertEqual(row["difference"], 0)
        self.people["finance"].call("lgo.remittance", "action_receive", [row["remittance_id"][0]])
