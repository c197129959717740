# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.report_weasyprint.tests.common import WeasyprintCase

VALUES = {
    "name": "รับเรื่องร้องเรียน",
    "subjects": "ประชาชน",
    "data_items": "=1+1 ชื่อ\nโทรศัพท์",
    "purpose": "แก้ปัญหาไฟฟ้าสาธารณะ <b>น้ำ</b>",
    "retention": "๕ ปี",
}


@tagged("post_install", "-at_install")
class TestProcessingRecord(WeasyprintCase):
    """The record of processing on paper and as a workbook (PDPA B.E. 2562 s.39)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"ropa_{role}", groups=f"lgo_base.group_{role}")
            for role in ("privacy_officer", "auditor", "clerk", "admin")
        }
        Activity = cls.env["lgo.processing.activity"]
        Activity.search([]).unlink()
        cls.activity = Activity.create(VALUES)
        cls.other = Activity.create({**VALUES, "name": "ออกใบอนุญาต"})
        cls.Record = cls.env["report.lgo_base.report_processing_record"]

    def _exports(self):
        return self.env["lgo.audit.log"].search(
            [("action", "=", "export"), ("res_model", "=", "lgo.processing.activity")]
        )

    def test_print_leaves_a_row(self):
        before = self._exports()
        reports = self.env["ir.actions.report"].with_user(self.users["privacy_officer"])
        pdf, _kind = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
            "lgo_base.action_report_processing_record", (self.activity + self.other).ids
        )
        self.assertEqual(len(self._pages(pdf)), 1, "one table, not a paper for each activity")
        text = self._text(pdf)
        self.assertIn("รับเรื่องร้องเรียน", text)
        self.assertIn("ออกใบอนุญาต", text)
        self.assertIn("<b>", text, "HTML is printed as typed")
        row = self._exports() - before
        self.assertEqual(len(row), 1)
        self.assertIn('"format": "pdf"', row.detail)
        self.assertIn('"rows": 2', row.detail)

    def test_buttons_print_the_choice_or_all(self):
        for user in ("privacy_officer", "auditor"):
            activity = self.activity.with_user(self.users[user])
            action = activity.browse().action_print_record()
            ids = action["context"]["active_ids"]
            self.assertEqual(set(ids), set((self.activity + self.other).ids))
            action = activity.action_print_record()
            self.assertEqual(action["context"]["active_ids"], self.activity.ids)

    def test_other_roles_print_nothing(self):
        for role in ("clerk", "admin"):
            user = self.users[role]
            with self.subTest(role), self.assertRaises(AccessError):
                self.activity.with_user(user).action_print_record()
            with self.subTest(role), self.assertRaises(AccessError):
                self.Record.with_user(user)._workbook()
            with self.subTest(role), self.assertRaises(AccessError):
                self.Record.with_user(user)._get_report_values(self.activity.ids)

    def test_workbook(self):
        before = self._exports()
        content = self.Record.with_user(self.users["auditor"])._workbook()
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        head, *rows = sheet.iter_rows(values_only=True)
        self.assertEqual(len(rows), 2)
        column = head.index(self.Record._labels()["data_items"])
        self.assertEqual(rows[0][column], "=1+1 ชื่อ\nโทรศัพท์")
        self.assertEqual(sheet.cell(2, column + 1).data_type, "s", "no formula is planted")
        self.assertEqual(len(self._exports() - before), 1)


@tagged("post_install", "-at_install")
class TestProcessingDownload(HttpCase):
    def test_who_downloads(self):
        new_test_user(
            self.env, "ropa_dpo", groups="lgo_base.group_privacy_officer", password="x" * 12
        )
        new_test_user(self.env, "ropa_staff", groups="lgo_base.group_staff", password="x" * 12)
        self.env["lgo.processing.activity"].create(VALUES)
        self.authenticate("ropa_dpo", "x" * 12)
        answer = self.url_open("/lgo/processing-record.xlsx")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        self.authenticate("ropa_staff", "x" * 12)
        with mute_logger("odoo.http"):
            refused = self.url_open("/lgo/processing-record.xlsx")
        self.assertEqual(refused.status_code, 403)
