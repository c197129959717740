# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime, time
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from odoo.addons.lgo_base.tools import citizen_id, deadline, thai

HOLIDAYS_2569 = {
    date(2026, month, day)
    for month, day in (
        (1, 1), (1, 2), (3, 3), (4, 6), (4, 13), (4, 14), (4, 15), (5, 4), (5, 13), (5, 31),
        (6, 1), (6, 3), (7, 28), (7, 29), (7, 30), (8, 12), (10, 13), (10, 23), (12, 5), (12, 7),
        (12, 10), (12, 31),
    )
}  # fmt: skip
DEADLINES = (
    # start, n, unit, duty, due
    (date(2026, 9, 28), 15, "day", "agency", date(2026, 10, 13)),
    (date(2026, 9, 28), 15, "day", "person", date(2026, 10, 14)),
    (date(2026, 10, 1), 45, "day", "agency", date(2026, 11, 15)),
    (date(2026, 10, 1), 45, "day", "person", date(2026, 11, 16)),
    (date(2026, 4, 10), 7, "working_day", "agency", date(2026, 4, 24)),
    (date(2026, 4, 10), 15, "working_day", "agency", date(2026, 5, 7)),
    (date(2026, 10, 12), 0, "day", "agency", date(2026, 10, 12)),
    (date(2026, 10, 13), 0, "day", "person", date(2026, 10, 14)),
    (date(2026, 10, 13), 0, "working_day", "agency", date(2026, 10, 14)),
)
DATE_TEXTS = (
    ("๒๓ พฤศจิกายน ๒๕๖๙", date(2026, 11, 23)),
    ("๒๓ พ.ย. ๒๕๖๙", date(2026, 11, 23)),
    ("23พ.ย.69", date(2026, 11, 23)),
    ("23 พย 2569", date(2026, 11, 23)),
    (" ๕  ม.ค.  ๖๙ ", date(2026, 1, 5)),
    ("วันที่ ๕ เดือนมกราคม พ.ศ. ๒๕๖๙", date(2026, 1, 5)),
    ("วันจันทร์ที่ ๕ มกราคม พ.ศ. ๒๕๖๙", date(2026, 1, 5)),
    ("23/11/2569", date(2026, 11, 23)),
    ("๒๓/๑๑/๒๕๖๙", date(2026, 11, 23)),
    ("23-11-2026", date(2026, 11, 23)),
    ("5.1.2569", date(2026, 1, 5)),
    ("2026-11-23", date(2026, 11, 23)),
    ("29/2/2567", date(2024, 2, 29)),
)
NOT_DATES = ("", None, "ไม่มี", "31/2/2569", "29/2/2569", "1/13/2569", "0/1/2569", "12 ม.x 2569",
             "1/1/99999", "๒๓ พ.ย.", "<b>1/1/2569</b>", "1/1/2569; drop")  # fmt: skip
