# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ways in that a hostile citizen or officer has found; each test is named after the leak."""

import csv
import io
import json
import re
from unittest.mock import patch

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_oss.controllers import filing

from .common import OssCase, OssCommon


@tagged("post_install", "-at_install")
class TestLeaks(OssCase):
    def setUp(self):
        super().setUp()
        self.case = self._make_case(partner_id=self.citizen.partner_id.id)

    # ------------------------------------------------------------ the officer plays the citizen
    def test_leak_paper_carries_the_citizens_token(self):
        """The QR on a paper asks for the phone: whoever sees the paper is not the citizen."""
        codes = []
        report = "odoo.addons.report_weasyprint.models.ir_actions_report.qr_svg"
        with patch(report, lambda text, **_options: codes.append(text) or ""):
            self.env["ir.actions.report"]._render_qweb_html(
                "lgo_base.report_case_acknowledgement", self.case.ids
            )
        self.assertTrue(any(code.endswith(f"/track?number={self.case.name}") for code in codes))
        self.assertFalse([code for code in codes if self.case.sudo().access_token in code])

    def test_leak_officer_reads_the_citizens_token(self):
        for user in (self.officer, self.clerk, self.mayor, self.citizen):
            case = self.case.with_user(user)
            for name in ("access_token", "filing_key"):
                with self.subTest(user=user.login, field=name), self.assertRaises(AccessError):
                    case.read([name])
            self.assertNotIn(self.case.access_token, case.get_portal_url())
            self.assertNotIn(self.case.access_token, case._get_share_url())
            with self.assertRaises(AccessError):
                case.search_count([("access_token", "=like", "a%")])
        mine = self.env["lgo.notification"].search([("res_id", "=", self.case.id)])
        with self.assertRaises(AccessError):
            mine.with_user(self.officer).read(["body"])

    def test_leak_clerk_sets_a_known_token(self):
        self.env["ir.default"].with_user(self.clerk).set(
            "lgo.oss.request", "access_token", "known-to-me", user_id=True
        )
        Case = self.env["lgo.oss.request"].with_user(self.clerk)
        values = {"service_id": self.service.id, "applicant_name": "x"}
        self.assertNotEqual(Case.create(values).sudo().access_token, "known-to-me")
        with self.assertRaises(AccessError):
            Case.create({**values, "access_token": "known-to-me"})
        with self.assertRaises(AccessError):
            Case.with_context(default_access_token="known-to-me").create(values)

    def test_leak_officer_becomes_the_applicant(self):
        changes = {
            "partner_id": self.officer.partner_id.id,
            "agent_partner_id": self.officer.partner_id.id,
            "applicant_name": "x",
            "applicant_phone": "0899999999",
            "applicant_email": "x@example.com",
            "description": "x",
            "channel": "phone",
            "answers": {"kind": "blink"},
        }
        for name, value in changes.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.case.with_user(self.officer).write({name: value})
        for name, value in {
            "service_id": self._make_service("TEST4").id,
            "company_id": self.company.id,
            "filing_key": "x" * 16,
            "access_token": "x",
            "resolved_at": fields.Datetime.now(),
        }.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.case.with_user(self.clerk).write({name: value})
        self.case.with_user(self.clerk).write({"applicant_phone": "0811111111"})
        row = self.env["lgo.audit.log"].search(
            [("action", "=", "case.correct"), ("res_id", "=", self.case.id)]
        )
        self.assertEqual((len(row), row.severity), (1, "warning"))
        self.assertIn("applicant_phone", row.detail)
        self.assertNotIn("0811111111", row.detail)

    def test_leak_officer_rates_the_own_work(self):
        values = {
            "res_model_id": self.env["ir.model"]._get_id("lgo.oss.request"),
            "res_id": self.case.id,
            "rating": 5,
            "consumed": True,
        }
        for user in (self.officer, self.stranger, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["rating.rating"].with_user(user).create(values)
        self.case._rate(2, "ช้า")
        with self.assertRaises(AccessError):
            self.case._citizen_rating().with_user(self.officer).write({"rating": 5})
        self.assertEqual(self.case._citizen_rating().rating, 2)

    def test_leak_officer_signs_up_as_a_citizen(self):
        person = self.env["res.partner"].create({"name": "มานี มีนา"})
        for user in (self.stranger, self.clerk, self.citizen):
            self.assertFalse(person.with_user(user).signup_get_auth_param()[person.id])

    # ------------------------------------------------------------ the citizen looks behind
    def test_leak_citizen_guesses_internal_notes_by_searching(self):
        self.case.message_post(body="ความลับภายใน", subtype_xmlid="mail.mt_note")
        self.env["lgo.case.event"]._add(self.case, "note", "ความลับภายใน", public=False)
        Case = self.env["lgo.oss.request"].with_user(self.citizen)
        for domain in (
            [("event_ids.text", "ilike", "ความลับ")],
            [("event_ids", "any", [("public", "=", False)])],
            [("message_ids.body", "ilike", "ความลับ")],
            [("website_message_ids.body", "ilike", "x")],
            [("clock_ids.kind", "=", "check")],
            [("document_ids.note", "=", False)],
            [("defect_ids.number", "=", 1)],
            [("notice_ids.number", "=", 1)],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                Case.search_count(domain)

    def test_leak_citizen_reads_the_result_before_it_is_decided(self):
        self.case.outcome = "ร่างคำสั่ง"
        for name in ("outcome", "late_cause", "forwarded_to", "after_attachment_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.case.with_user(self.citizen).read([name])

    # ------------------------------------------------------------ states and evidence
    def test_leak_default_from_context_sets_the_state(self):
        Case = self.env["lgo.oss.request"].with_user(self.clerk)
        self.env["ir.default"].with_user(self.clerk).set(
            "lgo.oss.request", "state", "completed", user_id=True
        )
        case = Case.with_context(
            default_state="completed", default_name="TST-1", default_closed_at="2026-01-01"
        ).create({"service_id": self.service.id, "applicant_name": "x"})
        self.assertEqual((case.state, case.name, case.closed_at), ("draft", False, False))

    def test_leak_document_moves_to_another_case_or_names_another_checker(self):
        other = self._make_case()
        line = self.case.document_ids[:1].with_user(self.officer)
        with self.assertRaises(AccessError):
            line.write({"res_id": other.id})
        line.write({"state": "accepted", "checked_by_id": self.mayor.id})
        self.assertEqual(line.checked_by_id, self.officer)
        line.write({"checked_by_id": self.mayor.id})
        self.assertEqual(line.checked_by_id, self.officer)
        for model in ("res.users", "no.such.model"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env["lgo.case.document"].with_user(self.clerk).create(
                    {"name": "x", "res_model": model, "res_id": self.mayor.id}
                )

    def test_leak_wizard_points_to_another_model(self):
        Step = self.env["lgo.case.transition.wizard"].with_user(self.officer)
        for model, ids in (("res.users", "2"), ("no.model", "2"), ("lgo.oss.request", "1,x")):
            with self.subTest(model=model), self.assertRaises(UserError):
                wizard = Step.create(
                    {"res_model": model, "res_ids": ids, "transition": "reject", "reason": "x"}
                )
                wizard.action_confirm()
        Defect = self.env["lgo.case.defect.wizard"].with_user(self.officer)
        with self.assertRaises(UserError):
            Defect.create({"res_model": "res.users", "res_id": 2, "defects": "x"}).action_confirm()
        mine = Defect.create({"res_model": "lgo.oss.request", "res_id": self.case.id})
        self.assertFalse(Defect.with_user(self.stranger).search([("id", "=", mine.id)]))

    def test_leak_account_with_the_address_of_somebody_else(self):
        """An address that nobody has verified opens no case that was filed with it before."""
        address = "somebody@example.com"
        guest = self._make_case(applicant_email=address)
        person = self.env["res.partner"].create({"name": "สมหญิง ใจดี", "email": address})
        known = self._make_case(partner_id=person.id, applicant_email=address)
        self.env["website"].search([]).auth_signup_uninvited = "b2c"
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        users = self.env["res.users"].sudo()
        users.signup({"login": address, "name": "ผู้แอบอ้าง", "password": "a-long-password-1"})
        user = users.search([("login", "=", address)])
        self.assertTrue(user.share)
        self.assertNotEqual(user.partner_id, person)
        cases = guest | known
        self.assertFalse(cases.with_user(user)._filtered_access("read"))
        rows = self.env["lgo.case.register"].with_user(user)
        self.assertFalse(rows.search([("case_id", "in", cases.ids)]))
        user.with_user(user).email = "other@example.com"
        self.assertFalse(cases.with_user(user)._filtered_access("read"))


@tagged("post_install", "-at_install")
class TestLeaksHttp(OssCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    def _post(self, case, path, **data):
        token = http_csrf(self)
        return self.url_open(f"{case.access_url}/{path}", data={"csrf_token": token, **data})

    def test_leak_officer_withdraws_or_rates_on_the_citizens_page(self):
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        for user in (self.officer, self.mayor, self.auditor):
            self.authenticate(user.login, user.login)
            for token in ("", case.access_token):
                with self.subTest(user=user.login, token=bool(token)):
                    answer = self._post(case, "step/withdraw", reason="x", access_token=token)
                    self.assertEqual(answer.status_code, 400)
                    answer = self._post(case, "rate", rating="5", access_token=token)
                    self.assertEqual(answer.status_code, 400)
        case.invalidate_recordset()
        self.assertEqual(case.state, "submitted")
        self.assertFalse(case._citizen_rating())
        self.authenticate("oss_citizen", "oss_citizen")
        self.assertEqual(self._post(case, "step/withdraw", reason="x").status_code, 200)
        case.invalidate_recordset()
        self.assertEqual(case.state, "withdrawn")

    def test_leak_form_key_of_another_opens_the_case(self):
        case = self._make_case(partner_id=self.citizen.partner_id.id)
        case.sudo()._from_machine().filing_key = "key-of-the-citizen-1"
        self.authenticate("oss_neighbour", "oss_neighbour")
        data = {
            "csrf_token": http_csrf(self),
            "filing_key": "key-of-the-citizen-1",
            "applicant_name": "มานะ",
            "applicant_phone": "0812345678",
            "description": "x",
            "answer_kind": "off",
            "privacy_shown": "1",
        }
        answer = self.url_open("/services/TEST1/request", data=data)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn(case.name, answer.text)
        self.assertNotIn(case.access_token, answer.url)

    def test_leak_form_key_of_another_site_survives(self):
        answer = self.url_open(
            "/services/TEST1/request",
            data={"filing_key": "known-to-the-attacker", "csrf_token": "x"},
        )
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn("known-to-the-attacker", answer.text)

    def test_leak_holder_of_the_link_writes_into_the_chatter(self):
        case = self._make_case()
        answer = self.make_jsonrpc_request(
            "/portal/chatter_init",
            {
                "thread_model": case._name,
                "thread_id": case.id,
                "token": case.access_token,
            },
        )
        self.assertNotIn("mail.thread", answer)
        upload = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": http_csrf(self),
                "thread_model": case._name,
                "thread_id": case.id,
                "token": case.access_token,
            },
            files={"ufile": ("a.html", b"<script>", "text/html")},
        )
        self.assertEqual(upload.status_code, 404)

    def test_leak_nul_byte_ends_in_a_server_error(self):
        case = self._make_case()
        self.authenticate(self.citizen.login, self.citizen.login)
        for path, status in (
            ("/services?q=%00", 400),
            ("/services?%00=1", 400),
            ("/verify?q=%00", 400),
            ("/verify/%00", 404),
            ("/verify/%00/download", 404),
            ("/services/%00", 404),
            ("/services/%00/request", 404),
            ("/track?number=%00", 400),
            (f"{case.access_url}?access_token=%00", 400),
            ("/my/cases?sortby=%00", 400),
            ("/my/%00", 404),
            ("/%00", 404),
            ("/en%00/services", 404),
            ("/web/content/%00", 404),
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, status)
        answer = self.url_open(
            "/track", data={"number": "\0DS", "phone": "\0", "csrf_token": http_csrf(self)}
        )
        self.assertEqual(answer.status_code, 400)

    def test_leak_file_or_thai_in_place_of_a_text_ends_in_a_server_error(self):
        case = self._make_case()
        document = case._issued_documents()[:1]
        token = http_csrf(self)
        for path, name in (
            ("/track", "number"),
            ("/track", "phone"),
            ("/services/TEST1/request", "applicant_name"),
            ("/services/TEST1/request", "filing_key"),
            ("/services/TEST1/request", "draft"),
            (f"{case.access_url}/rate", "access_token"),
            (f"{case.access_url}/step/cure", "reason"),
        ):
            answer = self.url_open(
                path, data={"csrf_token": token}, files={name: ("a.txt", b"a", "text/plain")}
            )
            with self.subTest(path=path, name=name):
                self.assertLess(answer.status_code, 500)
        for path in (case.access_url, f"/verify/{document.token}/download"):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(f"{path}?access_token=ก").status_code, 404)
        check = f"/verify/{document.token}/check"
        self.assertEqual(self.url_open(check, {"csrf_token": token, "file": "x"}).status_code, 200)
        files = {"file": ("a.pdf", document.attachment_id.raw, "application/pdf")}
        answer = self.url_open(check, {"csrf_token": token}, files=files)
        self.assertRegex(answer.text, r'lgo_verify_same\s*"')

    def test_leak_shared_cache_keeps_lists_of_the_citizen(self):
        self.authenticate(self.citizen.login, self.citizen.login)
        for path in ("/my", "/my/home", "/my/cases", "/my/account", "/my/privacy"):
            answer = self.url_open(path)
            with self.subTest(path=path):
                self.assertEqual(answer.status_code, 200)
                self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_leak_guest_fills_the_books_by_machine(self):
        answers = []
        with patch.object(filing, "LIMIT", Limit("filing", 2, 600)):
            for number in range(3):
                data = {
                    "csrf_token": http_csrf(self),
                    "filing_key": f"machine-key-{number:08d}",
                    "applicant_name": "เครื่อง",
                    "applicant_phone": "0812345678",
                    "description": "x",
                    "answer_kind": "off",
                    "privacy_shown": "1",
                }
                answers.append(self.url_open("/services/TEST1/request", data=data).status_code)
        self.assertEqual(answers, [200, 200, 429])

    def test_leak_shared_cache_keeps_personal_pages(self):
        case = self._make_case()
        for url in (
            f"{case.access_url}?access_token={case.access_token}",
            "/services/TEST1/request",
        ):
            self.assertIn("no-store", self.url_open(url).headers.get("Cache-Control", ""), url)

    def test_leak_tries_on_one_number_in_many_spellings(self):
        case = self._make_case()
        spellings = (case.name, case.name.lower(), case.name.replace("-", " "), f" {case.name} ")
        statuses = [
            self.url_open(
                "/track",
                data={
                    "number": spellings[attempt % len(spellings)],
                    "phone": "0000",
                    "csrf_token": http_csrf(self),
                },
            ).status_code
            for attempt in range(9)
        ]
        self.assertEqual(statuses, [404] * 8 + [429])

    def _export(self, kind, *names):
        """The list of requests as an officer exports it, in bytes."""
        login = f"oss_export_{kind}"
        new_test_user(self.env, login, groups="lgo_base.group_clerk,base.group_allow_export")
        self.authenticate(login, login)
        data = {
            "model": "lgo.oss.request",
            "fields": [{"name": name, "label": name, "type": "char"} for name in names],
            "ids": False,
            "domain": [("service_id", "=", self.service.id)],
            "import_compat": False,
            "context": {},
        }
        form = {"csrf_token": http_csrf(self), "data": json.dumps(data)}
        return self.url_open(f"/web/export/{kind}", data=form).content

    def test_leak_formula_in_an_exported_workbook(self):
        self._make_case(description='=HYPERLINK("http://evil.example")', applicant_name="=1+1")
        content = self._export("xlsx", "applicant_name", "description")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        self.assertIn("=1+1", [cell.value for cell in cells])
        self.assertNotIn("f", {cell.data_type for cell in cells}, "no cell is a formula")

    def test_leak_formula_in_an_exported_csv_file(self):
        """Odoo knows "=", "+" and "-"; a spreadsheet takes "@", tab and full-width signs too."""
        texts = {
            f"{sign}SUM(1+1)*cmd|'/C calc'!A0" for sign in ("=", "+", "-", "@", "\t=", "\r=", "＝")
        }
        for text in texts:
            self._make_case(location_text=text)
        self._make_case(location_text="หน้าวัด @ ตลาด = 1")
        content = self._export("csv", "location_text").decode()
        rows = csv.reader(io.StringIO(content, newline=""))
        found = {row[0] for row in list(rows)[1:]}
        self.assertEqual(found, {f"'{text}" for text in texts} | {"หน้าวัด @ ตลาด = 1"})


def http_csrf(case):
    """A token for the session of ``case`` (an ``HttpCase``)."""
    page = case.url_open("/web/login").text
    return re.search(r'csrf_token: "([^"]+)"', page)[1]
