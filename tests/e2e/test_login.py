# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How citizens sign in: ThaID against a provider on this machine, and a code by e-mail."""

import os
import re
import sys
import time
import unittest

from tests.e2e.base import BASE_URL, PHONE, ROOT, Backend, E2ECase

sys.path.insert(0, str(ROOT / "addons/lgo_auth_thaid/tests"))
from oidc_server import OidcServer  # noqa: E402 - needs the path above


class TestLogin(E2ECase):
    """On a phone."""

    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        base = cls.backend.call("ir.config_parameter", "get_param", "web.base.url")
        cls.backend.call("ir.config_parameter", "set_param", "web.base.url", BASE_URL)
        cls.addClassCleanup(
            cls.backend.call, "ir.config_parameter", "set_param", "web.base.url", base
        )
        cls.server = OidcServer(f"{BASE_URL}/auth/thaid/callback").start()
        cls.addClassCleanup(cls.server.stop)
        cls.server.interactive = True
        cls.server.issuer = cls.server.issuer.replace("127.0.0.1", "localhost")
        cls.provider = cls.backend.call(
            "lgo.thaid.provider",
            "create",
            {
                "name": "ThaID ทดสอบ",
                "client_id": cls.server.client_id,
                "client_secret": cls.server.client_secret,
                "discovery_url": f"{cls.server.issuer}/.well-known/openid-configuration",
                "auth_endpoint": False,
                "token_endpoint": False,
                "active": True,
            },
        )
        cls.addClassCleanup(cls.backend.call, "lgo.thaid.provider", "unlink", [cls.provider])

    def _guard(self, route):
        # the provider is another host, as ThaID is; nothing else may be asked
        if route.request.url.startswith(self.server.issuer):
            return route.continue_()
        return super()._guard(route)

    def test_thaid(self):
        """Sign in, refuse once, and see the page for what goes wrong."""
        self.open("/web/login")
        self.screenshot("login")
        self.axe()
        self.no_english()
        self.page.click("a.lgo_thaid")
        self.expected_status.add(403)
        self.page.click("#refuse")
        self.page.wait_for_selector(".alert-warning")
        self.screenshot("thaid-refused")
        self.axe()
        self.no_english()
        self.page.click("a.lgo_thaid")
        self.page.click("#agree")
        self.page.wait_for_url("**/my**")
        self.open("/my/security")
        self.screenshot("my-security")
        self.axe()
        # the name of the account, which Odoo asks for in the dialog that deletes it
        self.no_english(allow=re.findall(r"thaid-[0-9a-f]{16}", self.page.content()))
        self.open("/my/claim")
        self.screenshot("my-claim")
        self.axe()
        self.no_english()

    def test_service_with_thaid(self):
        """A service that wants ThaID: signed in with a password, then ThaID, then filed."""
        services = self.backend.call(
            "lgo.service",
            "search_read",
            [("state", "=", "published"), ("case_model", "=", "lgo.oss.request"),
             ("needs_location", "=", False), ("issuing_system", "=", False),
             ("channel_web", "=", True)],
            ["code", "min_assurance", "guest_allowed"],
            limit=1,
        )  # fmt: skip
        self.assertTrue(services, "the demo office has no published service to file")
        service = services[0]
        before = {name: service[name] for name in ("min_assurance", "guest_allowed")}
        self.backend.call(
            "lgo.service", "write", [service["id"]],
            {"min_assurance": "thaid", "guest_allowed": False},
        )  # fmt: skip
        self.addCleanup(self.backend.call, "lgo.service", "write", [service["id"]], before)
        self.server.person["pid"] = "1101700203450"
        self.addCleanup(self.server.person.update, {"pid": "1234567890121"})
        self.open(f"/services/{service['code']}/request")
        self.assertIn("/web/login", self.page.url)
        self.page.click("a.lgo_thaid")
        self.page.click("#agree")
        self.page.wait_for_selector(".lgo_request_form")
        self.axe()
        self.assertEqual(self.page.input_value("#applicant_name"), "นายสมชาย ใจดี")

    @unittest.skipUnless(os.environ.get("LGO_MAIL_DIR"), "no mail server")
    def test_code(self):
        """Sign up with a code by e-mail."""
        address = f"somsri{time.time_ns()}@example.com"
        self._ask(address)
        body = self.mails_to(address)[-1].get_body(("plain", "html")).get_content()
        self.page.fill("#code", re.search(r"\b\d{6}\b", body)[0])
        self.page.click("form[action='/auth/code/enter'] button")
        self.page.fill("#name", "สมศรี ใจดี")
        self.axe()
        self.no_english()
        self.screenshot("code-name")
        self.page.click("form[action='/auth/code/name'] button")
        self.page.wait_for_url("**/my**")

    def test_code_pages(self):
        """The pages, and a wrong code, with the keyboard alone."""
        self._ask(f"nobody{time.time_ns()}@example.com")
        self.axe()
        self.no_english()
        self.screenshot("code-enter")
        self.page.focus("#code")
        self.page.keyboard.type("12")
        self.expected_status.add(400)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#error")
        self.axe()
        self.no_english()

    def _ask(self, address):
        self.open("/auth/code")
        self.axe()
        self.no_english(allow=["name@example.com"])
        self.screenshot("code-ask")
        self.page.fill("#address_text", address)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#code")
