# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_oss.tests.test_filing_http import jpeg

from .common import ComplaintCommon

PLACE = {"latitude": 18.7312345, "longitude": 98.9456789}


@tagged("post_install", "-at_install")
class TestMap(ComplaintCommon, HttpCase):
    """Who sees which points, and what the public map tells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_complaint()
        cls.case = cls._complaint(location_text="บ้านเลขที่ ๙ นายสมชาย", **PLACE)
        cls.secret = cls._secret(**PLACE)
        cls.lamp = cls._make_case(**PLACE)

    def test_officers_see_what_they_may_read(self):
        Complaint = self.env["lgo.oss.complaint"]
        seen = {
            self.clerk: {self.case.id}, self.officer: {self.case.id}, self.stranger: set(),
            self.admin: {self.case.id}, self.member: {self.secret.id},
        }  # fmt: skip
        for user, expected in seen.items():
            points = Complaint.with_user(user).action_map_points()["points"]
            mine = {point["id"] for point in points} & {self.case.id, self.secret.id}
            self.assertEqual(mine, expected, user.login)

    def test_filters(self):
        Complaint = self.env["lgo.oss.complaint"].with_user(self.clerk)

        def found(**filters):
            points = Complaint.action_map_points(**filters)["points"]
            return self.case.id in [point["id"] for point in points]

        today = thai.local_date(self.case.submitted_at).isoformat()
        self.assertTrue(found(kinds=[self.road.id], states=["received"]))
        self.assertTrue(found(date_from=today, date_to=today))
        self.assertFalse(found(kinds=[self.water.id]))
        self.assertFalse(found(states=["closed"]))
        self.assertFalse(found(date_from="2100-01-01"))
        self.assertFalse(found(date_to="2000-01-01"))

    def test_points_cost_the_same(self):
        Complaint = self.env["lgo.oss.complaint"].with_user(self.clerk)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Complaint.action_map_points()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for _number in range(5):
            self._complaint(**PLACE)
        self.assertLessEqual(queries(), few)

    def test_public_map(self):
        response = self.url_open("/complaints/map")
        self.assertEqual(response.status_code, 200)
        page = html.fromstring(response.text)
        data = json.loads(page.xpath("//div[@data-points]/@data-points")[0])
        self.assertIn(
            {"lat": 18.731, "lon": 98.946},
            [{"lat": point["lat"], "lon": point["lon"]} for point in data],
        )
        text = response.text
        for secret in ("18.7312345", "สมชาย", "ถนนเป็นหลุม", self.case.name, self.secret.name):
            self.assertNotIn(secret, text)
        self.assertNotIn(self.bribe.name, text)
        rows = page.xpath("//table[contains(@class,'lgo_report_table')]/tbody/tr")
        self.assertEqual(len(rows), len(data))

    def test_photos_only_after_release(self):
        case, url = self.case, f"/complaints/photos/2/{self.case.id}"
        before = self.env["ir.attachment"].create(
            {"name": "a.jpg", "raw": jpeg(), "res_model": case._name, "res_id": case.id}
        )
        after = before.copy({"name": "b.jpg"})
        stranger = before.copy({"name": "c.jpg"})
        case.document_ids[:1].attachment_ids = before
        case.after_attachment_ids = after
        case._transition("assign")
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.env.flush_all()
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self.url_open(f"{url}/{after.id}").status_code, 404)
        case.with_user(self.officer).photos_released = True
        self.env.flush_all()
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.text.count('<img class="img-fluid'), 2)
        self.assertEqual(self.url_open(f"{url}/{after.id}").content, after.raw)
        self.assertEqual(self.url_open(f"{url}/{stranger.id}").status_code, 404)
        self.secret._from_machine().write({"state": "resolved", "photos_released": True})
        self.secret.after_attachment_ids = after
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/complaints/photos/2/{self.secret.id}").status_code, 404)
