# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..tools import api_client
from ..tools.sign_in import Grant, local_path
from .identity_common import ID_A, IdentityCase


@tagged("post_install", "-at_install")
class TestSignIn(IdentityCase, TransactionCase):
    """Sign-in by proof, levels of certainty, addresses that may be called or led to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "sign_portal", "base.group_portal")
        cls.other = new_test_user(cls.env, "sign_other", "base.group_portal")
        cls.clerk = new_test_user(cls.env, "sign_clerk", "lgo_base.group_clerk")

    def _check(self, user, grant):
        credential = {"login": user.login, "type": "lgo_grant", "grant": grant}
        return user.with_user(user)._check_credentials(credential, {"interactive": True})

    def test_grant(self):
        grant = Grant(self.portal.id, "otp")
        self.assertEqual(self._check(self.portal, grant)["uid"], self.portal.id)
        for user, forged in (
            (self.other, grant),
            (self.portal, None),
            (self.portal, self.portal.id),
            (self.portal, {"uid": self.portal.id, "level": "thaid", "mfa": "skip"}),
            (self.portal, repr(grant)),
        ):
            with self.subTest(forged), self.assertRaises(AccessDenied):
                self._check(user, forged)

    def test_officers_need_their_password(self):
        with self.assertRaises(AccessDenied):
            self.clerk._lgo_sign_in("thaid")

    def test_counter(self):
        self.assertEqual(self.portal._lgo_assurance(), "none")
        partner = self.portal.partner_id
        partner.lgo_kind = "citizen"
        with self.assertRaises(UserError):
            partner.with_user(self.clerk).action_lgo_prove_at_counter()
        partner._lgo_set_identity("citizen", ID_A)
        with self.assertRaises(AccessError):
            partner.with_user(self.portal).action_lgo_prove_at_counter()
        partner.with_user(self.clerk).action_lgo_prove_at_counter()
        self.assertEqual(self.portal._lgo_assurance(), "counter")
        self.assertEqual(self.other._lgo_assurance(), "none")
        proof = self.env["lgo.identity.proof"].search([("partner_id", "=", partner.id)])
        self.assertEqual(proof.method, "counter")
        for call in (
            lambda: proof.write({"method": "otp"}),
            proof.unlink,
            lambda: proof.with_user(self.portal).read(["method"]),
            lambda: proof.create({"partner_id": partner.id}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                call()

    def test_local_path(self):
        for target in ("/my", "/services/A1/request?x=1#y", "/บริการ"):
            self.assertEqual(local_path(target), target)
        for target in (
            "", None, "my", "//x", "/\\x", "\\\\x", "https://x", "/a\nb", "/\t/x", "javascript:x",
            "/" + "a" * 3000,
        ):  # fmt: skip
            self.assertEqual(local_path(target), "/my", target)

    def test_addresses(self):
        for url in ("https://a.example.com/x", "http://127.0.0.1:80/x", "http://localhost/"):
            self.assertTrue(api_client.is_address(url), url)
        for url in (
            "http://a.example.com", "ftp://a", "https://u@a", "https://", "", None, "https://a:x/",
            "https://a b/", "file:///etc/passwd", "http://127.0.0.1.example.com/",
        ):  # fmt: skip
            self.assertFalse(api_client.is_address(url), url)
            with self.assertRaises(api_client.ApiError):
                api_client.call("GET", url)
