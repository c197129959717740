# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the kiosk to the counter: slip, call, board without reload, board after an outage.

Needs a server with ``lgo_demo`` (counter groups, counters, a kiosk and a board).
"""

import re
import time
from urllib.parse import urlsplit

from .base import BASE_URL, Backend, E2ECase, artifacts

CLERK = ("clerk", "clerk-lgo")
# letters of the queue numbers are no English
NUMBERS = ("AB",)


class TestQueue(E2ECase):
    # what the browser itself says while the network is switched off
    allowed_console = (r"ERR_INTERNET_DISCONNECTED", r"WebSocket connection to")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def device(self, xmlid):
        """:return: path of a device of the demo"""
        device = self.backend.ref(xmlid)
        [row] = self.backend.call("lgo.oss.device", "read", [device], ["url"])
        return urlsplit(row["url"]).path

    def take(self, path, last=True):
        """Take a ticket at the kiosk as a person does; :return: its number"""
        self.open(path)
        self.page.locator(".lgo_queue_tile").nth(-1 if last else 0).click()
        self.page.locator(".lgo_queue_tile_main").click()
        self.page.wait_for_selector(".lgo_queue_given")
        return self.page.inner_text(".lgo_queue_number").strip()

    def sit(self, page, number=3):
        """Log in as the clerk and take a counter."""
        page.goto(f"{BASE_URL}/web/login")
        page.fill(".oe_login_form input[name=login]", CLERK[0])
        page.fill(".oe_login_form input[name=password]", CLERK[1])
        with self.next_page(page):
            page.click(".oe_login_form button[type=submit]")
        page.goto(f"{BASE_URL}/odoo/queue")
        page.wait_for_selector(".o_lgo_queue_panel h1")
        if page.locator(".o_lgo_queue_leave").count():  # where another test left off
            self.finish(page)
            page.click(".o_lgo_queue_leave")
        page.locator(".o_lgo_queue_sit").nth(number - 1).click()
        page.wait_for_selector(".o_lgo_queue_next")

    def finish(self, page):
        """End what is at the counter."""
        if page.locator(".o_lgo_queue_done").count():
            page.locator(".o_lgo_queue_panel .o_lgo_queue_done").click()
            page.wait_for_selector(".o_lgo_queue_panel .o_lgo_queue_none")

    def call(self, page):
        """Call the next number; :return: the number"""
        page.locator(".o_lgo_queue_panel .o_lgo_queue_next").click()
        page.wait_for_selector(".o_lgo_queue_panel .o_lgo_queue_serve")
        return page.inner_text(".o_lgo_queue_panel .o_lgo_queue_number").strip()

    def call_until(self, page, number):
        """Call and finish until ``number`` is called: a run before may have left people."""
        for _turn in range(30):
            if self.call(page) == number:
                return
            self.finish(page)
        self.fail(f"{number} was never called")

    def test_kiosk_panel_board(self):
        kiosk, board = self.device("lgo_demo.device_kiosk"), self.device("lgo_demo.device_board")
        wall = self.context.new_page()
        wall.goto(BASE_URL + board)
        wall.wait_for_selector("[data-live]")
        loaded = wall.evaluate("performance.timeOrigin")
        number = self.take(kiosk)
        self.assertRegex(number, r"^B\d{3}$")

        officer_context = self.browser.new_context(locale="th-TH", timezone_id="Asia/Bangkok")
        self.addCleanup(officer_context.close)
        officer = officer_context.new_page()
        self.sit(officer)
        self.call_until(officer, number)
        wall.wait_for_function(
            "number => document.querySelector('.lgo_queue_number').textContent === number",
            arg=number,
            timeout=10000,
        )
        self.assertEqual(wall.inner_text(".lgo_queue_counter"), "3")
        self.assertIn("ขอเชิญหมายเลข บี", wall.inner_text(".lgo_queue_text"))
        self.no_english(wall, NUMBERS)
        self.axe(wall)
        self.screenshot("queue-board", wall)
        officer.screenshot(path=str(artifacts() / "queue-panel.png"))

        # the network of the board goes away; the next person is called meanwhile
        self.context.set_offline(True)
        wall.wait_for_selector(".lgo_queue_offline:not(.d-none)", timeout=10000)
        officer.locator(".o_lgo_queue_panel .o_lgo_queue_serve").click()
        officer.wait_for_selector(".o_lgo_queue_panel .o_lgo_queue_serve", state="detached")
        self.finish(officer)
        offers = officer.locator("#lgo_queue_offer option").count()
        officer.select_option("#lgo_queue_offer", index=offers - 1)
        with officer_context.expect_page() as slip:
            officer.locator(".o_lgo_queue_issue").click()
        slip.value.close()
        second = self.call(officer)
        self.assertNotEqual(second, number)
        self.assertEqual(wall.inner_text(".lgo_queue_last .lgo_queue_number"), number)
        self.context.set_offline(False)
        wall.wait_for_function(
            "number => document.querySelector('.lgo_queue_number').textContent === number",
            arg=second,
            timeout=15000,
        )
        wall.wait_for_selector("[data-live]", timeout=20000)
        self.assertTrue(wall.locator(".lgo_queue_offline.d-none").count())
        # and it follows the bus again, without a reload
        self.finish(officer)
        wall.wait_for_function(
            "number => document.querySelector('.lgo_queue_number').textContent !== number",
            arg=second,
            timeout=25000,
        )
        self.assertEqual(wall.evaluate("performance.timeOrigin"), loaded, "no reload")

    def test_pages_of_the_kiosk(self):
        kiosk = self.device("lgo_demo.device_kiosk")
        self.open(kiosk)
        self.no_english(allow=NUMBERS)
        self.axe()
        self.screenshot("queue-kiosk")
        self.page.locator(".lgo_queue_tile").last.click()
        self.page.wait_for_selector(".lgo_queue_tile_main")
        self.no_english(allow=NUMBERS)
        self.axe()
        self.screenshot("queue-kiosk-priority")
        self.page.locator(".lgo_queue_tile").nth(1).click()
        self.page.wait_for_selector(".lgo_queue_given")
        self.no_english(allow=(*NUMBERS, self.page.inner_text(".lgo_queue_number")))
        self.axe()
        self.screenshot("queue-kiosk-ticket")
        path = self.page.get_attribute(".lgo_queue_print", "href")
        response = self.page.request.get(BASE_URL + path)
        self.assertTrue(response.body().startswith(b"%PDF"))
        # this page keeps a connection open: the network is never idle
        self.page.goto(BASE_URL + path.removesuffix("/pdf"))
        self.page.wait_for_selector("[data-live]")
        number = self.page.inner_text(".lgo_queue_number").strip()
        self.no_english(allow=(number,))
        self.axe()
        self.screenshot("queue-phone")

    def test_appointment_without_an_account(self):
        self.open("/queue/book")
        self.no_english()
        self.axe()
        self.screenshot("queue-book")
        self.page.locator(".lgo_tile").first.click()
        self.page.wait_for_selector(".lgo_queue_slots input")
        self.axe()
        self.no_english()
        self.screenshot("queue-book-form")
        self.page.locator(".lgo_queue_days a").last.click()
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".lgo_queue_slots input").first.check()
        self.page.fill("#name", "สมหญิง ใจดี")
        self.page.fill("#phone", f"08{time.time_ns() % 10**8:08d}")
        self.page.check("#privacy_shown")
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector(".lgo_queue_code")
        code = self.page.inner_text(".lgo_queue_code")
        self.assertRegex(code, r"^[A-Z0-9]{8}$")
        self.axe()
        self.no_english(allow=re.findall("[A-Z]{2,}", code))
        self.screenshot("queue-appointment")
        self.page.get_by_role("link", name="เลื่อนเวลา").click()
        self.page.wait_for_selector(".lgo_queue_slots input")
        self.axe()
        self.page.locator(".lgo_queue_slots input").last.check()
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector(".lgo_queue_code")
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector(".lgo_queue_code", state="detached")
        self.axe()
