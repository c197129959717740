# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The citizens' shell: every page in Thai, accessible, and asking no other host."""

import unittest

from .base import PHONE, Backend, E2ECase

PUBLIC_PAGES = {
    "home": ("/", 200),
    "login": ("/web/login", 200),
    "signup": ("/web/signup", 200),
    "reset-password": ("/web/reset_password", 200),
    "contact": ("/contactus", 200),
    "privacy": ("/privacy", 200),
    "accessibility": ("/accessibility", 200),
    "not-found": ("/there-is-no-such-page", 404),
}
CITIZEN_PAGES = {
    "my": "/my",
    "my-account": "/my/account",
    "my-security": "/my/security",
    "my-addresses": "/my/addresses",
}


class TestPublicPages(E2ECase):
    def check(self, name):
        company = self.backend.call(
            "res.company", "search_read", [], ["name", "street", "city"], limit=1
        )[0]
        names = [str(value) for key, value in company.items() if key != "id" and value]
        self.assertEqual(self.page.get_attribute("html", "lang"), "th-TH")
        self.axe()
        self.screenshot(name)
        self.page.set_viewport_size(PHONE)
        self.axe()
        self.no_english(allow=names)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def test_public_pages(self):
        for name, (path, status) in PUBLIC_PAGES.items():
            with self.subTest(page=path):
                self.open(path, status)
                self.check(name)
                self.check_clean()

    def test_citizen_pages(self):
        login, password = self.backend.make_portal_user()
        self.login(login, password)
        for name, path in CITIZEN_PAGES.items():
            with self.subTest(page=path):
                self.open(path)
                self.check(name)
                self.check_clean()


class TestKeyboard(E2ECase):
    def test_skip_link_is_first_and_works(self):
        self.open("/")
        self.page.keyboard.press("Tab")
        focused = self.page.evaluate("document.activeElement.getAttribute('href')")
        self.assertEqual(focused, "#wrap")

    def test_touch_targets_of_the_menu(self):
        self.page.set_viewport_size(PHONE)
        self.open("/")
        for link in self.page.query_selector_all("header a"):
            box = link.bounding_box()
            if box:
                self.assertGreaterEqual(round(box["height"]), 44, link.inner_text())

    def test_search_leads_to_the_services(self):
        self.open("/")
        action = self.page.get_attribute(".lgo_hero form", "action")
        self.assertEqual(action, "/services")
        self.assertEqual(self.page.get_attribute(".lgo_hero input", "name"), "q")


if __name__ == "__main__":
    unittest.main()
