# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import json
from datetime import date, timedelta

import openpyxl
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.report_weasyprint.tests.common import WeasyprintCase

from .common import OssCommon


class HandlingCommon(OssCommon):
    @classmethod
    def _set_up_handling(cls):
        cls._set_up_oss()
        cls.privacy = new_test_user(
            cls.env, "handling_dpo", groups="lgo_base.group_privacy_officer"
        )
        cls.person = cls.env["res.partner"].create(
            {"lgo_kind": "citizen", "lgo_first_name": "ดวงใจ", "lgo_last_name": "ทดสอบ",
             "email": "duangjai@example.com"}
        )  # fmt: skip

    def _request(self, type_, verify=True, **values):
        request = self.env["lgo.privacy.request"].create(
            {"partner_id": self.person.id, "type": type_, "identity_check": "card", **values}
        )
        request = request.with_user(self.privacy)
        if verify:
            request.action_verify()
        return request

    def _closed_case(self, months, **values):
        case = self._make_case(**{"partner_id": self.person.id, **values})
        for step in ("accept", "start"):
            case._transition(step)
        case.sudo().outcome = "เสร็จ"
        case._transition("resolve")
        case._transition("complete")
        case._from_machine().closed_at = fields.Datetime.now() - relativedelta(months=months)
        return case


