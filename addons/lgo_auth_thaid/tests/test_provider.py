# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import ThaidCommon


@tagged("post_install", "-at_install")
class TestProvider(ThaidCommon, TransactionCase):
    """Settings of the provider: who may read them, what is refused."""

    def setUp(self):
        super().setUp()
        self._set_up_thaid("http://127.0.0.1:1")

    def test_secret_is_write_only(self):
        self.assertFalse(self.provider.client_secret)
        self.assertNotIn("secret", self.provider.client_secret_cipher)
        self.assertTrue(self.provider.has_secret)
        admin = new_test_user(self.env, "thaid_admin", "lgo_base.group_admin")
        provider = self.provider.with_user(admin)
        with self.assertRaises(AccessError):
            provider.read(["client_secret_cipher"])
        self.assertFalse(provider.copy({"active": False}).has_secret)

    def test_who_sees_it(self):
        for login, group in (
            ("thaid_portal", "base.group_portal"),
            ("thaid_clerk", "lgo_base.group_clerk"),
        ):
            user = new_test_user(self.env, login, group)
            with self.assertRaises(AccessError):
                self.provider.with_user(user).read(["client_id"])
        auditor = new_test_user(self.env, "thaid_auditor", "lgo_base.group_auditor")
        self.assertEqual(self.provider.with_user(auditor).client_id, "lgo")
        with self.assertRaises(AccessError):
            self.provider.with_user(auditor).client_id = "x"

    def test_settings_are_checked(self):
        for values in (
            {"token_endpoint": "http://imauth.example.com/token"},
            {"token_endpoint": "https://user@imauth.example.com/token"},
            {"auth_endpoint": "javascript:alert(1)"},
            {"algorithms": "HS256"},
            {"algorithms": "none"},
            {"algorithms": " "},
            {"leeway": -1},
            {"leeway": 3600},
            {"claim_names": "given_name=given_name"},
            {"min_ial": "high"},
            {"extra_header": "x-key: a\r\nb"},
            {"client_id": False},
            {"discovery_url": False},
        ):
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.provider.write(values)

    def test_nothing_is_on_by_default(self):
        fresh = self.env["lgo.thaid.provider"].create({"name": "x"})
        self.assertFalse(fresh.active)
        self.assertTrue(fresh._problems())
        with self.assertRaises(ValidationError):
            fresh.active = True

    def test_check(self):
        self.assertEqual(self.provider.action_check()["tag"], "display_notification")
