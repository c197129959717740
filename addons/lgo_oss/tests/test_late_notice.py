# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OssCase

#: The worked examples of counting time (B.E. 2539 Act, s. 64; holidays of B.E. 2569):
#: complete on, limit, unit, due, days of the first three late notices.
AGENCY = [
    ("2026-09-28", 15, "day", "2026-10-13", ("2026-10-13", "2026-10-20", "2026-10-27")),
    ("2026-10-01", 45, "day", "2026-11-15", ("2026-11-15", "2026-11-22", "2026-11-29")),
    ("2026-04-10", 7, "working_day", "2026-04-24", ("2026-04-24", "2026-05-01", "2026-05-08")),
    ("2026-04-10", 15, "working_day", "2026-05-07", ("2026-05-07", "2026-05-14", "2026-05-21")),
]
#: record of defects written on, days to cure, to be cured until
PERSON = [("2026-09-28", 15, "2026-10-14"), ("2026-10-01", 45, "2026-11-16")]


@tagged("post_install", "-at_install")
class TestLateNotice(OssCase):
    """The days of the law on real cases, and who signs what is owed on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_signers()
        cls.law = cls.service.published_version_id.law_version_id
        cls.law.write({"covers_services": True, "copy_to_opdc": True, "cure_days": 15})
        cls.executive = cls._make_post("นายกเทศมนตรีตำบลทดสอบ", "executive", cls.mayor)
        cls.director = cls._make_post("ผู้อำนวยการกองช่าง", "director", cls.head, unit=cls.unit)
        cls.chief = cls._make_post("ปลัดเทศบาล", "top_officer", cls.auditor)
        cls.auditor.email = "palad@example.com"
        # not the concern of these tests: cases of other tests or of the demo
        cls.env["lgo.case.clock"].search([("stopped_at", "=", False)])._stop()

    def _accepted(self, day, limit=15, unit="day"):
        self.service.write({"time_limit": limit, "time_unit": unit})
        self.service.invalidate_recordset(["version_ids"])
        self.service.action_publish()
        with freeze_time(f"{day} 03:00:00"):
            case = self._make_case(applicant_email="somying@example.com")
            case._transition("accept")
        return case

    def _job(self, day):
        """The daily job in the test's own transaction."""
        with freeze_time(f"{day} 05:00:00"):
            self.env["lgo.case.notice"]._cron_late_notices()

    def setUp(self):
        super().setUp()
        # the job commits after each case; inside a test there is nothing to commit
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 3600.0)

    # ------------------------------------------------------------ days of the law
    def test_days_of_an_agency(self):
        for start, limit, unit, due, owed in AGENCY:
            with self.subTest(start=start, limit=limit, unit=unit):
                case = self._accepted(start, limit, unit)
                self.assertEqual(fields.Date.to_string(case.date_due), due)
                day = fields.Date.to_date(due) - timedelta(days=1)
                last = fields.Date.to_date(owed[-1])
                found = []
                while day <= last:
                    before = case.notice_ids
                    self._job(day)
                    self._job(day)
                    case.invalidate_recordset(["notice_ids"])
                    found += [fields.Date.to_string(day)] * len(case.notice_ids - before)
                    day += timedelta(days=1)
                self.assertEqual(tuple(found), owed)
                self.assertEqual(
                    tuple(map(fields.Date.to_string, case.notice_ids.mapped("date_owed"))), owed
                )
                self.assertEqual(case.notice_ids.mapped("number"), [1, 2, 3])

    def test_days_of_a_person(self):
        for start, days, until in PERSON:
            with self.subTest(start=start, days=days), freeze_time(f"{start} 03:00:00"):
                self.law.cure_days = days
                case = self._make_case()
                self.env["lgo.case.defect"]._record(case, "ภาพไม่ชัด", "")
                case._transition("ask_applicant")
                self.assertEqual(fields.Date.to_string(case.defect_ids.date_cure), until)
                clock = case.clock_ids.filtered(lambda row: row.kind == "citizen")
                self.assertEqual(fields.Date.to_string(clock.date_due), until)

    def test_saturday_evening(self):
        with freeze_time("2026-11-28 13:00:00"):  # Saturday 20:00 in Bangkok
            case = self._make_case(channel="web")
        self.assertEqual(fields.Datetime.to_string(case.submitted_at), "2026-11-28 13:00:00")
        self.assertEqual(fields.Datetime.to_string(case.deemed_received_at), "2026-11-30 01:30:00")

    def test_first_notice_is_a_setting(self):
        self.law.late_notice_offset_days = 7
        case = self._accepted("2026-09-28")
        for day, number in (("2026-10-19", 0), ("2026-10-20", 1), ("2026-10-27", 2)):
            self._job(day)
            case.invalidate_recordset(["notice_ids"])
            self.assertEqual(len(case.notice_ids), number, day)
        for days in (-1, 8):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.law.late_notice_offset_days = days
                self.law.flush_recordset()

    def test_killed_in_between(self):
        """A case that fails or is rolled back keeps no half notice; the next run makes it."""
        first, second = self._accepted("2026-09-28"), self._accepted("2026-09-28")
        Notice = type(self.env["lgo.case.notice"])
        original = Notice._ask_signer

        def killed(this):
            if this.res_id == second.id:
                raise SystemExit
            return original(this)

        self.patch(Notice, "_ask_signer", killed)
        died = False
        try:  # assertRaises would roll back what the job had finished
            self._job("2026-10-13")
        except SystemExit:
            died = True
        self.assertTrue(died)
        self.env.invalidate_all()
        self.assertEqual((len(first.notice_ids), len(second.notice_ids)), (1, 0))
        self.patch(Notice, "_ask_signer", original)
        self._job("2026-10-13")
        self.env.invalidate_all()
        self.assertEqual((len(first.notice_ids), len(second.notice_ids)), (1, 1))
        self.assertEqual(len(self._tasks(first)), 1)

    def test_one_bad_case_does_not_stop_the_others(self):
        first, second = self._accepted("2026-09-28"), self._accepted("2026-09-28")
        Notice = type(self.env["lgo.case.notice"])
        original = Notice._ask_signer
        self.patch(
            Notice,
            "_ask_signer",
            lambda this: 1 / 0 if this.res_id == first.id else original(this),
        )
        with mute_logger("odoo.addons.lgo_base.models.lgo_case_notice"):
            self._job("2026-10-13")
        self.env.invalidate_all()
        self.assertEqual((len(first.notice_ids), len(second.notice_ids)), (0, 1))

    def test_no_notice_for_a_decided_case(self):
        case = self._accepted("2026-09-28")
        self._job("2026-10-13")
        case.invalidate_recordset()
        self.assertEqual(case.notice_ids.state, "to_sign")
        case.outcome = "ซ่อมแล้ว"
        with freeze_time("2026-10-14 03:00:00"):
            case._transition("resolve")
        self.assertEqual(case.notice_ids.state, "dropped")
        self.assertFalse(self._tasks(case))
        self._job("2026-10-27")
        case.invalidate_recordset()
        self.assertEqual(len(case.notice_ids), 1)
        with self.assertRaises(UserError):
            case.notice_ids.with_user(self.head)._sign("ช้า")

    # ------------------------------------------------------------ who signs
    def _tasks(self, case, kind="sign"):
        kind = self.env.ref(f"lgo_base.mail_activity_type_{kind}")
        return case.sudo().activity_ids.filtered(lambda task: task.activity_type_id == kind)

    def _owed(self, **values):
        case = self._accepted("2026-09-28")
        case.write(values)
        self._job("2026-10-13")
        case.invalidate_recordset()
        return case

    def test_head_of_the_unit_signs(self):
        case = self._owed(late_cause="รอผลการตรวจ")
        notice = case.notice_ids
        self.assertEqual((notice.post_id, notice.signer_id), (self.director, self.head))
        self.assertEqual(self._tasks(case).user_id, self.head)
        self.assertFalse(
            case._issued_documents().filtered(lambda paper: paper.kind_id.code == "late_notice")
        )
        queue = self.env["lgo.case.notice"].with_user(self.head).search([("state", "=", "to_sign")])
        self.assertIn(notice, queue)
        action = notice.with_user(self.head).action_sign()
        wizard = (
            self.env["lgo.case.notice.sign"]
            .with_user(self.head)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.line_ids.cause, "รอผลการตรวจ")
        wizard.line_ids.date_expected = "2026-10-30"
        with freeze_time("2026-10-13 06:00:00"):
            wizard.action_confirm()
        self.assertEqual((notice.state, notice.signed_by_id), ("signed", self.head))
        signature = notice.document_id.signature_ids
        self.assertEqual(
            (signature.user_id, signature.name, signature.capacity),
            (self.head, self.head.name, "ผู้อำนวยการกองช่าง"),
        )
        self.assertFalse(self._tasks(case))
        self.assertEqual(notice.copy_how, "print", "no address in the settings")
        message = self.env["lgo.notification"].search(
            [("res_id", "=", case.id), ("template_id.code", "=", "case_late_notice")]
        )
        self.assertEqual((message.email, message.state), ("somying@example.com", "queued"))
        self.assertIn("รอผลการตรวจ", message.body)
        with self.assertRaises(UserError):
            notice.with_user(self.head)._sign("อีกครั้ง")

    def test_without_power_nobody_signs(self):
        case = self._owed()
        for user in (self.clerk, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.notice_ids.with_user(user).action_sign()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.notice_ids.with_user(user)._sign("ช้า")
        with self.assertRaises(AccessError):
            case.notice_ids.with_user(self.stranger)._sign("ช้า")
        for cause in ("", "   ", False):
            with self.assertRaises(UserError):
                case.notice_ids.with_user(self.head)._sign(cause)
        self.assertEqual(case.notice_ids.state, "to_sign")
        self.assertFalse(case.notice_ids.document_id)

    def test_signs_for_the_mayor(self):
        delegation = self.env["lgo.delegation"].create(
            {
                "kind": "on_behalf",
                "from_post_id": self.executive.id,
                "to_post_id": self.director.id,
                "matters": "document.late_notice",
                "order_no": "45/2569",
                "order_date": "2026-01-05",
                "date_from": "2026-01-05",
            }
        )
        delegation.action_activate()
        case = self._owed()
        with freeze_time("2026-10-13 06:00:00"):
            case.notice_ids.with_user(self.head)._sign("รออะไหล่")
        signature = case.notice_ids.document_id.signature_ids
        self.assertEqual(signature.capacity, "ผู้อำนวยการกองช่าง ปฏิบัติราชการแทน\nนายกเทศมนตรีตำบลทดสอบ")
        self.assertEqual(signature.order_no, "45/2569")

    def test_configured_post_and_absence(self):
        self.company.lgo_late_notice_post_id = self.chief
        self.assertEqual(self._owed().notice_ids.signer_id, self.auditor)
        self.company.lgo_late_notice_post_id = False
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.director.holder_ids.id,
                "date_from": "2026-10-01 00:00:00",
                "date_to": "2026-10-31 00:00:00",
            }
        )
        # nobody acts for the director: the task goes to the head of the unit, the mayor may sign
        case = self._owed()
        with freeze_time("2026-10-13 06:00:00"):
            with self.assertRaises(AccessError):
                case.notice_ids.with_user(self.head)._sign("ช้า")
            case.notice_ids.with_user(self.mayor)._sign("ช้า")
        self.assertEqual(case.notice_ids.document_id.signature_ids.capacity, "นายกเทศมนตรีตำบลทดสอบ")

    def test_unsigned_is_reported(self):
        case = self._owed()
        self.assertFalse(self._tasks(case, "unsigned"))
        for _run in range(2):
            self._job("2026-10-14")
        case.invalidate_recordset()
        self.assertTrue(case.notice_ids.escalated_at)
        self.assertEqual(self._tasks(case, "unsigned").user_id, self.auditor)
        mail = self.env["lgo.notification"].search(
            [("res_id", "=", case.id), ("template_id.code", "=", "late_notice_unsigned")]
        )
        self.assertEqual(mail.mapped("email"), ["palad@example.com"])
        with freeze_time("2026-10-14 06:00:00"):
            case.notice_ids.with_user(self.head)._sign("ช้า")
        self.assertFalse(self._tasks(case, "unsigned"))

    def test_copy_by_email(self):
        with self.assertRaises(ValidationError):
            self.company.lgo_opdc_email = "ไม่ใช่"
        self.company.lgo_opdc_email = "opdc@example.com"
        case = self._owed()
        with freeze_time("2026-10-13 06:00:00"):
            case.notice_ids.with_user(self.head)._sign("รออะไหล่")
        notice = case.notice_ids
        self.assertEqual(notice.copy_how, "email")
        mail = notice.copy_mail_id
        self.assertEqual(mail.email_to, "opdc@example.com")
        self.assertEqual(mail.attachment_ids, notice.document_id.attachment_id)
        self.assertIn("มาตรา ๑๐", mail.body_html)
        self.assertFalse(notice.copy_sent_at)
        mail._postprocess_sent_message([], [])
        self.assertTrue(notice.copy_sent_at)

    def test_by_standing_order(self):
        for values in (
            {},
            {"lgo_late_notice_order_no": "12/2569"},
            {"lgo_late_notice_order_date": "2026-01-05"},
            {"lgo_late_notice_order_no": "  ", "lgo_late_notice_order_date": "2026-01-05"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.company.write({"lgo_late_notice_mode": "auto", **values})
                self.env.flush_all()
        self.company.write(
            {
                "lgo_late_notice_mode": "auto",
                "lgo_late_notice_order_no": "12/2569",
                "lgo_late_notice_order_date": "2026-01-05",
            }
        )
        case = self._owed()
        notice = case.notice_ids
        self.assertEqual(notice.state, "signed")
        signature = notice.document_id.signature_ids
        self.assertEqual(signature.name, self.company.name)
        self.assertIn("12/2569", signature.capacity)

    def test_protected(self):
        case = self._owed()
        for user in (self.head, self.officer, self.clerk, self.mayor):
            for vals in ({"state": "signed"}, {"cause": "x"}, {"signer_id": user.id}):
                with self.assertRaises(AccessError):
                    case.notice_ids.with_user(user).write(vals)
