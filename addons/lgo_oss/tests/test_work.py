# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the office works on a case: who gets it, its steps, other agencies, ready answers."""

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OssCase, OssCommon

SQUARE = '{"type": "Polygon", "coordinates": [[[98, 18], [99, 18], [99, 19], [98, 19], [98, 18]]]}'


class WorkCase(OssCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._make_user("work_colleague", "lgo_base.group_staff", cls.unit)
        cls.manager = cls._make_user(
            "work_manager", "lgo_base.group_service_manager", cls.other_unit
        )

    def _post(self, user, **values):
        """A post that ``user`` holds since 2020."""
        post = self.env["lgo.post"].create({"name": f"ตำแหน่ง {user.login}", **values})
        holder = self.env["lgo.post.holder"].create(
            {"post_id": post.id, "employee_id": user.employee_ids.id, "date_from": "2020-01-01"}
        )
        return post, holder

    def _away(self, holder):
        self.env["lgo.post.absence"].create(
            {"holder_id": holder.id, "date_from": "2020-01-01", "date_to": "2099-01-01"}
        )

    def _accepted(self, **values):
        case = self._make_case(**values)
        case._transition("accept")
        return case


@tagged("post_install", "-at_install")
class TestRoute(WorkCase):
    """Which unit and officer a new case goes to."""

    def _rule(self, **values):
        return self.env["lgo.case.route"].create(
            {"name": "กฎ", "unit_id": self.other_unit.id, **values}
        )

    def _find(self, **facts):
        return self.env["lgo.case.route"]._find(
            **{
                "company": self.company,
                "service": self.service,
                "channel": "web",
                **facts,
            }
        )

    def test_table(self):
        other = self._make_service("TEST7", kind="licence", legal_basis="พ.ร.บ.")
        # (conditions of the rule, facts of the case, does it fit)
        table = [
            ({}, {}, True),
            ({"service_ids": self.service.ids}, {}, True),
            ({"service_ids": other.ids}, {}, False),
            ({"service_kind": "complaint"}, {}, True),
            ({"service_kind": "licence"}, {}, False),
            ({"channel": "web"}, {}, True),
            ({"channel": "phone"}, {}, False),
            ({"moment": "accept"}, {}, False),
            ({"moment": "accept"}, {"moment": "accept"}, True),
            ({"places": "หมู่ 1"}, {"place": "บ้านเลขที่ 9 หมู่ 1 ต.ดอนทราย"}, True),
            ({"places": "หมู่ 1"}, {"place": "หมู่ 12"}, False),
            ({"places": "หมู่ 1\nชุมชนวัดดอน"}, {"place": "ข้าง ชุมชนวัดดอน"}, True),
            ({"places": "หมู่ 1"}, {}, False),
            ({"area": SQUARE}, {"latitude": 18.5, "longitude": 98.5}, True),
            ({"area": SQUARE}, {"latitude": 17.5, "longitude": 98.5}, False),
            ({"area": SQUARE}, {}, False),
            ({"active": False}, {}, False),
        ]
        for conditions, facts, fits in table:
            with self.subTest(conditions=conditions, facts=facts):
                rule = self._rule(**conditions)
                self.assertEqual(self._find(**facts), rule if fits else rule.browse())
                rule.unlink()

    def test_hole_of_an_area_and_bad_areas(self):
        hole = (
            '{"type": "Polygon", "coordinates": [[[98,18],[99,18],[99,19],[98,19],[98,18]],'
            "[[98.4,18.4],[98.6,18.4],[98.6,18.6],[98.4,18.6],[98.4,18.4]]]}"
        )
        self._rule(area=hole)
        self.assertFalse(self._find(latitude=18.5, longitude=98.5))
        self.assertTrue(self._find(latitude=18.2, longitude=98.2))
        for bad in ("{}", "x", "[" * 3000, '{"type": "Point", "coordinates": [1, 2]}'):
            with self.subTest(area=bad[:10]), self.assertRaises(ValidationError):
                self._rule(area=bad)

    def test_priority(self):
        low, high = self._rule(sequence=20), self._rule(sequence=5)
        self.assertEqual(self._find(), high)
        high.sequence = 30
        self.assertEqual(self._find(), low)

    def test_filing_uses_the_rule_and_a_chosen_unit_stays(self):
        self._rule(officer="user", user_id=self.stranger.id)
        case = self._make_case()
        self.assertEqual((case.unit_id, case.user_id), (self.other_unit, self.stranger))
        self.assertIn("กฎ", case.assignment_ids.reason)
        third = self.env["hr.department"].create({"name": "กองที่สาม"})
        chosen = self._make_case(unit_id=third.id)
        self.assertEqual((chosen.unit_id, chosen.user_id), (third, self.env["res.users"]))

    def test_rule_at_acceptance(self):
        self._rule(moment="accept", officer="user", user_id=self.stranger.id)
        case = self._make_case()
        self.assertEqual(case.unit_id, self.unit)
        case._transition("accept")
        self.assertEqual((case.unit_id, case.user_id), (self.other_unit, self.stranger))

    def test_fewest_open_cases_among_those_present(self):
        rule = self._rule(
            unit_id=self.unit.id,
            officer="least",
            member_ids=[Command.set((self.officer + self.colleague).ids)],
            active=False,
        )
        for _number in range(2):
            self._make_case(user_id=self.officer.id)
        self._make_case(user_id=self.colleague.id)
        self.assertEqual(rule._choose_officer(), self.colleague)
        _post, holder = self._post(self.colleague)
        self._away(holder)
        self.assertEqual(rule._choose_officer(), self.officer)

    def test_simulation_says_what_filing_does(self):
        rule = self._rule(officer="user", user_id=self.stranger.id, places="หมู่ 3")
        trial = self.env["lgo.case.route.simulation"].with_user(self.manager)
        for place, unit in (("หมู่ 3", self.other_unit), ("หมู่ 4", self.unit)):
            row = trial.create({"service_id": self.service.id, "place": place})
            self.assertEqual(row.unit_id, unit)
            self.assertEqual(bool(row.route_id), unit == self.other_unit)
            self.assertEqual(self._make_case(location_text=place).unit_id, unit)
        self.assertTrue(rule)

    def test_who_writes_rules(self):
        rule = self._rule()
        rule.with_user(self.manager).write({"sequence": 3})
        for user in (self.clerk, self.head, self.officer, self.mayor, self.auditor):
            with self.subTest(user=user.login):
                self.assertTrue(rule.with_user(user).read(["name"]))
                with self.assertRaises(AccessError):
                    rule.with_user(user).write({"sequence": 1})
        with self.assertRaises(AccessError):
            rule.with_user(self.citizen).read(["name"])


@tagged("post_install", "-at_install")
class TestAssignment(WorkCase):
    def _told(self, user, case):
        return self.env["mail.message"].search(
            [
                ("model", "=", case._name),
                ("res_id", "=", case.id),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )

    def test_hand_over_tells_both_and_keeps_the_reason(self):
        case = self._accepted(user_id=self.officer.id)
        case.with_user(self.head)._assign(self.colleague, reason="ลาพักร้อน")
        row = case.assignment_ids[:1]
        self.assertEqual((row.from_user_id, row.to_user_id), (self.officer, self.colleague))
        self.assertEqual((row.by_id, row.reason), (self.head, "ลาพักร้อน"))
        self.assertIn("ลาพักร้อน", self._told(self.officer, case)[:1].body)
        task = case.sudo().activity_ids.filtered(lambda task: task.user_id == self.colleague)
        self.assertIn("ลาพักร้อน", task.note)
        # same unit: the old officer still reads; another unit: no more
        self.assertTrue(case.with_user(self.officer).read(["name"]))
        case.with_user(self.head)._assign(unit=self.other_unit)
        self.assertFalse(case.user_id)
        with self.assertRaises(AccessError):
            case.with_user(self.colleague).read(["name"])

    def test_who_is_away_is_stood_in_for(self):
        post, holder = self._post(self.officer)
        acting_post, _holder = self._post(self.colleague, deputises_id=post.id)
        case = self._accepted()
        self.assertEqual(case.with_user(self.head)._assign(self.officer), self.officer)
        self._away(holder)
        self.assertEqual(case.with_user(self.head)._assign(self.officer), self.colleague)
        self.assertEqual(case.user_id, self.colleague)
        self.assertIn(self.officer.name, case.assignment_ids[:1].reason)
        acting_post.deputises_id = False  # nobody acts: better the absent one than nobody
        case.with_user(self.head)._assign(self.officer)
        self.assertEqual(case.user_id, self.officer)

    def test_who_may_hand_on(self):
        case = self._accepted(user_id=self.officer.id)
        for user in (self.colleague, self.stranger, self.mayor, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.with_user(user)._assign(self.colleague)
        case.with_user(self.officer)._assign(self.colleague, reason="x")
        case.user_id = False
        case.with_user(self.officer)._assign(self.officer)
        self.assertEqual(case.user_id, self.officer)

    def _wizard(self, cases, user=None, **values):
        return (
            self.env["lgo.case.work.wizard"]
            .with_user(user or self.clerk)
            .with_context(active_model=cases._name, active_ids=cases.ids)
            .create(values)
        )

    def test_bulk_does_the_rest_and_names_what_failed(self):
        cases = self._make_case() + self._make_case() + self._make_case()
        cases[1]._transition("withdraw", reason="x")
        wizard = self._wizard(cases, operation="accept")
        wizard.action_confirm()
        self.assertEqual(cases.mapped("state"), ["accepted", "withdrawn", "accepted"])
        self.assertEqual((wizard.state, wizard.done_number), ("done", 2))
        self.assertIn(cases[1].name, wizard.failures)
        self.assertNotIn(cases[0].name, wizard.failures)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self._wizard(cases[0] + cases[2], operation="start").action_confirm()
        wizard = self._wizard(cases[0] + cases[2], operation="resolve", outcome="ซ่อม {x} แล้ว")
        wizard.action_confirm()
        self.assertEqual(cases[2].outcome, "ซ่อม {x} แล้ว")
        self.assertEqual(cases[2].state, "resolved")

    def test_bulk_from_the_worklist_with_undo(self):
        cases = self._accepted() + self._accepted(user_id=self.officer.id)
        rows = self.env["lgo.case.register"].search(
            [("case_model", "=", cases._name), ("case_id", "in", cases.ids)]
        )
        wizard = self._wizard(
            rows, unit_id=self.other_unit.id, user_id=self.stranger.id, reason="ย้าย"
        )
        self.assertEqual(wizard.number, 2)
        wizard.action_confirm()
        self.assertEqual(cases.user_id, self.stranger)
        cases[0].with_user(self.stranger)._transition("start")
        cases[0].with_user(self.clerk)._assign(self.colleague, unit=self.unit)
        wizard.action_undo()
        self.assertEqual((cases[1].user_id, cases[1].unit_id), (self.officer, self.unit))
        self.assertEqual(cases[0].user_id, self.colleague, "moved on since: stays")
        self.assertIn(cases[0].name, wizard.failures)
        with self.assertRaises(UserError):
            wizard.action_undo()

    def test_print_acknowledgements_in_one_file(self):
        cases = self._make_case() + self._make_case()
        with self.allow_pdf_render():
            for case in cases:
                case._issue_document("acknowledgement")
        wizard = self._wizard(cases, operation="print")
        wizard.action_confirm()
        self.assertTrue(wizard.file)
        self.assertFalse(wizard.failures)
        damaged = cases[0]._issued_documents()[:1].attachment_id
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
            [cases[1]._issued_documents()[:1].attachment_id.raw, damaged.id],
        )
        self.env.invalidate_all()
        wizard = self._wizard(cases, operation="print")
        wizard.action_confirm()
        self.assertEqual(wizard.done_number, 1, "a file that is not the one issued is not printed")
        self.assertIn(cases[0].name, wizard.failures)

    def test_hostile_words(self):
        case = self._make_case()
        for refs in (
            "res.users,2",
            "lgo.oss.request,x",
            "lgo.oss.request",
            "a" * 99,
            f"x,{case.id}",
        ):
            wizard = self._wizard(case)
            wizard.sudo().refs = refs
            with self.subTest(refs=refs), self.assertRaises(UserError):
                wizard.action_confirm()
        mine = self._wizard(case)
        self.assertFalse(mine.with_user(self.officer).search([("id", "=", mine.id)]))
        wizard = self._wizard(case + self._make_case(), user=self.stranger, operation="assign")
        wizard.user_id = self.stranger
        wizard.action_confirm()
        self.assertEqual(wizard.done_number, 0)
        self.assertNotIn(case.name, wizard.failures, "no name of a case that is not the user's")


@tagged("post_install", "-at_install")
class TestAgencies(WorkCase):
    def test_waiting_pauses_only_where_the_law_says_so(self):
        law = self.service.published_version_id.law_version_id
        for pauses in (False, True):
            law.write({"wait_pauses_clock": pauses, "wait_legal_reference": "พ.ร.บ. ตัวอย่าง ม. 9"})
            with freeze_time("2026-10-05 03:00:00"):
                case = self._accepted(user_id=self.officer.id)
                due = case.date_due
                case.with_user(self.officer)._wait_for(
                    "การไฟฟ้าส่วนภูมิภาค",
                    expected=fields.Date.to_date("2026-10-09"),
                    reference="1/2569",
                )
            row = case.waiting_ids
            self.assertEqual((row.paused, bool(row.legal_reference)), (pauses, pauses))
            with freeze_time("2026-10-08 03:00:00"):
                case.with_user(self.officer)._transition("start")
            self.assertTrue(row.ended_at)
            self.assertEqual((case.date_due - due).days, 3 if pauses else 0)

    def test_waiting_for_material_never_pauses(self):
        law = self.service.published_version_id.law_version_id
        law.write({"wait_pauses_clock": True, "wait_legal_reference": "ม. 9"})
        case = self._accepted(user_id=self.officer.id)
        self.assertFalse(case._wait_for("หลอดไฟ", is_agency=False).paused)
        for bad in ("", "  "):
            with self.assertRaises(UserError):
                self._accepted()._wait_for(bad)
        with self.assertRaises(UserError):
            self._accepted()._wait_for("x", expected=fields.Date.to_date("2020-01-01"))

    def test_pause_needs_a_reference(self):
        law = self.env.ref("lgo_base.law_version_internal")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            law.write({"wait_pauses_clock": True, "wait_legal_reference": "  "})
            self.env.flush_all()

    def test_forward_with_letter_and_copy(self):
        case = self._make_case()
        pdf = (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create({"name": "letter.png", "raw": _png(), "mimetype": "image/png"})
        )
        wizard = (
            self.env["lgo.case.agency.wizard"]
            .with_user(self.clerk)
            .create(
                {
                    "case_model": case._name,
                    "case_id": case.id,
                    "purpose": "forward",
                    "agency": "แขวงทางหลวงชนบท",
                    "letter": "ที่ ตย 52301/9",
                    "letter_ids": [Command.set(pdf.ids)],
                }
            )
        )
        wizard.action_confirm()
        self.assertEqual(case.state, "forwarded")
        self.assertEqual(case.forwarded_letter, "ที่ ตย 52301/9")
        copy = case._citizen_attachments()
        self.assertEqual(len(copy), 1)
        self.assertEqual((copy.res_model, copy.res_id), (case._name, case.id))
        sent = self.env["lgo.notification"].search([("res_id", "=", case.id)], limit=1)
        self.assertEqual(sent.template_id.code, "case_forwarded")
        self.assertIn("แขวงทางหลวงชนบท", sent.body)

    def test_forward_refuses_a_program(self):
        case = self._make_case()
        bad = self.env["ir.attachment"].create({"name": "x.html", "raw": b"<script>x</script>"})
        with self.assertRaises(ValidationError):
            case._forward_out("แขวงทางหลวง", files=bad)
        self.assertEqual(case.state, "submitted")


def _png():
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (20, 20), (200, 10, 10)).save(stream, "PNG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestSteps(WorkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._make_service(
            "TEST8",
            step_ids=[
                Command.create({"name": "ตรวจ", "duration": 1, "duration_unit": "day"}),
                Command.create(
                    {"name": "ซ่อม", "duration": 3, "duration_unit": "day", "unit_id": cls.unit.id}
                ),
            ],
        )

    def test_steps_run_with_their_own_time(self):
        with freeze_time("2026-10-05 03:00:00"):
            case = self._accepted(user_id=self.officer.id)
            due = case.date_due
            self.assertEqual(case.step_ids.mapped("name"), ["ตรวจ"])
        with freeze_time("2026-10-08 03:00:00"):
            self.assertTrue(case.step_ids.is_overdue)
            late = self.env["lgo.case.step"].search([("is_overdue", "=", True)])
            self.assertIn(case.step_ids, late)
            row = self.env["lgo.case.register"].search([("name", "=", case.name)])
            self.assertTrue(row.step_overdue)
            case.with_user(self.officer).action_next_step()
            self.assertIn("2", case._case_public_values()["step"])
            self.assertIn("ซ่อม", case._case_public_values()["step"])
            self.assertEqual(case.date_due, due, "steps move no legal clock")
            with self.assertRaises(UserError):
                case.action_next_step()
            case.outcome = "เสร็จ"
            case._transition("resolve")
        first, second = case.step_ids
        self.assertTrue(first.exited_at and second.exited_at)
        self.assertEqual(second.unit_id, self.unit)
        self.assertFalse(case.step_text)
        public = case.event_ids.filtered("public").mapped("code")
        self.assertEqual(public.count("step"), 2)
        with freeze_time("2026-10-09 03:00:00"):
            case._transition("reopen", reason="ยังดับ")
        self.assertEqual(case._current_step().name, "ซ่อม")

    def test_steps_are_those_of_the_version_filed_under(self):
        case = self._make_case()
        self.service.step_ids.write({"name": "ใหม่"})
        self.service.action_publish()
        case._transition("accept")
        self.assertEqual(case.step_ids.name, "ตรวจ")

    def test_who_moves_a_step(self):
        case = self._accepted()
        for user in (self.stranger, self.mayor, self.auditor, self.citizen):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.with_user(user).action_next_step()
        with self.assertRaises(AccessError):
            case.step_ids.with_user(self.officer).write({"name": "x"})


@tagged("post_install", "-at_install")
class TestAnswers(WorkCase):
    def _answer(self, **values):
        return self.env["lgo.case.answer"].create(
            {
                "name": "ซ่อมแล้ว",
                "shortcut": "ซ่อมน้ำ",
                "text": "เรียน {name} เรื่อง {number} {service} ซ่อมแล้ว โทร {phone}",
                **values,
            }
        )

    def test_shortcut_fills_the_result(self):
        self._answer()
        case = self._accepted(user_id=self.officer.id)
        with Form(case.with_user(self.officer)) as form:
            form.outcome = "::ซ่อมน้ำ และ ::ไม่มี"
        self.assertIn(case.name, case.outcome)
        self.assertIn(case.applicant_name, case.outcome)
        self.assertTrue(case.outcome.endswith("::ไม่มี"))

    def test_unit_and_service_of_an_answer(self):
        case = self._accepted()
        Answer = self.env["lgo.case.answer"]
        answer = self._answer(unit_ids=self.other_unit.ids)
        self.assertEqual(Answer._expand("::ซ่อมน้ำ", case), "::ซ่อมน้ำ")
        answer.unit_ids = self.unit
        self.assertIn("ซ่อมแล้ว", Answer._expand("::ซ่อมน้ำ", case))
        answer.service_ids = self._make_service("TEST9")
        self.assertEqual(Answer._expand("::ซ่อมน้ำ", case), "::ซ่อมน้ำ")

    def test_placeholders_come_from_the_list(self):
        for text in ("{access_token}", "{applicant_email}", "{0}", "{}"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self._answer(text=text, shortcut=f"x{len(text)}")
        for shortcut in ("", "a b", "a:b", "x" * 31):
            with self.subTest(shortcut=shortcut), self.assertRaises(ValidationError):
                self._answer(shortcut=shortcut)
        case = self._accepted(applicant_name="{number} <b>ก</b> 😀")
        text = self._answer(text="เรียน {name}")._render_for(case)
        self.assertEqual(text, "เรียน {number} <b>ก</b> 😀")

    def test_who_writes_answers(self):
        general, own = self._answer(), self._answer(shortcut="own", unit_ids=self.unit.ids)
        own.with_user(self.head).write({"name": "ใหม่"})
        general.with_user(self.manager).write({"name": "ใหม่"})
        with self.assertRaises(AccessError):
            general.with_user(self.head).write({"name": "x"})
        for user in (self.officer, self.clerk, self.auditor):
            self.assertTrue(own.with_user(user).read(["name"]))
            with self.assertRaises(AccessError):
                own.with_user(user).write({"name": "x"})
        with self.assertRaises(AccessError):
            own.with_user(self.citizen).read(["name"])


@tagged("post_install", "-at_install")
class TestWorkRights(WorkCase):
    """Children of a case follow the rights of the case, for every role."""

    def test_children_follow_the_case(self):
        case = self._accepted(user_id=self.officer.id, partner_id=self.citizen.partner_id.id)
        case._assign(self.colleague, reason="x")
        case._wait_for("หน่วยงานอื่น")
        visit = self.env["lgo.case.visit"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "start": "2099-01-05 03:00:00",
                "stop": "2099-01-05 04:00:00",
                "place": "หน้าวัด",
                "officer_ids": [Command.set(self.officer.ids)],
            }
        )
        rung = self.env.ref("lgo_base.lgo_case_escalation_rung_officer")
        escalation = self.env["lgo.case.escalation"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "clock_id": case.clock_ids[-1:].id,
                "rung_id": rung.id,
                "at": fields.Datetime.now(),
                "user_id": self.officer.id,
            }
        )
        readers = (self.clerk, self.head, self.officer, self.mayor, self.auditor)
        for records in (
            case.assignment_ids, case.step_ids, case.waiting_ids, visit, escalation,
        ):  # fmt: skip
            self.assertTrue(records, records._name)
            for user in readers:
                with self.subTest(model=records._name, user=user.login):
                    mine = records.with_user(user)
                    self.assertTrue(mine.read(["res_id"]))
                    self.assertEqual(mine.search([("id", "in", records.ids)]), mine)
            for user in (self.stranger, self.citizen, self.neighbour):
                with (
                    self.subTest(model=records._name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    records.with_user(user).read(["res_id"])
            for user in (self.clerk, self.head, self.mayor, self.auditor, self.stranger):
                if records._name == "lgo.case.visit" and user in (self.clerk, self.head):
                    continue
                with (
                    self.subTest(write=records._name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    records.with_user(user).write({"res_id": case.id})
            with self.assertRaises(UserError):
                records.with_user(self.clerk).unlink()

    def test_children_of_a_case_that_is_gone_are_hidden(self):
        draft = self._make_case(submit=False)
        Event = self.env["lgo.case.event"]
        lines = Event._add(draft, "note", "ร่าง") | Event._add(self._accepted(), "note", "รับแล้ว")
        draft.unlink()
        self.env.invalidate_all()
        found = Event.with_user(self.clerk).search([("id", "in", lines.ids)])
        self.assertEqual(found, lines[1])
        with self.assertRaises(AccessError):
            lines[0].with_user(self.clerk).read(["text"])

    def test_citizen_cannot_search_by_what_the_office_notes(self):
        Case = self.env["lgo.oss.request"].with_user(self.citizen)
        for domain in (
            [("assignment_ids.reason", "ilike", "x")],
            [("visit_ids.result", "ilike", "x")],
            [("waiting_ids.agency", "ilike", "x")],
            [("step_ids.name", "ilike", "x")],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                Case.search_count(domain)

    def test_worklist_queries_do_not_grow(self):
        cases = self.env["lgo.oss.request"]
        for number in range(6):
            cases |= self._accepted(applicant_name=f"ผู้ยื่น {number}")
        spec = {name: {} for name in ("name", "clock_colour", "step_text", "step_overdue")}
        rows = self.env["lgo.case.register"].search(
            [("case_model", "=", cases._name), ("case_id", "in", cases.ids)]
        )
        self._web_read_queries(rows, spec)
        few, many = (self._web_read_queries(some, spec) for some in (rows[:2], rows))
        self.assertEqual(few, many)
        self.assertEqual(set(rows.mapped("clock_colour")), {"green"})
        self.assertTrue(all(rows.mapped("step_text")))

    def test_colours_are_settings(self):
        with freeze_time("2026-10-05 03:00:00"):
            case = self._accepted()
        row = self.env["lgo.case.register"].search([("name", "=", case.name)])
        # 5 days: (day, amber %, red %, colour)
        for day, amber, red, colour in (
            (7, 70, 100, "green"), (9, 70, 100, "amber"), (10, 70, 100, "amber"),
            (11, 70, 100, "red"), (7, 30, 100, "amber"), (11, 70, 150, "amber"),
        ):  # fmt: skip
            self.company.write({"lgo_amber_percent": amber, "lgo_red_percent": red})
            with (
                self.subTest(day=day, amber=amber, red=red),
                freeze_time(f"2026-10-{day:02d} 03:00:00"),
            ):
                self.env.invalidate_all()
                self.assertEqual(case.clock_colour, colour)
                self.assertEqual(row.clock_colour, colour)

    def test_next_case_is_the_one_due_next(self):
        cases = self.env["lgo.oss.request"]
        for _number in range(3):
            cases |= self._make_case()
        Register = self.env["lgo.case.register"].with_user(self.clerk)
        Register.search([("waits_for_me", "=", True), ("case_id", "not in", cases.ids)])
        order = Register.search([("waits_for_me", "=", True)], order="date_due, id")
        seen = Register._next_waiting(order[0]._case())
        self.assertEqual(seen, order[1])
        self.assertEqual(Register._next_waiting(order[-1]._case()), order[0])
        first = order[0]._case()
        first._transition("accept")
        self.env.invalidate_all()
        self.assertEqual(Register._next_waiting(first), order[1])

    def test_accept_assign_next(self):
        cases = self._make_case() + self._make_case()
        case = cases[0].with_user(self.clerk)
        case.action_accept_documents()
        action = case.action_accept_and_next()
        self.assertEqual(action["res_model"], "lgo.case.work.wizard")
        wizard = (
            self.env["lgo.case.work.wizard"]
            .with_user(self.clerk)
            .with_context(**action["context"])
            .create({"user_id": self.officer.id})
        )
        following = wizard.action_confirm()
        self.assertEqual((case.state, case.user_id), ("accepted", self.officer))
        self.assertEqual(following["tag"], "lgo_next_case")
        self.assertNotEqual(following["params"]["action"].get("res_id"), case.id)

    def test_new_user_without_role_sees_nothing(self):
        plain = new_test_user(self.env, "work_plain", groups="base.group_user")
        for model in ("lgo.case.route", "lgo.case.visit", "lgo.case.answer", "lgo.case.step"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(plain).search([])


@tagged("post_install", "-at_install")
class TestInternalNotes(OssCommon, HttpCase):
    """What the office writes for itself reaches the citizen by no way."""

    SECRET = "ผู้ยื่นเป็นคนรู้จักของนายก"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls.citizen.write({"password": "oss_citizen-pw", "email": "somying@example.com"})

    def test_no_way_out(self):
        case = self._make_case(
            partner_id=self.citizen.partner_id.id, applicant_email="somying@example.com"
        )
        case._transition("accept")
        case.message_subscribe(partner_ids=self.citizen.partner_id.ids)
        office = case.with_user(self.head)
        office.message_post(body=self.SECRET, subtype_xmlid="mail.mt_note")
        office._assign(self.officer, reason=self.SECRET)
        self.env["lgo.case.event"]._add(case, "note", self.SECRET)
        visit = self.env["lgo.case.visit"].create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "start": "2099-01-05 03:00:00",
                "stop": "2099-01-05 04:00:00",
                "place": "หน้าวัด",
                "officer_ids": [Command.set(self.officer.ids)],
                "result": self.SECRET,
            }
        )
        visit.action_done()
        case.outcome = "ซ่อมแล้ว"
        case._transition("resolve")
        self.env.flush_all()
        sent = self.env["lgo.notification"].search([("res_id", "=", case.id)])
        mails = self.env["mail.mail"].search(
            [
                "|",
                ("email_to", "ilike", "somying@"),
                ("recipient_ids", "in", self.citizen.partner_id.ids),
            ]
        )
        self.assertTrue(sent)
        for text in (*sent.mapped("body"), *mails.mapped("body_html"), *mails.mapped("body")):
            self.assertNotIn(self.SECRET, str(text))
        told = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.citizen.partner_id.id)]
        )
        self.assertNotIn(self.SECRET, " ".join(map(str, told.mail_message_id.mapped("body"))))
        page = self.url_open(f"{case.access_url}?access_token={case.access_token}").text
        self.assertIn("ซ่อมแล้ว", page)
        self.assertNotIn(self.SECRET, page)
        self.assertNotIn(self.SECRET, str(case._case_public_values()["events"].mapped("text")))
        self.assertNotIn(self.SECRET, str(case._case_public_values()["events"].mapped("note")))
        self.authenticate("oss_citizen", "oss_citizen-pw")
        page = self.url_open(case.access_url).text
        self.assertIn("ซ่อมแล้ว", page)
        self.assertNotIn(self.SECRET, page)
        messages = self.env["mail.message"].with_user(self.citizen)
        found = messages.search([("model", "=", case._name), ("res_id", "=", case.id)])
        self.assertNotIn(self.SECRET, " ".join(map(str, found.mapped("body"))))
        answer = self.make_jsonrpc_request(
            "/mail/thread/messages", {"thread_model": case._name, "thread_id": case.id}
        )
        self.assertNotIn(self.SECRET, str(answer))
