# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.lgo_base.tools import thai
from odoo.addons.report_weasyprint.tests import pdf_text
from odoo.addons.report_weasyprint.tests.common import WeasyprintCase

from .common import EofficeCase

COLUMNS = ("เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 03:00:00")  # no midnight between registering and printing
class TestRegisterPrint(EofficeCase, WeasyprintCase):
    def _dialog(self, code="receive", user=None, **vals):
        register = self.env["lgo.register"].search([("code", "=", code)], limit=1)
        Dialog = self.env["lgo.eoffice.register.print"].with_user(user or self.registrar)
        return Dialog.create({"register_id": register.id, **vals})

    def test_form_13(self):
        letter = self._received(urgency="most_urgent")
        letter.action_register()
        letter._correct({"subject": "ขอสำรวจถนนทุกสาย"}, "พิมพ์ผิด")
        gone = self._received(doc_no="77")
        gone.action_register()
        gone._transition("cancel", reason="ลงรับซ้ำซ้อน")
        dialog = self._dialog()
        line, void = dialog._lines()[-2:]
        self.assertEqual(dialog._columns(), COLUMNS)
        self.assertEqual(line["doc_no"], "ชม ๐๐๑๘/ว ๑๒๓")
        self.assertEqual(line["subject"].before, "ขอความอนุเคราะห์สำรวจถนนและสะพาน")
        self.assertEqual(line["subject"].now, "ขอสำรวจถนนทุกสาย")
        self.assertTrue(void["void"])
        self.assertIn("ลงรับซ้ำซ้อน", void["note"])
        pdf = self._print("lgo_eoffice.action_report_register", dialog)
        # narrow columns break at words
        text = "".join(self._text(pdf).split())
        for word in (*COLUMNS, "ทะเบียนหนังสือรับวันที่", "พ.ศ.๒๕", "ขอสำรวจถนนทุกสาย", "ลงรับซ้ำซ้อน"):
            self.assertIn(word, text)
        self.assertNotRegex(text, "[0-9]")

    def test_cells_of_a_line_stand_side_by_side(self):
        letter = self._received(doc_no="ชม 1/9", subject="เรื่องสั้น")
        letter.action_register()
        letter.sudo().result = "ทราบแล้ว"
        rows = {}
        for piece in pdf_text.pieces(
            self._print("lgo_eoffice.action_report_register", self._dialog())
        ):
            rows.setdefault((piece.page, round(piece.y)), []).append(piece)
        lines = [
            "".join(piece.text for piece in sorted(row, key=lambda piece: piece.x))
            for row in rows.values()
        ]
        number = thai.to_thai_digits(str(letter.receive_no))
        for line in lines:
            words = "".join(line.split())
            if all(part in words for part in (number, "ชม๑/๙", "เรื่องสั้น", "ทราบแล้ว")):
                break
        else:
            self.fail(lines)

    def test_workbook(self):
        letter = self._received(subject="=1+1")
        letter.action_register()
        letter._correct({"doc_no": "ชม 0018/9"}, "อ่านผิด")
        sheet = load_workbook(io.BytesIO(self._dialog()._workbook())).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(rows[0], COLUMNS)
        self.assertEqual(rows[-1][5], "=1+1")
        self.assertEqual(sheet.cell(len(rows), 6).data_type, "s")
        self.assertEqual(rows[-1][1], "ชม ๐๐๑๘/ว ๑๒๓ ชม 0018/9")

    def test_who_prints_what(self):
        with self.assertRaises(UserError):
            self._dialog("secret_receive").action_print()
        with self.assertRaises(UserError):
            self._dialog("memo", user=self.clerk, unit_id=False).action_print()
        with self.assertRaises(ValidationError):
            self._dialog(date_from="2026-02-01", date_to="2026-01-01")
        with self.assertRaises(ValidationError):
            self._dialog(date_from="2020-02-01", date_to="2026-01-01")

    def test_secret_lines_say_nothing(self):
        """The receive register never shows what a secret letter is about."""
        letter = self._received(user=self.secret, secrecy="secret", subject="เรื่องลับเฉพาะกิจ")
        letter.sudo()._register_letters()
        self.assertEqual(letter.register_entry_id.register_id.code, "secret_receive")
        self.assertNotIn("ลับเฉพาะ", letter.register_entry_id.label)
        dialog = self._dialog("secret_receive", user=self.secret)
        self.assertEqual(dialog._lines()[-1]["subject"], "เรื่องลับเฉพาะกิจ")
        self.assertEqual(
            len(self._dialog()._lines()), len(self._dialog(user=self.auditor)._lines())
        )

    def test_one_query_a_model(self):
        for number in range(12):
            self._received(doc_no=f"ชม 1/{number}").action_register()
        self.env.flush_all()
        dialog = self._dialog()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            lines = dialog._lines()
        self.assertGreaterEqual(len(lines), 12)
