# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.tests import tagged

from .builder_common import BuilderCommon
from .test_filing_http import FilingHttpCase, jpeg


@tagged("post_install", "-at_install")
class TestBuilderHttp(BuilderCommon, FilingHttpCase):
    """A form with conditions and lists, as a browser without scripts or a hostile hand sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()  # has set up users and a service
        cls._set_up_manager()
        cls.new, cls.move = cls._code("ติดไฟใหม่"), cls._code("ย้ายเสา")
        cls.consent = cls.built.document_ids.filtered("condition_code")

    def _send(self, files=None, **changes):
        return self._file(files, code="BUILT", answer_kind=None, answer_what=self.new, **changes)

    def _cases(self):
        return self.env["lgo.oss.request"].search([("service_id", "=", self.built.id)])

    def test_form_of_the_page(self):
        page = html.fromstring(self.url_open("/services/BUILT/request").text)
        pole = page.xpath("//*[@name='answer_pole']/ancestor::div[@data-condition-field]")[0]
        self.assertEqual(
            (pole.get("data-condition-field"), pole.get("data-condition-operator")),
            ("answer_what", "is"),
        )
        self.assertEqual(pole.get("data-condition-values"), self.move)
        rows = page.xpath("//fieldset[@id='answer_houses']//details")
        self.assertEqual(len(rows), 3)
        self.assertEqual([bool(row.get("open")) for row in rows], [True, False, False])
        owner = page.xpath(
            "//*[@name='answer_houses__1__owner']/ancestor::div[@data-condition-field]"
        )
        self.assertIn(
            "answer_houses__1__tenant", [div.get("data-condition-field") for div in owner]
        )
        ids = [node.get("id") for node in page.xpath("//*[@id]")]
        self.assertEqual(len(ids), len(set(ids)), "every id once")

    def test_citizen_files_conditions_and_lists(self):
        response = self._send(
            answer_houses__0__no="12/3",
            answer_houses__2__no="๙๙",
            answer_houses__2__tenant="1",
            answer_houses__2__owner="มานี มีบ้าน",
            answer_houses__2__people="๔",
            answer_pole="แอบส่ง",
        )
        self.assertEqual(response.status_code, 200)
        case = self._cases()
        self.assertEqual(len(case), 1)
        self.assertEqual(
            case._answer_values()["houses"],
            [
                {"no": "12/3", "tenant": False, "people": False},
                {"no": "๙๙", "tenant": True, "owner": "มานี มีบ้าน", "people": 4},
            ],
        )
        self.assertNotIn("pole", case._answer_values())
        self.assertIn("มานี มีบ้าน", case.answer_row_ids.mapped("summary")[1])

    def test_errors_in_a_row_stand_at_the_field(self):
        response = self._send(answer_houses__1__people="หลายคน", answer_houses__0__no="1")
        self.assertEqual(response.status_code, 400)
        errors = self._errors(response)
        self.assertLessEqual(
            {"answer_houses__1__no_error", "answer_houses__1__people_error"}, set(errors)
        )
        page = html.fromstring(response.text)
        links = [a.get("href") for a in page.xpath("//div[contains(@class, 'lgo_form_errors')]//a")]
        self.assertIn("#answer_houses__1__no", links)
        self.assertEqual(page.xpath("//input[@name='answer_houses__1__people']/@value"), ["หลายคน"])
        self.assertTrue(page.xpath("//details[.//input[@name='answer_houses__1__no']]/@open"))
        self.assertFalse(self._cases())

    def test_hostile_posts(self):
        row = {"answer_houses__0__no": "1"}
        for changes in (
            {**row, "answer_unknown": "1"},
            {**row, "answer_houses__0__unknown": "1"},
            {**row, "answer_houses__x__no": "1"},
            {**row, "answer_houses__0__no__no": "1"},
            {**row, "answer_houses": "1"},
            {**row, "answer_what": "forged"},
            {**row, "answer_what": None},
            {f"answer_houses__{index}__no": "1" for index in range(4)},
            {f"answer_houses__{index}__no": "1" for index in range(900, 999)},
            {"answer_houses__0__no": "x" * 5000},
        ):
            with self.subTest(changes):
                values = {"answer_what": self.new, **changes}
                response = self._file(code="BUILT", answer_kind=None, **values)
                self.assertEqual(response.status_code, 400)
                self.assertTrue(
                    html.fromstring(response.text).xpath(
                        "//div[contains(@class,'lgo_form_errors')]"
                    )
                )
                self.assertFalse(self._cases())

    def test_document_is_demanded_by_the_answer(self):
        field = f"document_{self.consent.id}"
        moved = {"answer_what": self.move, "answer_pole": "A1"}
        response = self._file(code="BUILT", answer_kind=None, **moved)
        self.assertEqual(response.status_code, 400)
        self.assertIn(f"{field}_error", self._errors(response))
        response = self._file(
            {field: ("ยินยอม.jpg", jpeg(), "image/jpeg")}, code="BUILT", answer_kind=None, **moved
        )
        self.assertEqual(response.status_code, 200)
        case = self._cases()
        self.assertEqual(
            {line.name: line.state for line in case.document_ids},
            {"แผนที่": "missing", "หนังสือยินยอมย้ายเสา": "received"},
        )
        # a file for a document that does not apply is not kept
        response = self._send(
            {field: ("ยินยอม.jpg", jpeg(), "image/jpeg")}, answer_houses__0__no="1"
        )
        case = self._cases() - case
        self.assertEqual(case.document_ids.mapped("name"), ["แผนที่"])
        self.assertFalse(case.document_ids.attachment_ids)

    def test_manual_page_and_pdf_in_the_legal_order(self):
        page = html.fromstring(self.url_open("/services/BUILT").text)
        order = [
            node.text_content().strip()
            for node in page.xpath("//section[contains(@class, 'lgo_manual_part')]/h3")
        ]
        self.assertEqual(
            order,
            [
                "ชื่อกระบวนงาน", "หน่วยงานที่รับผิดชอบ", "ประเภทของงานบริการ", "กฎหมายที่เกี่ยวข้อง",
                "ช่องทางการให้บริการ", "หลักเกณฑ์ วิธีการ และเงื่อนไขในการยื่นคำขอ",
                "ขั้นตอน ระยะเวลา และส่วนงานที่รับผิดชอบ", "รายการเอกสารหลักฐานประกอบการยื่นคำขอ",
                "ค่าธรรมเนียม", "ช่องทางการร้องเรียน", "ตัวอย่างแบบฟอร์ม", "หมายเหตุ",
            ],
        )  # fmt: skip
        first = self.url_open("/services/BUILT/manual.pdf")
        self.assertEqual(first.headers["Content-Type"], "application/pdf")
        self.assertTrue(first.content.startswith(b"%PDF"))
        self.built.with_user(self.manager).description = "ยังไม่เผยแพร่"
        self.assertEqual(self.url_open("/services/BUILT/manual.pdf").content, first.content)
        self.assertNotIn("ยังไม่เผยแพร่", self.url_open("/services/BUILT").text)
        for code in ("DRAFT", "%25", "x" * 300):
            self.assertEqual(self.url_open(f"/services/{code}/manual.pdf").status_code, 404)

    def test_suspended_says_so(self):
        self.built.with_user(self.manager).action_suspend()
        response = self.url_open("/services/BUILT")
        self.assertEqual(response.status_code, 200)
        page = html.fromstring(response.text)
        self.assertTrue(page.xpath("//div[contains(@class, 'alert-warning')]"))
        self.assertFalse(page.xpath("//a[contains(@href, '/request')]"))
        self.assertEqual(self.url_open("/services/BUILT/request").status_code, 404)
        self.assertNotIn("/services/BUILT", self.url_open("/services").text)

    def test_preview_before_publishing(self):
        draft = self._build("DRAFTED", publish=False)
        self.assertEqual(self.url_open("/services/DRAFTED").status_code, 404)
        self.authenticate("oss_manager", "oss_manager")
        page = html.fromstring(self.url_open("/services/DRAFTED/preview").text)
        self.assertTrue(page.xpath("//form[contains(@class, 'lgo_preview_form')]//fieldset"))
        self.assertTrue(page.xpath("//*[@name='answer_houses__0__no']"))
        self.assertIn(draft.document_ids[1].name, page.text_content())
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self.url_open("/services/DRAFTED/preview").status_code, 404)
