# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the case mixins give for the work, on complaints: and nothing of it leaks."""

import base64
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.lgo_base.models.lgo_case_work_mixin import ESCALATION

from .common import SECRET, ComplaintCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

BUTTONS = {
    "action_bulk_assign", "action_wait", "action_forward", "action_write_letter",
    "action_next_step", "action_plan_visit", "action_next_case", "action_record_attorney",
}  # fmt: skip


class ComplaintWorkCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_signers()
        cls.executive = cls._make_post("นายกเทศมนตรีตำบลทดสอบ", "executive", cls.mayor)
        cls.director = cls._make_post("ผู้อำนวยการกองช่าง", "director", cls.head, unit=cls.unit)

    def _wizard(self, cases, user, **values):
        action = cases.with_user(user).action_bulk_assign()
        model = self.env["lgo.case.work.wizard"].with_user(user).with_context(**action["context"])
        return model.create(values)

    def _in_progress(self, **values):
        case = self._complaint(**values)
        case._transition("triage")
        case._transition("start")
        return case

    def _letter(self, case, kind="refusal", user=None):
        return (
            self.env["lgo.case.letter"]
            .with_user(user or self.clerk)
            .create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "kind": kind,
                    "facts": "ตรวจแล้วไม่พบหลุม",
                    "law": "พระราชบัญญัติเทศบาล พ.ศ. 2496",
                    "reasoning": "ถนนเป็นของเอกชน",
                    "body": "ขอแจ้งผลให้ทราบ",
                    "appeal_authority": "นายกเทศมนตรี",
                    "appeal_days": 15,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestComplaintWork(ComplaintWorkCase):
    """An ordinary complaint has all that a request has."""

    def test_form_has_the_buttons(self):
        arch = (
            self.env["lgo.oss.complaint"].with_user(self.clerk).get_view(view_type="form")["arch"]
        )
        names = {name for name in BUTTONS if f'name="{name}"' in arch}
        self.assertEqual(names, BUTTONS)

    def test_hand_over_is_kept(self):
        cases = self._complaint() | self._complaint()
        self._wizard(cases, self.head, user_id=self.officer.id, reason="อยู่ใกล้").action_confirm()
        self.assertEqual(cases.user_id, self.officer)
        self.assertEqual(set(cases.assignment_ids.mapped("reason")), {"อยู่ใกล้"})
        self.assertEqual(len(set(cases.assignment_ids.mapped("batch"))), 1)

    def test_wait_for_an_agency(self):
        case = self._in_progress()
        case.law_version_id.write({"wait_pauses_clock": True, "wait_legal_reference": "ม. 38"})
        case._wait_for("กรมทางหลวง", reference="ทด 1/2569")
        self.assertEqual((case.state, case.waiting_ids.agency), ("waiting", "กรมทางหลวง"))
        clocks = {clock.kind: clock for clock in case.clock_ids}
        self.assertTrue(clocks["decision"].paused_at)
        case._transition("start")
        self.assertTrue(case.waiting_ids.ended_at)

    def test_forward_with_the_letter(self):
        case = self._complaint()
        file = self.env["ir.attachment"].create({"name": "หนังสือส่ง.png", "raw": PNG})
        case._forward_out("การไฟฟ้า", reference="กฟ 9", letter="ทด 2/2569", files=file)
        self.assertEqual((case.state, case.forwarded_letter), ("forwarded", "ทด 2/2569"))
        self.assertTrue(case.answered_at)
        self.assertIn(case.forwarded_attachment_ids, case._citizen_attachments())
        sent = self.env["lgo.notification"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertIn("case_forwarded", sent.template_id.mapped("code"))

    def test_steps_run_with_the_decision_clock(self):
        case = self._complaint()
        self.assertFalse(case.step_text)
        case._transition("triage")
        self.assertIn("ซ่อม", case.step_text)
        case._transition("start")
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.assertFalse(case._current_step())

    def test_rules_apply_when_filed_and_when_screened(self):
        Route = self.env["lgo.case.route"]
        Route.create(
            {
                "name": "กฎรับเรื่อง",
                "moment": "accept",
                "service_ids": self.grievance.ids,
                "unit_id": self.unit.id,
                "officer": "user",
                "user_id": self.officer.id,
            }
        )
        case = self._complaint()
        self.assertFalse(case.user_id)
        case.with_user(self.clerk)._transition("triage")
        self.assertEqual(case.user_id, self.officer)
        self.assertIn("กฎรับเรื่อง", case.assignment_ids.reason)

    def test_canned_answer(self):
        self.env["lgo.case.answer"].create(
            {"name": "ซ่อมแล้ว", "shortcut": "ซ่อม", "text": "ซ่อมเรื่อง {number} แล้ว"}
        )
        case = self._in_progress()
        with Form(case.with_user(self.clerk)) as form:
            form.outcome = "::ซ่อม"
        self.assertEqual(case.outcome, f"ซ่อมเรื่อง {case.name} แล้ว")

    def test_visit_and_escalation(self):
        case = self._in_progress(user_id=self.officer.id)
        start = fields.Datetime.now() + timedelta(days=1)
        self.env["lgo.case.visit"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "place": "หน้าตลาด",
                "officer_ids": self.officer.ids,
            }
        )
        self.assertIn("visit_plan", case.event_ids.filtered("public").mapped("code"))
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time(fields.Datetime.now() + timedelta(days=30)):
            rows = self.env["lgo.case.escalation"]._escalate(clock, fields.Datetime.now())
        self.assertIn(self.officer, rows.user_id)
        self.assertIn(self.head, rows.user_id)

    def test_refusal_letter_does_the_step(self):
        case = self._complaint()
        case.law_version_id.covers_services = True
        with self.assertRaisesRegex(UserError, "letter|หนังสือ"):
            case.with_user(self.clerk)._transition("reject", reason="ไม่ใช่เรื่องของเรา")
        letter = self._letter(case)
        letter.action_ask()
        letter.with_user(self.mayor).action_sign()
        self.assertEqual(case.state, "rejected")
        self.assertTrue(letter.document_id)

    def test_late_notice(self):
        with freeze_time("2026-09-28 03:00:00"):
            case = self._complaint()
            case._transition("triage")
        case.law_version_id.covers_services = True
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time(f"{clock.date_due + timedelta(days=1)} 05:00:00"):
            notice = self.env["lgo.case.notice"]._write_owed(clock, fields.Date.today())[:1]
            notice.with_user(self.head)._sign("รอวัสดุ")
        self.assertEqual(notice.state, "signed")
        self.assertTrue(notice.document_id)

    def test_nothing_is_signed_without_a_paper(self):
        """Nobody to write to: no notice is prepared, none can be signed, no letter begun."""
        with freeze_time("2026-09-28 03:00:00"):
            case = self._complaint(reporter_kind="anonymous")
            case._transition("triage")
        case.law_version_id.covers_services = True
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        day = clock.date_due + timedelta(days=1)
        self.assertFalse(self.env["lgo.case.notice"]._write_owed(clock, day))
        notice = self.env["lgo.case.notice"].create(
            {"res_model": case._name, "res_id": case.id, "number": 1, "date_owed": day}
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            notice.with_user(self.head)._sign("รอวัสดุ")
        notice.invalidate_recordset()
        self.assertEqual((notice.state, notice.sent_at), ("to_sign", False))
        with self.assertRaises(UserError):
            case.action_write_letter()
        with self.assertRaises(UserError):
            self._letter(case).action_ask()
        self.grievance.result_letter_text = "เรียน {{applicant_name}}"
        case._transition("start")
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.assertFalse(case.letter_ids.filtered(lambda row: row.kind == "decision_notice"))

    # ------------------------------------------------------------ agents
    def test_agent_needs_a_power_of_attorney(self):
        values = {"agent_name": "ตัวแทน ใจดี", "channel": "counter"}
        case = self._complaint(**values)
        for step in ("triage", "assign"):
            with self.assertRaisesRegex(UserError, "ตัวแทน ใจดี"):
                case.with_user(self.clerk)._transition(step)
        principal, agent = self.citizen.partner_id, self.neighbour.partner_id
        case.with_user(self.clerk).write({"partner_id": principal.id, "agent_partner_id": agent.id})
        power = self.env["lgo.power.attorney"].create(
            {
                "principal_id": principal.id,
                "agent_id": agent.id,
                "matters": self.grievance.code,
                "valid_from": "2020-01-01",
                "document": base64.b64encode(PNG),
                "document_name": "มอบอำนาจ.png",
            }
        )
        power.action_confirm()
        case.with_user(self.clerk)._transition("triage")
        self.assertEqual(case.state, "triaged")

    def test_agent_and_caller_of_a_hidden_reporter_are_sealed(self):
        for kind, type_ in (("hidden", self.road), ("named", self.bribe)):
            case = self._complaint(
                reporter_kind=kind,
                type_id=type_.id,
                agent_name="ตัวแทน ใจดี",
                caller_phone="0899999999",
            )
            self.assertFalse(case.agent_name or case.caller_phone)
            self.assertEqual(case._unsealed()["caller_phone"], "0899999999")
        case = self._complaint(agent_name="ตัวแทน ใจดี")
        case.write({"type_id": self.bribe.id})
        self.assertFalse(case.agent_name)


@tagged("post_install", "-at_install")
class TestRestrictedWork(ComplaintWorkCase):
    """The same work on a restricted complaint: only its group learns of it."""

    def setUp(self):
        super().setUp()
        self.colleague = self._make_user(
            "oss_member2", "lgo_oss_complaint.group_restricted_complaint", self.other_unit
        )
        self.case = self._secret(applicant_name="พยาน เห็นเหตุ")
        self.case.law_version_id.covers_services = True
        self.mine = self.case.with_user(self.member)
        self.mine._transition("triage")
        self.mine.unit_id = self.unit
        self.mine._transition("start")

    def _work(self):
        """Everything that the mixins offer, as a member of the group."""
        self.mine._assign(user=self.colleague, reason="เรื่องเรียกรับเงิน")
        self.mine._wait_for("ป.ป.ช. เรื่องเรียกรับเงิน", reference="ลับ 1")
        self.mine._transition("start")
        start = fields.Datetime.now() + timedelta(days=1)
        self.env["lgo.case.visit"].with_user(self.member).create(
            {
                "res_model": self.case._name,
                "res_id": self.case.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "place": "หลังห้องประชุม เรียกรับเงิน",
                "officer_ids": (self.member | self.colleague).ids,
            }
        )
        clock = self.case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            self.env["lgo.case.escalation"]._escalate(clock, fields.Datetime.now())
            self.env["lgo.case.notice"]._write_owed(clock, fields.Date.today())
        file = (
            self.env["ir.attachment"]
            .with_user(self.member)
            .create({"name": "เรียกรับเงิน.png", "raw": PNG})
        )
        self.mine._forward_out("ป.ป.ช.", letter="ลับ 2 เรียกรับเงิน", files=file)
        self.env.flush_all()
        self.env.cr.precommit.run()

    def test_nothing_leaks(self):
        self._work()
        self.assertEqual(self.case.state, "forwarded")
        models = (
            "lgo.case.assignment", "lgo.case.waiting", "lgo.case.visit", "lgo.case.step",
            "lgo.case.escalation", "lgo.case.letter", "lgo.case.notice", "mail.activity",
            "lgo.notification", "lgo.issued.document",
        )  # fmt: skip
        here = [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
        rows = {model: self.env[model].search(here) for model in models}
        for model in models[:5]:
            self.assertTrue(rows[model], model)
        for model in models[5:]:
            self.assertFalse(rows[model], model)
        file = self.env["ir.attachment"].search([*here, ("res_field", "=", "forwarded_letter")])
        self.assertTrue(file)
        outsiders = (
            self.admin, self.clerk, self.head, self.officer, self.mayor, self.auditor,
            self.env.ref("base.user_admin"),
        )  # fmt: skip
        for user in outsiders:
            with self.subTest(user=user.login):
                for model in models:
                    Model = self.env[model].with_user(user)
                    if Model.has_access("read"):
                        self.assertFalse(Model.search(here), model)
                for model in models[:5]:
                    with self.assertRaises(AccessError):
                        rows[model].with_user(user).read([])
                with self.assertRaises(AccessError):
                    file.with_user(user).read(["raw"])
        for model in models[:5]:
            self.assertTrue(self.env[model].with_user(self.member).search(here), model)

    def test_messages_say_nothing(self):
        last = self.env["mail.message"].search([], limit=1, order="id desc").id
        last_mail = self.env["mail.mail"].search([], limit=1, order="id desc").id
        self._work()
        fresh = self.env["mail.message"].search([("id", ">", last)])
        addressed = fresh.filtered("partner_ids")
        self.assertIn(self.colleague.partner_id, addressed.partner_ids)
        members = self.env.ref("lgo_oss_complaint.group_restricted_complaint").all_user_ids
        self.assertFalse(addressed.partner_ids - members.partner_id)
        mails = self.env["mail.mail"].search([("id", ">", last_mail or 0)])
        text = " ".join(
            str(value)
            for value in addressed.mapped("body")
            + addressed.mapped("subject")
            + mails.mapped("body_html")
            + mails.mapped("subject")
        )
        for word in ("เรียกรับ", "พยาน", self.case.name, SECRET):
            self.assertNotIn(word, text)
        self.assertFalse(addressed.attachment_ids)
        trail = self.env["lgo.audit.log"].search(
            [("res_model", "=", self.case._name), ("res_id", "=", self.case.id)]
        )
        self.assertNotIn("เรียกรับ", str(trail.read(["res_name", "detail"])))

    def test_outsiders_get_no_part(self):
        for user in (self.officer, self.head, self.admin):
            for call in (
                lambda user: self.mine._assign(user=user),
                lambda user: self.mine.write({"user_id": user.id}),
                lambda user: self.mine.activity_ids.create(
                    {
                        "res_model_id": self.env["ir.model"]._get_id(self.case._name),
                        "res_id": self.case.id,
                        "user_id": user.id,
                        "activity_type_id": self.env.ref(ESCALATION).id,
                    }
                ),
                lambda user: self.env["lgo.case.visit"].create(
                    {
                        "res_model": self.case._name,
                        "res_id": self.case.id,
                        "start": "2026-12-01 03:00:00",
                        "stop": "2026-12-01 04:00:00",
                        "place": "ที่เกิดเหตุ",
                        "officer_ids": user.ids,
                    }
                ),
            ):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    call(user)
        note = self.mine.message_post(body="x", partner_ids=self.head.partner_id.ids)
        self.assertFalse(note.sudo().partner_ids)

    def test_rules_do_not_give_it_away(self):
        self.env["lgo.case.route"].create(
            {
                "name": "ทุกเรื่อง",
                "unit_id": self.other_unit.id,
                "officer": "user",
                "user_id": self.officer.id,
            }
        )
        case = self._secret()
        self.assertFalse(case.user_id)
        self.assertFalse(case.assignment_ids)

    def test_late_without_an_insider_on_the_rungs(self):
        clock = self.case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time(fields.Datetime.now() + timedelta(days=40)):
            rows = self.env["lgo.case.escalation"]._escalate(clock, fields.Datetime.now())
        self.assertTrue(rows)
        self.assertFalse(
            rows.user_id.filtered(
                lambda user: not user.has_group("lgo_oss_complaint.group_restricted_complaint")
            )
        )

    def test_becomes_restricted_in_the_middle_of_the_work(self):
        case = self._in_progress(user_id=self.officer.id)
        note = case.with_user(self.clerk).message_post(
            body=SECRET, partner_ids=self.head.partner_id.ids
        )
        start = fields.Datetime.now() + timedelta(days=1)
        visit = self.env["lgo.case.visit"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "place": "หน้าตลาด",
                "officer_ids": self.officer.ids,
            }
        )
        letter = self._letter(case)
        letter.action_ask()
        case.with_user(self.clerk).write({"type_id": self.bribe.id})
        self.assertFalse(case.user_id or case.activity_ids)
        self.assertEqual((visit.state, letter.state), ("cancelled", "dropped"))
        with self.assertRaises(AccessError):
            note.with_user(self.head).read(["body"])
        for record, user in ((visit, self.officer), (letter, self.mayor)):
            with self.assertRaises(AccessError):
                record.with_user(user).read([])
