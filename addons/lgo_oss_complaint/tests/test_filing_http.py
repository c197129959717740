# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import parse_qs, urlsplit

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.lgo_oss.controllers.filing import LIMIT
from odoo.addons.lgo_oss.tests.test_filing_http import jpeg

from .common import SECRET, ComplaintCommon


@tagged("post_install", "-at_install")
class TestComplaintFilingHttp(ComplaintCommon, HttpCase):
    """A citizen reports on the website, also without a name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_complaint()

    def _form(self, code):
        page = html.fromstring(self.url_open(f"/services/{code}/request").text)
        return {
            field.get("name"): field.get("value") or ""
            for field in page.xpath("//form[contains(@class,'lgo_request_form')]//input")
            if field.get("name") and field.get("type") == "hidden"
        }

    def _file(self, code="TGRV", files=None, **changes):
        values = {
            **self._form(code),
            "complaint_type": "troad",
            "reporter_kind": "named",
            "applicant_name": "สมชาย ใจดี",
            "applicant_phone": "0812345678",
            "description": "ถนนเป็นหลุม",
            "privacy_shown": "1",
            **changes,
        }
        return self.url_open(f"/services/{code}/request", data=values, files=files)

    def _newest(self):
        return self.env["lgo.oss.complaint"].search([], limit=1)

    def _everything_written(self, case):
        """Rows of all tables that were written for the case, as text."""
        Log = self.env["lgo.audit.log"]
        text = str(Log.search([("res_model", "=", case._name), ("res_id", "=", case.id)]).read())
        for model in (
            "lgo.privacy.acknowledgement", "lgo.case.event", "lgo.register.entry",
            "lgo.case.document", "lgo.case.clock", "lgo.notification", "ir.attachment",
        ):  # fmt: skip
            rows = self.env[model].search(
                [("res_model", "=", case._name), ("res_id", "=", case.id)]
            )
            text += str(rows.read([name for name in rows._fields if name not in ("raw", "datas")]))
        self.env.cr.execute("SELECT key FROM lgo_rate_limit")
        text += str(self.env.cr.fetchall())
        self.env.cr.execute("SELECT * FROM lgo_oss_complaint WHERE id = %s", [case.id])
        return text + str(self.env.cr.fetchall())

    def test_tiles_and_choice_of_type(self):
        page = html.fromstring(self.url_open("/complaints").text)
        links = page.xpath("//ul[contains(@class,'lgo_complaint_types')]//a/@href")
        self.assertIn("/services/TGRV/request?type=troad", links)
        form = html.fromstring(self.url_open("/services/TGRV/request?type=twater").text)
        chosen = form.xpath("//input[@name='complaint_type'][@checked]/@value")
        self.assertEqual(chosen, ["twater"])
        self.assertFalse(
            html.fromstring(self.url_open("/services/TEST1/request").text).xpath(
                "//input[@name='reporter_kind']"
            ),
            "other services ask no such thing",
        )

    def test_by_name(self):
        response = self._file(village_number="3", community="ชุมชนตลาดเก่า")
        self.assertEqual(response.status_code, 200)
        case = self._newest()
        self.assertEqual((case.type_id, case.service_id), (self.road, self.grievance))
        self.assertEqual((case.state, case.applicant_name), ("received", "สมชาย ใจดี"))
        self.assertEqual((case.village_number, case.community), ("3", "ชุมชนตลาดเก่า"))

    def test_type_of_another_service_or_none_is_refused(self):
        for code in ("", "tbribe", "x" * 500, "' OR 1=1"):
            with self.subTest(code):
                response = self._file(complaint_type=code)
                self.assertEqual(response.status_code, 400)
                self.assertIn("complaint_type_error", response.text)

    def test_without_a_name_nothing_points_to_the_reporter(self):
        for login in (None, "oss_citizen"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                line = self.grievance.document_ids.id
                response = self._file(
                    files={f"document_{line}": ("สมชาย.jpg", jpeg(), "image/jpeg")},
                    reporter_kind="anonymous",
                    applicant_email="somchai@example.com",
                )
                self.assertEqual(response.status_code, 200, response.url)
                case = self._newest()
                self.assertEqual((case.reporter_kind, case.state), ("anonymous", "received"))
                text = self._everything_written(case)
                for trace in (
                    "127.0.0.1",
                    "somchai@example.com",
                    "0812345678",
                    "สมชาย ใจดี",
                    "user:",
                ):
                    self.assertNotIn(trace, text)
                self.assertFalse(case.partner_id)
                system = self.env.ref("base.user_root")
                self.assertEqual(case.create_uid | case.event_ids.user_id, system)
                rows = self.env["lgo.audit.log"].search(
                    [("res_model", "=", case._name), ("res_id", "=", case.id)]
                )
                self.assertEqual(set(rows.mapped("uid") + rows.mapped("real_uid")), {system.id})
                self.assertIn(case._follow_code(), response.text)

    def test_who_hides_is_limited_by_address_who_is_named_by_account(self):
        self.authenticate("oss_citizen", "oss_citizen")
        limits = self.env["lgo.rate.limit"]
        limits._count(*[(LIMIT, limits._address("127.0.0.1"))] * LIMIT.count)
        self.assertEqual(self._file(reporter_kind="anonymous").status_code, 429)
        self.assertEqual(self._file(reporter_kind="hidden").status_code, 429)
        self.assertEqual(self._file("TCOR", reporter_kind="named").status_code, 429)
        self.assertEqual(self._file().status_code, 200)

    def test_follow_by_code_confirm_and_reopen(self):
        self.authenticate(None, None)
        self._file(reporter_kind="anonymous")
        case = self._newest()
        code = case._follow_code()
        for number, given, status in (
            (case.name, "AAAAA-AAAAA", 404),
            ("X", code, 404),
            (case.name, "", 404),
            ("\x00", "๑", 400),
        ):
            form = html.fromstring(self.url_open("/complaints/follow").text)
            token = form.xpath(
                "//form[@action='/complaints/follow']//input[@name='csrf_token']/@value"
            )
            data = {"csrf_token": token[0], "number": number, "code": given}
            response = self.url_open("/complaints/follow", data=data)
            self.assertEqual(response.status_code, status)
        case._transition("assign")
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.env.flush_all()
        data.update(number=case.name.lower(), code=code.lower())
        response = self.url_open("/complaints/follow", data=data)
        self.assertEqual(response.status_code, 200)
        self.assertIn("ซ่อมแล้ว", response.text)
        access = parse_qs(urlsplit(response.url).query)["access_token"][0]
        step = f"/my/cases/2/{case.id}/step/confirm"
        form = html.fromstring(response.text)
        csrf = form.xpath(f"//form[@action='{step}']//input[@name='csrf_token']/@value")[0]
        self.url_open(step, data={"csrf_token": csrf, "access_token": "wrong"})
        self.assertEqual(case.state, "resolved")
        self.url_open(step, data={"csrf_token": csrf, "access_token": access})
        case.invalidate_recordset()
        self.assertEqual(case.state, "confirmed")
        self.assertNotIn("127.0.0.1", self._everything_written(case))

    def test_restricted_is_sealed_and_not_in_my_cases(self):
        self.authenticate("oss_citizen", "oss_citizen")
        response = self._file("TCOR", reporter_kind="named", description=SECRET)
        self.assertEqual(response.status_code, 200)
        case = self.env["lgo.oss.complaint"].search([("type_id", "=", self.bribe.id)], limit=1)
        self.assertTrue(case.restricted and case.has_sealed_reporter)
        text = self._everything_written(case)
        for trace in ("127.0.0.1", "สมชาย ใจดี", "0812345678", self.citizen.name, "user:"):
            self.assertNotIn(trace, text)
        self.assertNotIn(case.name, self.url_open("/my/cases").text)
        member = case.with_user(self.member)
        self.assertIn("สมชาย ใจดี", member._reveal_reporter("สอบสวน"))
