# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase

from ..tools.text_diff import difference

#: Before, after, what is shown.
CASES = (
    ("", "", ""),
    ("ถนน", "ถนน", ""),
    ("สำรวจถนน แล้ว", "สำรวจสะพาน แล้ว", "สำรวจ<del>ถนน</del><ins>สะพาน</ins> แล้ว"),
    ("ขอ", "ขอ ด่วน", "ขอ<ins> ด่วน</ins>"),
    ("ที่ดินกว้าง", "ที่ดินกว้างมาก", "ที่ดินกว้าง<ins>มาก</ins>"),
    ("5 วัน", "15 วัน", "<del>5</del><ins>15</ins> วัน"),
    ("<b>", "<i>", "<del>&lt;b&gt;</del><ins>&lt;i&gt;</ins>"),
    ("ก 😀", "", "<del>ก 😀</del>"),
)


class TestTextDifference(BaseCase):
    def test_cases(self):
        for before, after, shown in CASES:
            with self.subTest(before=before, after=after):
                self.assertEqual(str(difference(before, after)), shown)

    def test_no_sign_is_torn_off(self):
        shown = str(difference("น้ำใส", "น้ำขุ่น"))
        self.assertNotRegex(shown, "<(del|ins)>[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
