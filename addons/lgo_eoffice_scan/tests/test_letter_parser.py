# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools import agency_match, letter_parser, letter_words
from ..tools.letter_number import find_date, find_number
from .letters import SAMPLES

TODAY = date(2026, 11, 25)
CODES = frozenset({"ชม"})


def parse(text):
    return letter_parser.parse(text.strip("\n").replace("|", "\t"), TODAY, CODES)


def plain(field, value):
    """A found value as the table of samples writes it."""
    if field == "references":
        return [(row.org, row.doc_no, row.doc_date and row.doc_date.isoformat()) for row in value]
    if field == "enclosures":
        return [tuple(row) for row in value]
    return value.isoformat() if isinstance(value, date) else value


@tagged("post_install", "-at_install")
class TestLetterParser(BaseCase):
    def test_samples(self):
        self.assertGreaterEqual(len(SAMPLES), 20)
        for sample in SAMPLES:
            found = parse(sample.text)
            for field, expected in sample.expected.items():
                with self.subTest(sample.name, field=field):
                    guess = found.get(field)
                    self.assertEqual(guess and plain(field, guess.value), expected)

    def test_confidence_tells_good_from_spoiled(self):
        by_name = {sample.name: parse(sample.text) for sample in SAMPLES}
        clean = by_name["external letter of a district"]
        self.assertTrue(all(clean[field].confidence >= 85 for field in ("doc_no", "doc_date")))
        spoiled = by_name["OCR: letters for digits"]
        self.assertLess(spoiled["doc_no"].confidence, 75)
        lost = by_name["OCR: the word for number is lost"]
        self.assertLess(lost["doc_no"].confidence, 70)
        month = by_name["OCR: month spoiled, upper vowels mixed up"]
        self.assertLess(month["doc_date"].confidence, clean["doc_date"].confidence)

    def test_date_in_the_future_is_doubted(self):
        self.assertLessEqual(find_date("๒๖ พฤศจิกายน ๒๕๖๙", TODAY).confidence, 30)
        self.assertGreaterEqual(find_date("๒๕ พฤศจิกายน ๒๕๖๙", TODAY).confidence, 90)
        self.assertLessEqual(find_date("๑ มกราคม ๒๕๖๐", TODAY).confidence, 60)

    def test_dates(self):
        for text, expected in (
            ("๕ มกราคม ๒๕๖๙", "2026-01-05"),
            ("วันที่ ๕ เดือน มกราคม พ.ศ. ๒๕๖๙", "2026-01-05"),
            ("31 ธ.ค. 68", "2025-12-31"),
            ("๒๙ กุมภาพันธ์ ๒๕๖๙", None),  # 2026 has no such day
            ("29 กุมภาพันธ์ 2567", "2024-02-29"),
            ("๐๕/๐๑/๒๕๖๙", "2026-01-05"),
            ("๓๒ มกราคม ๒๕๖๙", None),
            ("มกราคม ๒๕๖๙", None),
            ("เวลา ๑๐.๓๐ น.", None),
            ("๑๐ กันยายม ๒๕๖๙", "2026-09-10"),
            ("", None),
        ):
            with self.subTest(text):
                found = find_date(text, TODAY)
                self.assertEqual(found and found.value.isoformat(), expected)

    def test_thai_digits_of_a_scan(self):
        """What was read once is doubted; a year that OCR spoiled is the last possible one."""
        text = SAMPLES[0].text.strip("\n").replace("|", "\t").replace("มกราคม ๒๕๖๙", "มกราคม ๒๕๒๐๕")
        once = letter_parser.parse(text, TODAY, CODES, scanned=True)
        self.assertEqual(once["doc_date"].value, date(2026, 1, 5))
        self.assertLessEqual(once["doc_date"].confidence, 40)
        self.assertLessEqual(once["doc_no"].confidence, 40)
        self.assertLessEqual(once["references"].confidence, 40)
        self.assertGreater(once["subject"].confidence, 80)
        twice = letter_parser.parse(
            text, TODAY, CODES, scanned=True, sure_digits=["๐๐๑๘", "๑๒๓", "๕"]
        )
        self.assertGreater(twice["doc_no"].confidence, 70)
        self.assertLessEqual(twice["doc_date"].confidence, 40, "the year was not read")
        self.assertEqual(find_date("๕ มกราคม ๒๕๒๐๕", TODAY), None, "not in a text layer")

    def test_marks_come_back(self):
        for read, meant in (
            ("พัฒนาท้องถิน", "พัฒนาท้องถิ่น"),
            ("พัฒนาทองถิน", "พัฒนาท้องถิ่น"),
            ("สำรวจแหล่งน้้ำและถนน", "สำรวจแหล่งน้ำและถนน"),
            ("หน่วยบริการเคลือนที", "หน่วยบริการเคลื่อนที่"),
            ("นำเสนอข้อมูล", "นำเสนอข้อมูล"),
            ("ขอเชิญประชุม ครั้งที่ ๑", "ขอเชิญประชุม ครั้งที่ ๑"),
            ("", ""),
        ):
            with self.subTest(read):
                self.assertEqual(letter_words.with_marks(read), meant)

    def test_numbers(self):
        for text, expected in (
            ("ชม ๕๒๓๐๑/๑๒๔", "ชม ๕๒๓๐๑/๑๒๔"),
            ("ชม๕๒๓๐๑/ว๙", "ชม ๕๒๓๐๑/ว ๙"),
            ("ชม 52301 / ว 9", "ชม 52301/ว 9"),
            ("นร (กพ) ๐๑๐๖/ว ๑", "นร (กพ) ๐๑๐๖/ว ๑"),
            ("๔๕๑/๒๕๖๙", "๔๕๑/๒๕๖๙"),
            ("พิเศษ/๒๕๖๙", "พิเศษ/๒๕๖๙"),
            ("อว 69.1.2/ว 12", "อว 69.1.2/ว 12"),
            ("ABC-2026-001", "ABC-2026-001"),
            ("ชม ๐๐๑๘/", None),
            ("ทำการปกครองอำเภอ", None),
            ("", None),
        ):
            with self.subTest(text):
                found = find_number(text)
                self.assertEqual(found and found.text, expected)

    def test_nothing_in_nothing(self):
        for text in ("", " \n \n", "\t", "....\n----", "x" * 5000, "ที่\nเรื่อง\nเรียน\nอ้างถึง\n"):
            with self.subTest(text[:20]):
                found = parse(text)
                self.assertFalse({"doc_no", "doc_date", "subject", "signer"} & set(found), found)

    def test_hostile_text_ends_soon(self):
        """Long lines and many labels take no exponential time and give no endless values."""
        for text in (
            "ที่ " + "ก" * 50000 + "/" + "1" * 50000,
            "เรื่อง " + "ก " * 20000,
            "อ้างถึง ๑. " * 5000,
            "(นาย" * 10000,
            "\n".join(["สิ่งที่ส่งมาด้วย ๑. ก"] * 3000),
            "ที่ ๑/๒ 😀\u0e48\u0e48\u0e48 <b>x</b>\nเรื่อง <script>alert(1)</script>\nเรียน ก",
        ):
            with self.subTest(text[:12]):
                found = parse(text)
                subject = found.get("subject")
                self.assertLessEqual(len(subject.value) if subject else 0, 300)
                enclosures = found.get("enclosures")
                self.assertLessEqual(len(enclosures.value) if enclosures else 0, 15)

    def test_agencies(self):
        directory = [
            (1, ["ที่ว่าการอำเภอทดสอบ", None]),
            (2, ["จังหวัดทดสอบ"]),
            (3, ["เทศบาลตำบลสวนดอก", "ทต.สวนดอก"]),
            (4, ["องค์การบริหารส่วนตำบลบ้านใต้"]),
            (5, ["องค์การบริหารส่วนตำบลบ้านเหนือ"]),
            (6, ["กรมส่งเสริมการปกครองท้องถิ่น", "สถ."]),
            (7, ["เทศบาลตำบลซ้ำ"]),
            (8, ["เทศบาลตำบลซ้ำ"]),
        ]
        for name, expected in (
            ("ศาลากลางจังหวัดทดสอบ", 2),
            ("อำเภอทดสอบ", 1),
            ("ทีวาการอำเภอทดสอบ", 1),
            ("สำนักงาน เทศบาลตำบลสวนดอก", 3),
            ("ที่ว่าการอำเภอทดสอบ", 1),
            ("สำนักงานเทศบาลตำบลสวนดอก", 3),
            ("ทต. สวนดอก", 3),
            ("อบต.บ้านใต้", 4),
            ("ที่ทำการองค์การบริหารส่วนตำบลบ้านเหนือ", 5),
            ("กรมสงเสริมการปกครองทองถิน", 6),  # tone marks lost
            ("กรมส่งเสริมการปกครองท้องถี่น", 6),
            ("เทศบาลตำบลซ้ำ", None),  # two of that name: the clerk chooses
            ("องค์การบริหารส่วนตำบลหนองน้ำใส", None),
            ("กรมที่ดิน", None),
            ("", None),
        ):
            with self.subTest(name):
                self.assertEqual(agency_match.best(name, directory)[0], expected)
