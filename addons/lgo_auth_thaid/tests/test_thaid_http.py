# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import hmac
import json
import time
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.lgo_base.tests.identity_common import ID_A, ID_B
from odoo.addons.lgo_oss.tests.common import OssCommon

from ..tools import oidc
from .common import ThaidCommon


def unsigned(claims, server):
    """A token with alg none."""
    parts = ({"alg": "none", "kid": server.kid}, claims)
    texts = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return ".".join([*texts, ""])


def with_public_key(claims, server):
    """HS256 with the public key as the shared secret (RFC 8725 s.2.1)."""
    head = {"alg": "HS256", "kid": server.kid}
    texts = [
        base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode()
        for p in (head, claims)
    ]
    body = ".".join(texts)
    signature = hmac.new(server.public_pem(), body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def other_key(claims, server):
    """Signed by a stranger who uses the right key id."""
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, stranger, "RS256", headers={"kid": server.kid})


def unknown_kid(claims, server):
    """Signed with a key that was never published."""
    return jwt.encode(claims, server.key, "RS256", headers={"kid": "nobody"})


@tagged("post_install", "-at_install")
class TestThaidHttp(ThaidCommon, OssCommon, HttpCase):
    """Sign-in with ThaID against a provider that runs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    def setUp(self):
        super().setUp()
        self._set_up_thaid(self.base_url())
        # each test calls from the same address
        self.env.cr.execute("DELETE FROM lgo_rate_limit")

    # ------------------------------------------------------------ helpers
    def _start(self, redirect="/my/cases"):
        answer = self.url_open(f"/auth/thaid/start?redirect={redirect}", allow_redirects=False)
        self.assertEqual(answer.status_code, 303, answer.text[:500])
        return answer.headers["Location"]

    def _agree(self, url):
        """What the browser is sent back to."""
        answer = self.opener.get(url, allow_redirects=False)
        self.assertEqual(answer.status_code, 302, answer.text)
        return answer.headers["Location"]

    def _back(self, url):
        parts = urlsplit(url)
        return self.url_open(f"{parts.path}?{parts.query}", allow_redirects=False)

    def _round(self, redirect="/my/cases"):
        return self._back(self._agree(self._start(redirect)))

    def _users(self, pid=ID_A):
        return self.env["res.partner"]._lgo_find_by_identity("citizen", pid).user_ids

    def _check_refused(self, answer, status=502):
        self.assertEqual(answer.status_code, status, answer.text[:800])
        self.assertNotIn(ID_A, answer.text)
        self.assertFalse(self._users(), "no account was made")
        self.assertFalse(self._signed_in())

    def _leave(self):
        """Another browser."""
        self.opener.cookies.clear()

    def _signed_in(self):
        """Whether the browser is signed in."""
        answer = self.url_open("/my/home", allow_redirects=False)
        return answer.status_code == 200

    # ------------------------------------------------------------ well-behaved
    def test_new_citizen(self):
        before = self.opener.cookies.get("session_id")
        answer = self._round()
        self.assertEqual(answer.status_code, 303, answer.text[:800])
        self.assertEqual(urlsplit(answer.headers["Location"]).path, "/my/cases")
        self.assertNotEqual(self.opener.cookies.get("session_id"), before, "a new session id")
        user = self._users()
        self.assertEqual(user.name, "นายสมชาย ใจดี")
        self.assertTrue(user.share)
        partner = user.partner_id
        self.assertEqual(str(partner.lgo_birth_date), "1987-01-15")
        self.assertEqual(partner.lgo_kind, "citizen")
        self.assertNotIn(ID_A, f"{user.login} {partner.name} {partner.ref}")
        proof = self.env["lgo.identity.proof"].search([("partner_id", "=", partner.id)])
        self.assertEqual((proof.method, proof.level), ("thaid", "2.3"))
        self.assertTrue(self._signed_in())
        again = self._round()
        self.assertEqual(again.status_code, 303)
        self.assertEqual(self._users(), user, "the same account the second time")

    def test_close_account_without_a_password(self):
        self._round()
        tree = html.fromstring(self.url_open("/my/security").text)
        self.assertFalse(tree.xpath("//input[@type='password']"))
        self.assertTrue(tree.xpath("//section[@name='lgo_erase_account']//a"))

    def test_pkce_and_parameters(self):
        query = {k: v[0] for k, v in parse_qs(urlsplit(self._start()).query).items()}
        self.assertEqual(query["response_type"], "code")
        self.assertEqual(query["code_challenge_method"], "S256")
        self.assertEqual(query["scope"].split()[:2], ["openid", "pid"])
        self.assertNotIn("address", query["scope"])
        second = {k: v[0] for k, v in parse_qs(urlsplit(self._start()).query).items()}
        for name in ("state", "nonce", "code_challenge"):
            self.assertNotEqual(query[name], second[name], name)

    def test_citizen_known_to_the_office(self):
        known = self._citizen(lgo_first_name="สมชาย", lgo_last_name="ใจร้าย")
        known._lgo_set_identity("citizen", ID_A)
        self.assertEqual(self._round().status_code, 303)
        self.assertEqual(self._users().partner_id, known)
        self.assertEqual(known.name, "นายสมชาย ใจดี", "the registration knows the name best")

    def test_email_alone_links_nothing(self):
        self.server.person["email"] = "taken@example.com"
        other = new_test_user(
            self.env, "taken@example.com", "base.group_portal", email="taken@example.com"
        )
        self.assertEqual(self._round().status_code, 303)
        self.assertNotEqual(self._users(), other)
        self.assertFalse(other.partner_id.sudo().lgo_identity_hash)

    def test_signed_in_account_is_linked(self):
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self._round().status_code, 303)
        self.assertEqual(self._users(), self.citizen)

    def test_account_of_another_person(self):
        self.citizen.partner_id._lgo_set_identity("citizen", ID_B)
        self.authenticate("oss_citizen", "oss_citizen")
        answer = self._round()
        self.assertEqual(answer.status_code, 409)
        self.assertFalse(self._users())
        self.assertEqual(self.citizen.partner_id.lgo_identity_masked[-4:], "45-0")

    def test_officers(self):
        self.authenticate("oss_clerk", "oss_clerk")
        self.assertEqual(self._round().status_code, 409)
        self.assertFalse(self.clerk.partner_id.sudo().lgo_identity_hash)
        self._leave()
        self.clerk.partner_id.sudo().lgo_kind = "citizen"
        self.clerk.partner_id.sudo()._lgo_set_identity("citizen", ID_A)
        self.assertEqual(self._round().status_code, 409)
        self.assertFalse(self._signed_in())

    def test_closed_account(self):
        self._round()
        self._users().active = False
        self._leave()
        self.assertEqual(self._round().status_code, 409)
        self.assertFalse(self._signed_in())

    def test_two_tabs(self):
        first, second = self._start("/my/cases"), self._start("/services")
        answer = self._back(self._agree(second))
        self.assertEqual(urlsplit(answer.headers["Location"]).path, "/services")
        answer = self._back(self._agree(first))
        self.assertEqual(urlsplit(answer.headers["Location"]).path, "/my/cases")

    def test_es256_and_key_rotation(self):
        self.assertEqual(self._round().status_code, 303)
        self._leave()
        self.server.rotate("second", "ES256")
        # the set was fetched less than a minute ago; that time is over
        with patch.object(oidc, "REFETCH_SECONDS", 0):
            self.assertEqual(self._round().status_code, 303)
        self.assertEqual(self.server.calls.count("/jwks"), 2)

    def test_without_id_token(self):
        self.server.with_id_token = False
        self._check_refused(self._round())
        self.provider.require_id_token = False
        self.assertEqual(self._round().status_code, 303)
        self.assertEqual(len(self._users()), 1)

    def test_userinfo(self):
        self.provider.userinfo_endpoint = f"{self.server.issuer}/userinfo"
        self.server.token_changes = {"pid": None}
        self.server.userinfo_changes = {"sub": "person-2"}
        self._check_refused(self._round())
        self.server.userinfo_changes = {}
        self.assertEqual(self._round().status_code, 303)

    def test_level(self):
        self.provider.min_ial = "2.3"
        self.server.person["ial"] = "1.1"
        self._check_refused(self._round())
        self.server.person["ial"] = "IAL2.3"
        self.assertEqual(self._round().status_code, 303)

    # ------------------------------------------------------------ bad tokens
    def test_bad_id_tokens(self):
        now = int(time.time())
        for label, changes, sign in (
            ("nonce of another", {"nonce": "x"}, None),
            ("no nonce", {"nonce": None}, None),
            ("expired", {"exp": now - 61, "iat": now - 400}, None),
            ("from the future", {"iat": now + 300}, None),
            ("no expiry", {"exp": None}, None),
            ("wrong issuer", {"iss": "https://evil.example.com"}, None),
            ("wrong audience", {"aud": "another"}, None),
            ("two audiences, no azp", {"aud": ["lgo", "another"]}, None),
            ("azp of another", {"azp": "another"}, None),
            ("no subject", {"sub": None}, None),
            ("alg none", {}, unsigned),
            ("HS256 with the public key", {}, with_public_key),
            ("another key", {}, other_key),
            ("unknown kid", {}, unknown_kid),
            ("no token at all", {}, lambda claims, server: "a.b.c"),
            ("a number", {}, lambda claims, server: 5),
            ("no ID number", {"pid": None}, None),
            ("wrong check digit", {"pid": "1234567890122"}, None),
        ):
            with self.subTest(label):
                self.server.token_changes, self.server.sign = changes, sign
                self._check_refused(self._round())
        self.server.token_changes, self.server.sign = {"exp": now - 30, "iat": now - 300}, None
        self.assertEqual(self._round().status_code, 303, "within the clock difference")

    def test_unknown_key_asks_once(self):
        self.server.sign = unknown_kid
        for _time in range(3):
            self._check_refused(self._round())
        self.assertLessEqual(self.server.calls.count("/jwks"), 2)

    # ------------------------------------------------------------ bad browsers
    def test_state(self):
        back = self._agree(self._start())
        parts = urlsplit(back)
        code = parse_qs(parts.query)["code"][0]
        for query in (
            f"code={code}",
            f"code={code}&state=x",
            f"code={code}&state=",
            "",
            "state=%00",
        ):
            with self.subTest(query):
                self._check_refused(self._back(f"{parts.path}?{query}"), 400)
        self.opener.cookies.clear()
        self._check_refused(self._back(back), 400)  # the browser of somebody else

    def test_used_once(self):
        back = self._agree(self._start())
        self.assertEqual(self._back(back).status_code, 303)
        self.assertEqual(self._back(back).status_code, 400)
        code = parse_qs(urlsplit(back).query)["code"][0]
        self._leave()
        state = parse_qs(urlsplit(self._start()).query)["state"][0]
        answer = self._back(f"/auth/thaid/callback?code={code}&state={state}")
        self.assertEqual(answer.status_code, 502, "the code was used")
        self.assertFalse(self._signed_in())

    def test_code_of_another_browser(self):
        """PKCE: a code that was stolen is of no use with another verifier."""
        stolen = parse_qs(urlsplit(self._agree(self._start())).query)["code"][0]
        self.opener.cookies.clear()
        state = parse_qs(urlsplit(self._start()).query)["state"][0]
        self._check_refused(self._back(f"/auth/thaid/callback?code={stolen}&state={state}"))

    def test_refused_by_the_citizen(self):
        state = parse_qs(urlsplit(self._start()).query)["state"][0]
        answer = self._back(f"/auth/thaid/callback?error=access_denied&state={state}")
        self._check_refused(answer, 403)
        state = parse_qs(urlsplit(self._start()).query)["state"][0]
        answer = self._back(
            f"/auth/thaid/callback?error=%3Cscript%3E&error_description=%3Cscript%3E&state={state}"
        )
        self._check_refused(answer, 403)
        self.assertNotIn("error_description", answer.text)

    def test_issuer_in_the_answer(self):
        back = self._agree(self._start())
        self._check_refused(self._back(f"{back}&iss=https%3A%2F%2Fevil.example.com"))

    def test_open_redirect(self):
        for target in (
            "https://evil.example.com",
            "//evil.example.com",
            "/%5Cevil.example.com",
            "/%09/evil.example.com",
            "javascript:alert(1)",
            "evil",
            "",
        ):
            with self.subTest(target):
                answer = self._round(target)
                found = urlsplit(answer.headers["Location"])
                self.assertIn(found.netloc, ("", urlsplit(self.base_url()).netloc))
                self.assertEqual(found.path, "/my")

    def test_password_is_no_grant(self):
        """Text that comes by network never stands in for a grant."""
        self.authenticate(None, None)
        page = html.fromstring(self.url_open("/web/login").text)
        token = page.xpath("//form//input[@name='csrf_token']/@value")[0]
        self.url_open(
            "/web/login",
            data={
                "login": "oss_citizen", "password": "x", "type": "lgo_grant", "csrf_token": token,
                "grant": "Grant(uid=2)",
            },
        )  # fmt: skip
        self.assertFalse(self._signed_in())

    # ------------------------------------------------------------ bad providers
    def test_bad_provider(self):
        for label, raw in (
            ("error page", (200, "text/html", b"<html>maintenance</html>")),
            ("500", (500, "text/html", b"x")),
            ("list", (200, "application/json", b"[]")),
            ("null", (200, "application/json", b"null")),
            ("huge", (200, "application/json", b" " * 2_000_000)),
            ("redirect", (302, "text/plain", b"")),
            ("not utf-8", (200, "application/json", b"\xff\xfe{")),
        ):
            with self.subTest(label):
                self.server.raw_token = raw
                self._check_refused(self._round())

    def test_slow_or_down(self):
        url = self._agree(self._start())
        self.server.delay = 0.5
        with patch.object(oidc.api_client.call, "__defaults__", (None, None, None, 0.1)):
            self._check_refused(self._back(url))
        self.server.delay = 0
        url = self._agree(self._start())
        self.provider.token_endpoint = "http://127.0.0.1:9/token"
        self._check_refused(self._back(url))

    def test_wrong_secret(self):
        self.provider.client_secret = "other"
        self._check_refused(self._round())

    # ------------------------------------------------------------ pages
    def test_off(self):
        self.assertIn("/auth/thaid/start", self.url_open("/web/login").text)
        self.provider.active = False
        self.assertNotIn("/auth/thaid/start", self.url_open("/web/login").text)
        self.assertEqual(self.url_open("/auth/thaid/start").status_code, 404)
        self.assertEqual(self.url_open("/auth/thaid/callback?state=a&code=b").status_code, 400)

    def test_limit(self):
        codes = [
            self.url_open("/auth/thaid/start", allow_redirects=False).status_code
            for _time in range(62)
        ]
        self.assertEqual((codes[0], codes[-1]), (303, 429))

    def test_service_that_asks_for_thaid(self):
        service = self._make_service(
            "THAID", guest_allowed=False, min_assurance="thaid", question_definition=[]
        )
        self.authenticate("oss_citizen", "oss_citizen")
        form = f"/services/{service.code}/request"
        self.assertIn("/auth/thaid/start", self.url_open(form).text)
        self.assertNotIn('name="description"', self.url_open(form).text)
        token = html.fromstring(self.url_open("/my/security").text).xpath(
            "//input[@name='csrf_token']/@value"
        )[0]
        values = {
            "csrf_token": token, "filing_key": "k" * 20, "applicant_name": "สมหญิง ใจดี",
            "applicant_phone": "0812345678", "description": "ขอหนังสือรับรอง",
        }  # fmt: skip
        page = self.url_open(form, data=values)
        self.assertFalse(self.env["lgo.oss.request"].search([("service_id", "=", service.id)]))
        self.assertIn("/auth/thaid/start", page.text)
        draft = self.env["lgo.oss.draft"].search([("service_id", "=", service.id)])
        self.assertEqual(draft.partner_id, self.citizen.partner_id)
        link = html.fromstring(page.text).xpath("//a[contains(@href,'/auth/thaid/start')]/@href")[0]
        url = self.url_open(link, allow_redirects=False).headers["Location"]
        answer = self._back(self._agree(url))
        self.assertEqual(urlsplit(answer.headers["Location"]).path, draft._url())
        page = html.fromstring(self.url_open(draft._url()).text)
        self.assertEqual(page.xpath("//textarea[@name='description']")[0].text, "ขอหนังสือรับรอง")
        token = page.xpath("//form//input[@name='csrf_token']/@value")[0]
        self.url_open(
            form,
            data={**values, "csrf_token": token, "draft": draft.access_token, "privacy_shown": 1},
        )
        case = self.env["lgo.oss.request"].search([("service_id", "=", service.id)])
        self.assertEqual((case.state, case.partner_id), ("submitted", self.citizen.partner_id))
        self._leave()
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertNotIn('name="description"', self.url_open(form).text, "password is not enough")
