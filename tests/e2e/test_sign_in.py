# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A citizen signs up with a code by SMS and signs in with a passkey.

The gateway is a server on this machine that speaks as an operator's does; the passkey lies in
Chromium's own virtual authenticator (WebAuthn Level 3, section 11). Needs ``lgo_demo``.
"""

import json
import re
import sys
import time
from urllib.parse import urlsplit

from .base import BASE_URL, PHONE, ROOT, Backend, E2ECase

sys.path.insert(0, str(ROOT / "addons/lgo_message/tests"))
from gateway_server import GatewayServer  # noqa: E402 - needs the path above

SIGN_OUT = "/web/session/logout?redirect=/"


class SignInCase(E2ECase):
    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        cls.server = GatewayServer()
        cls.addClassCleanup(cls.server.stop)
        [cls.sms] = cls.backend.call(
            "lgo.notification.channel",
            "search",
            [("code", "=", "sms")],
            context={"active_test": False},
        )
        names = ["active", "sms_url", "sms_body", "sms_kind", "sms_method", "sms_number"]
        before = cls.backend.call("lgo.notification.channel", "read", [cls.sms], names)[0]
        before.pop("id")
        cls.addClassCleanup(
            cls.backend.call, "lgo.notification.channel", "write", [cls.sms], before
        )
        cls.backend.call(
            "lgo.notification.channel",
            "write",
            [cls.sms],
            {
                "sms_url": f"{cls.server.url}/v1/send",
                "sms_method": "POST",
                "sms_kind": "json",
                "sms_body": '{"to": "{to}", "message": "{text}"}',
                "sms_number": "66",
                "active": True,
            },
        )

    def setUp(self):
        super().setUp()
        self.server.answers, self.server.calls = [(200, {}, b"{}")], []
        self.phone = f"08{time.time_ns() // 1000 % 10**8:08d}"

    def ask(self):
        """Ask for a code to the telephone; :return: the code as it came to the gateway."""
        self.open("/auth/code?redirect=/my")
        self.page.fill("#address_text", f"{self.phone[:3]}-{self.phone[3:6]}-{self.phone[6:]}")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#code")
        method, path, headers, body = self.server.calls[-1]
        self.assertEqual((method, path), ("POST", "/v1/send"))
        self.assertIn("application/json", headers["Content-Type"])
        message = json.loads(body)
        self.assertEqual(message["to"], f"66{self.phone[1:]}")
        return re.search(r"\b\d{6}\b", message["message"])[0]

    def enter(self, code):
        self.page.fill("#code", code)
        self.submit("form[action='/auth/code/enter'] button")

    def sign_up(self, name="สมศรี ใจดี"):
        self.enter(self.ask())
        self.page.fill("#name", name)
        self.submit("form[action='/auth/code/name'] button")
        self.assertEqual(urlsplit(self.page.url).path.rstrip("/"), "/my")


class TestCodeBySms(SignInCase):
    def test_sign_up_and_in(self):
        code = self.ask()
        self.axe()
        self.no_english()
        self.screenshot("sms-code")
        self.expected_status.add(400)
        self.enter("000000" if code != "000000" else "111111")
        self.page.wait_for_selector("#error")
        self.enter(code)
        self.page.fill("#name", "สมศรี ใจดี")
        self.submit("form[action='/auth/code/name'] button")
        self.open("/my/security")
        self.assertIn(self.phone, self.page.inner_text("[name=lgo_code]"))
        self.new_person(PHONE)
        self.enter(self.ask())
        self.assertIn("สมศรี", self.page.content(), "the same telephone, the same account")

    def test_gateway_is_down(self):
        """The citizen is told, in Thai, and can try again; the code stands on no page."""
        self.server.answers = [(503, {}, b"down")]
        self.expected_status.add(502)
        self.open("/auth/code")
        self.page.fill("#address_text", self.phone)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#error")
        self.axe()
        self.no_english(allow=["name@example.com"])
        sent = json.loads(self.server.calls[-1][3])["message"]
        self.assertNotIn(re.search(r"\b\d{6}\b", sent)[0], self.page.content())


class TestPasskey(SignInCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # a passkey belongs to the name of a host; an address of numbers is none
        cls.base = BASE_URL.replace("127.0.0.1", "localhost")
        old = cls.backend.call("ir.config_parameter", "get_param", "web.base.url")
        cls.backend.call("ir.config_parameter", "set_param", "web.base.url", cls.base)
        cls.addClassCleanup(
            cls.backend.call, "ir.config_parameter", "set_param", "web.base.url", old
        )

    def _guard(self, route):
        if urlsplit(route.request.url).netloc == urlsplit(self.base).netloc:
            return route.continue_()
        return super()._guard(route)

    def open(self, path, status=200):
        response = self.page.goto(self.base + path, wait_until="load")
        self.assertEqual(response.status, status, path)
        self.page.wait_for_load_state("networkidle")
        return response

    def authenticator(self, verified=True):
        """A telephone with a fingerprint reader; :return: its CDP session and id"""
        cdp = self.context.new_cdp_session(self.page)
        cdp.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": verified,
            "automaticPresenceSimulation": True,
        }
        device = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return cdp, device["authenticatorId"]

    def add_passkey(self, name):
        self.open("/my/security")
        self.page.click("#portal_passkey_add")
        self.page.fill(".modal input[name=keyname]", name)
        with self.next_page():
            self.page.click(".modal .btn-primary")
        self.page.wait_for_load_state("networkidle")

    def sign_in_with_passkey(self):
        self.open("/web/login?redirect=/my")
        with self.next_page():
            self.page.locator(".passkey_login_link").first.click()
        self.page.wait_for_load_state("networkidle")

    def test_register_and_sign_in(self):
        """Who signed up with a code and has no password, too."""
        cdp, device = self.authenticator()
        self.sign_up("พาสคีย์ ทดสอบ")
        hostile = "โทรศัพท์ <img src=x onerror=alert(1)>"
        self.add_passkey(hostile)
        self.assertEqual(self.page.locator(".o_passkey_name").inner_text(), hostile)
        self.axe()
        self.screenshot("passkey")
        keys = cdp.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
        self.assertEqual(len(keys), 1)
        self.assertEqual(keys[0]["rpId"], "localhost")
        self.open(SIGN_OUT)
        self.sign_in_with_passkey()
        self.assertEqual(urlsplit(self.page.url).path.rstrip("/"), "/my")
        self.assertIn("พาสคีย์", self.page.content())

    def test_without_fingerprint(self):
        """A key that checks nobody is not taken: possession alone is one factor."""
        cdp, device = self.authenticator()
        self.sign_up()
        self.add_passkey("โทรศัพท์")
        self.open(SIGN_OUT)
        cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        self.open("/web/login?redirect=/my")
        self.page.locator(".passkey_login_link").first.click()
        self.page.wait_for_timeout(2000)
        self.assertIn("/web/login", self.page.url)
        self.console_errors.clear()  # the browser says that nobody was verified
