# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import struct
import tempfile
import time
from difflib import SequenceMatcher
from unittest import SkipTest
from unittest.mock import patch

from PIL import Image, ImageDraw, ImageFont

from odoo.tests import BaseCase, tagged

from ..tools import layout, page_child, reader, thai_digits, thai_layer
from . import papers


class PaperCase(BaseCase):
    def _path(self, data, suffix=".pdf"):
        file = self.enterContext(tempfile.NamedTemporaryFile(prefix="lgo-test-", suffix=suffix))
        file.write(data)
        file.flush()
        return file.name


@tagged("post_install", "-at_install")
class TestThaiLayer(BaseCase):
    def test_old_fonts_and_word(self):
        for text, expected in (
            ("ส านักงานเทศบาลต าบล", "สำนักงานเทศบาลตำบล"),  # Word: nikhahit is a blank
            ("น ้า", "น้ำ"),
            ("น้ า", "น้ำ"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("น้ำ", "น้ำ"),
            ("กําหนด", "กำหนด"),
            ("ท\uf70aี", "ที่"),  # tone mark in front of its vowel, shifted glyph
            ("ที\uf713", "ที่"),
            ("ป\uf710่น", "ปั่น"),
            ("ฝ\uf706า", "ฝ้า"),
            ("\uf70fัตติ", "ญัตติ"),
            ("\uf700าน", "ฐาน"),
            ("กรณ ีที่ต ้องการ", "กรณีที่ต้องการ"),
            ("ขอ\u200bความ\u200bร่วมมือ\u00ad", "ขอความร่วมมือ"),
            ("ที่่ ", "ที่"),  # drawn twice
            ("เเละ", "และ"),
            ("พันธุ์", "พันธุ์"),
            ("พันธ์ุ", "พันธุ์"),
            ("ก\u00a0ข", "ก ข"),
            ("ก\tข\nค", "ก\tข\nค"),
            ("จำนวน ๑๐ ฉบับ", "จำนวน ๑๐ ฉบับ"),
            ("😀 ก\x00\x07", "😀 ก"),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(thai_layer.normalise(text), expected)

    def test_ocr_has_gaps_and_not_lost_marks(self):
        self.assertEqual(thai_layer.normalise("ก ารประชุม", ocr=True), "การประชุม")
        self.assertEqual(thai_layer.normalise("ก ารประชุม"), "กำรประชุม")

    def test_rubbish_is_not_readable(self):
        self.assertTrue(thai_layer.is_readable("ที่ ชม ๑/๒ ab"))
        self.assertTrue(thai_layer.is_readable("ท\uf70aี"))
        for text in ("", "\ufffd\ufffd\ufffdก", "\ue001\ue002\ue003ab", "à¸à¹‰à¸²"):
            with self.subTest(text):
                self.assertFalse(thai_layer.is_readable(text))


@tagged("post_install", "-at_install")
class TestLayout(BaseCase):
    def test_columns_and_lines(self):
        Piece = layout.Piece
        text = layout.lines(
            [
                Piece(300, 100, 400, 116, "ที่ว่าการอำเภอ"),
                Piece(85, 101, 180, 117, "ที่ ชม 1/2"),
                Piece(300, 120, 380, 136, "ถนน"),
                Piece(85, 140, 120, 156, "เรื่อง"),
                Piece(125, 140, 220, 156, "ขอเชิญ"),
                Piece(125.2, 140, 220.2, 156, "ขอเชิญ"),  # bold: drawn twice
            ]
        )
        self.assertEqual(text, "ที่ ชม 1/2\tที่ว่าการอำเภอ\n\tถนน\nเรื่อง ขอเชิญ")

    def test_hostile_line_ends(self):
        """Thousands of columns on one line are no matter of minutes."""
        pieces = [layout.Piece(at * 3, 100, at * 3 + 1, 101, "ก") for at in range(10_000)]
        with patch.object(layout, "_overlap", wraps=layout._overlap) as compared:
            text = layout.lines(pieces)
        self.assertEqual(text.count("ก"), 10_000)
        self.assertLessEqual(compared.call_count, 10_000 * layout.MAX_ROW)

    def test_marks_taken_for_a_line(self):
        pieces = [
            layout.Piece(85, 100, 300, 130, "ขอความอนุเคราะห์"),
            layout.Piece(85, 135, 300, 150, "a ' ่ ฆ"),
            layout.Piece(85, 150, 300, 180, "สำรวจถนน"),
        ]
        self.assertEqual(layout.lines(pieces, scanned=True), "ขอความอนุเคราะห์\nสำรวจถนน")
        self.assertEqual(layout.lines([]), "")


@tagged("post_install", "-at_install")
class TestThaiDigits(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fonts = reader._fonts()
        cls.digits = thai_digits.DigitReader(cls.fonts)

    def _drawn(self, text, size, font=0):
        image = Image.new("L", (size * 12, size * 2), 250)
        pen = ImageDraw.Draw(image)
        face = ImageFont.truetype(self.fonts[font], size)
        pen.text((size, size // 3), text, font=face, fill=20)
        return image, pen.textbbox((size, size // 3), text, font=face)

    def test_every_digit(self):
        self.assertEqual(len(self.fonts), 2)
        sure = []
        for font in (0, 1):
            for size in (40, 66, 90):
                for text in ("๐๑๒๓๔", "๕๖๗๘๙", "๒๕๖๙", "๔๕๖๗", "๘"):
                    with self.subTest(text, size=size, font=font):
                        image, box = self._drawn(text, size, font)
                        found = self.digits.look(image, box[0], 0, box[2], image.height)
                        self.assertEqual(found.text, text)
                        sure.append(found.sure)
        self.assertGreater(sum(sure), len(sure) / 2)

    def test_neighbours_stay_out(self):
        image, _box = self._drawn("ก ๒๕๖๙ ข", 66)
        pieces = thai_digits.components(image.point(lambda value: 0 if value < 128 else 255))
        self.assertEqual(len(pieces), 6)
        found = self.digits.look(image, pieces[1][0], 0, pieces[4][2], image.height)
        self.assertEqual(found.text, "๒๕๖๙")

    def test_what_is_no_digit(self):
        for text in ("กขค", "abc", "ฬฮ"):
            image, box = self._drawn(text, 66)
            found = self.digits.look(image, box[0], 0, box[2], image.height)
            self.assertFalse(found and found.sure, text)
        blank = Image.new("L", (100, 60), 255)
        self.assertIsNone(self.digits.look(blank, 10, 0, 90, 60))
        self.assertIsNone(thai_digits.DigitReader([]).look(*self._wide("๕")))

    def _wide(self, text):
        image, box = self._drawn(text, 66)
        return image, box[0], 0, box[2], image.height


@tagged("post_install", "-at_install")
class TestReader(PaperCase):
    def test_text_layer(self):
        path = self._path(papers.letter())
        self.assertEqual(reader.count_pages(path), 1)
        (page,) = reader.read_text(path, 1, 5)
        self.assertEqual((page.number, page.source, page.confidence), (1, "text", 100))
        for words in (
            "ที่ ชม ๐๐๑๘/ว ๑๒๓\tที่ว่าการอำเภอทดสอบ",
            "เรื่อง ขอความอนุเคราะห์สำรวจแหล่งน้ำและถนน",
            "(นายสมชาย ใจดี)",
        ):
            self.assertIn(words, page.text)

    def test_picture_is_told_from_text(self):
        path = self._path(papers.scanned(papers.letter(), dpi=100))
        (page,) = reader.read_text(path, 1, 1)
        self.assertEqual((page.source, page.text), ("unread", ""))

    def test_blank_page(self):
        (page,) = reader.read_text(self._path(papers.printed("<p>&#160;</p>")), 1, 1)
        self.assertEqual(page.source, "blank")

    def test_files_that_cannot_be_opened(self):
        good = papers.letter()
        for name, data, word in (
            ("empty", b"", "empty"),
            ("password", papers.locked(good), "locked"),
            ("not a PDF", b"PK\x03\x04 hello", "broken"),
            ("only a head", b"%PDF-1.7\n", "broken"),
            ("cut off", good[: len(good) // 3], "broken"),
            ("random", b"%PDF-1.4\n" + bytes(range(256)) * 40, "broken"),
        ):
            with self.subTest(name), self.assertRaises(reader.ReadError) as caught:
                reader.count_pages(self._path(data))
            self.assertEqual(caught.exception.args[0], word, name)

    def test_broken_xref_is_mended(self):
        path = self._path(papers.broken_xref(papers.letter()))
        (page,) = reader.read_text(path, 1, 1)
        self.assertIn("นายกเทศมนตรีตำบลสวนดอก", page.text)

    def test_owner_password_does_not_lock_reading(self):
        (page,) = reader.read_text(self._path(papers.protected(papers.letter())), 1, 1)
        self.assertIn("นายกเทศมนตรีตำบลสวนดอก", page.text)

    def test_pages_in_the_middle(self):
        path = self._path(papers.many(papers.letter(), 7))
        self.assertEqual([page.number for page in reader.read_text(path, 3, 2)], [3, 4])
        self.assertEqual([page.number for page in reader.read_text(path, 6, 20)], [6, 7])

    def test_pages_of_a_tiff(self):
        """Each page of a fax is one to read; the small copies in the file are none."""
        page = papers.picture(papers.letter(), 60)
        path = self._path(papers.faxed([page] * 3), ".tif")
        self.assertEqual(reader.count_pages(path), 3)
        found = reader.read_text(path, 1, 20)
        self.assertEqual(
            [(page.number, page.source) for page in found],
            [(1, "unread"), (2, "unread"), (3, "unread")],
        )
        self.assertEqual([page.number for page in reader.read_text(path, 2, 1)], [2])

    def test_hostile_tiff(self):
        """A file that goes in a circle, or is cut off, has the pages that are there."""
        whole = papers.faxed([papers.picture(papers.letter(), 40)] * 2)
        first = struct.unpack("<I", whole[4:8])[0]
        following = first + 2 + 12 * struct.unpack("<H", whole[first : first + 2])[0]
        circle = whole[:following] + struct.pack("<I", first) + whole[following + 4 :]
        nowhere = whole[:following] + struct.pack("<I", 2**32 - 2) + whole[following + 4 :]
        for name, data in (("circle", circle), ("nowhere", nowhere), ("head only", whole[:8])):
            with self.subTest(name):
                path = self._path(data, ".tif")
                self.assertEqual(reader.count_pages(path), 1)
                self.assertEqual(reader.read_text(path, 1, 20)[0].source, "unread")

    def test_endless_page_costs_that_page_only(self):
        """A child that hangs is ended, with what it started, and the file is not waited for."""
        path = self._path(papers.letter())
        start = time.monotonic()
        child = self._path(b"import time\ntime.sleep(60)\n", ".py")
        with patch.object(reader, "CHILD", child), self.assertRaises(reader.ReadError) as caught:
            reader._call(path, "count", 0, 0, 1)
        self.assertEqual(caught.exception.args[0], "slow", "not the fault of the file")
        self.assertLess(time.monotonic() - start, 30)

    def test_memory_is_limited(self):
        """A page that wants more than its share is left unread, those behind it are read."""
        path = self._path(papers.bomb(papers.letter()))
        bomb, page = reader.read_text(path, 1, 2)
        self.assertEqual(bomb.source, "unread")
        self.assertEqual(page.source, "text")

    def test_hostile_line_of_a_page(self):
        path = self._path(papers.spaced(12_000))
        (page,) = reader.read_text(path, 1, 1)
        self.assertIn("x", page.text)
        self.assertLessEqual(page.text.count("x"), page_child.MAX_RUNS)

    def test_slow_pages_end_the_chunk(self):
        """What is left of a chunk is asked for in the next step."""
        path = self._path(papers.many(papers.letter(), 3))
        with (
            patch.object(reader, "CHUNK_SECONDS", -1),
            patch.object(reader, "_call", return_value=(3, [])),
        ):
            pages = reader.read_text(path, 1, 3)
        self.assertEqual([(page.number, page.source) for page in pages], [(1, "unread")])

    def test_giant_page(self):
        """A page of 5 × 5 metres is drawn coarsely."""
        if not reader.ocr_languages():
            raise SkipTest("install tesseract-ocr and tesseract-ocr-tha")
        out = io.BytesIO()
        Image.new("L", (200, 200), 255).save(out, "PDF", resolution=1)
        page = reader.read_picture(self._path(out.getvalue()), 1, reader.ocr_languages())
        self.assertEqual(page.source, "ocr")

    def test_without_tesseract(self):
        with patch("shutil.which", return_value=None):
            self.assertEqual(reader.ocr_languages(), "")


@tagged("post_install", "-at_install")
class TestRecognition(PaperCase):
    """With real Tesseract, where it is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.languages = reader.ocr_languages()
        if not cls.languages:
            raise SkipTest("install tesseract-ocr and tesseract-ocr-tha")

    def _likeness(self, page, values):
        """How much of the letter was read, letter by letter (0 to 1)."""
        truth = reader.read_text(self._path(papers.letter(values)), 1, 1)[0].text
        pair = ("".join(text.split()) for text in (page.text, truth))
        return SequenceMatcher(None, *pair, autojunk=False).ratio()

    def test_scan(self):
        page = reader.read_picture(
            self._path(papers.scanned(papers.letter(papers.ARABIC))), 1, self.languages
        )
        self.assertEqual(page.source, "ocr")
        self.assertGreater(page.confidence, 60)
        self.assertGreater(self._likeness(page, papers.ARABIC), 0.93)
        self.assertRegex(page.text, r"0018/123\t")
        self.assertIn("นายกเทศมนตรีตำบลสวนดอก", page.text)

    def test_scan_with_thai_digits(self):
        """Digits that Tesseract mistakes (๔ ๖ ๗ ๘ ๙) are read by their shape."""
        page = reader.read_picture(
            self._path(papers.scanned(papers.letter(number="ชม ๐๐๑๘/๔๖๗๙"))), 1, self.languages
        )
        self.assertIn("๐๐๑๘/๔๖๗๙", page.text)
        self.assertIn("๕ มกราคม ๒๕๖๙", page.text)
        self.assertLessEqual({"๐๐๑๘", "๔๖๗๙", "๒๕๖๙"}, set(page.sure_digits))

    def test_photo(self):
        out = io.BytesIO()
        papers.picture(papers.letter(), 200).save(out, "JPEG", quality=80)
        path = self._path(out.getvalue(), ".jpg")
        self.assertEqual(reader.count_pages(path), 1)
        self.assertEqual(reader.read_text(path, 1, 1)[0].source, "unread")
        page = reader.read_picture(path, 1, self.languages)
        self.assertGreater(self._likeness(page, papers.THAI), 0.88)

    def test_second_page_of_a_fax(self):
        numbers = ("0018/123", "0018/321")
        sheets = [
            papers.picture(papers.letter(papers.ARABIC, number=f"ชม {number}"))
            for number in numbers
        ]
        path = self._path(papers.faxed(sheets), ".tif")
        for page, number in enumerate(numbers, start=1):
            self.assertIn(number, reader.read_picture(path, page, self.languages).text)

    def test_too_slow(self):
        path = self._path(papers.scanned(papers.letter()))
        start = time.monotonic()
        page = reader.read_picture(path, 1, self.languages, seconds=0.3)
        self.assertEqual(page.source, "unread")
        self.assertLess(time.monotonic() - start, 20)
