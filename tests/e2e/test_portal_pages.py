# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every page of the citizens' site: accessible, narrow, light, and from this server alone.

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
    "/track",
    "/verify",
    "/contactus",
    "/privacy",
    "/accessibility",
    "/offline",
    "/complaints",
    "/complaints/map",
    "/queue/book",
)
OWN = (
    "/my",
    "/my/cases",
    "/my/documents",
    "/my/bills",
    "/my/appointments",
    "/my/privacy",
)


class TestPortalPages(E2ECase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def walk(self, paths):
        for path in paths:
            with self.subTest(page=path):
                self.open(path)
                self.axe()
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
