# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import unittest

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools.translate import code_translations

from ..translations import FAMILIAR
from .common import words

PUBLIC = ("/", "/contactus", "/web/login", "/web/signup", "/web/reset_password")
CITIZEN = ("/my", "/my/account", "/my/security", "/my/addresses")


@tagged("post_install", "-at_install", "lgo")
class TestThaiPages(HttpCase):
    """No page that a citizen meets shows a word of English, or the pronoun of a salesman."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not code_translations.get_python_translations("lgo_base", "th_TH"):
            raise unittest.SkipTest("lgo_base is not installed with its Thai")
        cls.env["res.lang"]._activate_lang("th_TH")
        website = cls.env["website"].get_current_website()
        thai = cls.env["res.lang"]._lang_get("th_TH")
        website.write(
            {
                "name": "เทศบาลตำบลบ้านตัวอย่าง",
                "default_lang_id": thai.id,
                "language_ids": [(6, 0, thai.ids)],
                "auth_signup_uninvited": "b2c",
            }
        )
        website.company_id.name = "เทศบาลตำบลบ้านตัวอย่าง"
        new_test_user(
            cls.env,
            login="citizen@example.com",
            password="citizen@example.com",
            groups="base.group_portal",
            name="สมชาย ใจดี",
            lang="th_TH",
        )

    def check(self, paths, status=200):
        for path in paths:
            with self.subTest(page=path):
                response = self.url_open(path)
                self.assertEqual(response.status_code, status)
                self.assertEqual(sorted(words(response.text)), [])
                self.assertEqual(FAMILIAR.findall(response.text), [])

    def test_public_pages(self):
        self.check(PUBLIC)
        self.check(["/there-is-no-such-page"], 404)

    def test_citizen_pages(self):
        self.authenticate("citizen@example.com", "citizen@example.com")
        self.check(CITIZEN)

    def test_messages(self):
        """Wrong password: the answer is Thai."""
        token = html.fromstring(self.url_open("/web/login").text).xpath(
            "//form[contains(@class, 'oe_login_form')]//input[@name='csrf_token']/@value"
        )[0]
        response = self.url_open(
            "/web/login",
            data={"login": "citizen@example.com", "password": "wrong", "csrf_token": token},
        )
        tree = html.fromstring(response.text)
        alerts = " ".join(node.text_content() for node in tree.xpath("//*[@role='alert']"))
        self.assertRegex(alerts, "[\u0e00-\u0e7f]")
        self.assertEqual(sorted(words(f"<p>{alerts}</p>")), [])
