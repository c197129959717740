# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A house gets its waste fee: registered, inspected, billed, paid by QR, receipted.

Needs a server with ``lgo_demo``.
"""

import base64
import contextlib
import importlib.util
import sys
import time
from datetime import datetime

import zxingcpp
from PIL import Image

from .base import BASE_URL, PHONE, ROOT, Backend, E2ECase, artifacts


def load_bank():
    """The bank that the tests of lgo_payment use."""
    path = ROOT / "addons" / "lgo_payment" / "tests" / "bank.py"
    spec = importlib.util.spec_from_file_location("lgo_test_bank", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


bank = load_bank()
HOUSE = "99/1"
#: Longest time in which a billing run is done.
SECONDS = 60


class TestPay(E2ECase):
    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = Backend().login()
        cls.people = {
            name: Backend().login(name, f"{name}-lgo") for name in ("waste", "health", "finance")
        }
        [cls.biller] = cls.people["finance"].call(
            "lgo.payment.biller", "search_read", [["state", "=", "approved"]], ["bank_account"],
            limit=1,
        )  # fmt: skip

    def bill_a_house(self, months):
        """A new citizen whose house is served and billed; :return: ``(login, number)``."""
        waste, health, finance = (self.people[name] for name in ("waste", "health", "finance"))
        login = self.admin.make_portal_user("จันทร์ ทดสอบชำระ")
        [user] = self.admin.call(
            "res.users", "search_read", [["login", "=", login[0]]], ["partner_id"]
        )
        code = f"E{time.time_ns()}"
        zone = health.call("lgo.waste.zone", "create", {"name": code, "code": code})
        [tariff] = waste.call("lgo.waste.tariff", "search", [["code", "=", "01"]])
        today = datetime.now(bank.HERE).date()
        values = {
            "house": HOUSE,
            "partner_id": user["partner_id"][0],
            "zone_id": zone,
            "tariff_id": tariff,
            "date_start": f"{today:%Y-%m}-01",
        }
        point = waste.call("lgo.waste.point", "create", values)
        waste.call("lgo.waste.point", "action_inspect", [point])
        health.call("lgo.waste.point", "action_activate", [point])
        run = finance.call(
            "lgo.waste.run",
            "create",
            {"zone_ids": [(6, 0, [zone])], "month_count": months, "date": str(today)},
        )
        finance.call("lgo.waste.run", "action_preview", [run])
        finance.call("lgo.waste.run", "action_start", [run])
        found = self.billed(run)
        self.assertEqual((found["state"], found["bill_count"]), ("done", 1))
        [row] = waste.call("lgo.waste.point", "read", [point], ["number"])
        return login, row["number"]

    def scan(self, name):
        """What a bank app reads from the screen."""
        self.page.wait_for_selector(".lgo_pay_qr")
        self.screenshot(name)
        path = artifacts() / f"{name}-qr.png"
        self.page.locator(".lgo_pay_qr").screenshot(path=path)
        [code] = zxingcpp.read_barcodes(Image.open(path))
        return bank.read_qr(code.text)

    def billed(self, run):
        """What became of a billing run: the scheduled job of the server does it, or we do."""
        for _second in range(SECONDS):
            [found] = self.people["finance"].call(
                "lgo.waste.run", "read", [run], ["state", "bill_count"]
            )
            if found["state"] == "done":
                break
            # refused while the server's own job is at it
            with contextlib.suppress(AssertionError):
                self.admin.call(
                    "ir.cron", "method_direct_trigger", [self.admin.ref("lgo_waste.ir_cron_run")]
                )
            time.sleep(1)
        return found

    def take_in(self, orders):
        """The finance officer takes in the file of the day."""
        finance = self.people["finance"]
        data = bank.day_file(self.biller["bank_account"], orders)
        file = finance.call(
            "lgo.bank.file",
            "create",
            {
                "name": f"day-{time.time_ns()}.txt",
                "data": base64.b64encode(data).decode(),
                "biller_id": self.biller["id"],
            },
        )
        finance.call("lgo.bank.file", "action_check", [file])
        finance.call("lgo.bank.file", "action_import", [file])
        [found] = finance.call("lgo.bank.file", "read", [file], ["state"])
        self.assertEqual(found["state"], "imported")

    def check_page(self):
        self.axe()
        self.no_english()
        self.no_overflow()

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
