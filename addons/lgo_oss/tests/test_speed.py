# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, tagged

from .common import OssCase


@tagged("post_install", "-at_install")
class TestSpeed(OssCase):
    """Lists must not ask the database once a row."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.env["lgo.oss.request"]
        for number in range(6):
            cls.cases |= cls._make_case(applicant_name=f"ผู้ยื่น {number}")

    def test_worklist(self):
        spec = {
            "name": {}, "service_id": {"fields": {"display_name": {}}}, "applicant_name": {},
            "submitted_at": {}, "date_due": {}, "state": {}, "is_open": {}, "is_late": {},
            "unit_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }  # fmt: skip
        Register = self.env["lgo.case.register"]
        rows = Register.search(
            [("case_model", "=", self.cases._name), ("case_id", "in", self.cases.ids)]
        )
        self._web_read_queries(rows, spec)
        few, many = self._web_read_queries(rows[:2], spec), self._web_read_queries(rows, spec)
        self.assertEqual(few, many, "the worklist asks once a row")
        self.assertLessEqual(many, 12)

    def test_request_list(self):
        spec = {
            "name": {}, "service_id": {"fields": {"display_name": {}}}, "applicant_name": {},
            "submitted_at": {}, "date_due": {}, "clock_colour": {}, "is_final": {}, "state": {},
            "unit_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }  # fmt: skip
        self._web_read_queries(self.cases, spec)
        few, many = (
            self._web_read_queries(self.cases[:2], spec),
            self._web_read_queries(self.cases, spec),
        )
        self.assertEqual(few, many, "the list asks once a row")
        self.assertLessEqual(many, 12)

    def test_case_form(self):
        """Opening a case costs the same however long its story is."""
        Case = self.env["lgo.oss.request"].with_user(self.clerk)
        names = Case.get_view(view_type="form")["models"]["lgo.oss.request"]
        spec = {
            name: {"fields": {"display_name": {}}} if Case._fields[name].relational else {}
            for name in names
        }
        short, long = self.cases[0], self.cases[1]
        for step in ("accept", "start"):
            short._transition(step)
        for step in ("accept", "start", "wait", "start", "wait"):
            long._transition(step, reason="ทดสอบ")
        # as the browser asks: with the columns of the lists inside the form
        shown = Form(long.with_user(self.clerk))._view["fields_spec"]
        self.assertIn("acted_by", shown["event_ids"]["fields"])
        for asked in (spec, shown):
            self._web_read_queries(short, asked)
            first, second = (self._web_read_queries(case, asked) for case in (short, long))
            self.assertEqual(first, second, "the form asks once a line of the timeline")
            # one for each list of the form; one of them notes who opened the case
            self.assertLessEqual(second, 27)
