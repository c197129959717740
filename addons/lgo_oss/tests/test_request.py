# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.lgo_base.tools import tracking

from .common import OssCase


@tagged("post_install", "-at_install")
class TestRequest(OssCase):
    def test_labels_of_the_core_are_thai(self):
        """Also those of fields that the model has from lgo_base."""
        names = ("channel", "preferred_channel", "clock_colour", "state", "urgency")
        for model in ("lgo.oss.request", "lgo.case.register"):
            fields_ = self.env[model].with_context(lang="th_TH").fields_get(names, ["selection"])
            for name, field in fields_.items():
                labels = [label for code, label in field["selection"] if code != "line"]
                for label in labels:
                    self.assertRegex(label, "[ก-๙]", (model, name))

    def test_journey_of_a_repair(self):
        """Filed, checked, assigned, repaired, rated: the timeline tells it to the citizen."""
        case = self._make_case(partner_id=self.citizen.partner_id.id).with_user(self.clerk)
        self.assertEqual(case.state, "submitted")
        self.assertRegex(case.name, r"^TST-\d{4}-TEST1-\d{5}-\d$")
        self.assertTrue(tracking.is_valid(case.name))
        self.assertEqual(case.unit_id, self.unit)
        self.assertTrue(case.date_due, "the citizen sees a day at once")
        case.with_context(transition="accept").action_transition()
        case.user_id = self.officer
        work = case.with_user(self.officer)
        work.with_context(transition="start").action_transition()
        with self.assertRaises(UserError):
            work.with_context(transition="resolve").action_transition()
        work.outcome = "เปลี่ยนหลอดแล้ว"
        work.with_context(transition="resolve").action_transition()
        self.assertEqual(case.state, "resolved")
        self.assertTrue(case.decided_at)
        case.sudo()._transition("complete", portal=True)
        case.sudo()._rate(5, "ขอบคุณ")
        self.assertEqual(case.sudo()._citizen_rating().rating, 5)
        self.assertEqual(
            case.event_ids.filtered("public").mapped("code"),
            ["submit", "accept", "step", "start", "resolve", "complete"],
        )
        self.assertTrue(case.closed_at)

    def test_state_is_written_by_the_machine_only(self):
        case = self._make_case()
        for user in (self.clerk, self.env.user):
            for vals in (
                {"state": "completed"},
                {"name": "TST-6911-TEST1-00001-1"},
                {"date_due": "2030-01-01"},
                {"decided_at": "2026-01-01 00:00:00"},
            ):
                with self.assertRaises(AccessError):
                    case.with_user(user).write(vals)
        with self.assertRaises(AccessError):
            self._make_case(submit=False, state="completed")

    def test_forged_context_is_no_key(self):
        case = self._make_case()
        with self.assertRaises(AccessError):
            case.with_user(self.clerk).with_context(lgo_case_write=True).write(
                {"state": "completed"}
            )

    def test_steps_out_of_order(self):
        case = self._make_case().with_user(self.head)
        for step in ("start", "resolve", "complete", "cure", "submit", "no_such_step"):
            with self.assertRaises(UserError):  # AccessError is one
                case.with_context(transition=step).action_transition()
        self.assertEqual(case.state, "submitted")

    def test_same_step_twice(self):
        case = self._make_case().with_user(self.head)
        case.with_context(transition="accept").action_transition()
        with self.assertRaises(UserError):
            case.with_context(transition="accept").action_transition()

    def test_reason_is_asked(self):
        case = self._make_case().with_user(self.head)
        action = case.with_context(transition="reject").action_transition()
        self.assertEqual(action["res_model"], "lgo.case.transition.wizard")
        with self.assertRaises(UserError):
            case._transition("reject", reason="   ")
        wizard = (
            self.env["lgo.case.transition.wizard"]
            .with_user(self.head)
            .with_context(**action["context"])
            .create({"reason": "ไม่อยู่ในเขต"})
        )
        wizard.action_confirm()
        self.assertEqual(case.state, "rejected")
        self.assertEqual(case.event_ids[-1].note, "ไม่อยู่ในเขต")

    def test_defects_once(self):
        law = self.service.published_version_id.law_version_id
        law.single_defect_record = True
        case = self._make_case().with_user(self.clerk)
        Defect = self.env["lgo.case.defect"].with_user(self.clerk)
        with self.assertRaises(ValidationError):
            Defect._record(case, " ", "")
        Defect._record(case, "ภาพไม่ชัด", "")
        case._transition("ask_applicant")
        self.assertEqual(case.state, "incomplete")
        with self.assertRaises(UserError):
            Defect._record(case, "อีกอย่าง", "")
        with self.assertRaises(AccessError):
            Defect._record(case, "อีกอย่าง", "", override_reason="ลืม")
        second = Defect.with_user(self.head)._record(
            case.with_user(self.head), "อีกอย่าง", "", override_reason="เจ้าหน้าที่ตรวจพลาด"
        )
        self.assertEqual(second.number, 2)
        row = self.env["lgo.audit.log"].search([("action", "=", "case.defect_override")])
        self.assertEqual(row.severity, "critical")

    def test_missing_document_blocks_acceptance(self):
        self.service.document_ids.required = True
        case = self._make_case().with_user(self.clerk)
        with self.assertRaises(UserError):
            case.with_context(transition="accept").action_transition()
        case.document_ids.action_accept()
        case.with_context(transition="accept").action_transition()
        self.assertEqual(case.state, "accepted")

    def test_unpublished_service_cannot_be_filed(self):
        draft = self._make_service("TEST2", publish=False)
        with self.assertRaises(UserError):
            self._make_case(service_id=draft.id)

    def test_publishing_lists_what_is_missing(self):
        service = self.env["lgo.service"].create({"code": "EMPTY", "name": "ว่าง"})
        problems = service._publish_problems()
        self.assertGreaterEqual(len(problems), 6)
        with self.assertRaises(UserError) as caught:
            service.action_publish()
        for problem in problems:
            self.assertIn(problem, str(caught.exception))
        self.assertEqual(service.state, "draft")

    def test_case_keeps_its_version(self):
        case = self._make_case()
        first = case.service_version_id
        self.service.time_limit = 30
        self.service.action_publish()
        self.assertEqual(case.service_version_id, first)
        self.assertEqual(case._clock_limit("decision")[0], 5)
        self.assertEqual(self._make_case()._clock_limit("decision")[0], 30)

    def test_clocks_run_in_the_states_that_name_them(self):
        with freeze_time("2026-11-23 03:00:00"):  # Monday 10:00 in Bangkok
            case = self._make_case()
            self.assertEqual(case.clock_ids.mapped("kind"), ["check"])
            case._transition("accept")
        running = case.clock_ids.filtered(lambda clock: not clock.stopped_at)
        self.assertEqual(running.kind, "decision")
        self.assertEqual(case.date_due, fields.Date.to_date("2026-11-28"))
        self.assertTrue(case.clock_ids.filtered(lambda clock: clock.kind == "check").stopped_at)

    def test_late_notices_every_seven_days_and_only_once(self):
        law = self.service.published_version_id.law_version_id
        law.write({"covers_services": True, "copy_to_opdc": True})
        with freeze_time("2026-10-08 03:00:00"):
            case = self._make_case()
            case._transition("accept")  # 5 days: 13 Oct 2569, a holiday that stays
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        self.assertEqual(clock.date_due, fields.Date.to_date("2026-10-13"))
        Notice = self.env["lgo.case.notice"]
        days = {"2026-10-12": 0, "2026-10-13": 1, "2026-10-19": 1, "2026-10-20": 2, "2026-10-27": 3}
        for day, expected in days.items():
            with freeze_time(f"{day} 05:00:00"):
                Notice._write_owed(clock, fields.Date.to_date(day))
                Notice._write_owed(clock, fields.Date.to_date(day))
            self.assertEqual(len(case.notice_ids), expected, day)
        self.assertTrue(all(case.notice_ids.mapped("copy_owed")))
        self.assertFalse(any(case.notice_ids.mapped("sent_at")), "nobody has signed yet")

    def test_auto_close(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 3600.0)
        case = self._make_case()
        case._transition("accept")
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.env["lgo.oss.request"]._cron_close_resolved()
        self.assertEqual(case.state, "resolved")
        case.resolved_at = fields.Datetime.now() - timedelta(days=8)
        self.env["lgo.oss.request"]._cron_close_resolved()
        self.assertEqual(case.state, "completed")

    def test_hostile_text(self):
        """Combining marks, 4-byte characters and HTML are stored as typed and shown as text."""
        name = "<b>นํ้า</b> ที่\u200b𠀀🏮"
        case = self._make_case(applicant_name=name, description="<script>alert(1)</script>")
        self.assertEqual(case.applicant_name, name)
        for values in ({"applicant_email": "ไม่ใช่"}, {"applicant_phone": "12"}):
            with self.assertRaises(ValidationError):
                self._make_case(submit=False, **values)

    def test_register_shows_what_was_filed(self):
        draft = self._make_case(submit=False)
        case = self._make_case()
        Register = self.env["lgo.case.register"]
        row = Register.search([("name", "=", case.name)])
        self.assertEqual(row.id, case.id * 16 + 1)
        self.assertEqual(row._case(), case)
        self.assertEqual((row.state, row.unit_id), ("submitted", self.unit))
        self.assertFalse(
            Register.search([("case_id", "=", draft.id), ("case_model", "=", draft._name)])
        )
        self.assertIn(row, Register.search([("is_open", "=", True)]))
