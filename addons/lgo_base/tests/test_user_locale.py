# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestUserLocale(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Users = cls.env["res.users"].with_context(no_reset_password=True)
        cls.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")

    def test_new_accounts(self):
        """Neither the clerk nor the IT officer who makes the account chooses anything."""
        partner = self.env["res.partner"].create({"name": "สมหญิง ใจดี", "tz": False})
        users = self.Users.create(
            [
                {"name": "สมชาย ใจดี", "login": "somchai.locale"},
                {"name": "สมศรี ใจดี", "login": "somsri.locale", "tz": False, "lang": False},
                {"login": "somying.locale", "partner_id": partner.id},
            ]
        )
        self.assertEqual(users.mapped("tz"), ["Asia/Bangkok"] * 3)
        self.assertEqual(users.mapped("lang"), ["th_TH"] * 3)
        self.assertEqual(users[0].with_user(users[0]).context_get()["tz"], "Asia/Bangkok")

    def test_what_was_given_stays(self):
        self.env["res.lang"]._activate_lang("en_US")
        partner = self.env["res.partner"].create(
            {"name": "Alex Sample", "tz": "Asia/Vientiane", "lang": "en_US"}
        )
        users = self.Users.create(
            [
                {"name": "A", "login": "a.locale", "tz": "Asia/Tokyo", "lang": "en_US"},
                {"login": "alex.locale", "partner_id": partner.id},
            ]
        )
        self.assertEqual(users.mapped("tz"), ["Asia/Tokyo", "Asia/Vientiane"])
        self.assertEqual(users.mapped("lang"), ["en_US", "en_US"])

    def test_thai_without_a_default_language(self):
        """An office that was put on an English database."""
        self.env["ir.default"].search(
            [("field_id.model", "=", "res.partner"), ("field_id.name", "=", "lang")]
        ).unlink()
        user = self.Users.with_context(lang="en_US").create({"name": "ข", "login": "b.locale"})
        self.assertEqual(user.lang, "th_TH")

    def test_sign_up_on_the_website(self):
        self.Users.sudo().signup(
            {
                "login": "citizen.locale@town.example",
                "name": "สมปอง ใจดี",
                "password": "ยาวพอสมควร-22",
            }
        )
        user = self.Users.search([("login", "=", "citizen.locale@town.example")])
        self.assertEqual((user.tz, user.lang), ("Asia/Bangkok", "th_TH"))
        self.assertTrue(user.share)

    def test_sign_up_of_a_foreigner(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.Users.sudo().signup(
            {
                "login": "guest.locale@town.example",
                "name": "Sam Sample",
                "password": "long-enough-22",
                "lang": "en_US",
            }
        )
        user = self.Users.search([("login", "=", "guest.locale@town.example")])
        self.assertEqual((user.tz, user.lang), ("Asia/Bangkok", "en_US"))

    def test_update_fills_what_is_empty(self):
        """Also the accounts that are switched off and the visitor of the website."""
        old, chosen, off = self.Users.create(
            [{"name": str(number), "login": f"{number}.locale"} for number in range(3)]
        )
        public = self.env.ref("base.public_user")
        (old | off | public).partner_id.tz = False
        off.active = False
        chosen.tz = "Asia/Tokyo"
        system = self.env.ref("base.user_root")
        before = system.tz
        self.Users._lgo_set_up_timezone()
        self.assertEqual((old | off | public).mapped("tz"), ["Asia/Bangkok"] * 3)
        self.assertEqual(chosen.tz, "Asia/Tokyo")
        self.assertEqual(system.tz, before)

    def test_installation_leaves_nobody_without(self):
        people = self.env.ref("base.user_admin") | self.env.ref("base.public_user")
        self.assertTrue(all(people.mapped("tz")))
