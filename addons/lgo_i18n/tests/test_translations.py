# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import Counter

import polib

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.translate import code_translations

from odoo.addons.lgo_i18n.translations import FIX_DIR, mail_texts, po_file, polite

from .common import words

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
                    self.assertEqual(entry.msgstr, polite(entry.msgstr))
                    if any("mail.template,body_html" in place for place, _ in entry.occurrences):
                        # the advertisement in an invitation is left out, nothing comes in
                        self.assertFalse(
                            Counter(TAG.findall(entry.msgstr)) - Counter(TAG.findall(entry.msgid))
                        )
                        continue
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
        self.env["ir.module.module"]._load_module_terms(["base", "portal"], ["th_TH"])
        self.assertIn("ข้ามไปยังเนื้อหา", view.with_context(lang="th_TH").arch_db)
        self.assertEqual(self.env.ref("base.td").with_context(lang="th_TH").name, "ชาด")

    def test_polite(self):
        """The pronoun changes, the words that merely begin like it do not."""
        for text, expected in (
            ("รหัสผ่านของคุณ", "รหัสผ่านของท่าน"),
            ("คุณแน่ใจหรือไม่ คุณต้องการลบ", "ท่านแน่ใจหรือไม่ ท่านต้องการลบ"),
            ("ขอบคุณ ตรวจคุณภาพและคุณสมบัติของคุณ", "ขอบคุณ ตรวจคุณภาพและคุณสมบัติของท่าน"),
            ("ผู้ทรงคุณวุฒิ คุณค่า คุณลักษณะ", "ผู้ทรงคุณวุฒิ คุณค่า คุณลักษณะ"),
            ("คุณ %(client_name)s", "คุณ %(client_name)s"),
            ("Your password", "Your password"),
            ("", ""),
            (None, None),
        ):
            with self.subTest(text=text):
                self.assertEqual(polite(text), expected)

    def test_terms_of_odoo_are_polite(self):
        """In Python, in a script, in a view and in the record of a field."""
        python = code_translations.get_python_translations("mail", "th_TH")
        self.assertIn("ท่าน", python["You are alone in this channel."])
        messages = code_translations.get_web_translations("web", "th_TH")["messages"]
        self.assertFalse([row for row in messages if polite(row["string"]) != row["string"]])
        view = self.env.ref("mail.message_document_unfollowed").with_context(lang="th_TH")
        self.assertIn("ท่าน", view.arch_db)
        self.assertNotIn("คุณ", view.arch_db)
        field = self.env.ref("base.field_res_users__password").with_context(lang="th_TH")
        self.assertEqual(field.help, polite(field.help))

    def test_letters_of_the_office_stay(self):
        """A letter that an office wrote anew is not replaced by an update; Odoo's own is."""
        letter = self.env.ref("auth_totp_mail.mail_template_totp_mail_code")
        letter = letter.with_context(lang="th_TH")
        own = "<p>เรียน คุณสมชาย รหัสของคุณ</p>"
        letter.body_html = own
        self.env["ir.module.module"]._load_module_terms(["auth_totp_mail"], ["th_TH"])
        self.assertEqual(letter.body_html, own)
        letter.body_html = code = mail_texts("auth_totp_mail", "th_TH")[
            ("mail.template,body_html", "mail_template_totp_mail_code")
        ]
        self.assertIn("คุณ", code)
        self.env["ir.module.module"]._load_module_terms(["auth_totp_mail"], ["th_TH"])
        self.assertNotIn("คุณ", letter.body_html)

    def test_letters_are_thai(self):
        """Invitation, new account, reset: what a person gets before the first page."""
        self.env.user.write({"name": "ผู้ดูแลระบบ", "signature": "<p>ผู้ดูแลระบบ</p>"})
        user = new_test_user(self.env, "letter@example.com", name="สมชาย ใจดี", lang="th_TH")
        user.company_id.name = "เทศบาลตำบลบ้านตัวอย่าง"
        for name in (
            "auth_signup.set_password_email",
            "auth_signup.portal_set_password_email",
            "auth_signup.mail_template_user_signup_account_created",
            "auth_signup.mail_template_data_unregistered_users",
            "auth_totp_mail.mail_template_totp_mail_code",
        ):
            with self.subTest(letter=name):
                values = self.env.ref(name)._generate_template(user.ids, ("subject", "body_html"))[
                    user.id
                ]
                self.assertEqual(sorted(words(values["body_html"]) - {"Odoo"}), [])
                self.assertEqual(sorted(words(f"<p>{values['subject']}</p>")), [])
                self.assertEqual(polite(values["body_html"]), values["body_html"])
        text = (
            self.env["ir.qweb"]
            .with_context(lang="th_TH")
            ._render("auth_signup.reset_password_email", {"object": user, "user": user})
        )
        self.assertEqual(sorted(words(text) - {"Odoo"}), [])
