# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from lxml import html

from odoo import Command, fields, http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_i18n.tests.common import words

YEAR = re.compile(r"\b20\d\d\b")


@tagged("post_install", "-at_install")
class TestMyBookings(HttpCase):
    """The pages of resource_booking: for somebody whom an officer invited to choose a time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")
        website = cls.env["website"].get_current_website()
        thai_lang = cls.env["res.lang"]._lang_get("th_TH")
        website.write(
            {
                "name": "เทศบาลตำบลบ้านตัวอย่าง",
                "default_lang_id": thai_lang.id,
                "language_ids": [Command.set(thai_lang.ids)],
            }
        )
        website.company_id.name = "เทศบาลตำบลบ้านตัวอย่าง"
        cls.citizen, cls.other = (
            new_test_user(
                cls.env,
                login=login,
                password=login,
                groups="base.group_portal",
                name="สมชาย ใจดี",
                lang="th_TH",
            )
            for login in ("mb-citizen@example.com", "mb-other@example.com")
        )
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "ทุกวัน",
                "tz": "Asia/Bangkok",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": str(day),
                                "dayofweek": str(day),
                                "hour_from": 8,
                                "hour_to": 16,
                                "day_period": "morning",
                            }
                        )
                        for day in range(7)
                    ),
                ],
            }
        )
        room = cls.env["resource.resource"].create(
            {"name": "ห้องประชุม", "resource_type": "material", "calendar_id": calendar.id}
        )
        kind = cls.env["resource.booking.type"].create(
            {
                "name": "ปรึกษาแบบแปลน",
                "resource_calendar_id": calendar.id,
                "duration": 0.5,
                "slot_duration": 0.5,
                "combination_rel_ids": [
                    Command.create(
                        {
                            "combination_id": cls.env["resource.booking.combination"]
                            .create({"resource_ids": [Command.set(room.ids)]})
                            .id
                        }
                    )
                ],
            }
        )
        cls.booking = cls.env["resource.booking"].create(
            {
                "name": "ปรึกษาแบบแปลน",
                "type_id": kind.id,
                "partner_ids": [Command.set(cls.citizen.partner_id.ids)],
            }
        )
        cls.path = f"/my/bookings/{cls.booking.id}"

    def read_page(self, path):
        """Open a page; fail on English and on a year of the Christian era; :return: its tree"""
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(sorted(words(response.text)), [], path)
        tree = html.fromstring(response.text)
        text = tree.xpath("string(//main)")
        self.assertEqual(YEAR.findall(text), [], path)
        return tree

    def post(self, path, **data):
        return self.url_open(path, data={"csrf_token": http.Request.csrf_token(self), **data})

    def test_pages_are_thai(self):
        self.authenticate("mb-citizen@example.com", "mb-citizen@example.com")
        self.read_page("/my/bookings")
        self.read_page(self.path)
        day = fields.Date.today() + timedelta(days=40)
        tree = self.read_page(f"{self.path}/schedule/{day.year}/{day.month}")
        heads = [text.strip() for text in tree.xpath("//thead//th/text()") if text.strip()]
        self.assertIn(f"{thai.MONTHS[day.month - 1]} {day.year + 543}", heads)
        self.assertEqual(set(heads[1:]), {"จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."})
        self.assertRegex(
            tree.xpath("string(//button[@data-bs-toggle='modal'])"), r"^\d\d\.\d\d\sน\.$"
        )

        when = tree.xpath("//input[@name='when']/@value")[0]
        token = tree.xpath("//input[@name='access_token']/@value")
        self.assertEqual(
            self.post(
                f"{self.path}/confirm", when=when, access_token=token[0] if token else ""
            ).status_code,
            200,
        )
        self.env.invalidate_all()
        self.assertEqual(self.booking.state, "confirmed")
        tree = self.read_page(self.path)
        self.assertIn(
            thai.format_date(self.booking.start, digits="arabic"), tree.xpath("string(//main)")
        )
        self.read_page("/my/bookings")

    def test_a_link_does_not_cancel(self):
        self.booking._portal_ensure_token()
        self.authenticate("mb-other@example.com", "mb-other@example.com")
        with mute_logger("odoo.http"):
            self.post(f"{self.path}/cancel")
        self.authenticate("mb-citizen@example.com", "mb-citizen@example.com")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{self.path}/cancel").status_code, 405)
        self.env.invalidate_all()
        self.assertTrue(self.booking.active)
        form = html.fromstring(self.url_open(self.path).text).xpath(
            "//form[contains(@action, '/cancel')]"
        )
        self.assertEqual(form[0].get("method"), "post")
        self.post(form[0].get("action"))
        self.env.invalidate_all()
        self.assertFalse(self.booking.active)

    def test_time_of_a_meeting(self):
        event = self.env["calendar.event"].with_context(lang="th_TH", tz="Asia/Bangkok")
        start = fields.Datetime.to_datetime("2026-12-31 17:30:00")
        for hours, all_day, text in (
            (0.5, False, "1 มกราคม 2570 เวลา 00.30-01.00 น."),
            (1 / 3, False, "1 มกราคม 2570 เวลา 00.30-00.50 น."),
            (48, False, "1 มกราคม 2570 เวลา 00.30 น. ถึง 3 มกราคม 2570 เวลา 00.30 น."),
            (24, True, "31 ธันวาคม 2569 ทั้งวัน"),
        ):
            with self.subTest(hours=hours, all_day=all_day):
                stop = start + timedelta(hours=hours)
                self.assertEqual(event._get_display_time(start, stop, hours, all_day), text)
        english = event.with_context(lang="en_US")._get_display_time(start, start, 1, False)
        self.assertIn("2027", english)
