# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestServiceQuestion(TransactionCase):
    """The catalogue manager edits rows; the Properties definition follows, and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "question_manager", groups="lgo_base.group_service_manager"
        )
        cls.clerk = new_test_user(cls.env, "question_clerk", groups="lgo_base.group_clerk")
        cls.service = cls.env["lgo.service"].create(
            {
                "name": "แจ้งซ่อมทดสอบ",
                "code": "QTEST",
                "question_definition": [
                    {"name": "kind", "type": "selection", "string": "อาการ *",
                     "selection": [["off", "ดับ"], ["blink", "กะพริบ"]]},
                    {"name": "count", "type": "integer", "string": "จำนวน"},
                ],
            }
        )  # fmt: skip

    def _definition(self, name):
        return next(q for q in self.service.question_definition if q["name"] == name)

    def test_rows_of_a_data_file(self):
        kind, count = self.service.question_ids.sorted()
        self.assertEqual(
            (kind.code, kind.name, kind.kind, kind.required, kind.options),
            ("kind", "อาการ", "selection", True, "ดับ\nกะพริบ"),
        )
        self.assertEqual((count.code, count.required), ("count", False))
        self.assertTrue(self._definition("kind")["required"])

    def test_manager_adds_a_question(self):
        service = self.service.with_user(self.manager)
        service.write(
            {
                "question_ids": [
                    Command.create(
                        {
                            "name": "น้ำท่วมสูงเท่าใด 😀",
                            "kind": "selection",
                            "options": "ข้อเท้า\n\n เข่า \n",
                            "required": True,
                            "help": "วัดที่หน้าบ้าน",
                            "sequence": 5,
                        }
                    )
                ]
            }
        )
        first = self.service.question_definition[0]
        self.assertEqual(first["string"], "น้ำท่วมสูงเท่าใด 😀 *")
        self.assertEqual(first["help"], "วัดที่หน้าบ้าน")
        self.assertEqual([label for _code, label in first["selection"]], ["ข้อเท้า", "เข่า"])
        form = self.service._questions()[0]
        self.assertEqual((form["string"], form["required"]), ("น้ำท่วมสูงเท่าใด 😀", True))

    def test_answers_keep_their_code(self):
        kind = self.service.question_ids.filtered(lambda row: row.code == "kind")
        kind.with_user(self.manager).options = "กะพริบ\nดับสนิท"
        self.assertEqual(
            self._definition("kind")["selection"][0],
            ["blink", "กะพริบ"],
            "an answer that moved keeps its code",
        )
        kind.options = "กะพริบ\nดับทั้งซอย"
        codes = [code for code, _label in self._definition("kind")["selection"]]
        kind.options = "กะพริบ\nดับทั้งถนน"
        self.assertEqual(
            [code for code, _label in self._definition("kind")["selection"]],
            codes,
            "the same answer in other words keeps its code",
        )

    def test_delete_and_copy(self):
        self.service.question_ids.filtered(lambda row: row.code == "count").unlink()
        self.assertEqual([q["name"] for q in self.service.question_definition], ["kind"])
        copy = self.service.copy({"code": "QTEST2"})
        self.assertEqual(copy.question_ids.mapped("code"), ["kind"])
        self.assertEqual(copy.question_definition, self.service.question_definition)

    def test_required_without_an_asterisk(self):
        count = self.service.question_ids.filtered(lambda row: row.code == "count")
        count.required = True
        _values, errors = self.service._clean_answers({"kind": "off", "count": ""})
        self.assertEqual(list(errors), ["count"])
        values, errors = self.service._clean_answers({"kind": "off", "count": "๓"})
        self.assertEqual((values["count"], errors), (3, {}))

    def test_required_box_must_be_ticked(self):
        self.service.question_ids = [
            Command.create({"name": "รับรองว่าเป็นความจริง", "code": "sure", "kind": "boolean",
                            "required": True})
        ]  # fmt: skip
        _values, errors = self.service._clean_answers({"kind": "off"})
        self.assertIn("sure", errors)
        _values, errors = self.service._clean_answers({"kind": "off", "sure": "1"})
        self.assertFalse(errors)

    def test_refusals(self):
        kind = self.service.question_ids.filtered(lambda row: row.code == "kind")
        for values in (
            {"options": "ดับ\nดับ"},
            {"options": "  \n"},
            {"code": "other"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                kind.write(values)
        for code in ("Kind", "1st", "ก", "x" * 41, "a b", "note_html"):
            with self.subTest(code), self.assertRaises(ValidationError), self.cr.savepoint():
                self.service.question_ids.create(
                    {"service_id": self.service.id, "name": "ถาม", "code": code}
                )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(Exception),  # noqa: B017  (the unique index)
            self.cr.savepoint(),
        ):
            self.service.question_ids.create(
                {"service_id": self.service.id, "name": "ซ้ำ", "code": "kind"}
            )
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.service.question_definition = [
                {"name": "who", "type": "many2one", "string": "ใคร", "comodel": "res.partner"}
            ]

    def test_clerk_reads_only(self):
        rows = self.service.question_ids.with_user(self.clerk)
        self.assertEqual(len(rows.search([("service_id", "=", self.service.id)])), 2)
        with self.assertRaises(AccessError):
            rows[0].name = "เปลี่ยน"
        with self.assertRaises(AccessError):
            rows.create({"service_id": self.service.id, "name": "ใหม่"})
