# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import tagged

from .common import OssCase


@tagged("post_install", "-at_install")
class TestContactChange(OssCase):
    """The address that was known before learns that an officer changed where messages go."""

    def told(self, case):
        return self.env["lgo.notification"].search(
            [("res_id", "=", case.id), ("template_id.code", "=", "case_contact_changed")]
        )

    def rows(self, case):
        return self.env["lgo.audit.log"].search(
            [("res_id", "=", case.id), ("action", "=", "case.contact")]
        )

    def test_the_old_address_is_told(self):
        case = self._make_case(applicant_email="old@example.com")
        case.with_user(self.clerk).write(
            {"applicant_email": "new@example.com", "applicant_phone": "0899999999"}
        )
        told = self.told(case)
        self.assertEqual(told.email, "old@example.com")
        for word in ("ที่อยู่อีเมลและหมายเลขโทรศัพท์", case.name):
            self.assertIn(word, told.body)
        self.assertNotIn("new@example.com", told.body)
        detail = json.loads(self.rows(case).detail)
        self.assertEqual(
            detail["applicant_email"], {"old": "o…@example.com", "new": "n…@example.com"}
        )
        self.assertNotIn("0899999999", self.rows(case).detail)

    def test_same_address_or_draft_tells_nobody(self):
        case = self._make_case(applicant_email="old@example.com")
        case.with_user(self.clerk).write(
            {"applicant_email": " OLD@example.com", "applicant_phone": "0812345678"}
        )
        self.assertFalse(self.told(case))
        self.assertFalse(self.rows(case))
        draft = self._make_case(submit=False, applicant_email="old@example.com")
        draft.with_user(self.clerk).applicant_email = "new@example.com"
        self.assertFalse(self.told(draft))

    def test_without_an_old_address_a_row_remains(self):
        case = self._make_case()
        case.with_user(self.clerk).applicant_email = "new@example.com"
        self.assertFalse(self.told(case))
        self.assertEqual(len(self.rows(case)), 1)
