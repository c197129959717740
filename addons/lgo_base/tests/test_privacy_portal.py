# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re

from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_privacy import PrivacyCase


@tagged("post_install", "-at_install", "lgo")
class TestPrivacyPortal(PrivacyCase, HttpCase):
    def _open(self, path, **data):
        if data:
            data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(path, data=data or None)

    def _text(self, response):
        return re.sub(r"\s+", " ", html.fromstring(response.text).text_content())

    def test_public_page_shows_notice_and_contact(self):
        self._notice(body="<p>{{org}} ใช้ข้อมูลเพื่อทดสอบ</p>")
        text = self._text(self.url_open("/privacy"))
        self.assertIn("เทศบาลตัวอย่าง ใช้ข้อมูลเพื่อทดสอบ", text)
        self.assertIn("dpo@example.go.th", text)

    def test_signed_out_is_sent_to_login(self):
        self.assertIn("/web/login", self.url_open("/my/privacy").url)

    def test_file_see_and_withdraw(self):
        notice = self._notice()
        self.authenticate("privacy_a", "privacy_a")
        detail = "ที่อยู่ผิด <img src=x onerror=alert(1)>"
        response = self._open("/my/privacy/request", type="correct", detail=detail)
        self.assertEqual(response.status_code, 200)
        own = self.env["lgo.privacy.request"].search(
            [("partner_id", "=", self.portal_a.partner_id.id)]
        )
        self.assertEqual((own.type, own.channel, own.state), ("correct", "web", "received"))
        self.assertIn(own.name, self._text(response))
        self.assertNotIn("<img src=x", response.text)
        ack = self.env["lgo.privacy.acknowledgement"].search(
            [("res_model", "=", own._name), ("res_id", "=", own.id)]
        )
        self.assertEqual((ack.notice_id, ack.partner_id), (notice, self.portal_a.partner_id))
        self._open("/my/privacy/withdraw", request_id=own.id)
        self.assertEqual(own.state, "withdrawn")

    def test_close_account(self):
        """With a password by the stock dialog, without one by a request for erasure (s. 33)."""
        self.authenticate("privacy_a", "privacy_a")
        tree = html.fromstring(self._open("/my/security").text)
        self.assertTrue(tree.xpath("//form[@action='/my/deactivate_account']"))
        self.assertTrue(tree.xpath("//section[@name='portal_change_password']"))
        self.assertFalse(tree.xpath("//section[@name='lgo_erase_account']"))
        self.assertTrue(self.portal_a._lgo_has_password())
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE id = %s", [self.portal_a.id]
        )
        self.assertFalse(self.portal_a._lgo_has_password())
        tree = html.fromstring(self._open("/my/security").text)
        self.assertFalse(tree.xpath("//input[@type='password']"), "nothing asks for a password")
        link = tree.xpath("//section[@name='lgo_erase_account']//a/@href")
        self.assertEqual(link, ["/my/privacy?right=erase#new"])
        tree = html.fromstring(self._open(link[0]).text)
        self.assertEqual(tree.xpath("//section[@id='new']//option[@selected]/@value"), ["erase"])
        tree = html.fromstring(self._open("/my/privacy?right=%22%3E%3Cb%3E").text)
        self.assertFalse(tree.xpath("//section[@id='new']//option[@selected]"))

    def test_error_is_shown_and_the_text_kept(self):
        self.authenticate("privacy_a", "privacy_a")
        response = self._open("/my/privacy/request", type="", detail="ลบข้อมูลของฉัน")
        self.assertEqual(response.status_code, 422)
        tree = html.fromstring(response.text)
        self.assertTrue(tree.xpath("//div[@role='alert']"))
        self.assertEqual(tree.xpath("//textarea[@id='privacy_detail']")[0].text, "ลบข้อมูลของฉัน")
        self.assertFalse(
            self.env["lgo.privacy.request"].search_count(
                [("partner_id", "=", self.portal_a.partner_id.id)]
            )
        )

    @mute_logger("odoo.http")
    def test_no_change_without_token_or_by_get(self):
        self.authenticate("privacy_a", "privacy_a")
        for path in ("/my/privacy/request", "/my/privacy/withdraw", "/my/privacy/consent"):
            self.assertEqual(self.url_open(path, data={"type": "access"}).status_code, 400, path)
            self.assertIn(self.url_open(path).status_code, (404, 405), path)
        self.assertFalse(
            self.env["lgo.privacy.request"].search_count(
                [("partner_id", "=", self.portal_a.partner_id.id)]
            )
        )

    def test_another_persons_request(self):
        theirs = self._file(self.portal_b, "erase", "ข้อความลับของบี")
        theirs.sudo().write(
            {"answer_file": base64.b64encode(b"secret"), "answer_file_name": "a.pdf"}
        )
        self.authenticate("privacy_a", "privacy_a")
        self.assertNotIn("ข้อความลับของบี", self._open("/my/privacy").text)
        for value in (theirs.id, "0", "-1", "9" * 30, "x", ""):
            response = self._open("/my/privacy/withdraw", request_id=value)
            self.assertEqual(response.status_code, 404, value)
        self.assertEqual(theirs.state, "received")
        theirs.sudo().state = "answered"
        self.assertEqual(self._open(f"/my/privacy/{theirs.id}/answer").status_code, 404)
        self.authenticate("privacy_b", "privacy_b")
        response = self._open(f"/my/privacy/{theirs.id}/answer")
        self.assertEqual(response.content, b"secret")
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_no_answer_file_before_the_answer(self):
        own = self._file(self.portal_a)
        own.sudo().answer_file = base64.b64encode(b"draft")
        self.authenticate("privacy_a", "privacy_a")
        self.assertEqual(self._open(f"/my/privacy/{own.id}/answer").status_code, 404)

    def test_consent_by_the_citizen(self):
        self.authenticate("privacy_a", "privacy_a")
        has = self.env["lgo.consent"]._has
        self._open("/my/privacy/consent", code="news", give="1")
        self.assertTrue(has(self.portal_a.partner_id, "news"))
        self.assertFalse(has(self.portal_b.partner_id, "news"))
        self._open("/my/privacy/consent", code="news")
        self.assertFalse(has(self.portal_a.partner_id, "news"))
        self.assertEqual(
            self._open("/my/privacy/consent", code="nothing", give="1").status_code, 404
        )

    def test_an_officer_acts_for_nobody_on_the_own_page(self):
        """Who may read and write those of citizens finds and changes only the own ones here."""
        theirs = self._file(self.portal_b, "erase", "ข้อความลับของบี")
        news = self.env["lgo.consent.purpose"].search([("code", "=", "news")])
        self.env["lgo.consent"]._give(self.portal_b.partner_id, news, "web")
        self.authenticate("privacy_officer", "privacy_officer")
        page = self._open("/my/privacy")
        self.assertNotIn("ข้อความลับของบี", page.text)
        self.assertNotIn(theirs.name, page.text)
        give = html.fromstring(page.text).xpath("//button[@name='give']")
        self.assertTrue(give, "the consent of another person does not stand as the own one")
        self._open("/my/privacy/consent", code="news")
        self.assertTrue(self.env["lgo.consent"]._has(self.portal_b.partner_id, "news"))
        self.assertEqual(self._open("/my/privacy/withdraw", request_id=theirs.id).status_code, 404)
        self.assertEqual(theirs.state, "received")

    def test_card_on_the_portal_home(self):
        self.authenticate("privacy_a", "privacy_a")
        self.assertIn('href="/my/privacy"', self._open("/my/home").text)
