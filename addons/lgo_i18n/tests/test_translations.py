# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations

from odoo.addons.lgo_i18n.translations import FIX_DIR, po_file

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}|\{\w*\}")
TAG = re.compile(r"</?(\w+)")


@tagged("post_install", "-at_install", "lgo")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("th_TH")

    def test_files_are_sound(self):
        """No term without Thai, no lost placeholder or tag, nothing twice."""
        for folder in ("i18n", FIX_DIR):
            entries = polib.pofile(po_file(folder, "th"), check_for_duplicates=True)
            self.assertTrue(entries)
            for entry in entries:
                with self.subTest(term=entry.msgid):
                    self.assertRegex(entry.msgstr, "[\u0e00-\u0e7f]")
                    self.assertCountEqual(
                        PLACEHOLDER.findall(entry.msgstr), PLACEHOLDER.findall(entry.msgid)
                    )
                    self.assertEqual(TAG.findall(entry.msgstr), TAG.findall(entry.msgid))

    def test_terms_of_views(self):
        view = self.env.ref("portal.frontend_layout")
        arch = view.with_context(lang="th_TH").arch_db
        self.assertIn("ข้ามไปยังเนื้อหา", arch)
        self.assertNotIn("Skip to Content", arch)

    def test_terms_of_scripts_and_python(self):
        messages = code_translations.get_web_translations("web", "th_TH")["messages"]
        thai = {row["id"]: row["string"] for row in messages}
        self.assertEqual(thai["My Preferences"], "การตั้งค่าของฉัน")
        python = code_translations.get_python_translations("auth_signup", "th_TH")
        self.assertIn(
            "อีเมลของท่าน", python["Password reset instructions sent to your email address."]
        )

    def test_other_languages_are_left_alone(self):
        messages = code_translations.get_web_translations("web", "fr_FR")["messages"]
        self.assertFalse([row for row in messages if re.search("[\u0e00-\u0e7f]", row["string"])])

    def test_wrong_terms_are_replaced(self):
        self.assertEqual(self.env.ref("base.td").with_context(lang="th_TH").name, "ชาด")

    def test_update_of_another_addon_keeps_our_terms(self):
        view = self.env.ref("portal.frontend_layout")
        view.with_context(lang="th_TH").update_field_translations(
            "arch_db", {"th_TH": {"Skip to Content": "Skip to Content"}}
        )
        self.env.ref("base.td").with_context(lang="th_TH").name = "Chad"
        self.env["ir.module.module"]._load_module_terms(["portal"], ["th_TH"])
        self.assertIn("ข้ามไปยังเนื้อหา", view.with_context(lang="th_TH").arch_db)
        self.assertEqual(self.env.ref("base.td").with_context(lang="th_TH").name, "ชาด")
