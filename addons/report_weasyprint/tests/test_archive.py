# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from ..tools import engine, glyphs, styles
from .common import WeasyprintCase

PAPER = (
    "<t t-set='title' t-value='o.name'/><t t-set='css'>.b { color: #123456 }</t>"
    "<p class='b'>คำสั่งของ <t t-out='o.name'/></p>"
    "<img src='/base/static/img/avatar.png' style='image-rendering: auto'/>"
    "<t t-out=\"qr_svg('https://town.example/verify/1')\"/>"
)

#: Emoji, joined emoji, a flag, private use, scripts of neighbours and of old, marks that stand
#: alone, control characters, characters that no text may have, a letter of a scaled font.
NO_GLYPH = [
    *["😀", "👨\u200d👩\u200d👧", "🏴\U000e0067\U000e007f", "❤\ufe0f", "1\u20e3"],
    *["\ue000", "\uf8ff", "\U000f0000", "中文", "မြန်မာ", "ខ្មែរ", "ລາວ", "हिन्दी", "𐎀", "عربي"],
    *["\u20e3", "\u0e48\u0e33", "\x01", "\x85", "\u2027", "\u2028", "\u202e", "\ufff9", "\ufeff"],
    *["\ufb00", "\u02bc", "\u3000", "\u2003", "\U0010ffff"],
]


@tagged("post_install", "-at_install")
class TestArchive(WeasyprintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"name": f"ผู้รับคนที่ {number}"} for number in range(1, 4)]
        )

    def test_variants(self):
        for variant, part, level in (
            ("pdf/a-2u", 2, "U"),
            ("pdf/a-3u", 3, "U"),
            ("pdf/a-2a", 2, "A"),
            ("pdf/a-3a", 3, "A"),
        ):
            with self.subTest(variant):
                report = self._make_report(
                    PAPER, key=f"report_weasyprint.test_{part}{level}", pdf_variant=variant
                )
                content = self._print(report, self.people[0])
                self._assert_archival(content, part, level)
                self.assertIn("คำสั่งของ ผู้รับคนที่ 1", self._text(content))

    def test_characters_without_a_glyph(self):
        """Whatever a citizen types is archived without a reference to ``.notdef``."""
        person = self.people[0]
        for typed in NO_GLYPH:
            with self.subTest(ascii(typed)):
                person.name = f"ก{typed}ข"
                content = self._print(
                    self._make_report(
                        PAPER, key=f"report_weasyprint.t{ord(typed[0])}", pdf_variant="pdf/a-3u"
                    ),
                    person,
                )
                self._assert_archival(content, 3, "U")
                self.assertEqual(person.name, f"ก{typed}ข", "what was typed")
        body = "<p>" + "</p><p>".join(NO_GLYPH) + "</p>"
        self._assert_archival(self._html_to_pdf(body, variant="pdf/a-3u"), 3, "U")

    def test_what_is_printed_instead(self):
        fonts = styles.document_styles().fonts
        square = glyphs.printable("\uffff", fonts)
        self.assertIn(square, ("\u25a1", "?"))
        for typed, printed in (
            ("นํ้า น้ำ ที่ ผู้ กั๊ก \u0e48\u0e33 ๑๒๓ ฿ ก\u200bข", ...),
            ("<p class='b'>Ça va &amp; 5 ≤ 6 — “ok”</p>\n\t", ...),
            ("ก\U0010ffffข", f"ก{square}ข"),
            ("\uffff\u200d\uffff\ufe0f", square * 2),
            ("ก\ufe0fข\u200dค\ufeffง\U000e0067", "กขคง"),
            ("ก\x01ข\x85ค\u2028ง", "ก ข ค ง"),
        ):
            with self.subTest(ascii(typed)):
                wanted = typed if printed is ... else printed
                self.assertEqual(glyphs.printable(typed, fonts), wanted)
        # A ligature says the same as its letters; a superscript does not say the same as a figure.
        self.assertIn(glyphs.printable("sta\ufb00", fonts), ("sta\ufb00", "staff"))
        self.assertIn(glyphs.printable("10\u2075", fonts), ("10\u2075", f"10{square}"))

    def test_plain_is_not_archival(self):
        content = self._print(self._make_report(PAPER), self.people[0])
        self.assertFalse(engine.is_archival(content))

    def test_selected_records_are_one_archival_document(self):
        report = self._make_report(PAPER, pdf_variant="pdf/a-3u")
        content = self._print(report, self.people)
        self._assert_archival(content, 3, "U")
        pages = self._pages(content)
        self.assertEqual(len(pages), 3)
        for page, person in zip(pages, self.people, strict=True):
            self.assertIn(person.name, page)

    def test_stored_file_is_served_as_it_is(self):
        report = self._make_report(
            PAPER,
            pdf_variant="pdf/a-2u",
            attachment="'order-%s.pdf' % object.id",
            attachment_use=True,
        )
        first = self._print(report, self.people[0])
        stored = report.retrieve_attachment(self.people[0])
        self.assertEqual(stored.raw, first)
        self.people[0].name = "ชื่อใหม่"
        self.assertEqual(self._print(report, self.people[0]), first)
        together = self._print(report, self.people)
        self._assert_archival(together, 2, "U")
        pages = self._pages(together)
        self.assertIn("ผู้รับคนที่ 1", pages[0])
        self.assertEqual(report.retrieve_attachment(self.people[0]).raw, first)
        for person, page in zip(self.people[1:], pages[1:], strict=True):
            own = report.retrieve_attachment(person).raw
            self._assert_archival(own, 2, "U")
            self.assertEqual(self._pages(own), [page])

    def test_batch(self):
        report = self._make_report(PAPER, pdf_variant="pdf/a-3u")
        steps = []
        parts = list(
            report._render_weasyprint_batch(
                report,
                self.people.ids,
                chunk=2,
                progress=lambda done, total: steps.append((done, total)),
            )
        )
        self.assertEqual([ids for ids, _pdf in parts], [self.people.ids[:2], self.people.ids[2:]])
        self.assertEqual(steps, [(2, 3), (3, 3)])
        whole = engine.join([pdf for _ids, pdf in parts])
        self._assert_archival(whole, 3, "U")
        self.assertEqual(len(self._pages(whole)), 3)
        self.assertEqual(list(report._render_weasyprint_batch(report, [])), [])
        for chunk in (0, -1, 101):
            with self.assertRaises(ValueError):
                list(report._render_weasyprint_batch(report, self.people.ids, chunk=chunk))
