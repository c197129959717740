# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.lgo_base.tests.identity_common import IdentityCase
from odoo.addons.lgo_base.tools import api_client

from .gateway_server import GatewayServer

LINE_USER = "U" + "0" * 32


class MessageCommon(IdentityCase):
    """Both channels are on and lead to a server on this machine."""

    @classmethod
    def _set_up_channels(cls):
        cls.server = GatewayServer()
        cls.addClassCleanup(cls.server.stop)
        cls.sms = cls.env.ref("lgo_base.lgo_notification_channel_sms")
        cls.line = cls.env.ref("lgo_base.lgo_notification_channel_line")
        cls.sms.write(
            {"sms_url": f"{cls.server.url}/sms", "sms_auth_value": "Bearer geheim", "active": True}
        )
        cls.line.write(
            {
                "line_endpoint": f"{cls.server.url}/push",
                "line_reply_endpoint": f"{cls.server.url}/reply",
                "line_token": "token-of-line",
                "line_secret": "secret-of-line",
                "active": True,
            }
        )

    def setUp(self):
        super().setUp()
        self.server.answers, self.server.calls = [(200, {}, b"{}")], []
        self.server.delay = 0


@tagged("post_install", "-at_install")
class TestShortMessages(MessageCommon, TransactionCase):
    """SMS and LINE: consent, hand-over, errors of the gateway, repetition."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_channels()
        cls.partner = cls.env["res.partner"].create({"name": "สมชาย ใจดี", "phone": "081-234-5678"})
        cls.partner.lgo_line_user = LINE_USER
        cls.clerk = new_test_user(cls.env, "msg_clerk", "lgo_base.group_clerk")
        cls.Consent = cls.env["lgo.consent"]
        for code in ("sms", "line"):
            purpose = cls.env["lgo.consent.purpose"].search([("code", "=", code)])
            cls.Consent._give(cls.partner, purpose, "web")

    def _notify(self, code="sms"):
        notes = (
            self.env["lgo.notification"]
            .with_user(self.clerk)
            ._notify(self.partner, "generic", partner=self.partner)
        )
        return notes.filtered(lambda note: note.channel_id.code == code)

    def _deliver(self, note):
        note._hand_over()
        return note

    def test_sms(self):
        note = self._notify()
        self.assertEqual(note.state, "queued")
        self.assertFalse(self.server.calls, "nothing leaves before the commit")
        self.assertIn(note, self.env["lgo.notification"]._due_short())
        self._deliver(note)
        self.assertEqual((note.state, note.tries), ("sent", 1))
        method, path, headers, body = self.server.calls[0]
        self.assertEqual(
            (method, path, headers["Authorization"]), ("POST", "/sms", "Bearer geheim")
        )
        self.assertEqual(json.loads(body)["to"], "0812345678")
        self.assertIn("สมชาย ใจดี", json.loads(body)["message"])
        self.assertNotIn(note, self.env["lgo.notification"]._due_short())

    def test_get_and_form(self):
        self.sms.write(
            {"sms_method": "GET", "sms_kind": "form", "sms_body": "to={to}\ntext={text}",
             "sms_number": "66", "sms_url": f"{self.server.url}/send?user=a"}
        )  # fmt: skip
        self._deliver(self._notify())
        self.assertTrue(self.server.calls[0][1].startswith("/send?user=a&to=66812345678&text=%E0"))

    def test_line(self):
        note = self._deliver(self._notify("line"))
        self.assertEqual(note.state, "sent")
        _method, path, headers, body = self.server.calls[0]
        self.assertEqual((path, headers["Authorization"]), ("/push", "Bearer token-of-line"))
        self.assertEqual(json.loads(body)["to"], LINE_USER)
        self.assertEqual(json.loads(body)["messages"][0]["type"], "text")
        self.assertEqual(headers["X-Line-Retry-Key"], note.retry_key)

    def test_errors(self):
        html = b"<!doctype html><HTML>maintenance</HTML>"
        for answer, state in (
            ((401, {}, b"{}"), "failed"),
            ((400, {}, b"{}"), "failed"),
            ((404, {}, b"{}"), "failed"),
            ((429, {"Retry-After": "600"}, b"{}"), "queued"),
            ((500, {}, html), "queued"),
            ((503, {}, b""), "queued"),
            ((200, {"Content-Type": "text/html"}, html), "queued"),
            ((302, {"Location": "https://evil.example.com"}, b""), "queued"),
        ):
            with self.subTest(answer):
                self.server.answers = [answer]
                note = self._deliver(self._notify())
                self.assertEqual(note.state, state, note.error)
                self.assertTrue(note.error)
                if answer[0] == 429:
                    wait = note.next_try_at - fields.Datetime.now()
                    self.assertGreater(wait, timedelta(minutes=9))
        self.assertFalse([call for call in self.server.calls if "evil" in call[1]])

    def test_line_took_it_the_first_time(self):
        self.server.answers = [(409, {"x-line-accepted-request-id": "1"}, b"{}")]
        self.assertEqual(self._deliver(self._notify("line")).state, "sent")

    def test_slow_and_down(self):
        self.server.delay = 0.4
        with patch.object(api_client.call, "__defaults__", (None, None, None, 0.1)):
            self.assertEqual(self._deliver(self._notify()).state, "queued")
        self.server.delay = 0
        self.sms.sms_url = "http://127.0.0.1:9/"
        self.assertEqual(self._deliver(self._notify()).state, "queued")

    def test_it_ends(self):
        self.server.answers = [(500, {}, b"")]
        note = self._notify()
        waits = []
        while note.state == "queued":
            self._deliver(note)
            waits.append(note.next_try_at)
        self.assertEqual((note.state, note.tries), ("failed", 6))
        self.assertEqual(waits[:-1], sorted(waits[:-1]))
        self.server.answers = [(200, {}, b"{}")]
        note.with_user(self.clerk).action_retry()
        self.assertEqual(self._deliver(note).state, "sent")

    def test_consent(self):
        note = self._notify()
        self.Consent.search([("partner_id", "=", self.partner.id)])._revoke()
        self.assertEqual(self._deliver(note).state, "skipped", "revoked while it waited")
        self.assertEqual(self._notify().state, "skipped")
        self.assertEqual(self._notify("line").state, "skipped")
        self.assertFalse(self.server.calls)

    def test_no_id_number(self):
        self.partner.name = "เลข 1-2345-67890-12-1"
        for code in ("sms", "line"):
            note = self._deliver(self._notify(code))
            self.assertEqual(note.state, "failed")
        self.assertFalse(self.server.calls)

    def test_no_phone(self):
        self.partner.phone = False
        self.assertEqual(self._notify().state, "skipped")
        self.partner.phone = "02-123-4567"
        self.assertEqual(self._deliver(self._notify()).state, "failed")

    def test_off(self):
        self.sms.active = self.line.active = False
        self.assertFalse(self._notify() | self._notify("line"))
        Purpose = self.env["lgo.consent.purpose"]
        self.assertFalse(Purpose.search([("code", "in", ("sms", "line"))]))

    def test_settings(self):
        self.assertFalse(self.sms.sms_auth_value)
        self.assertNotIn("geheim", self.sms.sms_auth_cipher)
        for values in (
            {"sms_url": "http://sms.example.com"},
            {"sms_body": "{"},
            {"sms_kind": "form", "sms_body": "x"},
            {"sms_auth_header": "X\r\nY"},
            {"line_endpoint": "ftp://x"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.sms.write(values)
        with self.assertRaises(AccessError):
            self.sms.with_user(self.clerk).sms_url = "https://x.example.com"
        with self.assertRaises(AccessError):
            self.sms.with_user(self.clerk).read(["sms_auth_cipher"])
        with self.assertRaises(AccessError):
            self.partner.with_user(self.clerk).read(["lgo_line_user"])

    def test_job(self):
        note = self._notify()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_message.ir_cron_short_messages").method_direct_trigger()
        self.assertEqual(note.state, "sent")
        self.assertEqual(len([call for call in self.server.calls if call[1] == "/sms"]), 1)
