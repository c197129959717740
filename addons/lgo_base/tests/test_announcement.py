# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import html

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

DAY = timedelta(days=1)


class AnnouncementCommon:
    @classmethod
    def _set_up(cls):
        cls.publisher = new_test_user(cls.env, "news_publisher", "lgo_base.group_publisher")
        cls.clerk = new_test_user(cls.env, "news_clerk", "lgo_base.group_clerk")
        cls.citizen = new_test_user(cls.env, "news_citizen", "base.group_portal")
        cls.company = cls.env["website"].get_current_website().company_id

    def _make(self, name, publish=True, **values):
        notice = (
            self.env["lgo.announcement"]
            .with_user(self.publisher)
            .create({"name": name, "body": "<p>ข้อความ</p>", **values})
        )
        if publish:
            notice.action_publish()
        return notice


@tagged("post_install", "-at_install")
class TestAnnouncement(AnnouncementCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up()

    def test_only_a_publisher_writes(self):
        notice = self._make("ประกาศทดสอบ", publish=False)
        Announcement = self.env["lgo.announcement"]
        for user in (self.clerk, self.citizen):
            with self.assertRaises(AccessError):
                Announcement.with_user(user).create({"name": "x"})
            with self.assertRaises(AccessError):
                notice.with_user(user).action_publish()
        with self.assertRaises(AccessError):
            notice.write({"state": "published"})
        with self.assertRaises(AccessError):
            notice.with_user(self.publisher).write({"state": "published"})
        self.assertEqual(notice.state, "draft")

    def test_nothing_empty_is_published(self):
        notice = self._make("ไม่มีเนื้อหา", publish=False, body="<p><br></p>")
        with self.assertRaises(ValidationError):
            notice.action_publish()
        with self.assertRaises(ValidationError):
            self._make("ผิดลำดับ", date_to=fields.Datetime.now() - DAY)

    def test_a_published_one_is_not_deleted(self):
        notice = self._make("ประกาศทดสอบ")
        self.assertEqual(notice.published_by_id, self.publisher)
        with self.assertRaises(UserError):
            notice.unlink()
        notice.action_withdraw()
        notice.unlink()
        self.assertFalse(notice.exists())

    def test_each_step_is_in_the_audit_trail(self):
        notice = self._make("ประกาศทดสอบ")
        notice.action_withdraw()
        rows = self.env["lgo.audit.log"].search(
            [("res_model", "=", "lgo.announcement"), ("res_id", "=", notice.id)]
        )
        self.assertEqual(
            set(rows.mapped("action")), {"announcement.publish", "announcement.withdraw"}
        )

    def test_citizens_see_what_is_shown_now(self):
        """Two citizens and a visitor: read, search, count, write."""
        now = fields.Datetime.now()
        shown = self._make("แสดง")
        hidden = (
            self._make("ร่าง", publish=False)
            | self._make("ยังไม่ถึง", date_from=now + DAY)
            | self._make("หมดเวลา", date_from=now - 2 * DAY, date_to=now - DAY)
        )
        other = new_test_user(self.env, "news_citizen_2", "base.group_portal")
        for user in (self.citizen, other, self.env.ref("base.public_user")):
            Announcement = self.env["lgo.announcement"].with_user(user)
            ours = [("id", "in", (shown | hidden).ids)]
            self.assertEqual(Announcement.search(ours), shown)
            self.assertEqual(Announcement.search_count(ours), 1)
            self.assertEqual(shown.with_user(user).name, "แสดง")
            for notice in hidden:
                with self.assertRaises(AccessError):
                    notice.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                shown.with_user(user).write({"name": "x"})


@tagged("post_install", "-at_install")
class TestAnnouncementPages(AnnouncementCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up()

    def _names(self, path):
        response = self.url_open(path)
        self.assertEqual(response.status_code, 200)
        rows = html.fromstring(response.text).xpath("//ul[contains(@class, 'lgo_news')]//strong")
        return [" ".join(row.text_content().split()) for row in rows]

    def test_pinned_first_and_escaped(self):
        now = fields.Datetime.now()
        self._make("ข่าวใหม่ <b>", kind="news")
        self._make("ปักหมุด", pinned=True, date_from=now - 30 * DAY)
        self._make("ข่าวเก่า", kind="news", date_from=now - 9 * DAY)
        names = self._names("/")
        self.assertLess(names.index("ปักหมุด"), names.index("ข่าวใหม่ <b>"))
        names = self._names("/announcements?kind=news")
        self.assertNotIn("ปักหมุด", names)
        self.assertLess(names.index("ข่าวใหม่ <b>"), names.index("ข่าวเก่า"))

    def test_hidden_one_has_no_page_and_no_file(self):
        Attachment = self.env["ir.attachment"].with_user(self.publisher)
        file = Attachment.create({"name": "ประกาศ.txt", "raw": b"secret until monday"})
        other = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"of somebody else"})
        notice = self._make(
            "พรุ่งนี้",
            date_from=fields.Datetime.now() + DAY,
            attachment_ids=[Command.set(file.ids)],
        )
        url, file_url = notice._url(), f"{notice._url()}/file/{file.id}"
        for path in (url, file_url, "/announcements/0", f"/announcements/{2**40}"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        notice.date_from = fields.Datetime.now() - DAY
        self.assertEqual(self.url_open(url).status_code, 200)
        response = self.url_open(file_url)
        self.assertEqual(response.content, b"secret until monday")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(self.url_open(f"{url}/file/{other.id}").status_code, 404)

    def test_scripts_in_the_text_do_not_run(self):
        notice = self._make("อันตราย", body='<p onclick="x()">ก</p><script>alert(1)</script>')
        text = self.url_open(notice._url()).text
        self.assertNotIn("alert(1)", text)
        self.assertNotIn('onclick="x()"', text)
