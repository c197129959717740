# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree, html

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import MeetingCase

HOSTILE = 'ประกาศ <script>alert("x")</script> น้ำ\u0e49ท่วม 🐘 & "ราคา"'


@tagged("post_install", "-at_install")
class TestBoardPages(MeetingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).company_id = cls.company

    def _names(self, path):
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        rows = html.fromstring(response.text).xpath("//ul[contains(@class, 'lgo_news')]//strong")
        return [row.text_content().strip() for row in rows]

    def test_list_page_and_file(self):
        letter = self._signed(
            body='<p style="color: #eee; font-size: 40px">ข้อความประกาศ</p>',
            subject="ประกาศเขตควบคุม",
        )
        notice = self._publish(letter)
        self.assertIn("ประกาศเขตควบคุม", self._names("/board"))
        self.assertIn("ประกาศเขตควบคุม", self._names(f"/board?kind=ANN&year={notice.year_be}&q=เขต"))
        self.assertNotIn("ประกาศเขตควบคุม", self._names("/board?kind=ORD"))
        self.assertIn("ประกาศเขตควบคุม", self._names("/announcements?kind=official"))
        page = self.url_open(notice._url())
        self.assertIn("ข้อความประกาศ", page.text)
        self.assertNotIn("#eee", page.text)
        self.assertIn(letter.doc_no, page.text)
        self.assertIn(f"/verify/{letter.document_id.token}", page.text)
        file = self.url_open(f"{notice._url()}/document")
        self.assertEqual(file.headers["Content-Type"], "application/pdf")
        self.assertEqual(file.content, letter.document_id._content())
        self.assertIn("no-store", file.headers["Cache-Control"])
        for path in (f"/board/{notice.id}", f"/board/x-{notice.id}", f"/announcements/{notice.id}"):
            self.assertTrue(self.url_open(path).url.endswith(notice._url()), path)

    def test_bad_questions(self):
        self._publish(self._signed())
        for path in (
            "/board?kind=XXX&year=abc", "/board?year=99999999999999999999", "/board?q=%25_",
            "/board/page/999999?q=" + "ก" * 300, "/board?q=" + "%F0%9F%90%98",
        ):  # fmt: skip
            self.assertEqual(self.url_open(path).status_code, 200, path)

    def test_what_is_not_shown_has_no_page_and_no_file(self):
        today = fields.Date.today()
        withdrawn = self._publish(self._signed())
        withdrawn._withdraw_letter("ผิด")
        cancelled_letter = self._signed()
        cancelled = self._publish(cancelled_letter)
        cancelled_letter.with_user(self.registrar)._transition("cancel", reason="ผิด")
        hidden = (
            withdrawn
            | cancelled
            | self._publish(self._signed(), first_day=str(today + timedelta(days=2)))
            | self._publish(
                self._signed(),
                first_day=str(today - timedelta(days=9)),
                last_day=str(today - timedelta(days=2)),
            )
        )
        plain = self.env["lgo.announcement"].create({"name": "ข่าว", "body": "<p>ข่าว</p>"})
        plain.action_publish()
        paths = [notice._url() for notice in hidden] + [f"/board/{notice.id}" for notice in hidden]
        paths += [f"/board/{plain.id}", "/board/0", f"/board/{2**40}", "/board/ann-", "/board/x"]
        paths += [f"/announcements/{notice.id}" for notice in hidden]
        for path in paths:
            self.assertEqual(self.url_open(path).status_code, 404, path)
            self.assertEqual(self.url_open(f"{path}/document").status_code, 404, path)
        for notice in hidden:
            document = notice.sudo().document_id
            self.assertEqual(
                self.url_open(f"/web/content/{document.attachment_id.id}").status_code, 404
            )

    @mute_logger("odoo.http")
    def test_damaged_file_is_not_given_out(self):
        notice = self._publish(self._signed())
        attachment = notice.sudo().document_id.attachment_id
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
            (b"other", attachment.id),
        )
        attachment.invalidate_recordset()
        self.assertEqual(self.url_open(f"{notice._url()}/document").status_code, 404)

    def test_hostile_subject(self):
        notice = self._publish(self._signed(subject=HOSTILE))
        for path in ("/board", notice._url(), "/announcements"):
            text = self.url_open(path).text
            self.assertNotIn("<script>alert(", text, path)
            self.assertIn("&lt;script&gt;alert(", text, path)
        feed = etree.fromstring(self.url_open("/board/rss.xml").content)
        titles = [item.findtext("title") for item in feed.iter("item")]
        self.assertTrue(any(title.endswith(HOSTILE) for title in titles), titles)

    def test_feed(self):
        notice = self._publish(self._signed(subject="ประกาศในฟีด"))
        gone = self._publish(self._signed(subject="ประกาศที่ถอน"))
        gone._withdraw_letter("ผิด")
        response = self.url_open("/board/rss.xml")
        self.assertIn("application/rss+xml", response.headers["Content-Type"])
        feed = etree.fromstring(response.content)
        titles = [item.findtext("title") for item in feed.iter("item")]
        self.assertTrue(any("ประกาศในฟีด" in title for title in titles))
        self.assertFalse(any("ประกาศที่ถอน" in title for title in titles))
        links = [item.findtext("link") for item in feed.iter("item")]
        self.assertTrue(any(link.endswith(notice._url()) for link in links))
