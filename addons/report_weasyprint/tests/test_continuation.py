# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..tools import continuation, engine
from . import pdf_text
from .common import WeasyprintCase

MM = 72 / 25.4
ASK = "<t t-set='page' t-value=\"{'continuation': True}\"/>"


@tagged("post_install", "-at_install")
class TestContinuation(WeasyprintCase):
    """The words that carry over to the next page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "สมชาย ใจดี"})

    def _print_body(self, body, key="report_weasyprint.test_carry"):
        return self._print(self._make_report(ASK + body, key=key), self.partner)

    def test_each_page_announces_the_next(self):
        body = "".join(f"<p>ย่อหน้าที่{'กขคงจฉช'[i % 7]}{i:02d} ของหนังสือ</p>" for i in range(75))
        content = self._print_body(body)
        pages = self._pages(content)
        self.assertEqual(len(pages), 3)
        for number, page in enumerate(pages[:-1]):
            # the number of a page stands in its margin, behind the text
            first = next(line for line in pages[number + 1].split("\n") if "ย่อหน้า" in line)
            last = [line for line in page.split("\n") if line.startswith("/")]
            self.assertEqual(len(last), 1)
            self.assertTrue(last[0].endswith("..."))
            self.assertTrue(first.startswith(last[0][1:-3]), (first, last))
        self.assertNotIn("/", pages[-1])
        ends = [
            max(
                piece.end
                for piece in pdf_text.pieces(content)
                if piece.page == page and piece.y < 60
            )
            for page in (0, 1)
        ]
        for end in ends:
            self.assertAlmostEqual(end, (210 - 20) * MM, delta=0.5)

    def test_one_page_and_no_wish_print_none(self):
        self.assertNotIn("...", self._text(self._print_body("<p>สั้น</p>")))
        report = self._make_report(
            "<p t-foreach='range(75)' t-as='i'>บรรทัด</p>", key="report_weasyprint.test_no_carry"
        )
        self.assertNotIn("...", self._text(self._print(report, self.partner)))

    def test_what_is_no_running_text_is_skipped(self):
        """Repeated heads of tables and marks on every page do not count as first words."""
        rows = "".join(f"<tr><td>แถว{i:02d}</td></tr>" for i in range(60))
        pages = self._pages(
            self._print_body(
                "<div style='position: fixed; top: 0; right: 0'>ร่าง</div>"
                f"<table><thead><tr><th>หัว</th></tr></thead><tbody>{rows}</tbody></table>"
            )
        )
        self.assertIn("/แถว", pages[0])

    def test_hostile_first_words(self):
        page = "<p style='break-before: page'>%s</p>"
        body = "".join(
            page % text
            for text in ('"} @page { size: 1cm }', "\\22 x \\", "ก" + "้" * 40, "x" * 200, "ป้าฝั้น")
        )
        pages = self._pages(self._print_body("<p>หน้าแรก</p>" + body))
        self.assertEqual(len(pages), 6)
        self.assertIn('/"} @page', pages[0])
        self.assertIn("/\\22 x \\...", pages[1])
        self.assertIn("/" + "x" * continuation.LIMIT + "...", pages[3])
        self.assertIn("/ป้าฝั้น...", pages[4])

    def test_cut_between_words(self):
        engine.setup()
        self.assertEqual(
            continuation.shorten("เทศบาลตำบลขอเรียนว่าได้ดำเนินการแล้ว", 20), "เทศบาลตำบลขอเรียนว่า"
        )
        self.assertEqual(continuation.shorten("ทั้งนี้ ตั้งแต่บัดนี้"), "ทั้งนี้ ตั้งแต่")
