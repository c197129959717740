# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import sort_key

from .identity_common import IdentityCase

# พจนานุกรม ฉบับราชบัณฑิตยสถาน: consonant, then vowel, marks only when all else is equal
DICTIONARY = [
    ["กก", "กา", "ก่า", "ก้า", "กาก", "กาง", "เก", "เก่า", "แก", "ไก่", "ขา"],
    ["ณรงค์", "เดช", "ไทย", "มะลิ", "สมชาย", "สมหญิง", "เสมา", "แสง", "หนู", "อ้อย"],
]


@tagged("post_install", "-at_install", "lgo")
class TestCitizenName(IdentityCase, TransactionCase):
    def _prefix(self, name):
        return self.env.ref(f"lgo_base.lgo_name_prefix_{name}")

    def test_prefix_joins_the_first_name(self):
        cases = [
            ("nangsao", "สมหญิง", "", "ใจดี", "นางสาวสมหญิง ใจดี"),
            ("phra", "สมชาย", "", "ฐานวโร", "พระสมชาย ฐานวโร"),
            ("mr", "John", "Q.", "Example", "Mr. John Q. Example"),
            (None, "สมชาย", "", "", "สมชาย"),
        ]
        for prefix, first, middle, last, full in cases:
            citizen = self._citizen(
                lgo_prefix_id=self._prefix(prefix).id if prefix else False,
                lgo_first_name=first,
                lgo_middle_name=middle,
                lgo_last_name=last,
            )
            self.assertEqual(citizen.name, full)
            self.assertEqual(citizen.display_name, full)

    def test_free_prefix(self):
        citizen = self._citizen(lgo_prefix_text="ท่านผู้หญิง")
        self.assertEqual(citizen.name, "ท่านผู้หญิงสมชาย ใจดี")

    def test_juristic_person_has_suffix_and_is_company(self):
        company = self._citizen(
            lgo_kind="juristic",
            lgo_prefix_id=self._prefix("company").id,
            lgo_first_name="ตัวอย่างการค้า",
            lgo_last_name=False,
        )
        self.assertEqual(company.name, "บริษัท ตัวอย่างการค้า จำกัด")
        self.assertTrue(company.is_company)
        company.lgo_kind = "citizen"
        self.assertFalse(company.is_company)

    def test_typed_full_name_is_split(self):
        cases = {
            "นางสาวสมหญิง ใจดี": ("นางสาว", "สมหญิง", "", "ใจดี"),
            "น.ส. สมหญิง ใจดี": ("นางสาว", "สมหญิง", "", "ใจดี"),
            "ว่าที่ร้อยตรีสมชาย  ณ อยุธยา": ("ว่าที่ร้อยตรี", "สมชาย", "ณ", "อยุธยา"),
            "นายิกา ใจดี": (False, "นายิกา", "", "ใจดี"),
            "สมชาย": (False, "สมชาย", "", ""),
        }
        for typed, expected in cases.items():
            citizen = self.env["res.partner"].create({"name": typed, "lgo_kind": "citizen"})
            parts = (
                citizen.lgo_prefix_id.name,
                citizen.lgo_first_name,
                citizen.lgo_middle_name or "",
                citizen.lgo_last_name or "",
            )
            self.assertEqual(parts, expected, typed)
            self.assertEqual(citizen.name, typed)

    def test_other_contacts_stay_as_core_makes_them(self):
        contact = self.env["res.partner"].create({"name": "นายสมชาย ใจดี"})
        self.assertEqual(contact.name, "นายสมชาย ใจดี")
        self.assertFalse(contact.lgo_first_name)
        contact.name = "Somchai"
        self.assertEqual(contact.name, "Somchai")
        user = new_test_user(self.env, "people_portal", groups="base.group_portal", name="สมหญิง")
        self.assertEqual(user.partner_id.name, "สมหญิง")

    def test_a_contact_needs_a_name(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["res.partner"].create({"lgo_kind": "citizen"})

    def test_parts_and_name_follow_each_other(self):
        citizen = self._citizen(lgo_prefix_id=self._prefix("nai").id)
        citizen.lgo_last_name = "มีสุข"
        self.assertEqual(citizen.name, "นายสมชาย มีสุข")
        citizen.name = "นางมะลิ ใจดี"
        self.assertEqual((citizen.lgo_first_name, citizen.lgo_last_name), ("มะลิ", "ใจดี"))
        self.assertEqual(citizen.lgo_prefix_id, self._prefix("nang"))

    def test_form_shows_the_name_while_typing(self):
        clerk = new_test_user(self.env, "people_clerk", groups="lgo_base.group_clerk")
        partners = self.env["res.partner"].with_user(clerk).with_context(default_lgo_kind="citizen")
        with Form(partners, "lgo_base.res_partner_view_form_citizen") as form:
            form.lgo_prefix_id = self._prefix("nai")
            form.lgo_first_name = "สมชาย"
            form.lgo_last_name = "ใจดี"
            self.assertEqual(form.name, "นายสมชาย ใจดี")
            form.lgo_identity_number = "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑"
        citizen = form.record
        self.assertEqual(citizen.name, "นายสมชาย ใจดี")
        self.assertEqual(citizen.lgo_identity_masked, "x-xxxx-xxxxx-12-1")

    def test_hostile_names(self):
        for typed, stored in [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("ส\u200bมชาย\x07", "สมชาย"),
            ("กํา", "กำ"),
            ("เเดง", "แดง"),
            ("👩‍🌾ดี", "👩🌾ดี"),
            ("  a \n b ", "a b"),
        ]:
            citizen = self._citizen(lgo_first_name=typed, lgo_last_name=False)
            self.assertEqual(citizen.name, stored)

    def test_birth_date(self):
        with self.assertRaises(ValidationError):
            self._citizen(lgo_birth_date="2543-01-01")
        self.assertTrue(self._citizen(lgo_birth_date="1957-02-01"))

    def test_sort_key_orders_as_the_dictionary(self):
        for words in DICTIONARY:
            shuffled = sorted(words, key=lambda word: word[::-1])
            self.assertNotEqual(shuffled, words)
            self.assertEqual(sorted(shuffled, key=sort_key.sort_key), words)

    def test_list_sorts_by_first_name_without_prefix(self):
        names = [("nangsao", "เก่ง"), ("nai", "ขวัญ"), ("dekying", "แก้ว"), ("nang", "กานดา")]
        citizens = self.env["res.partner"].concat(
            *(
                self._citizen(lgo_prefix_id=self._prefix(prefix).id, lgo_first_name=first)
                for prefix, first in names
            )
        )
        ordered = citizens.search([("id", "in", citizens.ids)], order="lgo_sort_key, id")
        self.assertEqual(ordered.mapped("lgo_first_name"), ["กานดา", "เก่ง", "แก้ว", "ขวัญ"])

    def test_sort_key_of_odd_texts(self):
        self.assertEqual(sort_key.sort_key(""), "")
        self.assertEqual(sort_key.sort_key(None), "")
        self.assertEqual(sort_key.sort_key("\u0e48"), "")
        self.assertLessEqual(len(sort_key.sort_key("ก่" * 500)), 500)
        self.assertTrue(sort_key.sort_key("😀เ"))