AMOUNTS = (
    ("121.25", "หนึ่งร้อยยี่สิบเอ็ดบาทยี่สิบห้าสตางค์"),
    (1000000, "หนึ่งล้านบาทถ้วน"),
    (0, "ศูนย์บาทถ้วน"),
    (Decimal("0.25"), "ยี่สิบห้าสตางค์"),
    (11, "สิบเอ็ดบาทถ้วน"),
    (21, "ยี่สิบเอ็ดบาทถ้วน"),
    (101, "หนึ่งร้อยเอ็ดบาทถ้วน"),
    (Decimal("1.005"), "หนึ่งบาทหนึ่งสตางค์"),
    (0.1, "สิบสตางค์"),
    ("๑,๒๐๐", "หนึ่งพันสองร้อยบาทถ้วน"),
    (-5, "ลบห้าบาทถ้วน"),
)
IDS = (
    ("1234567890121", True),
    ("1101700203450", True),
    ("0994000000014", True),
    ("1-2345-67890-12-1", True),
    ("๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑", True),
    (" 1 2345 67890 12 1 ", True),
    ("1234567890122", False),
    ("1101700203451", False),
    ("123456789012", False),
    ("12345678901210", False),
    ("12345678901a1", False),
    ("١٢٣٤٥٦٧٨٩٠١٢١", False),
    ("", False),
    (None, False),
)


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_deadlines(self):
        for start, n, unit, duty, due in DEADLINES:
            with self.subTest(start=start, n=n, unit=unit, duty=duty):
                self.assertEqual(deadline.add(start, n, unit, duty, HOLIDAYS_2569), due)

    def test_deadline_refuses_nonsense(self):
        day = date(2026, 1, 5)
        for n, unit, duty in (
            (-1, "day", "agency"),
            (10**9, "day", "agency"),
            (1.5, "day", "agency"),
            (True, "day", "agency"),
            (1, "week", "agency"),
            (1, "day", "nobody"),
        ):
            with self.subTest(n=n, unit=unit, duty=duty), self.assertRaises(ValueError):
                deadline.add(day, n, unit, duty)
        with self.assertRaises(ValueError):
            deadline.add(datetime(2026, 1, 5, 20, 0), 1, "day", "agency")  # noqa: DTZ001

    def test_dates_are_written(self):
        day = date(2026, 1, 5)
        for style, digits, text in (
            ("long", "thai", "๕ มกราคม ๒๕๖๙"),
            ("long", "arabic", "5 มกราคม 2569"),
            ("short", "thai", "๕ ม.ค. ๖๙"),
            ("abbr", "thai", "๕ ม.ค. ๒๕๖๙"),
            ("full", "thai", "วันจันทร์ที่ ๕ มกราคม พ.ศ. ๒๕๖๙"),
            ("numeric", "arabic", "05/01/2569"),
        ):
            self.assertEqual(thai.format_date(day, style, digits), text)
        self.assertEqual(thai.format_date(False), "")
        self.assertEqual(thai.format_time(time(9, 30)), "๐๙.๓๐ น.")
        self.assertEqual(
            thai.format_datetime(datetime(2026, 12, 31, 17, 20, tzinfo=UTC)),
            "๑ มกราคม ๒๕๗๐ เวลา ๐๐.๒๐ น.",
        )
        with self.assertRaises(ValueError):
            thai.format_date(day, style="roman")

    def test_dates_are_read(self):
        for text, day in DATE_TEXTS:
            with self.subTest(text=text):
                self.assertEqual(thai.parse_date(text), day)
        for text in NOT_DATES:
            with self.subTest(text=text), self.assertRaises(ValueError):
                thai.parse_date(text)

    def test_every_written_date_reads_back(self):
        for month in range(1, 13):
            day = date(2026, month, 28)
            for style in ("long", "short", "abbr", "full", "numeric"):
                text = thai.format_date(day, style)
                with self.subTest(text=text):
                    self.assertEqual(thai.parse_date(text), day)

    def test_years(self):
        for day, fiscal, quarter in (
            (date(2025, 9, 30), 2568, 4),
            (date(2025, 10, 1), 2569, 1),
            (date(2026, 1, 5), 2569, 2),
            (date(2026, 4, 1), 2569, 3),
            (date(2026, 9, 30), 2569, 4),
        ):
            self.assertEqual(thai.fiscal_year(day), fiscal)
            self.assertEqual(thai.fiscal_quarter(day), quarter)
        naive_utc = datetime.fromisoformat("2026-12-31 17:20:00")
        self.assertEqual(thai.buddhist_year(naive_utc), 2570)
        self.assertEqual(thai.buddhist_year(date(2026, 12, 31)), 2569)
        self.assertEqual(thai.fiscal_year(datetime.fromisoformat("2026-09-30 17:00:00")), 2570)

    def test_amounts(self):
        for amount, words in AMOUNTS:
            with self.subTest(amount=amount):
                self.assertEqual(thai.baht_text(amount), words)
        for amount in ("", "ห้าบาท", "nan", "inf", None):
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                thai.baht_text(amount)

    def test_digits(self):
        self.assertEqual(thai.to_thai_digits("ที่ ชม 52301/124"), "ที่ ชม ๕๒๓๐๑/๑๒๔")
        self.assertEqual(thai.to_arabic_digits("ที่ ชม ๕๒๓๐๑/๑๒๔"), "ที่ ชม 52301/124")

    def test_dictionary_order(self):
        words = ["กา", "เก", "ขา", "แข", "งา", "เงา", "ไหม", "อา", "เอ"]
        shuffled = ["เอ", "แข", "กา", "เงา", "ไหม", "เก", "งา", "อา", "ขา"]
        self.assertEqual(sorted(shuffled, key=thai.sort_key), words)

    def test_citizen_numbers(self):
        for number, valid in IDS:
            with self.subTest(number=number):
                self.assertEqual(citizen_id.is_valid(number), valid)
        self.assertEqual(citizen_id.format("๑๒๓๔๕๖๗๘๙๐๑๒๑"), "1-2345-67890-12-1")
        self.assertEqual(citizen_id.mask("1101700203450"), "x-xxxx-xxxxx-45-0")
        self.assertEqual(citizen_id.mask("12345"), "x-xxxx-xxxxx-xx-x")
        with self.assertRaises(ValueError):
            citizen_id.format("12345")
