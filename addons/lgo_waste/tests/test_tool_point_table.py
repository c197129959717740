# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from odoo.tests import BaseCase, tagged

from ..tools import point_table

TITLES = [
    "รหัสเดิม", "รหัสประจำบ้าน", "บ้านเลขที่", "หมู่", "เขต", "สาย", "ลำดับสาย", "ประเภท", "ปริมาณ ลิตร/วัน",
    "จำนวนหน่วย/ห้อง", "ชื่อผู้ชำระ", "โทรศัพท์", "อัตราเดือนละ", "เริ่มใช้บริการ", "ยอดค้างยกมา ปีงบ 2568",
    "ยอดค้างยกมา ปีงบ ๒๕๖๙", "หมายเหตุ",
]  # fmt: skip
GOOD = [
    "A-001", "5001-234567-8", "๙๙/๑", 4, "Z1", "R1", 7, "H", 20, 1, "เกษม  ที่ปู่กู้", "0812345678", 60,
    "1/10/2568", "1,240.00", 120, "-",
]  # fmt: skip


def workbook(*rows, titles=TITLES, before=()):
    """A workbook as an office would send it."""
    book = openpyxl.Workbook()
    for row in (*before, titles, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(**cells):
    """The good row with other cells; the key is the position, such as c13."""
    row = list(GOOD)
    for key, value in cells.items():
        row[int(key[1:])] = value
    return row


@tagged("post_install", "-at_install")
class TestPointTable(BaseCase):
    """The register as a workbook: what is read, and every problem by its row."""

    def _codes(self, data):
        return [(problem.line, problem.code) for problem in point_table.parse(data).problems]

    def test_good(self):
        found = point_table.parse(workbook(GOOD, before=[["ทะเบียนผู้ใช้บริการ"], []]))
        self.assertEqual(found.problems, [])
        [row] = found.rows
        self.assertEqual(row.number, 4)
        values = row.values
        self.assertEqual(values["house_code"], "50012345678")
        self.assertEqual((values["house"], values["village_number"]), ("99/1", "4"))
        self.assertEqual((values["payer"], values["note"]), ("เกษม ที่ปู่กู้", ""))
        self.assertEqual(values["phone"], "0812345678")
        self.assertEqual((values["volume"], values["rate"]), (Decimal(20), Decimal(60)))
        self.assertEqual((values["unit_count"], values["route_sequence"]), (1, 7))
        self.assertEqual(values["date_start"], date(2025, 10, 1))
        self.assertEqual(row.arrears, {2568: Decimal("1240.00"), 2569: Decimal(120)})

    def test_dates(self):
        for cell in ("1 ต.ค. 68", "๑ ตุลาคม ๒๕๖๘", datetime(2025, 10, 1), datetime(2568, 10, 1)):  # noqa: DTZ001
            with self.subTest(cell=cell):
                [row] = point_table.parse(workbook(changed(c13=cell))).rows
                self.assertEqual(row.values["date_start"], date(2025, 10, 1))

    def test_bad_rows(self):
        for row, code in (
            (changed(c2=""), "MISSING"),
            (changed(c10="ไม่ทราบ"), "MISSING"),
            (changed(c1="123"), "HOUSE_CODE"),
            (changed(c8="ยี่สิบ"), "AMOUNT"),
            (changed(c12="40.005"), "AMOUNT"),
            (changed(c12="-5"), "AMOUNT"),
            (changed(c14="๑x"), "AMOUNT"),
            (changed(c9="1.5"), "WHOLE"),
            (changed(c13="31/2/2568"), "DATE"),
            (changed(c10="=1+1"), "FORMULA"),
        ):
            with self.subTest(code=code, row=row):
                self.assertEqual(self._codes(workbook(GOOD[:], row))[0], (3, code))

    def test_every_problem_is_named(self):
        codes = self._codes(workbook(changed(c2="", c13="x"), changed(c1="1", c0="B")))
        self.assertEqual(codes, [(2, "MISSING"), (2, "DATE"), (3, "HOUSE_CODE")])

    def test_twice(self):
        codes = self._codes(workbook(GOOD, GOOD, changed(c2="100")))
        self.assertEqual(codes, [(3, "REPEATED"), (3, "OLD_REPEATED"), (4, "OLD_REPEATED")])

    def test_sums_and_empty_rows_are_no_points(self):
        found = point_table.parse(workbook(GOOD, [], ["", "", "รวม", "", "", 1]))
        self.assertEqual((len(found.rows), found.problems), (1, []))

    def test_no_register(self):
        self.assertEqual(self._codes(b"not a workbook"), [(0, "FORMAT")])
        self.assertEqual(self._codes(workbook(["x"], titles=["ชื่อ"])), [(0, "NO_TITLES")])
        self.assertEqual(self._codes(workbook()), [(0, "EMPTY")])
        titles = [title for title in TITLES if title != "เขต"]
        self.assertEqual(self._codes(workbook(titles=titles)), [(1, "COLUMN")])

    def test_zip_bomb(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b" " * (90 * 1024 * 1024))
        self.assertEqual(self._codes(out.getvalue()), [(0, "TOO_BIG")])
