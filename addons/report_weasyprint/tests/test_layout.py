# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import tempfile
from pathlib import Path

import pikepdf

from odoo.tests import tagged

from ..tools import words
from . import pdf_text
from .common import WeasyprintCase
from .test_text_layer import LETTER

MM = 72 / 25.4
#: Official words that stay whole; the second half only with our own list.
WHOLE = [
    *["แบบแปลน", "ใบอนุญาต", "ท้องถิ่น", "สิ่งปฏิกูล", "รื้อถอน", "พร้อมเพย์"],
    *["ราชกิจจานุเบกษา", "ค่าธรรมเนียม", "กฎกระทรวง", "ดำเนินการ", "เทศบาลตำบล"],
    *["ใบเสร็จรับเงิน", "ผู้ยื่นคำขอ", "เจ้าพนักงานท้องถิ่น"],
]


@tagged("post_install", "-at_install")
class TestLayout(WeasyprintCase):
    def test_words_stay_whole(self):
        body = "".join(f'<p style="width:1mm">{word}</p>' for word in WHOLE)
        self.assertEqual(self._text(self._html_to_pdf(body)).split("\n"), WHOLE)

    def test_words_stay_whole_at_any_width(self):
        """The last word of a line is whole wherever the margin cuts the paragraph."""
        # About four characters an em, where WeasyPrint alone cuts its excerpt inside a word
        # just behind the end of the line (30 bad lines here without tools.thai_break).
        phrase = "นี้ชำระค่าธรรมเนียมที่" * 5 + " "
        whole = ("นี้", "ชำระ", "ค่าธรรมเนียม", "ที่")
        bodies = [f'<p style="width:{width}mm">{phrase * 2}</p>' for width in range(60, 160, 2)]
        for page in self._pages(self._html_to_pdf(*bodies)):
            for line in map(str.strip, page.split("\n")):
                self.assertTrue(line.startswith(whole) and line.endswith(whole), line)

    def test_no_break_space_holds(self):
        """พ.ศ. and its year stay on one line, and the text layer says what was typed."""
        text = "เทศบาลส่งสำเนาเทศบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ.\u00a0๒๕๖๙ จำนวน ๒ เล่ม"
        widths = range(90, 150, 2)
        body = "".join(f"<p style='width: {width}mm'>{text}</p>" for width in widths)
        report = self._make_report(body, key="report_weasyprint.test_hold")
        partner = self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        content = self._print(report, partner)
        printed = self._text(content)
        self.assertEqual(printed.count("พ.ศ.\u00a0๒๕๖๙"), len(widths))

    def test_room_made_of_no_break_spaces_stays(self):
        body = (
            "<p>ก\u00a0\u00a0ข <b>\u00a0ค</b>\u00a0 ง</p><p>ตามข้อ\u00a0๕\u00a0(๑) และข้อ\u00a0๖</p>"
        )
        report = self._make_report(body, key="report_weasyprint.test_room")
        partner = self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        printed = self._text(self._print(report, partner)).replace("\u00a0", " ")
        self.assertIn("ก  ข  ค", printed)
        self.assertIn("ตามข้อ ๕ (๑) และข้อ ๖", printed)

    def test_dictionary_with_a_word_of_another_add_on(self):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder, "some_addon", "data")
            data.mkdir(parents=True)
            (data / "thai_words.txt").write_text("# ชื่อ\nดอนทราย # ตำบล\n\nดอนทราย\n")
            files = words.word_files([folder])
            self.assertEqual(words.read_words(files), ["ดอนทราย"])
            source = next(
                Path(place, words.FILE_NAME)
                for place in words.SYSTEM_DIRECTORIES
                if Path(place, words.FILE_NAME).exists()
            )
            target = Path(folder, words.FILE_NAME)
            with self.assertLogs("odoo.addons.report_weasyprint.tools.words", "WARNING"):
                words.build(source, ["ดอนทราย", "latin"], target)
            self.assertNotEqual(target.read_bytes(), source.read_bytes())
            with self.assertRaises(OSError):
                words.build(Path(folder, "missing.tri"), [], target)

    def test_justified_lines_reach_the_margin(self):
        """Right edge within 0.3 pt on every line but the last, spaces never gape."""
        content = self._html_to_pdf(f"<p class='paragraph'>{LETTER} {LETTER}</p>")
        lines = {}
        for piece in pdf_text.pieces(content):
            lines.setdefault((piece.page, round(piece.y, 1)), []).append(piece)
        ordered = [lines[key] for key in sorted(lines, key=lambda key: (key[0], -key[1]))]
        self.assertGreater(len(ordered), 5)
        margin = (210 - 20) * MM
        for line in ordered[:-1]:
            self.assertAlmostEqual(max(piece.end for piece in line), margin, delta=0.3)

    def test_page_numbers(self):
        report = self._make_report("<p t-foreach='range(120)' t-as='i'>บรรทัด</p>")
        partner = self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        pages = self._pages(self._print(report, partner))
        self.assertGreaterEqual(len(pages), 3)
        self.assertNotIn("-", pages[0])
        self.assertIn("- ๒ -", pages[1])
        self.assertIn("- ๓ -", pages[2])

    def test_page_numbers_in_arabic_digits_from_the_first_page(self):
        report = self._make_report(
            "<t t-set='page' t-value=\"{'numbers': 'arabic', 'number_first': True}\"/>"
            "<t t-set='footer'>หน้า <span class='page-number'/> จาก <span class='page-count'/></t>"
            "<p t-foreach='range(60)' t-as='i'>บรรทัด</p>"
        )
        partner = self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        pages = self._pages(self._print(report, partner))
        self.assertIn("- 1 -", pages[0])
        for number, page in enumerate(pages, 1):
            self.assertIn(f"หน้า {number} จาก {len(pages)}", page)

    def test_long_table(self):
        """Sixty rows: the head on each page, no row cut in two, every row once."""
        rows = "".join(f"<tr><td>แถว {i}<br/>ต่อแถว {i}</td></tr>" for i in range(60))
        content = self._html_to_pdf(
            f"<table class='grid'><thead><tr><th>หัวตาราง</th></tr></thead><tbody>{rows}"
            "</tbody></table>"
        )
        pages = self._pages(content)
        self.assertGreater(len(pages), 2)
        seen = []
        for page in pages:
            lines = page.split("\n")
            self.assertEqual(lines.count("หัวตาราง"), 1)
            first = [line for line in lines if line.startswith("แถว")]
            self.assertEqual(
                ["ต่อ" + line for line in first], [x for x in lines if x.startswith("ต่อแถว")]
            )
            seen += first
        self.assertEqual(seen, [f"แถว {i}" for i in range(60)])

    def test_pinned_font(self):
        """All four faces come from our file, not from the system."""
        content = self._html_to_pdf("<p>ก <b>ก</b> <i>ก</i> <b><i>ก</i></b></p>")
        self._assert_fonts_embedded(content)
        self.assertEqual(
            self._font_names(content),
            {
                "TH-Sarabun-New",
                "TH-Sarabun-New-Bold",
                "TH-Sarabun-New-Italic",
                "TH-Sarabun-New-Bold-Italic",
            },
        )

    def _font_names(self, content):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return {
                str(item.FontName).partition("+")[2]
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            }
