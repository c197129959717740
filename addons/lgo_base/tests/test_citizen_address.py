# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from .identity_common import IdentityCase


@tagged("post_install", "-at_install", "lgo")
class TestCitizenAddress(IdentityCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.upcountry = cls._subdistrict("99", "เชียงตัวอย่าง", "เมืองตัวอย่าง", "แม่ทดสอบ", "50100")
        cls.two_codes = cls._subdistrict("98", "สองรหัส", "เมือง", "กลาง", "50290 50300")
        cls.bangkok = cls._subdistrict("10", "กรุงเทพมหานคร", "ตัวอย่าง", "ทดสอบ", "10999")

    @classmethod
    def _subdistrict(cls, code, province, district, subdistrict, postcodes):
        env = cls.env
        area = env["lgo.province"].search([("code", "=", code)]) or env["lgo.province"].create(
            {"code": code, "name": province}
        )
        middle = env["lgo.district"].create(
            {"code": f"{code}99", "name": district, "province_id": area.id}
        )
        return env["lgo.subdistrict"].create(
            {
                "code": f"{code}9999",
                "name": subdistrict,
                "district_id": middle.id,
                "postcodes": postcodes,
            }
        )

    def test_official_line(self):
        citizen = self._citizen(
            lgo_house_no="99/1",
            lgo_moo="4",
            lgo_village="หมู่บ้านสุขใจ",
            lgo_soi="2",
            lgo_road="ถนนสายตัวอย่าง",
            lgo_subdistrict_id=self.upcountry.id,
        )
        self.assertEqual(
            citizen.lgo_address_line,
            "99/1 หมู่ที่ 4 หมู่บ้านสุขใจ ซอย 2 ถนนสายตัวอย่าง "
            "ตำบลแม่ทดสอบ อำเภอเมืองตัวอย่าง จังหวัดเชียงตัวอย่าง 50100",
        )

    def test_bangkok_says_khwaeng_and_khet(self):
        citizen = self._citizen(
            lgo_house_no="1", lgo_road="ตัวอย่าง", lgo_subdistrict_id=self.bangkok.id
        )
        self.assertEqual(
            citizen.lgo_address_line,
            "1 ถนนตัวอย่าง แขวงทดสอบ เขตตัวอย่าง กรุงเทพมหานคร 10999",
        )

    def test_core_address_follows(self):
        citizen = self._citizen(lgo_house_no="1", lgo_subdistrict_id=self.upcountry.id)
        self.assertEqual(
            (citizen.street, citizen.street2, citizen.zip),
            ("1", "ตำบลแม่ทดสอบ", "50100"),
        )
        self.assertEqual(citizen.country_id, self.env.ref("base.th"))
        citizen.lgo_subdistrict_id = self.bangkok
        self.assertEqual((citizen.city, citizen.zip), ("เขตตัวอย่าง กรุงเทพมหานคร", "10999"))
        citizen.lgo_house_no = "2"
        self.assertEqual(citizen.street, "2")
        self.assertEqual(citizen.zip, "10999")

    def test_chosen_postcode_stays(self):
        citizen = self._citizen(lgo_subdistrict_id=self.two_codes.id)
        self.assertEqual(citizen.zip, "50290")
        citizen.zip = "50300"
        citizen.lgo_house_no = "5"
        self.assertEqual(citizen.zip, "50300")
        other = self._citizen(lgo_subdistrict_id=self.two_codes.id, zip="50300")
        self.assertEqual(other.zip, "50300")

    def test_form_fills_district_province_postcode(self):
        clerk = new_test_user(self.env, "address_clerk", groups="lgo_base.group_clerk")
        partners = self.env["res.partner"].with_user(clerk).with_context(default_lgo_kind="citizen")
        with Form(partners, "lgo_base.res_partner_view_form_citizen") as form:
            form.lgo_first_name = "มะลิ"
            form.lgo_subdistrict_id = self.upcountry
            self.assertEqual(form.lgo_district_id, self.upcountry.district_id)
            self.assertEqual(form.lgo_province_id.name, "เชียงตัวอย่าง")
            self.assertEqual(form.zip, "50100")
        self.assertIn("ตำบลแม่ทดสอบ", form.record.lgo_address_line)

    def test_parts_of_an_address(self):
        self.assertEqual(self._citizen().lgo_address_line, "")
        self.assertEqual(self._citizen(lgo_moo="7").lgo_address_line, "หมู่ที่ 7")
        odd = self._citizen(lgo_road="<b>\u200bถ\n1</b>", lgo_house_no="  ")
        self.assertEqual(odd.lgo_address_line, "ถนน<b>ถ 1</b>")

    def test_other_contacts_keep_their_street(self):
        contact = self.env["res.partner"].create({"name": "x", "street": "Main St 1", "zip": "1"})
        contact.write({"city": "Town"})
        self.assertEqual((contact.street, contact.city), ("Main St 1", "Town"))
