# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every page of the citizens' site: Thai, accessible, narrow, light, from this server alone.

Needs a server with ``lgo_demo``.
"""

import gzip
import unittest

from .base import BASE_URL, Backend, E2ECase

NARROW = {"width": 320, "height": 700}
#: Weight of the home page on a first visit: under a megabyte, photos of the add-ons included.
HEAVIEST = 1_000_000
PACKED = ("text/", "javascript", "json", "svg")
PUBLIC = (
    "/",
    "/services",
    "/services?q=ไฟ",
    "/services/LIGHT",
    "/services/LIGHT/request",
    "/announcements",
    "/board",
    "/board?kind=ANN&q=ไฟ",
    "/pay",
    "/track",
    "/verify",
    "/contactus",
    "/privacy",
    "/accessibility",
    "/offline",
    "/complaints",
    "/complaints/map",
    "/complaints/follow",
    "/queue/book",
    "/web/login",
    "/web/signup",
    "/web/reset_password",
)
OWN = (
    "/my",
    "/my/account",
    "/my/addresses",
    "/my/security",
    "/my/cases",
    "/my/documents",
    "/my/bills",
    "/my/appointments",
    "/my/privacy",
    "/my/bookings",
)
#: The example of a case number, and the unit of a map, are the same in Thai print.
NAMES = ("DS-2569-LIGHT-00001-0", "km")


class TestPortalPages(E2ECase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        rows = cls.backend.call("res.company", "search_read", [], ["name", "street", "city"])
        cls.names = [str(value) for row in rows for value in row.values() if value]

    def walk(self, paths):
        for path in paths:
            with self.subTest(page=path):
                self.open(path)
                self.axe()
                self.no_english(allow=[*self.names, *NAMES])
                self.page.set_viewport_size(NARROW)
                self.no_overflow()
                self.axe()
                self.page.set_viewport_size(self.viewport)
                self.check_clean()

    def test_public_pages(self):
        self.walk(PUBLIC)

    def test_own_pages(self):
        self.login(*self.backend.make_portal_user())
        self.walk(OWN)

    def test_booking(self):
        """The pages of somebody whom an officer invited to choose a time."""
        login = self.backend.make_portal_user()
        [user] = self.backend.call(
            "res.users", "search_read", [("login", "=", login[0])], ["partner_id"]
        )
        [kind] = self.backend.call("resource.booking.type", "search", [], limit=1)
        booking = self.backend.call(
            "resource.booking",
            "create",
            {"name": "ทดสอบ", "type_id": kind, "partner_ids": [(6, 0, [user["partner_id"][0]])]},
        )
        self.addCleanup(self.backend.call, "resource.booking", "unlink", [booking])
        self.login(*login)
        path = f"/my/bookings/{booking}"
        self.walk((path, f"{path}/schedule", "/my/bookings"))
        self.open(path)
        self.screenshot("my-booking")
        self.open("/my/bookings")
        self.screenshot("my-bookings")
        self.open(f"{path}/schedule")
        self.screenshot("my-booking-schedule")
        self.page.locator(".o_booking_calendar .dropdown-toggle").first.click()
        self.page.locator(".slots-dropdown.show button").first.click()
        self.wait_for_dialog("form.modal.show")
        self.axe()
        self.screenshot("my-booking-confirm")
        self.submit("form.modal.show button[type=submit]")
        self.walk((path,))
        self.page.click("a[data-bs-target='#modal_cancel']")
        self.wait_for_dialog("#modal_cancel.show")
        self.axe()
        self.screenshot("my-booking-cancel")
        self.submit("#modal_cancel form button[type=submit]")
        self.assertIn("/my", self.page.url)

    def wait_for_dialog(self, selector):
        """Wait until it is there and has faded in."""
        self.page.wait_for_selector(selector)
        self.page.wait_for_function(
            "selector => getComputedStyle(document.querySelector(selector)).opacity === '1'",
            arg=selector,
        )

    def test_announcement(self):
        notice = self.backend.call(
            "lgo.announcement",
            "create",
            {"name": "ประกาศทดสอบหน้าเว็บ", "body": "<p>ข้อความถึงประชาชน</p>", "pinned": True},
        )
        self.backend.call("lgo.announcement", "action_publish", [notice])
        self.open("/")
        self.screenshot("home-news")
        self.page.click(".lgo_news a")
        self.page.wait_for_selector("article h1")
        self.axe()
        self.screenshot("announcement")
        self.backend.call("lgo.announcement", "action_withdraw", [notice])

    def test_weight_of_the_home_page(self):
        answers = []
        self.page.on("response", lambda response: answers.append(response))
        self.open("/")
        weights = {answer.url: self.weight(answer) for answer in answers}
        self.assertGreater(len(weights), 3)
        heaviest = sorted(weights.items(), key=lambda item: -item[1])[:4]
        self.assertLess(sum(weights.values()), HEAVIEST, heaviest)

    @staticmethod
    def weight(answer):
        """Bytes on the way, packed as the web server of config/nginx.conf packs them."""
        body = answer.body()
        kind = answer.headers.get("content-type", "")
        return len(gzip.compress(body, 6)) if any(text in kind for text in PACKED) else len(body)

    def test_a_visitor_keeps_no_session(self):
        self.open("/")
        names = {cookie["name"] for cookie in self.context.cookies(BASE_URL)}
        self.assertLessEqual(names, {"frontend_lang", "tz"})


if __name__ == "__main__":
    unittest.main()
