# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.fields import Datetime
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

at = Datetime.to_datetime
# Bangkok is seven hours ahead; 2026-12-07 is a Monday, 10 December constitution day (Thursday)
MOMENTS = [
    # naive UTC, open, part of the sentence
    (at("2026-12-08 01:29:00"), False, "08.30"),
    (at("2026-12-08 01:30:00"), True, "16.30"),
    (at("2026-12-08 09:29:00"), True, "16.30"),
    (at("2026-12-08 09:30:00"), False, "08.30"),
    (at("2026-12-10 03:00:00"), False, "08.30"),
    (at("2026-12-11 12:00:00"), False, "14 ธันวาคม 2569"),
    (at("2026-12-07 18:00:00"), False, "08.30"),
]


@tagged("post_install", "-at_install")
class TestOpenToday(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "th_TH"})
        cls.company = cls.env["res.company"].create({"name": "เทศบาลทดสอบ"})
        cls.env["lgo.holiday"].search([("date", ">=", "2026-12-01")]).unlink()
        cls.env["lgo.holiday"].create(
            {"name": "วันรัฐธรรมนูญ", "date": "2026-12-10", "state": "confirmed"}
        )

    def test_moments(self):
        for moment, is_open, words in MOMENTS:
            with self.subTest(moment=moment):
                today = self.company._lgo_open_today(moment)
                self.assertEqual(today["open"], is_open)
                self.assertIn(words, today["text"])

    def test_holidays_are_named(self):
        today = self.company._lgo_open_today(at("2026-12-08 03:00:00"))
        self.assertEqual(today["holiday"], "")
        self.assertEqual(today["holidays"], [("10 ธันวาคม 2569", "วันรัฐธรรมนูญ")])
        today = self.company._lgo_open_today(at("2026-12-10 03:00:00"))
        self.assertEqual(today["holiday"], "วันรัฐธรรมนูญ")
        self.assertEqual(today["holidays"], [])

    def test_a_changed_calendar_is_seen_at_once(self):
        moment = at("2026-12-08 09:45:00")
        self.assertFalse(self.company._lgo_open_today(moment)["open"])
        self.company.lgo_office_close = 17.5
        self.assertTrue(self.company._lgo_open_today(moment)["open"])
        self.env["lgo.holiday"].create(
            {
                "name": "วันหยุดพิเศษ",
                "date": "2026-12-08",
                "state": "confirmed",
                "scope": "local",
                "company_id": self.company.id,
            }
        )
        today = self.company._lgo_open_today(moment)
        self.assertFalse(today["open"])
        self.assertEqual(today["holiday"], "วันหยุดพิเศษ")

    def test_no_hours_say_nothing(self):
        self.company.lgo_office_calendar_id.attendance_ids = [Command.clear()]
        self.assertEqual(self.company._lgo_open_today(at("2026-12-08 03:00:00")), {})


@tagged("post_install", "-at_install")
class TestShellCache(HttpCase):
    """Header and footer are kept: what somebody changes must still show at once."""

    def _text(self):
        return self.url_open("/contactus").text

    def test_changes_show_at_once(self):
        website = self.env["website"].get_current_website()
        company = website.company_id
        self._text()
        company.phone = "02 111 2222"
        self.assertIn("02 111 2222", self._text())
        company.partner_id.street = "ถนนทดสอบแคช"
        self.assertIn("ถนนทดสอบแคช", self._text())
        company.lgo_office_hours = "เปิดทุกวันทดสอบ"
        self.assertIn("เปิดทุกวันทดสอบ", self._text())
        menu = self.env["website.menu"].create(
            {
                "name": "เมนูทดสอบ",
                "url": "/announcements",
                "parent_id": website.menu_id.id,
                "website_id": website.id,
            }
        )
        self.assertIn("เมนูทดสอบ", self._text())
        menu.group_ids = self.env.ref("base.group_user")
        self.assertNotIn("เมนูทดสอบ", self._text())
        user = new_test_user(self.env, "shell_user", "base.group_user")
        self.authenticate(user.login, user.login)
        self.assertIn("เมนูทดสอบ", self._text())
        menu.unlink()
        self.assertNotIn("เมนูทดสอบ", self._text())

    def test_the_page_that_is_open_is_marked(self):
        self.assertEqual(self.url_open("/").text.count('aria-current="page"'), 1)
        self.assertEqual(self._text().count('aria-current="page"'), 0)

    def test_a_citizen_does_not_empty_the_cache(self):
        """Thousands of citizens change their address: no page becomes slow for that."""
        website = self.env["website"].get_current_website()
        website._lgo_shell()
        citizen = self.env["res.partner"].create({"name": "สมหญิง ใจดี"})
        sequence = self.env.registry.cache_invalidated.copy()
        citizen.write({"street": "1", "name": "สมหญิง ดีใจ"})
        self.assertEqual(self.env.registry.cache_invalidated, sequence)
        website.company_id.partner_id.write({"street": "1"})
        self.assertNotEqual(self.env.registry.cache_invalidated, sequence)
