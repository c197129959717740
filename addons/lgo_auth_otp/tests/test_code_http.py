# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_oss.tests.common import OssCommon

from ..tools import address

MAIL = "somsri@example.com"


@tagged("post_install", "-at_install")
class TestCodeHttp(OssCommon, HttpCase):
    """Sign-up and sign-in with a code by e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    def setUp(self):
        super().setUp()
        self.env.cr.execute("DELETE FROM lgo_rate_limit")
        self.env["website"].search([]).auth_signup_uninvited = "b2c"

    # ------------------------------------------------------------ helpers
    def _token(self, path="/auth/code"):
        return html.fromstring(self.url_open(path).text).xpath(
            "//input[@name='csrf_token']/@value"
        )[0]

    def _post(self, path, **data):
        return self.url_open(
            path, data={"csrf_token": self._token(), **data}, allow_redirects=False
        )

    def _ask(self, target=MAIL, redirect="/my/cases"):
        return self._post("/auth/code", address_text=target, redirect=redirect)

    def _mails(self, target=MAIL):
        return self.env["mail.mail"].search([("email_to", "=", target)], order="id desc")

    def _code(self, target=MAIL):
        return re.search(r">(\d{6})<", self._mails(target)[:1].body_html)[1]

    def _enter(self, code):
        return self._post("/auth/code/enter", code=code)

    def _wrong(self):
        return "000000" if self._code() != "000000" else "111111"

    def _signed_in(self):
        return self.url_open("/my/home", allow_redirects=False).status_code == 200

    def _leave(self):
        self.opener.cookies.clear()

    def _sign_up(self, name="สมศรี ใจดี"):
        self._ask()
        self._enter(self._code())
        return self._post("/auth/code/name", name=name)

    def _user(self):
        return self.env["res.users"].search([("lgo_verified_email", "=", MAIL)])

    # ------------------------------------------------------------ the way
    def test_sign_up_and_in(self):
        self.assertEqual(self._ask().headers["Location"].rpartition("/")[2], "enter")
        before = self.opener.cookies.get("session_id")
        self.assertTrue(self._enter(self._code()).headers["Location"].endswith("/auth/code/name"))
        self.assertFalse(self._user(), "no account before the name is known")
        answer = self._post("/auth/code/name", name=" สมศรี  ใจดี ")
        self.assertTrue(answer.headers["Location"].endswith("/my/cases"))
        user = self._user()
        self.assertEqual((user.name, user.login, user.share), ("สมศรี ใจดี", MAIL, True))
        self.assertEqual(user._lgo_assurance(), "otp")
        self.assertTrue(self._signed_in())
        self.assertNotEqual(self.opener.cookies.get("session_id"), before)
        self._leave()
        self._ask(f"  {MAIL.upper()} ")
        self.assertTrue(self._enter(self._code()).headers["Location"].endswith("/my/cases"))
        self.assertEqual(self._user(), user)
        self.assertTrue(self._signed_in())

    def test_thai_digits_and_spaces(self):
        self._ask()
        code = self._code()
        typed = "".join(chr(ord("๐") + int(digit)) for digit in code)
        self.assertEqual(self._enter(f" {typed[:3]} {typed[3:]}").status_code, 303)

    def test_nothing_is_kept_in_clear(self):
        self._ask()
        code = self._code()
        self.env.cr.execute("SELECT row_to_json(c)::text FROM lgo_auth_code c")
        kept = str(self.env.cr.fetchall())
        self.assertNotIn(code, re.sub(r"[0-9a-f]{64}|\d+-\d+-\d+T[\d:.]+", "", kept))
        self.assertNotIn(MAIL, kept)
        self.assertFalse(self.env["lgo.notification"].search([("email", "=", MAIL)]))
        record = self.env["lgo.auth.code"].search([], limit=1)
        for user in (self.citizen, self.clerk):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["channel"])
        with self.assertRaises(AccessError):
            record.with_user(self.auditor).read(["code_hash"])

    def test_five_tries(self):
        self._ask()
        for _time in range(5):
            self.assertEqual(self._enter(self._wrong()).status_code, 400)
        self.assertEqual(self._enter(self._code()).status_code, 400, "the right one comes too late")
        self.assertFalse(self._signed_in())

    def test_ten_minutes_and_once(self):
        self._ask()
        code = self._code()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=11)):
            result = self.env["lgo.auth.code"].search([], limit=1)
            self.assertLess(result.expires_at, fields.Datetime.now())
        result.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(self._enter(code).status_code, 400)
        self._ask()
        code = self._code()
        self.assertEqual(self._enter(code).status_code, 303)
        self._leave()
        self._ask()
        self.assertEqual(self._enter(code).status_code, 400, "the code of another time")

    def test_other_browser(self):
        self._ask()
        code = self._code()
        self._leave()
        self.assertTrue(self._enter(code).headers["Location"].endswith("/auth/code"))
        self.assertFalse(self._signed_in())
        self.assertTrue(
            self._post("/auth/code/name", name="ใคร").headers["Location"].endswith("/auth/code")
        )

    def test_same_answer(self):
        self._sign_up()
        self._leave()
        answers = []
        for target in (MAIL, "nobody@example.com", "oss_officer@example.com"):
            self.officer.email = "oss_officer@example.com"
            answer = self._ask(target)
            page = self.url_open("/auth/code/enter").text.replace(target, "")
            page = re.sub(r'csrf_token" value="[^"]*|csrf_token: "[^"]*', "", page)
            answers.append((answer.status_code, answer.headers["Location"], page))
            self._leave()
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])
        self.assertFalse(self._mails("oss_officer@example.com"), "an officer gets no code")

    def test_limits(self):
        self.assertEqual([self._ask().status_code for _time in range(4)], [303, 303, 303, 429])
        self.assertEqual(len(self._mails()), 3)
        codes = [self._ask(f"a{number}@example.com").status_code for number in range(18)]
        self.assertEqual(codes[-1], 429)

    def test_bad_input(self):
        for text in (
            "",
            "x",
            "@",
            "a@b@c",
            "0812345678",
            "a" * 200 + "@example.com",
            "ก@ข",
            "\x00@a.co",
        ):
            with self.subTest(text):
                self.assertEqual(self._ask(text).status_code, 400)
        self._ask()
        self._enter(self._code())
        for name in ("", "   ", "123", "x" * 200, "\u200b"):
            with self.subTest(name):
                self.assertEqual(self._post("/auth/code/name", name=name).status_code, 400)
        self.assertFalse(self._user())

    @mute_logger("odoo.http")
    def test_csrf(self):
        self.assertEqual(self.url_open("/auth/code", data={"address_text": MAIL}).status_code, 400)

    def test_open_redirect(self):
        self._sign_up()
        for target in ("https://evil.example.com", "//evil.example.com", "/\\evil.example.com"):
            self._leave()
            self.env.cr.execute("DELETE FROM lgo_rate_limit")
            self._ask(redirect=target)
            location = self._enter(self._code()).headers["Location"]
            self.assertTrue(location.endswith("/my"), location)

    # ------------------------------------------------------------ accounts
    def test_profile_address_opens_nothing(self):
        self.neighbour.partner_id.email = MAIL
        self._sign_up()
        self.assertNotEqual(self._user(), self.neighbour)

    def test_address_is_no_pattern(self):
        """``%``, ``_`` and a backslash are letters of an address (RFC 5322), not of a pattern."""
        owner = new_test_user(self.env, MAIL, groups="base.group_portal", email=MAIL)
        Users = self.env["res.users"]
        for other in ("%@example.com", "som%@example.com", "s_msri@example.com"):
            with self.subTest(other):
                self.assertFalse(Users._lgo_code_user("email", other))
                self._leave()
                self._ask(other)
                answer = self._enter(self._code(other))
                self.assertTrue(answer.headers["Location"].endswith("/auth/code/name"))
                self.assertFalse(self._signed_in())
                self.assertFalse(owner.lgo_verified_email)
        new_test_user(self.env, "officer@example.com", groups="base.group_user")
        self.assertFalse(Users._lgo_code_is_for_officer("email", "off%@example.com"))
        self.assertTrue(Users._lgo_code_is_for_officer("email", "officer@example.com"))
        self.assertEqual(Users._lgo_code_user("email", MAIL), owner)

    def test_account_made_by_a_stranger(self):
        public = self.env.ref("base.public_user")
        taken = new_test_user(self.env, MAIL, "base.group_portal", password="Sawasdee-2569!")
        self.env.cr.execute(
            "UPDATE res_users SET create_uid = %s WHERE id = %s", (public.id, taken.id)
        )
        taken.invalidate_recordset()
        self._ask()
        self._enter(self._code())
        self.assertEqual(self._user(), taken)
        self._leave()
        self.authenticate(None, None)
        self._post("/web/login", login=MAIL, password="Sawasdee-2569!")
        self.assertFalse(self._signed_in(), "the stranger's password opens it no more")

    def test_own_account_is_proven(self):
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self.citizen._lgo_assurance(), "none")
        self._ask()
        self._enter(self._code())
        self.assertEqual(self._user(), self.citizen)
        self.assertEqual(self.citizen._lgo_assurance(), "otp")
        self.authenticate("oss_neighbour", "oss_neighbour")
        self._ask()
        self.assertEqual(self._enter(self._code()).status_code, 409)
        self.assertEqual(self._user(), self.citizen)

    def test_closed_account(self):
        self._sign_up()
        self._user().active = False
        self._leave()
        self._ask()
        self.assertEqual(self._enter(self._code()).status_code, 409)
        self.assertFalse(self._signed_in())

    def test_office_opens_accounts(self):
        self.env["website"].search([]).auth_signup_uninvited = "b2b"
        self.assertEqual(self._sign_up().status_code, 409)
        self.assertFalse(self._user())

    def test_sign_up_by_password_is_closed(self):
        answer = self.url_open("/web/signup", allow_redirects=False)
        self.assertIn("/auth/code", answer.headers["Location"])
        self._post(
            "/web/signup", login=MAIL, name="x", password="Sawasdee-2569!",
            confirm_password="Sawasdee-2569!",
        )  # fmt: skip
        self.assertFalse(self.env["res.users"].search([("login", "=", MAIL)]))

    def test_service_that_asks_for_a_proven_address(self):
        service = self._make_service("OTP", guest_allowed=False, min_assurance="otp")
        self.authenticate("oss_citizen", "oss_citizen")
        form = f"/services/{service.code}/request"
        page = self.url_open(form).text
        self.assertIn("/auth/code?redirect=", page)
        self.assertNotIn('name="description"', page)
        self._ask(redirect=form)
        self.assertTrue(self._enter(self._code()).headers["Location"].endswith(form))
        self.assertIn('name="description"', self.url_open(form).text)
        self.assertIn(MAIL, self.url_open("/my/security").text)

    def test_close_account_without_a_password(self):
        """Nothing asks for a password that nobody knows; the request for erasure is filed."""
        self._sign_up()
        tree = html.fromstring(self.url_open("/my/security").text)
        self.assertFalse(tree.xpath("//input[@type='password']"))
        link = tree.xpath("//section[@name='lgo_erase_account']//a/@href")[0]
        form = html.fromstring(self.url_open(link).text).xpath("//section[@id='new']//form")[0]
        typed = dict(form.form_values())
        self.assertEqual(typed["type"], "erase")
        self.url_open(form.get("action"), data=typed)
        filed = self.env["lgo.privacy.request"].search(
            [("partner_id", "=", self._user().partner_id.id)]
        )
        self.assertEqual((filed.type, filed.state), ("erase", "received"))
        self.assertTrue(self._user().active, "an officer decides")

    # ------------------------------------------------------------ earlier requests
    def test_claim(self):
        mine = self._make_case(channel="web", applicant_email=MAIL.title())
        other = self._make_case(channel="web", applicant_email="other@example.com")
        taken = self._make_case(
            channel="web", applicant_email=MAIL, partner_id=self.neighbour.partner_id.id
        )
        self.assertTrue(self._sign_up().headers["Location"].endswith("/my/claim"))
        page = self.url_open("/my/claim").text
        self.assertIn(mine.name, page)
        self.assertNotIn(other.name, page)
        self._post("/my/claim", case=[mine.id, other.id, taken.id, "x"])
        self.assertEqual(mine.partner_id, self._user().partner_id)
        self.assertFalse(other.partner_id)
        self.assertEqual(taken.partner_id, self.neighbour.partner_id)
        self.authenticate("oss_citizen", "oss_citizen")
        self._post("/my/claim", case=[other.id])
        self.assertFalse(other.partner_id, "an address that is not proven claims nothing")

    # ------------------------------------------------------------ phone
    def test_addresses(self):
        for text, expected in (
            ("081-234-5678", ("phone", "0812345678")),
            ("+66 81 234 5678", ("phone", "0812345678")),
            ("๐๘๑๒๓๔๕๖๗๘", ("phone", "0812345678")),
            ("02-123-4567", ("", "")),
            ("081234567", ("", "")),
            ("A@Example.com", ("email", "a@example.com")),
        ):
            self.assertEqual(address.read(text, True), expected, text)

    def test_phone_is_offered_when_connected(self):
        self.assertNotIn('autocomplete="tel"', self.url_open("/auth/code").text)
        sent = []
        Code = type(self.env["lgo.auth.code"])
        with (
            patch.object(Code, "_with_phone", lambda self: True),
            patch.object(Code, "_send", lambda self, target, code: sent.append((target, code))),
        ):
            self.assertEqual(self._ask("081-234-5678").status_code, 303)
            self._enter(sent[0][1])
            self._post("/auth/code/name", name="สมศรี ใจดี")
        user = self.env["res.users"].search([("lgo_verified_phone", "=", "0812345678")])
        self.assertEqual((sent[0][0], user.login), ("0812345678", "0812345678"))
