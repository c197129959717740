# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

EVIL_SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
onload="alert(1)"><script>alert(1)</script><a xlink:href="https://example.com/x"><circle r="4"
style="fill:url(https://example.com/y)"/></a><use href="#kept"/></svg>"""


@tagged("post_install", "-at_install")
class TestOrganisation(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "เทศบาลตำบลทดสอบโปรไฟล์"})

    def test_province_gives_the_letter_code(self):
        chiang_mai = self.env["lgo.province"].search([("code", "=", "50")])
        self.company.lgo_province_id = chiang_mai
        self.assertEqual(self.company.lgo_letter_code, "ชม")

    def test_codes(self):
        self.company.write({"lgo_short_code": "DS", "lgo_number_code": "52301"})
        for vals in (
            {"lgo_short_code": "ดส"},
            {"lgo_short_code": "A"},
            {"lgo_short_code": "<b>X"},
            {"lgo_number_code": "5230"},
            {"lgo_number_code": "๕๒๓๐๑"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.company.write(vals)

    def test_svg_is_cleaned(self):
        self.company.lgo_emblem = base64.b64encode(EVIL_SVG)
        stored = base64.b64decode(self.company.lgo_emblem)
        for word in (b"script", b"onload", b"example.com"):
            self.assertNotIn(word, stored)
        self.assertIn(b"#kept", stored)

    def test_what_is_no_picture_is_refused(self):
        for data in (
            b"<html/>",
            b"MZ\x00",
            b'<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        ):
            with self.subTest(data=data), self.assertRaises(ValidationError):
                self.company.lgo_seal = base64.b64encode(data)

    def test_checklist_shrinks(self):
        self.assertIn("Short code", self.company.with_context(lang="en_US").lgo_missing_text)
        self.company.lgo_short_code = "DS"
        self.assertNotIn("Short code", self.company.with_context(lang="en_US").lgo_missing_text)

    def test_who_may_edit_the_profile(self):
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        admin = new_test_user(self.env, "profile_admin", "lgo_base.group_admin", **companies)
        clerk = new_test_user(self.env, "profile_clerk", "lgo_base.group_clerk", **companies)
        self.company.with_user(admin).write({"lgo_short_code": "DS", "lgo_office_close": 17.0})
        self.assertEqual(self.company.lgo_short_code, "DS")
        with self.assertRaises(AccessError):
            self.company.with_user(clerk).lgo_short_code = "XX"
