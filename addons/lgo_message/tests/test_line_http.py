# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import hmac
import json

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from .test_short_messages import LINE_USER, MessageCommon


@tagged("post_install", "-at_install")
class TestLineHttp(MessageCommon, HttpCase):
    """A citizen connects LINE; nobody else can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_channels()
        cls.citizen = new_test_user(cls.env, "line_citizen", "base.group_portal")
        cls.other = new_test_user(cls.env, "line_other", "base.group_portal")

    def _event(self, text, user=LINE_USER, secret="secret-of-line", **changes):
        event = {
            "type": "message", "replyToken": "r", "source": {"type": "user", "userId": user},
            "message": {"type": "text", "text": text}, **changes,
        }  # fmt: skip
        return self._webhook(json.dumps({"events": [event]}).encode(), secret)

    def _webhook(self, body, secret="secret-of-line"):
        digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json",
            "X-Line-Signature": base64.b64encode(digest).decode(),
        }
        return self.opener.post(
            f"{self.base_url()}/line/webhook", data=body, headers=headers
        ).status_code

    def _code(self, login):
        self.authenticate(login, login)
        page = html.fromstring(self.url_open("/my/line").text)
        token = page.xpath("//form//input[@name='csrf_token']/@value")[0]
        answer = self.url_open("/my/line", data={"csrf_token": token})
        self.assertEqual(answer.status_code, 400, "without the tick nothing is given")
        page = html.fromstring(
            self.url_open("/my/line", data={"csrf_token": token, "agree": "1"}).text
        )
        return page.xpath("//p[@translate='no']")[0].text.strip()

    def _line_user(self, user):
        return user.partner_id.sudo().lgo_line_user

    def test_connect_and_leave(self):
        code = self._code("line_citizen")
        self.assertEqual(self._event("สวัสดี"), 200)
        self.assertFalse(self._line_user(self.citizen))
        self.assertEqual(self._event(f" {code.lower()} "), 200)
        self.assertEqual(self._line_user(self.citizen), LINE_USER)
        self.assertEqual([call[1] for call in self.server.calls], ["/reply"])
        self.assertEqual(self._event(code, user="U" + "1" * 32), 200)
        self.assertEqual(self._line_user(self.citizen), LINE_USER, "a code works once")
        self.assertIn("disconnect", self.url_open("/my/line").text)
        self._event("", type="unfollow")
        self.assertFalse(self._line_user(self.citizen))
        self.assertFalse(self.env["lgo.consent"]._has(self.citizen.partner_id, "line"))

    def test_moves_to_who_spoke_last(self):
        self._event(self._code("line_citizen"))
        self._event(self._code("line_other"))
        self.assertFalse(self._line_user(self.citizen))
        self.assertEqual(self._line_user(self.other), LINE_USER)

    def test_forged(self):
        code = self._code("line_citizen")
        self.assertEqual(self._event(code, secret="guess"), 403)
        self.assertEqual(self.url_open("/line/webhook", data=b"{}").status_code, 403)
        self.line.line_secret_cipher = False
        self.assertEqual(self._event(code, secret=""), 403)
        self.assertFalse(self._line_user(self.citizen))

    def test_hostile(self):
        for body in (b"[]", b"null", b"{", b'{"events": 5}', b'{"events": [5, null, {}]}', b"\xff"):
            with self.subTest(body):
                self.assertIn(self._webhook(body), (200, 400))
        code = self._code("line_citizen")
        for user in ("", "x", None, {"a": 1}, "U" + "g" * 32):
            self.assertEqual(self._event(code, user=user), 200)
        self.assertFalse(self._line_user(self.citizen))

    def test_guessing(self):
        code = self._code("line_citizen")
        for number in range(10):
            self._event(f"ABCDEFG{'23456789AB'[number]}")
        self._event(code)
        self.assertFalse(self._line_user(self.citizen), "too many tries of one account")

    def test_off(self):
        self.line.active = False
        self.assertEqual(self._event("x"), 403)
        self.authenticate("line_citizen", "line_citizen")
        self.assertEqual(self.url_open("/my/line").status_code, 404)
