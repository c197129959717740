# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


@tagged("post_install", "-at_install")
class TestProfile(TransactionCase):
    """What the organisation's administrator may write, and what not, by form and by RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "เทศบาลตำบลทดสอบโปรไฟล์"})
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.admin = new_test_user(cls.env, "lgo_profile_admin", "lgo_base.group_admin", **companies)
        cls.clerk = new_test_user(cls.env, "lgo_profile_clerk", "lgo_base.group_clerk", **companies)

    def test_contact_reaches_the_partner(self):
        company = self.company.with_user(self.admin)
        company.write(
            {
                "name": "เทศบาลตำบลดอนทราย",
                "street": "99 หมู่ 1",
                "city": "เมืองสาธิต",
                "phone": "053 000 000",
                "email": "saraban@example.com",
                "lgo_short_code": "DS",
                "lgo_office_close": 15.5,
            }
        )
        partner = self.company.partner_id
        self.assertEqual(partner.name, "เทศบาลตำบลดอนทราย")
        self.assertEqual((partner.street, partner.phone), ("99 หมู่ 1", "053 000 000"))
        self.assertIn("15.30", company._lgo_office_hours_text())

    def test_nothing_else_of_the_company(self):
        company = self.company.with_user(self.admin)
        other = self.env["res.company"].create({"name": "เทศบาลตำบลข้างเคียง"})
        for vals in (
            {"currency_id": self.env.ref("base.USD").id},
            {"parent_id": other.id},
            {"user_ids": [Command.link(self.admin.id)]},
            {"partner_id": other.partner_id.id},
            {"lgo_office_calendar_id": False},
            {"resource_calendar_id": False},
            {"active": False},
            {"phone": "053", "sequence": 3},
        ):
            with self.subTest(vals), self.assertRaises(AccessError), self.cr.savepoint():
                company.write(vals)
        with self.assertRaises(AccessError):
            other.with_user(self.admin).phone = "053 111 111"
        with self.assertRaises(AccessError):
            self.company.partner_id.with_user(self.admin).write({"ref": "x"})
        with self.assertRaises(AccessError):
            self.env["res.company"].with_user(self.admin).create({"name": "อีกแห่ง"})

    def test_other_roles_write_nothing(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.clerk).phone = "053 111 111"
        with self.assertRaises(AccessError):
            self.env["lgo.office"].with_user(self.clerk).create({"name": "ตลาด"})

    def test_profile_opens(self):
        action = self.company.with_user(self.admin).with_company(self.company)._lgo_action_profile()
        self.assertEqual(action["res_id"], self.company.id)
        arch = self.company.with_user(self.admin).get_view(action["views"][0][0], "form")["arch"]
        for name in ("phone", "street", "lgo_dpo_email", "lgo_office_ids", "lgo_boundary"):
            self.assertIn(f'name="{name}"', arch)

    def test_offices(self):
        self.company.with_user(self.admin).write(
            {
                "lgo_office_ids": [
                    Command.create({"name": "ศูนย์บริการตลาดสด", "phone": "1669"}),
                    Command.create({"name": "สำนักงานใหญ่", "is_main": True, "latitude": 18.7,
                                    "longitude": 98.9}),
                ]
            }
        )  # fmt: skip
        offices = self.company._lgo_public_offices()
        self.assertEqual(offices.mapped("name"), ["สำนักงานใหญ่", "ศูนย์บริการตลาดสด"])
        self.assertEqual(offices[0]._map_url(), "geo:18.700000,98.900000")
        self.assertEqual(offices[1]._map_url(), "")
        for vals in ({"phone": "ไม่มี"}, {"phone": "1" * 16}):
            with self.subTest(vals), self.assertRaises(ValidationError), self.cr.savepoint():
                offices[0].write(vals)
        for vals in ({"is_main": True}, {"latitude": 91}, {"longitude": -181}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(Exception),  # noqa: B017  (constraints of the database)
                self.cr.savepoint(),
            ):
                offices[1].write(vals)
                self.env.flush_all()

    def test_units_are_archived_not_deleted(self):
        unit = self.env["hr.department"].with_user(self.admin).create({"name": "กองช่าง"})
        unit.name = "กองช่างสุขาภิบาล"
        with self.assertRaises(AccessError):
            unit.unlink()
        unit.active = False

    # ------------------------------------------------------------ opening hours
    def test_hours_come_from_the_calendar(self):
        english = self.company.with_context(lang="en_US")
        self.assertEqual(
            english._lgo_office_hours_text(),
            "Monday to Friday 08.30 - 16.30, except public holidays",
        )
        self.assertIn("วันศุกร์", self.company.with_context(lang="th_TH")._lgo_office_hours_text())
        self.company.lgo_office_lunch = False
        self.assertIn("08.30 - 12.00, 13.00 - 16.30", english._lgo_office_hours_text())
        self.company.lgo_office_calendar_id.attendance_ids = [
            Command.create({"name": "เสาร์", "dayofweek": "5", "hour_from": 9, "hour_to": 12.25})
        ]
        self.assertIn("; Saturday 09.00 - 12.15", english._lgo_office_hours_text())
        self.company.lgo_office_hours = "ทุกวัน 24 ชั่วโมง"
        self.assertEqual(english._lgo_office_hours_text(), "ทุกวัน 24 ชั่วโมง")

    # ------------------------------------------------------------ papers
    def test_seal_of_papers(self):
        self.assertFalse(self.company._lgo_paper_seal())
        self.company.lgo_emblem = base64.b64encode(SVG)
        self.assertEqual(self.company._lgo_paper_seal(), self.company.lgo_emblem)
        self.company.lgo_seal = base64.b64encode(SVG.replace(b"9", b"8"))
        self.assertEqual(self.company._lgo_paper_seal(), self.company.lgo_seal)


@tagged("post_install", "-at_install")
class TestOfficesOnTheWebsite(HttpCase):
    def test_contact_page_lists_the_offices(self):
        company = self.env["website"].get_current_website().company_id
        company.lgo_office_ids = [
            Command.create({"name": "ศูนย์บริการ <b>ตลาดสด</b>", "hours": "ทุกวัน 07:00-18:00"}),
            Command.create({"name": "ปิดแล้ว", "active": False}),
        ]
        page = self.url_open("/contactus").text
        self.assertIn("ศูนย์บริการ &lt;b&gt;ตลาดสด&lt;/b&gt;", page)
        self.assertIn("ทุกวัน 07:00-18:00", page)
        self.assertNotIn("ปิดแล้ว", page)