@tagged("post_install", "-at_install")
class TestPrivacyHandling(HandlingCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_handling()

    # ------------------------------------------------------------ time
    def test_longer_time(self):
        request = self._request("access", verify=False)
        due = request.date_due
        request.extension_reason = "ข้อมูลมีจำนวนมาก"
        with self.assertRaises(UserError):
            request.action_extend()
        self.company.lgo_privacy_extension_days = 30
        request.extension_reason = " "
        with self.assertRaises(UserError):
            request.action_extend()
        request.extension_reason = "ข้อมูลมีจำนวนมาก"
        request.action_extend()
        self.assertEqual(request.date_due, due + timedelta(days=30))
        with self.assertRaises(UserError):
            request.action_extend()
        with self.assertRaises(UserError):
            request.write({"extended_days": 60})
        told = self.env["lgo.notification"].search(
            [("res_model", "=", request._name), ("res_id", "=", request.id)]
        )
        self.assertEqual(told.email, "duangjai@example.com")
        self.assertIn("ข้อมูลมีจำนวนมาก", told.body)

    def test_reminder_at_three_quarters(self):
        with freeze_time("2026-01-01 03:00:00"):
            request = self._request("access", user_id=self.privacy.id)
        self.assertEqual(request.date_due, date(2026, 1, 31))
        Request = self.env["lgo.privacy.request"]
        with freeze_time("2026-01-22 03:00:00"):
            Request._cron_remind()
        self.assertFalse(request.activity_ids)
        with freeze_time("2026-01-23 03:00:00"):
            Request._cron_remind()
            Request._cron_remind()
        self.assertEqual(len(request.sudo().activity_ids), 1)
        self.assertEqual(request.sudo().activity_ids.user_id, self.privacy)

    # ------------------------------------------------------------ restriction
    def test_restriction_stops_changes_and_exports(self):
        case = self._make_case(partner_id=self.person.id)
        request = self._request("restrict", detail="ระงับ")
        request.decision = "ระงับการใช้แล้ว"
        request.action_answer()
        self.assertTrue(request.is_restricted)
        clerk = self.person.with_user(self.clerk)
        for attempt in (
            lambda: clerk.write({"phone": "0811111111"}),
            lambda: clerk.export_data(["name"]),
            lambda: case.with_user(self.clerk).write({"applicant_name": "x"}),
            lambda: case.with_user(self.clerk).export_data(["name"]),
        ):
            with self.assertRaises(UserError):
                attempt()
        case.with_user(self.clerk)._transition("accept")
        with self.assertRaises(AccessError):
            request.with_user(self.clerk).action_lift_restriction()
        request.action_lift_restriction()
        clerk.write({"phone": "0811111111"})
        with self.assertRaises(UserError):
            request.action_lift_restriction()

    # ------------------------------------------------------------ correction
    def test_correction_keeps_the_old_value_in_the_trail(self):
        request = self._request("correct", detail="นามสกุลผิด")
        with self.assertRaises(UserError):
            request.action_correct()
        request.write({"correct_field": "lgo_last_name", "correct_value": " ถูกต้อง "})
        with self.assertRaises(AccessError):
            request.with_user(self.clerk).action_correct()
        request.action_correct()
        self.assertEqual(self.person.lgo_last_name, "ถูกต้อง")
        row = self.env["lgo.audit.log"].search(
            [("action", "=", "citizen.correct"), ("res_id", "=", self.person.id)]
        )
        self.assertEqual(json.loads(row.detail), {"field": "lgo_last_name", "old": "ทดสอบ"})
        request.write({"correct_field": "email", "correct_value": "new@example.com"})
        request.action_correct()
        told = self.env["lgo.notification"].search(
            [
                ("template_id.code", "=", "citizen_contact_changed"),
                ("partner_id", "=", self.person.id),
            ]
        )
        self.assertEqual(told.email, "duangjai@example.com")

    # ------------------------------------------------------------ notice and consent
    def test_notice_shown_at_the_counter(self):
        self.company.lgo_dpo_email = "dpo@example.go.th"
        notice = self.env["lgo.privacy.notice"].create(
            {"name": "ประกาศ", "body": "<p>x</p>", "valid_from": "2020-01-01"}
        )
        notice.action_publish()
        shown = self.env["lgo.privacy.acknowledgement"]
        for ticked in (True, False):
            case = self._make_case(privacy_shown=ticked, partner_id=self.person.id)
            rows = shown.search([("res_model", "=", case._name), ("res_id", "=", case.id)])
            self.assertEqual(len(rows), int(ticked))
            if ticked:
                self.assertEqual((rows.partner_id, rows.notice_id), (self.person, notice))

    def test_new_wording_asks_again(self):
        purpose = self.env.ref("lgo_base.lgo_consent_purpose_news")
        Consent = self.env["lgo.consent"]
        first = Consent._give(self.person, purpose, "web")
        self.assertFalse(first._is_outdated())
        purpose.text = "ถ้อยคำใหม่"
        self.assertTrue(first._is_outdated())
        second = Consent._give(self.person, purpose, "web")
        self.assertNotEqual(second, first)
        self.assertTrue(first.revoked_at)
        self.assertEqual(second.text, "ถ้อยคำใหม่")

    def test_record_of_processing_from_services(self):
        Activity = self.env["lgo.processing.activity"].with_user(self.privacy)
        action = Activity.action_fill_from_services()
        line = Activity.search([("service_code", "=", self.service.code)])
        self.assertIn(line.id, action["domain"][0][2])
        for words in ("อาการ", "ภาพถ่าย", "ชื่อและนามสกุล"):
            self.assertIn(words, line.data_items)
        self.assertFalse(line.reviewed_on)
        with self.assertRaises(UserError):
            Activity.action_fill_from_services()
        with self.assertRaises(AccessError):
            Activity.with_user(self.clerk).action_fill_from_services()

    # ------------------------------------------------------------ erasing
    def test_erase_what_no_law_keeps(self):
        self.service.retention_months = 12
        old, young = self._closed_case(13), self._closed_case(2)
        opened = self._make_case(partner_id=self.person.id)
        foreign = self._closed_case(13, partner_id=self.other_person().id)
        request = self._request("erase", verify=False, detail="ลบ")
        with self.assertRaises(UserError):
            request.action_erase()
        request.action_verify()
        request.action_erase()
        self.assertTrue(old.anonymised_at)
        for kept in (young, opened):
            self.assertFalse(kept.anonymised_at)
            self.assertIn(kept.name, request.decision)
        self.assertFalse(foreign.anonymised_at)
        self.assertFalse(self.person.lgo_anonymised_at)
        request.action_answer()

    def other_person(self):
        return self.env["res.partner"].create(
            {"lgo_kind": "citizen", "lgo_first_name": "คนอื่น", "lgo_last_name": "ทดสอบ"}
        )

    def test_erase_a_person_with_an_account(self):
        account = new_test_user(
            self.env, "erase.me@example.com", groups="base.group_portal", name="ลาก่อน ทดสอบ"
        )
        self.person = account.partner_id
        self.env["lgo.consent"]._give(
            self.person, self.env.ref("lgo_base.lgo_consent_purpose_news"), "web"
        )
        request = self._request("erase", detail="ลบบัญชีของ ลาก่อน")
        request.action_erase()
        self.assertFalse(account.active)
        self.assertNotIn("erase.me", account.login)
        self.assertNotIn("ลาก่อน", self.person.name)
        self.assertFalse(request.detail)
        self.assertFalse(self.env["lgo.consent"]._has(self.person, "news"))
        self.assertTrue(request.name, "the register keeps its row")
        request.action_answer()

    def test_only_the_officer_erases(self):
        request = self._request("erase", detail="ลบ")
        for user in (self.clerk, self.head, self.auditor, self.citizen):
            with self.assertRaises(AccessError):
                request.with_user(user).action_erase()
        with self.assertRaises(UserError):
            self._request("access").action_erase()

    # ------------------------------------------------------------ register
    def test_register(self):
        request = self._request("erase", detail="=1+1")
        request.refusal_reason = "มาตรา ๓๓ วรรคสอง"
        request.action_refuse()
        content = request._register_workbook()
        head, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        self.assertEqual(len(set(head)), len(head))
        row = next(row for row in rows if row[0] == request.name)
        self.assertIn("=1+1", row)
        self.assertIn("มาตรา ๓๓ วรรคสอง", row)
        log = self.env["lgo.audit.log"].search(
            [("action", "=", "export"), ("res_model", "=", request._name)], limit=1
        )
        self.assertEqual(json.loads(log.detail)["format"], "xlsx")
        for user in (self.clerk, self.head):
            with self.assertRaises(UserError):
                request.with_user(user)._register_workbook()


@tagged("post_install", "-at_install")
class TestPrivacyPapers(HandlingCommon, WeasyprintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_handling()

    def _print(self, report, record):
        reports = self.env["ir.actions.report"].with_user(self.privacy)
        pdf, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            report, record.ids
        )
        return " ".join(self._text(pdf).split())

    def test_refusal_names_the_way_to_complain(self):
        request = self._request("erase", detail="ลบ")
        with self.assertRaises(UserError):
            request.action_print_answer()
        request.refusal_reason = "ต้องเก็บตามมาตรา 33 วรรคสอง <b>"
        request.action_refuse()
        self.assertTrue(request.action_print_answer())
        text = self._print("lgo_base.action_report_privacy_answer", request)
        for words in ("ดวงใจ ทดสอบ", "มาตรา ๓๓ วรรคสอง <b>", "มาตรา ๗๓", "คณะกรรมการผู้เชี่ยวชาญ"):
            self.assertIn(words, text)

    def test_answer(self):
        request = self._request("access")
        request.decision = "ส่งสำเนาแล้ว"
        request.action_answer()
        text = self._print("lgo_base.action_report_privacy_answer", request)
        self.assertIn("ส่งสำเนาแล้ว", text)
        self.assertIn("มาตรา ๓๐", text)

    def test_breach(self):
        breach = self.env["lgo.privacy.breach"].create(
            {
                "name": "ส่งอีเมลผิดคน",
                "description": "ส่งบัญชีรายชื่อ 12 คน",
                "person_count": 12,
                "risk": "high",
                "known_at": "2026-11-02 02:30:00",
            }
        )
        text = self._print("lgo_base.action_report_privacy_breach", breach)
        for words in ("ส่งอีเมลผิดคน", "๑๒ คน", "มาตรา ๓๗ (๔)", "๒ พฤศจิกายน ๒๕๖๙", "๐๙.๓๐"):
            self.assertIn(words, text)
