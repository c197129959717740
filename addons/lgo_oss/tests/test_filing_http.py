# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import re
from urllib.parse import urlsplit

from lxml import html
from PIL import Image

from odoo.tests import HttpCase, tagged

from ..controllers.filing import LIMIT
from .common import OssCommon


def jpeg(size=(64, 48)):
    """A small real photo."""
    stream = io.BytesIO()
    Image.new("RGB", size, (40, 90, 160)).save(stream, "JPEG")
    return stream.getvalue()


class FilingHttpCase(OssCommon, HttpCase):
    """Fills in and sends the form of a request, as a browser does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    # ------------------------------------------------------------ helpers
    def _form(self, code="TEST1"):
        page = html.fromstring(self.url_open(f"/services/{code}/request").text)
        return {
            field.get("name"): field.get("value") or ""
            for field in page.xpath("//form[contains(@class,'lgo_request_form')]//input")
            if field.get("name") and field.get("type") in ("hidden", "text", "tel", "email")
        }

    def _file(self, files=None, code="TEST1", form=None, **changes):
        values = form or self._form(code)
        values = {
            **values,
            "applicant_name": "สมชาย ใจดี",
            "applicant_phone": "๐๘๑ ๒๓๔ ๕๖๗๘",
            "description": "ไฟดับหน้าวัด",
            "answer_kind": "off",
            "privacy_shown": "1",
            **changes,
        }
        values = {key: value for key, value in values.items() if value is not None}
        return self.url_open(
            f"/services/{code}/request", data=values, files=files, allow_redirects=True
        )

    def _cases(self):
        return self.env["lgo.oss.request"].search([("service_id", "=", self.service.id)])

    def _errors(self, response):
        page = html.fromstring(response.text)
        return {
            node.get("id"): node.text_content().strip()
            for node in page.xpath("//div[contains(@class,'invalid-feedback')]")
        }

    def _document_field(self):
        return f"document_{self.service.document_ids.id}"


@tagged("post_install", "-at_install")
class TestFilingHttp(FilingHttpCase):
    """What a browser, or a hostile hand, can send to the citizens' pages."""

    # ------------------------------------------------------------ filing
    def test_guest_files_and_follows(self):
        response = self._file({self._document_field(): ("ไฟ.jpg", jpeg(), "image/jpeg")})
        self.assertEqual(response.status_code, 200)
        case = self._cases()
        self.assertEqual(len(case), 1)
        self.assertEqual((case.state, case.channel), ("submitted", "web"))
        self.assertEqual(case.applicant_name, "สมชาย ใจดี")
        self.assertFalse(case.partner_id)
        self.assertEqual(case.document_ids.state, "received")
        self.assertIn(case.name, response.text)
        self.assertIn("access_token", urlsplit(response.url).query)
        found = self._track(case.name, "5678")
        self.assertEqual(found.status_code, 200)
        self.assertIn(case.state_public, found.text)
        for personal in ("สมชาย", "ไฟดับหน้าวัด", "5678</"):
            self.assertNotIn(personal, html.fromstring(found.text).text_content())

    def test_guest_without_a_phone_is_not_sent_to_the_tracking_form(self):
        """The tracking form asks for the phone: who gave none follows by the link in the mail."""
        response = self._file(applicant_phone="", applicant_email="guest@example.com")
        text = html.fromstring(response.text).xpath("//div[contains(@class,'lgo_thanks')]")[0]
        self.assertIn("อีเมล", text.text_content())
        self.assertNotIn("โทรศัพท์", text.text_content())

    def test_form_sent_twice_makes_one_case(self):
        form = self._form()
        first = self._file(form=form)
        second = self._file(form=form)
        self.assertEqual(len(self._cases()), 1)
        self.assertEqual(first.url, second.url)

    def test_errors_stand_at_the_field_and_nothing_is_stored(self):
        field = self._document_field()
        cases = [
            ({"applicant_name": "  "}, None, "applicant_name_error"),
            ({"applicant_phone": "", "applicant_email": ""}, None, "applicant_phone_error"),
            ({"applicant_phone": "12"}, None, "applicant_phone_error"),
            ({"applicant_email": "ไม่ใช่อีเมล"}, None, "applicant_email_error"),
            ({"description": ""}, None, "description_error"),
            ({"description": "ก" * 4001}, None, "description_error"),
            ({"answer_kind": "forged"}, None, "answer_kind_error"),
            ({"answer_kind": None}, None, "answer_kind_error"),
            ({"answer_count": "สิบ"}, None, "answer_count_error"),
            ({"answer_count": "9" * 30}, None, "answer_count_error"),
            ({"privacy_shown": None}, None, "privacy_shown_error"),
            ({}, {field: ("ไฟ.jpg", b"MZ" + b"\0" * 500, "image/jpeg")}, f"{field}_error"),
            (
                {},
                {field: ("a.svg", b"<svg><script>alert(1)</script></svg>", "image/svg+xml")},
                f"{field}_error",
            ),
            ({}, [(field, (f"{n}.jpg", jpeg(), "image/jpeg")) for n in range(4)], f"{field}_error"),
        ]
        for changes, files, expected in cases:
            with self.subTest(changes=changes, files=bool(files)):
                response = self._file(files, **changes)
                self.assertEqual(response.status_code, 400)
                errors = self._errors(response)
                self.assertIn(expected, errors)
                self.assertRegex(errors[expected], "[ก-๙]", "the message is Thai")
                self.assertFalse(self._cases(), "nothing is stored half")

    def test_photo_of_50_megabytes(self):
        huge = jpeg() + b"\0" * (50 * 1024 * 1024)
        response = self._file({self._document_field(): ("big.jpg", huge, "image/jpeg")})
        self.assertIn(response.status_code, (400, 413))
        self.assertFalse(self._cases())

    def test_place_out_of_this_world(self):
        for latitude, longitude in (("91", "0"), ("x", "y"), ("nan", "nan"), ("1e999", "0")):
            response = self._file(latitude=latitude, longitude=longitude)
            self.assertEqual(response.status_code, 400, (latitude, longitude))
        self.assertFalse(self._cases())

    def test_html_stays_text(self):
        name = "<img src=x onerror=alert(1)>"
        response = self._file(applicant_name=name, description="<b>หนา</b>")
        case = self._cases()
        self.assertEqual(case.applicant_name, name)
        self.assertNotIn("<img src=x", response.text)

    def test_unpublished_unknown_or_forged_service(self):
        self._make_service("TEST4", publish=False)
        for code in ("TEST4", "NOPE", "1", "TEST1'--", "../TEST1"):
            self.assertEqual(self.url_open(f"/services/{code}").status_code, 404, code)
            self.assertEqual(self.url_open(f"/services/{code}/request").status_code, 404, code)

    def test_posted_ids_do_not_count(self):
        """Fields that the form does not have are ignored, whoever sends them."""
        other = self._make_service("TEST5")
        self._file(
            service_id=str(other.id),
            state="completed",
            partner_id=str(self.citizen.partner_id.id),
            user_id="2",
            name="TST-0000-TEST1-00001-0",
        )
        case = self._cases()
        self.assertEqual(len(case), 1)
        self.assertFalse(case.partner_id)
        self.assertFalse(case.user_id)
        self.assertEqual(case.state, "submitted")

    def test_without_csrf_token(self):
        response = self._file(csrf_token="forged")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._cases())

    def test_an_account_files_only_so_often(self):
        """Thirty in ten minutes by account; the account of another is not stopped by it."""
        self.authenticate("oss_citizen", "oss_citizen")
        calls = [(LIMIT, f"user:{self.citizen.id}")] * LIMIT.count
        self.env["lgo.rate.limit"]._count(*calls[1:])
        self.assertEqual(self._file().status_code, 200)
        self.assertEqual(len(self._cases()), 1)
        for draft in ({}, {"save_draft": "1"}):
            response = self._file(**draft)
            self.assertEqual(response.status_code, 429)
            self.assertIn("โปรดรอ 10 นาที", response.text)
        self.assertEqual(len(self._cases()), 1)
        self.assertFalse(self.env["lgo.oss.draft"].search([]))
        self.authenticate("oss_neighbour", "oss_neighbour")
        self.assertEqual(self._file().status_code, 200)
        self.assertEqual(len(self._cases()), 2)

    def test_service_that_wants_a_login(self):
        self.service.guest_allowed = False
        response = self.url_open("/services/TEST1/request", allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    # ------------------------------------------------------------ the case page
    def _track(self, number, phone):
        return self.url_open("/track", data={"number": number, "phone": phone})

    def test_token_opens_one_case_only(self):
        case, other = self._make_case(), self._make_case()
        good = f"{case.access_url}?access_token={case.access_token}"
        self.assertEqual(self.url_open(good).status_code, 200)
        for url in (
            case.access_url,
            f"{case.access_url}?access_token=",
            f"{case.access_url}?access_token=forged",
            f"{other.access_url}?access_token={case.access_token}",
            f"/my/cases/9/{case.id}?access_token={case.access_token}",
            f"/my/cases/1/999999999?access_token={case.access_token}",
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)

    def test_papers_and_files_belong_to_the_case(self):
        case, other = self._make_case(), self._make_case()
        paper = case._issued_documents()[:1]
        self.assertTrue(paper)
        good = f"{case.access_url}/paper/{paper.id}?access_token={case.access_token}"
        answer = self.url_open(good)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        stranger = f"{other.access_url}/paper/{paper.id}?access_token={other.access_token}"
        self.assertEqual(self.url_open(stranger).status_code, 404)
        secret = self.env["ir.attachment"].create({"name": "ลับ", "raw": b"x"})
        url = f"{case.access_url}/file/{secret.id}?access_token={case.access_token}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_neighbour_gets_a_404(self):
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        self.authenticate("oss_neighbour", "oss_neighbour")
        self.assertEqual(self.url_open(case.access_url).status_code, 404)
        self.assertNotIn(case.name, self.url_open("/my/cases").text)
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self.url_open(case.access_url).status_code, 200)
        self.assertIn(case.name, self.url_open("/my/cases").text)

    def test_steps_need_post_and_the_right_state(self):
        case = self._make_case()
        base = f"{case.access_url}/step/complete"
        self.assertIn(
            self.url_open(f"{base}?access_token={case.access_token}").status_code, (404, 405)
        )
        page = html.fromstring(
            self.url_open(f"{case.access_url}?access_token={case.access_token}").text
        )
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        for step in ("complete", "accept", "reject", "resolve", "nonsense"):
            response = self.url_open(
                f"{case.access_url}/step/{step}",
                data={"csrf_token": token, "access_token": case.access_token, "reason": "x"},
            )
            self.assertEqual(response.status_code, 400, step)
        case.invalidate_recordset()
        self.assertEqual(case.state, "submitted")

    def test_rating_needs_a_finished_case_and_1_to_5(self):
        case = self._make_case()
        case._transition("accept")
        url = f"{case.access_url}?access_token={case.access_token}"

        def rate(value):
            token = html.fromstring(self.url_open(url).text).xpath(
                "//input[@name='csrf_token']/@value"
            )[0]
            return self.url_open(
                f"{case.access_url}/rate",
                data={"csrf_token": token, "access_token": case.access_token, "rating": value},
            )

        self.assertEqual(rate("5").status_code, 400)
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        for value in ("0", "6", "-1", "x", ""):
            self.assertEqual(rate(value).status_code, 400, value)
        self.assertEqual(rate("4").status_code, 200)
        self.assertEqual(case._citizen_rating().rating, 4)
        rating = self.env["rating.rating"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id), ("consumed", "=", True)]
        )
        self.assertEqual(len(rating), 1)

    def test_tracking_gives_one_answer_and_then_waits(self):
        case = self._make_case()
        wrong = [(case.name, "0000"), ("TST-0000-NONE-00001-0", "5678"), ("<b>", "5678")]
        texts = set()
        for number, phone in wrong:
            response = self._track(number, phone)
            self.assertEqual(response.status_code, 404)
            alert = html.fromstring(response.text).xpath("//div[@role='alert']")[0]
            texts.add(re.sub(r"\s+", " ", alert.text_content()).strip())
        self.assertEqual(len(texts), 1, "all mistakes get the same answer")
        for _try in range(10):
            response = self._track(case.name, "0000")
        self.assertEqual(response.status_code, 429)
        self.assertEqual(self._track(case.name, "5678").status_code, 429)

    def _page_queries(self, url):
        """Queries that a page asks once it has been compiled."""
        self.url_open(url)
        self.env.cr.flush()
        before = self.env.cr.sql_log_count
        self.assertEqual(self.url_open(url).status_code, 200, url)
        return self.env.cr.sql_log_count - before

    def test_page_query_counts(self):
        """Pages of the journey ask the database a bounded number of times."""
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        self.authenticate("oss_citizen", "oss_citizen")
        for url, limit in (
            ("/services", 11),
            ("/services/TEST1", 12),
            ("/services/TEST1/request", 16),
            ("/my/cases", 11),
            (case.access_url, 21),
            ("/track", 6),
        ):
            self.assertLessEqual(self._page_queries(url), limit, url)

    def test_tracking_query_count(self):
        """The answer to number and phone, too."""
        case = self._make_case()
        self._track(case.name, "5678")
        self.env.cr.flush()
        before = self.env.cr.sql_log_count
        self.assertEqual(self._track(case.name, "5678").status_code, 200)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 16)

    def test_list_of_many_cases_asks_no_more(self):
        for _number in range(2):
            self._make_case(partner_id=self.citizen.partner_id.id)
        self.authenticate("oss_citizen", "oss_citizen")
        few = self._page_queries("/my/cases")
        for _number in range(8):
            self._make_case(partner_id=self.citizen.partner_id.id)
        self.assertLessEqual(self._page_queries("/my/cases"), few, "the list asks once a row")

    def test_list_keeps_cases_of_a_withdrawn_service(self):
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        self.service.active = False
        self.authenticate("oss_citizen", "oss_citizen")
        page = self.url_open("/my/cases")
        self.assertEqual(page.status_code, 200)
        self.assertIn(case.name, page.text)
        self.assertIn(self.service.name, page.text)
        self.assertEqual(self.url_open(case.access_url).status_code, 200)
