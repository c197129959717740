# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The day of the finance officer: file in, totals compared, taken in, the day closed.

Needs a server with ``lgo_demo``.
"""

import time
from datetime import date, datetime, timedelta
from decimal import Decimal

from .base import BASE_URL, WIDE, artifacts
from .houses import HouseCase, bank

FILES = "/odoo/action-lgo_payment.lgo_bank_file_action"
LINES = "/odoo/action-lgo_payment.lgo_bank_line_action_decide"
REQUESTS = "/odoo/action-lgo_payment.lgo_payment_request_action"
DAYS = "/odoo/action-lgo_payment.lgo_payment_day_action"


class TestFinance(HouseCase):
    viewport = WIDE

    def press(self, name):
        """Press a button of the form and wait until the screen is at rest."""
        self.page.click(f".o_form_view button[name='{name}']:visible")
        self.settle()

    def shown(self, name):
        """Text of a field of the form."""
        return self.page.inner_text(f".o_form_view .o_field_widget[name='{name}']")

    def new_day(self):
        """A working day of the past that no other test has used."""
        day = date(2021, 1, 1) + timedelta(days=time.time_ns() // 10**9 % 1500)
        return datetime(day.year, day.month, day.day, 10, 15, tzinfo=bank.HERE)

    def ask(self, line, bill):
        """Finance says for which bill money is that names none."""
        self.page.goto(f"{BASE_URL}{LINES}/{line}")
        self.page.click(".o_form_view button[data-hotkey='d']:visible")
        self.page.fill(".modal .o_field_widget[name='bill_ids'] input", bill)
        self.page.click(f".o-autocomplete--dropdown-item:has-text('{bill}')")
        self.page.fill(".modal .o_field_widget[name='reason'] input", "ผู้ชำระนำสลิปมาแสดง")
        self.settle()
        self.page.screenshot(path=artifacts() / "finance-decide.png")
        self.page.click(".modal button[name='action_decide']")
        self.page.wait_for_selector(".modal", state="detached")

    def approve(self, line):
        """Another officer approves what finance asked for."""
        [request] = self.people["finance"].call(
            "lgo.payment.request", "search", [["bank_line_id", "=", line]]
        )
        self.new_person(WIDE)
        self.login_to_backend(("treasurer", "treasurer-lgo"), f"{REQUESTS}/{request}")
        self.settle()
        self.page.screenshot(path=artifacts() / "finance-request.png")
        self.press("action_approve")

    def test_queue_is_decided_by_two(self):
        _login, number = self.bill_a_house(1)
        finance = self.people["finance"]
        [bill] = finance.call(
            "lgo.payment.bill", "search_read", [["account_id.number", "=", number]], ["number"]
        )
        [biller] = finance.call("lgo.payment.biller", "read", [self.biller["id"]], ["biller_code"])
        self.take_in([bank.Order(biller["biller_code"], "1", "", Decimal("12.50"))])
        [line] = finance.call(
            "lgo.bank.line", "search", [["state", "=", "waiting"], ["ref1", "=", "1"]],
            order="id desc", limit=1,
        )  # fmt: skip
        self.login_to_backend(("finance", "finance-lgo"), LINES)
        self.ask(line, bill["number"])
        self.approve(line)
        [found] = finance.call("lgo.payment.bill", "read", [bill["id"]], ["residual", "state"])
        self.assertEqual((found["residual"], found["state"]), (27.5, "partial"))
        [found] = finance.call("lgo.bank.line", "read", [line], ["state"])
        self.assertEqual(found["state"], "posted")

    def test_day_of_finance(self):
        _login, number = self.bill_a_house(1)
        finance = self.people["finance"]
        [bill] = finance.call(
            "lgo.payment.bill", "search_read", [["account_id.number", "=", number]],
            ["number", "amount"],
        )  # fmt: skip
        [biller] = finance.call(
            "lgo.payment.biller", "read", [self.biller["id"]], ["biller_code", "name"]
        )
        exact = bank.Order(biller["biller_code"], number, bill["number"], Decimal(bill["amount"]))
        unclear = bank.Order(biller["biller_code"], "1", "", Decimal("12.50"))
        moment = self.new_day()
        data = bank.day_file(self.biller["bank_account"], [exact, unclear], moment=moment)

        self.login_to_backend(("finance", "finance-lgo"), f"{FILES}/new")
        self.settle()
        self.page.set_input_files(
            ".o_field_widget[name='data'] input[type=file]",
            {"name": f"day-{time.time_ns()}.txt", "mimeType": "text/plain", "buffer": data},
        )
        self.settle()
        self.press("action_check")
        self.assertIn("52.50", self.shown("credit_total"))
        self.page.screenshot(path=artifacts() / "finance-checked.png")
        self.press("action_import")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name='line_ids'] tbody tr")
        self.assertEqual(self.shown("matched_count").split()[0], "1")
        self.assertEqual(self.shown("to_decide_count").split()[0], "1")
        self.page.screenshot(path=artifacts() / "finance-imported.png")

        self.page.goto(self.page.url.split("/odoo")[0] + f"{DAYS}/new")
        self.page.wait_for_selector(".o_form_view")
        self.settle()
        day = f"{moment:%d/%m}/{moment.year + 543}"
        self.page.click(".o_field_widget[name='date'] button")
        self.page.fill(".o_field_widget[name='date'] input", day)
        self.page.keyboard.press("Enter")
        self.page.click(".o_form_button_save")
        self.settle()
        self.assertIn("52.50", self.shown("bank_lines"))
        self.assertIn("0.00", self.shown("bank_difference"))
        self.page.screenshot(path=artifacts() / "finance-day.png")
        self.press("action_close")
        [found] = finance.call(
            "lgo.payment.day", "search_read", [["date", "=", f"{moment:%Y-%m-%d}"]], ["state"]
        )
        self.assertEqual(found["state"], "closed")
