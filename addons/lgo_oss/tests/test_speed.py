# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

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

    def _queries(self, records, spec):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.with_user(self.clerk).web_read(spec)
        return self.env.cr.sql_log_count - before

    def test_worklist(self):
        spec = {
            "name": {}, "service_id": {"fields": {"display_name": {}}}, "applicant_name": {},
            "submitted_at": {}, "date_due": {}, "state": {}, "is_open": {}, "is_late": {},
            "unit_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }  # fmt: skip
        Register = self.env["lgo.case.register"]
        rows = Register.search([("case_id", "in", self.cases.ids)])
        self._queries(rows, spec)
        few, many = self._queries(rows[:2], spec), self._queries(rows, spec)
        self.assertEqual(few, many, "the worklist asks once a row")
        self.assertLessEqual(many, 12)

    def test_request_list(self):
        spec = {
            "name": {}, "service_id": {"fields": {"display_name": {}}}, "applicant_name": {},
            "submitted_at": {}, "date_due": {}, "clock_colour": {}, "is_final": {}, "state": {},
            "unit_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }  # fmt: skip
        self._queries(self.cases, spec)
        few, many = self._queries(self.cases[:2], spec), self._queries(self.cases, spec)
        self.assertEqual(few, many, "the list asks once a row")
        self.assertLessEqual(many, 12)

    def test_case_form(self):
        """Opening a case costs the same however long its story is."""
        view = self.env["lgo.oss.request"].with_user(self.clerk).get_view(view_type="form")
        names = view["models"]["lgo.oss.request"]
        fields_info = self.env["lgo.oss.request"]._fields
        spec = {}
        for name in names:
            kind = fields_info[name].type
            relational = kind in ("many2one", "one2many", "many2many")
            spec[name] = {"fields": {"display_name": {}}} if relational else {}
        short, long = self.cases[0], self.cases[1]
        for step in ("accept", "start"):
            short._transition(step)
        for step in ("accept", "start", "wait", "start", "wait"):
            long._transition(step, reason="ทดสอบ")
        self._queries(short, spec)
        first, second = self._queries(short, spec), self._queries(long, spec)
        self.assertLessEqual(second - first, 3, "the form asks once a line of the timeline")
        # one of them notes who opened the case
        self.assertLessEqual(second, 51)
