# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestComplaint(ComplaintCase):
    """The way of a complaint, its clocks and who may do what."""

    def test_way_to_the_end(self):
        case = self._complaint()
        self.assertEqual(
            (case.state, case.unit_id, case.urgency), ("received", self.unit, "urgent")
        )
        self.assertRegex(case.name, "^TST-[0-9]{4}-TGRV-")
        case.with_user(self.clerk)._transition("triage")
        case.with_user(self.head)._transition("assign")
        officer_case = case.with_user(self.officer)
        officer_case._transition("start")
        self.assertEqual(case.user_id, self.officer)
        with self.assertRaisesRegex(UserError, "เหตุผล|reason"):
            officer_case._transition("wait")
        officer_case._transition("wait", reason="รอยางมะตอย")
        officer_case._transition("start")
        with self.assertRaises(UserError):
            officer_case._transition("resolve")
        officer_case.outcome = "ซ่อมผิวถนนแล้ว"
        officer_case._transition("resolve")
        case._transition("confirm", portal=True)
        case.with_user(self.head)._transition("close")
        self.assertEqual(case.state, "closed")
        self.assertTrue(case.closed_at)
        self.assertIn("รอยางมะตอย", case.event_ids.mapped("note"))

    def test_steps_by_role(self):
        steps = {
            "triage": {self.clerk},
            "assign": {self.clerk, self.head},
            "reject": {self.clerk, self.head},
            "forward": {self.clerk, self.head},
        }
        everyone = (self.clerk, self.head, self.officer, self.stranger, self.mayor, self.auditor)
        for step, allowed in steps.items():
            for user in everyone:
                with self.subTest(step=step, user=user.login):
                    case = self._complaint()
                    case.forwarded_to = "การไฟฟ้า"
                    run = case.with_user(user)._transition
                    if user in allowed:
                        self.assertTrue(run(step, reason="ทดสอบ"))
                    else:
                        with self.assertRaises(AccessError):
                            run(step, reason="ทดสอบ")

    def test_who_sees(self):
        case = self._complaint(partner_id=self.citizen.partner_id.id)
        seen = {
            self.clerk: True, self.head: True, self.officer: True, self.stranger: False,
            self.mayor: True, self.auditor: True, self.citizen: True, self.neighbour: False,
            self.member: False,
        }  # fmt: skip
        for user, expected in seen.items():
            with self.subTest(user=user.login):
                Model = self.env["lgo.oss.complaint"].with_user(user)
                Register = self.env["lgo.case.register"].with_user(user)
                domain = [("id", "=", case.id)]
                self.assertEqual(bool(Model.search(domain)), expected)
                self.assertEqual(bool(Model.search_count(domain)), expected)
                row = [("case_model", "=", case._name), ("case_id", "=", case.id)]
                self.assertEqual(bool(Register.search(row)), expected)
                if not expected:
                    with self.assertRaises(AccessError):
                        case.with_user(user).read(["description"])
                    with self.assertRaises(AccessError):
                        case.with_user(user).write({"outcome": "x"})

    def test_first_answer_within_the_days_of_the_law(self):
        version = self.grievance.published_version_id.law_version_id
        for days in (15, 7):
            version.first_answer_days = days
            with freeze_time("2026-10-01 03:00:00"):
                case = self._complaint()
                clock = case.clock_ids.filtered(lambda row: row.kind == "answer")
                due = fields.Date.to_date("2026-10-01") + timedelta(days=days)
                self.assertGreaterEqual(clock.date_due, due)
                self.assertLess((clock.date_due - due).days, 8)  # a holiday moves it on
        with self.assertRaises(AccessError):
            case.with_user(self.officer).write({"answered_at": "2026-10-02"})
        with self.assertRaises(UserError):
            case.with_user(self.officer)._answer("  ")
        case.with_user(self.officer)._answer("ช่างจะเข้าซ่อมวันที่ ๕ ตุลาคม")
        self.assertTrue(case.answered_at and clock.stopped_at)
        event = case.event_ids.filtered(lambda row: row.code == "answer")
        self.assertTrue(event.public)
        case._transition("triage")
        kinds = case.clock_ids.filtered(lambda row: not row.stopped_at).mapped("kind")
        self.assertEqual(kinds, ["decision"], "the first answer is owed once")

    def test_refusal_is_an_answer_too(self):
        case = self._complaint()
        case._transition("reject", reason="ถนนของกรมทางหลวง")
        self.assertTrue(case.answered_at)
        self.assertFalse(case.clock_ids.filtered(lambda row: not row.stopped_at))

    def test_confirm_by_itself_then_close(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 3600.0)
        case = self._complaint()
        case._transition("assign")
        case.outcome = "แก้แล้ว"
        case._transition("resolve")
        Complaint = self.env["lgo.oss.complaint"]
        Complaint._cron_close_resolved()
        self.assertEqual(case.state, "resolved")
        case._from_machine().resolved_at = fields.Datetime.now() - timedelta(days=8)
        Complaint._cron_close_resolved()
        self.assertEqual(case.state, "closed")
        self.assertIn("confirm", case.event_ids.mapped("code"))

    def test_reopen_within_days_and_with_reason(self):
        case = self._complaint()
        case._transition("assign")
        case.outcome = "แก้แล้ว"
        case._transition("resolve")
        with self.assertRaises(UserError):
            case._transition("reopen", portal=True)
        case._transition("reopen", reason="ยังเป็นหลุมอยู่", portal=True)
        self.assertEqual(case.state, "reopened")
        case._transition("reject", reason="ไม่ใช่ถนนของเรา")
        case._from_machine().write(
            {
                "resolved_at": fields.Datetime.now() - timedelta(days=31),
                "closed_at": fields.Datetime.now() - timedelta(days=31),
            }
        )
        with self.assertRaises(UserError):
            case._transition("reopen", reason="ช้าไป", portal=True)
        self.env["ir.config_parameter"].sudo().set_param("lgo_oss.reopen_days", "60")
        case._transition("reopen", reason="ยังไม่ช้า", portal=True)

    def test_join_by_type_and_follow(self):
        place = {"latitude": 18.73, "longitude": 98.94}
        main, second = self._complaint(**place), self._complaint(**place)
        other = self._complaint(type_id=self.water.id, **place)
        self.assertEqual(second._find_duplicates(), main)
        with self.assertRaises(UserError):
            other._merge_into(main)
        second.with_user(self.clerk)._merge_into(main.with_user(self.clerk))
        self.assertEqual((second.state, second.duplicate_of_id), ("merged", main))
        main._transition("assign")
        self.assertIn("assign", second.event_ids.mapped("code"))
        second._transition("unmerge")
        self.assertEqual(second.state, "received")

    def test_hostile_and_missing_input(self):
        text = "<script>alert(1)</script> นํ้า𠀀🏮"
        case = self._complaint(description=text, location_text=text)
        self.assertEqual(case.description, text)
        with self.assertRaises(UserError):
            self._complaint(description="  ")
        with self.assertRaises(UserError):
            self._complaint(type_id=False, service_id=self.grievance.id)

    def test_list_asks_once(self):
        cases = self.env["lgo.oss.complaint"]
        for _number in range(6):
            cases |= self._complaint()
        spec = {
            "name": {}, "type_id": {"fields": {"display_name": {}}}, "location_text": {},
            "urgency": {}, "submitted_at": {}, "date_due": {}, "clock_colour": {}, "state": {},
            "is_final": {}, "unit_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }  # fmt: skip
        self._web_read_queries(cases, spec)
        few, many = (self._web_read_queries(rows, spec) for rows in (cases[:2], cases))
        self.assertEqual(few, many, "the list asks once a row")
        self.assertLessEqual(many, 14)
