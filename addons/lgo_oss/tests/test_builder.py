# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged

from .builder_common import BuilderCommon


@tagged("post_install", "-at_install")
class TestBuilder(BuilderCommon, TransactionCase):
    """What the catalogue manager builds, and what an officer may then file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_builder()
        cls.new, cls.move = cls._code("ติดไฟใหม่"), cls._code("ย้ายเสา")

    def _clean(self, **raw):
        return self.built._clean_answers(raw)

    def _counter_case(self, user=None, **answers):
        return (
            self.env["lgo.oss.request"]
            .with_user(user or self.clerk)
            .create(
                {
                    "service_id": self.built.id,
                    "applicant_name": "สมหญิง ใจดี",
                    "applicant_phone": "081-234-5678",
                    "description": "ขอไฟหน้าบ้าน",
                    "channel": "counter",
                    "answers": answers,
                }
            )
        )

    # ------------------------------------------------------------ rows and definition
    def test_rows_make_the_definition(self):
        definition = {question["name"]: question for question in self.built.question_definition}
        self.assertEqual(list(definition), ["what", "pole", "agree", "houses"])
        self.assertEqual(
            definition["pole"]["condition"],
            {"question": "what", "operator": "is", "values": [self.move]},
        )
        group = definition["houses"]["group"]
        self.assertEqual((group["min"], group["max"]), (1, 3))
        self.assertEqual(
            [q["name"] for q in group["questions"]], ["no", "tenant", "owner", "people"]
        )
        self.assertTrue(group["questions"][2]["required"])

    def test_definition_makes_the_rows_and_a_duplicate(self):
        copy = self.built.with_user(self.manager).copy()
        self.assertEqual((copy.state, copy.code), ("draft", "BUILT2"))
        self.assertIn(self.built.name, copy.name)
        self.assertEqual(copy.question_definition, self.built.question_definition)
        self.assertEqual(copy.question_ids.mapped("code"), self.built.question_ids.mapped("code"))
        group = copy.question_ids.filtered(lambda row: row.kind == "group")
        self.assertEqual(group.child_ids.mapped("code"), ["no", "tenant", "owner", "people"])
        self.assertEqual(group.condition_question_id, copy.question_ids[0])
        document = copy.document_ids.filtered("condition_code")
        self.assertEqual(document.condition_question_id.service_id, copy)
        copy.question_ids[0].name = "เรื่อง"
        self.assertEqual(self.built.question_definition[0]["string"], "เรื่องที่ขอ *")
        self.assertEqual(copy.copy().code, "BUILT3")

    def test_answer_in_other_words_keeps_the_condition(self):
        what = self.built.question_ids[0]
        what.with_user(self.manager).options = "ติดไฟใหม่\nย้ายเสาไฟ"
        pole = self.built.question_ids[1]
        self.assertEqual(pole.condition_values, "ย้ายเสาไฟ")
        self.assertEqual(self.built.question_definition[1]["condition"]["values"], [self.move])

    def test_condition_on_what_is_not_there_is_refused(self):
        pole, what = self.built.question_ids[1], self.built.question_ids[0]
        wrong = (
            (pole, {"condition_values": "ไม่มีคำตอบนี้"}),
            (pole, {"condition_values": False}),
            (pole, {"condition_code": "nothing"}),
            (pole, {"condition_code": "pole"}),
            (what, {"condition_code": "pole", "condition_values": "x"}),
            (what, {"options": "ติดไฟใหม่"}),
            (self.built.document_ids[1], {"condition_values": "ไม่มี"}),
            (self.built.document_ids[1], {"condition_code": "no", "condition_values": "1"}),
            (self.built.question_ids[3], {"min_rows": 2, "kind": "char"}),
        )
        for record, values in wrong:
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                record.with_user(self.manager).write(values)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            what.with_user(self.manager).unlink()
        self.assertEqual(len(self.built.question_definition), 4)

    # ------------------------------------------------------------ answers
    def test_hidden_answers_are_dropped_and_not_demanded(self):
        values, errors = self._clean(
            what=self.new, pole="แอบส่ง", houses=[{"no": "1", "owner": "แอบส่ง"}]
        )
        self.assertFalse(errors)
        self.assertNotIn("pole", values)
        self.assertEqual(values["houses"], [{"no": "1", "tenant": False, "people": False}])
        values, errors = self._clean(what=self.move)
        self.assertEqual(list(errors), ["pole"])
        self.assertNotIn("houses", values)

    def test_rules_of_a_list(self):
        many = [{"no": str(number)} for number in range(4)]
        table = (
            ({"houses": []}, {"houses"}),
            ({"houses": [{"no": " "}, {}]}, {"houses"}),
            ({"houses": many}, {"houses"}),
            ({"houses": [{"no": ""}, {"people": "3"}]}, {"houses__1__no"}),
            ({"houses": [{"no": "1", "tenant": "1"}]}, {"houses__0__owner"}),
            ({"houses": [{"no": "1", "people": "สาม"}]}, {"houses__0__people"}),
            ({"houses": [{"no": "1", "hack": "1"}]}, {""}),
            ({"houses": {7: {"no": "๑"}}}, set()),
            ({"houses": "no list"}, {"houses"}),
            ({"houses": [{"no": "1"}], "unknown": "1"}, {""}),
            ({"houses": [{"no": "x" * 201}]}, {"houses__0__no"}),
        )
        for raw, expected in table:
            with self.subTest(raw):
                _values, errors = self._clean(what=self.new, **raw)
                self.assertEqual(set(errors), expected)

    def test_hostile_text(self):
        values, errors = self._clean(
            what=[self.move], pole="<b>\u0e01\u0e48\u0e48\u0e48</b> 😀 \u202e\x00ก"
        )
        self.assertFalse(errors)
        self.assertEqual(values["pole"], "<b>\u0e01\u0e48\u0e48\u0e48</b> 😀 ก")

    # ------------------------------------------------------------ the counter
    def test_clerk_files_at_the_counter_by_the_same_rules(self):
        case = self._counter_case(what=self.new, pole="ค้างจากก่อน")
        with self.assertRaisesRegex(UserError, "ครัวเรือน"):
            case._transition("submit")
        case.write(
            {
                "answer_row_ids": [
                    Command.create(
                        {
                            "group_id": case.answer_group_ids.id,
                            "answers": {"no": "12/3", "people": 4},
                        }
                    )
                ]
            }
        )
        case._transition("submit")
        self.assertEqual(case.state, "submitted")
        self.assertEqual(
            case._answer_values(),
            {
                "what": self.new,
                "agree": False,
                "houses": [{"no": "12/3", "tenant": False, "people": 4}],
            },
        )
        self.assertEqual(case.answer_row_ids.summary, "12/3 · 4")
        self.assertEqual(
            case.sudo()._answer_lines(),
            [("เรื่องที่ขอ", "ติดไฟใหม่"), ("ครัวเรือน (1)", "บ้านเลขที่ 12/3, จำนวนคน 4")],
        )
        found = self.env["lgo.oss.request"].search([("answer_row_ids.summary", "ilike", "12/3")])
        self.assertIn(case, found)
        found = self.env["lgo.case.answer.row"].search([("answers.no", "ilike", "12/3")])
        self.assertEqual(found, case.answer_row_ids)

    def test_counter_form_shows_the_questions(self):
        form = Form(self.env["lgo.oss.request"].with_user(self.clerk))
        form.service_id = self.built
        self.assertEqual(form.service_version_id, self.built.published_version_id)

    def test_checklist_by_answers(self):
        case = self._counter_case(what=self.move, pole="A1")
        case._transition("submit")
        self.assertEqual(
            {line.name: line.required for line in case.document_ids},
            {"แผนที่": False, "หนังสือยินยอมย้ายเสา": True},
        )
        case = self._counter_case(what=self.new, houses=[{"no": "1"}])
        case._transition("submit")
        self.assertEqual(case.document_ids.mapped("name"), ["แผนที่"])

    def test_rows_follow_the_rights_of_the_case(self):
        case = self._counter_case(what=self.new, houses=[{"no": "9"}])
        case._transition("submit")
        row = case.answer_row_ids
        self.assertTrue(row.with_user(self.clerk).has_access("write"))
        self.assertTrue(row.with_user(self.officer).has_access("read"))
        for user in (self.officer, self.head, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).write({"sequence": 1})
        for user in (self.stranger, self.citizen):
            with self.subTest(user.login):
                Row = self.env["lgo.case.answer.row"].with_user(user)
                if user == self.stranger:
                    self.assertFalse(Row.search([("id", "=", row.id)]))
                    self.assertFalse(Row.search_count([("id", "=", row.id)]))
                for call in (
                    lambda Row=Row: Row.browse(row.id).read(["summary"]),
                    lambda Row=Row: Row.browse(row.id).write({"sequence": 1}),
                ):
                    with self.assertRaises(AccessError):
                        call()
        before = self.env["lgo.audit.log"].search_count([("action", "=", "case.correct")])
        row.with_user(self.clerk).write({"answers": {"no": "10"}})
        after = self.env["lgo.audit.log"].search_count([("action", "=", "case.correct")])
        self.assertEqual((row.summary, after), ("10", before + 1))

    def test_lines_are_erased_with_the_answers(self):
        case = self._counter_case(what=self.new, houses=[{"no": "9"}])
        case._transition("submit")
        rows = case.answer_row_ids
        case._erase_answers()
        self.assertFalse(rows.exists())
        self.assertEqual(case._answer_values(), {})

    def test_row_of_another_service_is_refused(self):
        other = self._build("OTHER")
        case = self._counter_case(what=self.new)
        with self.assertRaises(ValidationError):
            case.answer_row_ids = [
                Command.create(
                    {
                        "group_id": other.published_version_id.group_ids.id,
                        "answers": {"no": "1"},
                    }
                )
            ]

    # ------------------------------------------------------------ versions
    def test_case_keeps_the_questions_of_its_version(self):
        case = self._counter_case(what=self.new, houses=[{"no": "1", "people": 2}])
        case._transition("submit")
        lines = case.sudo()._answer_lines()
        service = self.built.with_user(self.manager)
        service.question_ids.filtered(lambda row: row.kind == "group").unlink()
        service.question_ids[0].name = "ขออะไร"
        service.document_ids.filtered("condition_code").unlink()
        service.question_ids.filtered(lambda row: row.code == "pole").unlink()
        service.action_publish()
        self.env.invalidate_all()
        self.assertEqual(case.sudo()._answer_lines(), lines)
        self.assertNotEqual(case.service_version_id, service.published_version_id)
        new = self._counter_case(what=self.new)
        new._transition("submit")
        self.assertEqual(new.sudo()._answer_lines(), [("ขออะไร", "ติดไฟใหม่")])

    def test_draft_moves_to_the_version_in_force(self):
        case = self._counter_case(what=self.new, houses=[{"no": "1"}])
        self.built.question_ids[2].with_user(self.manager).name = "อนุญาตให้เข้าพื้นที่"
        self.built.with_user(self.manager).action_publish()
        case._transition("submit")
        self.assertEqual(case.service_version_id, self.built.published_version_id)
        self.assertEqual(case._answer_values()["houses"][0]["no"], "1")

    def test_changes_are_shown_until_published(self):
        service = self.built.with_user(self.manager)
        self.assertFalse(service.has_changes)
        service.write({"time_limit": 7, "output_name": "ไฟส่องสว่าง <b>"})
        service.step_ids.name = "ออกไปติดตั้ง"
        service.document_ids[0].unlink()
        service.invalidate_recordset(["has_changes", "change_summary"])
        self.assertTrue(service.has_changes)
        text = str(service.change_summary)
        for words in ("5", "7", "แผนที่", "ออกไปติดตั้ง", "&lt;b&gt;"):
            self.assertIn(words, text)
        self.assertEqual(service._questions()[0]["name"], "what")
        first = service.published_version_id
        service.action_publish()
        service.invalidate_recordset(["has_changes"])
        self.assertFalse(service.has_changes)
        self.assertEqual(service.published_version_id.number, first.number + 1)
        self.assertIn("แผนที่", str(service.published_version_id.difference))
        self.assertEqual(first.content["time_limit"], 5)

    def test_citizens_see_the_published_questions_only(self):
        self.built.question_ids[2].with_user(self.manager).name = "ยังไม่เผยแพร่"
        self.assertNotIn("ยังไม่เผยแพร่", [q["string"] for q in self.built._questions()])
        self.assertIn("ยังไม่เผยแพร่", [q["string"] for q in self.built._questions(draft=True)])

    # ------------------------------------------------------------ publishing
    def test_licence_needs_what_the_act_wants(self):
        Service = self.env["lgo.service"].with_user(self.manager)
        service = Service.create({"code": "LICENCE", "name": "ใบอนุญาตทดสอบ", "kind": "licence"})
        service.is_licence = True
        with self.assertRaises(UserError) as refused:
            service.action_publish()
        problems = str(refused.exception).splitlines()
        self.assertGreaterEqual(len(problems), 11, "every gap is named at once")
        service.write(
            {
                "description": "ทดสอบ", "criteria": "ทดสอบ", "unit_id": self.unit.id,
                "law_id": self.env.ref("lgo_base.law_facilitation").id, "legal_basis": "กฎหมาย",
                "time_limit": 10, "time_unit": "day", "complaint_channels": "1567",
                "no_fee": True, "appeal_authority": "ผู้ว่าราชการจังหวัด",
                "document_ids": [Command.create({"name": "บัตรประชาชน"})],
                "step_ids": [
                    Command.create({"name": "ตรวจ", "duration": 8, "duration_unit": "day"}),
                    Command.create({"name": "ออกใบอนุญาต", "duration": 3, "duration_unit": "day"}),
                ],
            }
        )  # fmt: skip
        self.assertEqual(len(service._publish_problems()), 1, "8 + 3 days exceed 10 days")
        service.step_ids[1].duration = 0
        self.assertEqual(len(service._publish_problems()), 1, "a step without its time")
        service.step_ids[1].duration = 2
        service.write({"guest_allowed": True, "min_assurance": "thaid"})
        self.assertEqual(len(service._publish_problems()), 1, "a guest cannot be identified")
        service.guest_allowed = False
        service.action_publish()
        self.assertEqual(service.state, "published")

    def test_clerk_builds_nothing(self):
        service = self.built.with_user(self.clerk)
        for call in (
            lambda: service.write({"name": "เปลี่ยน"}),
            service.action_publish,
            service.action_suspend,
            service.copy,
            lambda: service.question_ids[0].write({"name": "เปลี่ยน"}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                call()

    def test_assurance(self):
        self.built.with_user(self.manager).write({"guest_allowed": False, "min_assurance": "otp"})
        asked = self.built.with_user(self.citizen)
        self.assertEqual(self.citizen._lgo_assurance(), "none", "an account alone proves nothing")
        if "otp" not in self.citizen._lgo_provable():
            self.assertFalse(asked._filing_problems("web", guest=False))
        with patch.object(type(self.citizen), "_lgo_provable", lambda _user: {"none", "otp"}):
            self.assertTrue(asked._filing_problems("web", guest=False))
        with patch.object(type(self.citizen), "_lgo_assurance", lambda _user: "otp"):
            self.assertFalse(asked._filing_problems("web", guest=False))
        self.built.with_user(self.manager).min_assurance = "thaid"
        self.assertIn("ThaID", asked._filing_problems("web", guest=False))
        self.built.with_user(self.manager).min_assurance = "counter"
        self.assertTrue(asked._filing_problems("web", guest=False))
        self.assertFalse(asked._filing_problems("counter", guest=False))

    def test_usual_units(self):
        unit = self.env["hr.department"].search([("lgo_code", "=", "77")]) or self.env[
            "hr.department"
        ].create({"name": "กองทดสอบรหัส", "lgo_code": "77"})
        service = self._make_service("UNITS", publish=False, unit_id=False)
        service.unit_code = "77"
        service.with_user(self.manager).action_assign_usual_units()
        self.assertEqual(service.unit_id, unit)
