# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from . import pdf_text
from .common import WeasyprintCase

#: Every way a Thai mark can sit: stacked, lowered, with a cut foot, over a tall letter, SARA AM.
SHAPES = [
    *["ที่", "กำ", "ปี่", "ญู", "ฐู", "ฎุ", "ฏู", "ป้", "ฝั้", "น้ำ", "ฟื้น", "ปั๊ม", "ป้า", "ฝ่า"],
    *["ปู่", "เปิ้ล", "ผู้", "ซึ่ง", "กั๊ก", "ก๋วย", "โป๊", "ก์", "ฤๅ", "ฦๅ", "ๆ", "ฯ", "๏", "๚", "๛"],
    *["฿", "๐๑๒๓๔๕๖๗๘๙"],
]
LETTER = (
    "ที่ สธ ๐๑๒๓/๔๕ สำนักงานเทศบาลตำบลดอนทราย ตามที่ท่านได้ยื่นคำขออนุญาตก่อสร้างอาคาร นั้น "
    "เทศบาลตำบลดอนทรายได้ตรวจสอบแบบแปลนแล้ว เห็นว่าถูกต้องตามกฎกระทรวงกำหนดหลักเกณฑ์ จึงเรียนมาเพื่อ"
    "โปรดดำเนินการชำระค่าธรรมเนียมจำนวน ๒,๕๐๐ บาท ภายในกำหนดเวลา และนำใบเสร็จรับเงินมาแสดง น้ำใจ "
    "ทำนุบำรุง ฟื้นฟูป่าชุมชน ณ บ้านปากน้ำ Building No. 12 (Phase 2) ทั้งนี้ ขอขอบคุณ"
)


@tagged("post_install", "-at_install")
class TestTextLayer(WeasyprintCase):
    def _squeezed(self, content):
        return "".join(pdf_text.text(content).split())

    def test_shapes(self):
        """Each shape alone reads as written, also after another one has taken its glyphs."""
        for weight in ("400", "700"):
            body = "".join(f'<p style="font-weight:{weight}">{shape}</p>' for shape in SHAPES)
            self.assertEqual(self._text(self._html_to_pdf(body)).split("\n"), SHAPES)

    def test_letter(self):
        content = self._html_to_pdf(
            f"<p class='paragraph'>{LETTER}</p><p><b>{LETTER}</b> <i>{LETTER}</i></p>"
        )
        found, wanted = self._squeezed(content), "".join(LETTER.split()) * 3
        self.assertEqual(found, wanted)
        self.assertEqual(found.count("ำ"), wanted.count("ำ"))
        self.assertEqual(found.count("า"), wanted.count("า"))

    def test_readers_that_ignore_actual_text(self):
        """Without ActualText a plain SARA AA is still never read as SARA AM."""
        content = self._html_to_pdf("<p>กำ ทำ น้ำ มา นา ตา</p>")
        plain = []

        class Blind(pdf_text._Reader):
            def op_BDC(self, *_operands):  # noqa: N802
                self.marks.append(None)

        original, pdf_text._Reader = pdf_text._Reader, Blind
        try:
            plain = self._text(content)
        finally:
            pdf_text._Reader = original
        self.assertEqual(plain, "กํา ทํา นํ้า มา นา ตา")

    def test_hostile_text(self):
        """Lone marks, other scripts, four-byte characters and long runs print and read back."""
        hostile = [
            "ก" + "้" * 40,
            "\u0e48\u0e33",
            "ก\u200bข",
            "𝒳 ไทย",
            "ก" * 2000,
            "عربي ไทย",
            "&lt;script&gt; ก",
        ]
        content = self._html_to_pdf("".join(f"<p>{text}</p>" for text in hostile))
        found = self._squeezed(content)
        self.assertIn("ก" * 2000, found)
        self.assertIn("<script>ก", found)
        self.assertIn("𝒳ไทย", found)
