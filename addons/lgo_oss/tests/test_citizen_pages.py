# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_filing_http import FilingHttpCase, jpeg


@tagged("post_install", "-at_install")
class TestCitizenPages(FilingHttpCase):
    """What a citizen notices: nothing typed is lost, everyday words find, corrections arrive."""

    def test_page_left_open_too_long_keeps_what_was_typed(self):
        response = self._file(csrf_token="forged", description="ไฟดับหน้าวัด <b>")
        self.assertEqual(response.status_code, 400)
        page = html.fromstring(response.text)
        self.assertEqual(page.get_element_by_id("description").text_content(), "ไฟดับหน้าวัด <b>")
        self.assertEqual(page.get_element_by_id("applicant_name").get("value"), "สมชาย ใจดี")
        self.assertTrue(page.xpath("//input[@name='answer_kind'][@value='off'][@checked]"))
        self.assertFalse(self._cases())
        again = {
            field.get("name"): field.get("value") or ""
            for field in page.xpath("//form[contains(@class,'lgo_request_form')]//input")
            if field.get("type") == "hidden"
        }
        self.assertEqual(self._file(form=again).status_code, 200)
        self.assertEqual(len(self._cases()), 1)

    def test_errors_follow_the_form_and_name_the_question(self):
        response = self._file(answer_kind=None, description="", applicant_name="")
        page = html.fromstring(response.text)
        links = page.xpath("//div[contains(@class,'lgo_form_errors')]//a")
        self.assertEqual(
            [link.get("href") for link in links],
            ["#answer_kind", "#description", "#applicant_name"],
        )
        self.assertIn("อาการ:", " ".join(links[0].text_content().split()))

    def test_guest_reads_the_time_of_the_office(self):
        """The public user has no time zone: without one of its own the page would show UTC."""
        case = self._make_case()
        self.env["lgo.case.event"]._add(case, "test", "ทดสอบ", public=True)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE lgo_case_event SET date = '2026-11-25 18:30' WHERE code = 'test'"
        )
        page = self.url_open(f"{case.access_url}?access_token={case.access_token}").text
        self.assertIn("26 พ.ย. 2569 01.30 น.", page)

    def test_huge_photo_has_its_error_at_the_field(self):
        field = self._document_field()
        huge = jpeg() + b"\0" * (50 * 1024 * 1024)
        response = self._file({field: ("big.jpg", huge, "image/jpeg")})
        self.assertEqual(response.status_code, 400)
        self.assertRegex(self._errors(response)[f"{field}_error"], "MB")
        self.assertFalse(self._cases())

    def test_year_without_holidays_does_not_turn_the_citizen_away(self):
        """No day is promised and a manager gets a task; the clerk learns it at acceptance."""
        error = UserError("ยังไม่ได้ยืนยันวันหยุดราชการ")
        manager = self._make_user("oss_catalogue", "lgo_base.group_service_manager", self.unit)
        tasks = self.env["mail.activity"].search_count([])
        with patch.object(self.env.registry["res.company"], "_lgo_due_at", side_effect=error):
            case = self._make_case()
            self.assertEqual(case.state, "submitted")
            self.assertFalse(case.date_due)
            with self.assertRaisesRegex(UserError, "วันหยุดราชการ"), self.env.cr.savepoint():
                case._transition("accept")
        case.invalidate_recordset()
        self.assertEqual(case.state, "submitted")
        self.assertEqual(self.env["mail.activity"].search_count([]), tasks + 1)
        self.assertTrue(manager.has_group("lgo_base.group_service_manager"))
        url = f"{case.access_url}?access_token={case.access_token}"
        self.assertEqual(self.url_open(url).status_code, 200)

    def test_everyday_words_find_the_service(self):
        finds = {"ไฟดับ": True, "ไฟเสียดับ": True, "ขุดเจาะน้ำบาดาล": False, "%": False}
        for query, found in finds.items():
            with self.subTest(query=query):
                page = html.fromstring(self.url_open("/services", params={"q": query}).text)
                links = page.xpath("//a[@href='/services/TEST1']")
                self.assertEqual(bool(links), found)

    def test_home_page_offers_the_service(self):
        self.assertIn("/services/TEST1", self.url_open("/").text)

    def test_corrections_with_a_file(self):
        self.service.document_ids.required = True
        case = self._make_case()
        self.env["lgo.case.defect"]._record(case, "", "ภาพถ่าย")
        case._transition("ask_applicant")
        line = case.document_ids
        url = f"{case.access_url}?access_token={case.access_token}"
        page = html.fromstring(self.url_open(url).text)
        form = page.xpath("//form[contains(@class,'lgo_cure_form')]")[0]
        data = dict(form.fields)
        data["reason"] = "ส่งภาพแล้ว"
        data.pop(f"line_{line.id}", None)

        def cure(name, content):
            return self.url_open(
                form.get("action"), data=data, files={f"line_{line.id}": (name, content)}
            )

        self.assertEqual(cure("x.jpg", b"MZ" * 300).status_code, 400)
        case.invalidate_recordset()
        self.assertEqual((case.state, line.state), ("incomplete", "missing"))
        self.assertEqual(cure("x.jpg", jpeg()).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((case.state, line.state), ("submitted", "received"))
        self.assertEqual(len(line.attachment_ids), 1)
        # who answers the record has received it (Act B.E. 2558, s. 8)
        self.assertEqual(case.defect_ids.acknowledged_how, "link")
        self.assertTrue(case.defect_ids.acknowledged_at)
