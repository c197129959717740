# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import claims

PARTS = {
    "house_no": "99/1", "moo": "2", "soi": "ตัวอย่าง", "road": "สุขใจ",
    "subdistrict": "ดอนทราย", "district": "เมืองสาธิต", "province": "สาธิต",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestClaims(BaseCase):
    """Forms of the claims that were seen, and hostile ones."""

    def test_birthdate(self):
        day = date(1987, 1, 15)
        for value, expected in (
            ("25300115", (day, "")),
            ("2530-01-15", (day, "")),
            ("19870115", (day, "")),
            ("1987-01-15", (day, "")),
            ("๒๕๓๐๐๑๑๕", (day, "")),
            (25300115, (day, "")),
            ("25300000", (None, "1987")),
            ("2530-01-00", (None, "1987-01")),
            ("25300230", (None, "")),
            ("25301315", (None, "")),
            ("00000000", (None, "")),
            ("", (None, "")),
            (None, (None, "")),
            (["25300115"], (None, "")),
            ("25300115'; --", (None, "")),
        ):
            with self.subTest(value):
                self.assertEqual(claims.birthdate(value), expected)

    def test_gender(self):
        for value, expected in (
            ("1", "male"), (2, "female"), ("Male", "male"), ("หญิง", "female"), ("x", ""),
            (None, ""),
        ):  # fmt: skip
            self.assertEqual(claims.gender(value), expected)

    def test_address(self):
        line = "99/1#หมู่ที่ 2##ซอยตัวอย่าง#ถนนสุขใจ#ตำบลดอนทราย#อำเภอเมืองสาธิต#จังหวัดสาธิต"
        self.assertEqual(claims.address(line), PARTS)
        self.assertEqual(claims.address({"formatted": line}), PARTS)
        self.assertEqual(
            claims.address({"house_no": "5", "tambon": "ดอนทราย", "moo": None}),
            {"house_no": "5", "subdistrict": "ดอนทราย"},
        )
        for value in ("99/1", "#" * 20, None, 5, ["a"], {}):
            self.assertEqual(claims.address(value), {})

    def test_level(self):
        for value, expected in (
            ("2.3", (2, 3)), ("IAL2.3", (2, 3)), (2.3, (2, 3)), ("3", (3,)), ("high", ()),
            (None, ()),
        ):  # fmt: skip
            self.assertEqual(claims.level(value), expected)
        self.assertLess(claims.level("2.2"), claims.level("2.10"))

    def test_person(self):
        person = claims.person(
            {"pid": "1-2345-67890-12-1", "given_name": "สม\u200bชาย\x00", "name": "x" * 500}, {}
        )
        self.assertEqual((person.pid, person.first_name), ("1234567890121", "สมชาย"))
        for pid in ("1234567890122", "", None, 0, True, {"a": 1}, "๑", "1" * 500):
            with self.subTest(pid), self.assertRaises(ValueError):
                claims.person({"pid": pid}, {})
        self.assertEqual(
            claims.person({"citizen": "1234567890121"}, {"pid": "citizen"}).pid[-1], "1"
        )
