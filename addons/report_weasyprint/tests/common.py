# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""For tests of printed papers, here and in other add-ons."""

import io

import pikepdf
from fontTools.ttLib import TTFont

from odoo.tests import TransactionCase

from ..tools import engine, styles
from ..tools.fetcher import PrintFetcher
from . import pdf_text

BASE = "http://town.example"


class WeasyprintCase(TransactionCase):
    """Prints real PDFs (in tests core answers with HTML unless forced) and reads them."""

    def _print(self, report, records):
        """Print ``records`` with a report (record, XML id or template name); returns bytes."""
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        return content

    def _html_to_pdf(self, *bodies, css="", variant=None):
        """Print HTML fragments in the style of our own papers."""
        chosen = styles.document_styles()
        return engine.render(
            [f'<html lang="th"><title>t</title><style>{css}</style>{body}' for body in bodies],
            fetcher=PrintFetcher(BASE),
            base_url=BASE,
            stylesheets=chosen.sheets,
            fonts=chosen.fonts,
            variant=variant,
        )

    def _text(self, content):
        return pdf_text.text(content)

    def _pages(self, content):
        return pdf_text.pages_text(content)

    def _make_report(self, body, key="report_weasyprint.test_paper", **values):
        """A report on partners; ``body`` is put inside ``report_weasyprint.document``."""
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": key,
                "key": key,
                "arch": f"""<t t-name="{key}"><t t-foreach="docs" t-as="o">
                    <t t-call="report_weasyprint.document">{body}</t></t></t>""",
            }
        )
        return self.env["ir.actions.report"].create(
            {"name": "Paper", "model": "res.partner", "report_name": key, **values}
        )

    def _assert_fonts_embedded(self, content):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            fonts = [item for item in pdf.objects if _is(item, "/FontDescriptor")]
            self.assertTrue(fonts, "no font at all")
            for font in fonts:
                self.assertTrue({"/FontFile2", "/FontFile3"} & set(font.keys()), font.FontName)
                self.assertRegex(str(font.FontName), r"^/[A-Z]{6}\+", "not a subset")

    def _assert_archival(self, content, part, level):
        """Lint for PDF/A-2 and -3 (ISO 19005): what every conforming file must have."""
        self._assert_fonts_embedded(content)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            self.assertEqual(pdf.open_metadata().pdfa_status, f"{part}{level}")
            self.assertIn("/ID", pdf.trailer)
            self.assertFalse(pdf.is_encrypted)
            intent = pdf.Root.OutputIntents[0]
            self.assertEqual(intent.S, "/GTS_PDFA1")
            self.assertTrue(intent.DestOutputProfile.read_bytes())
            self.assertNotIn("/JavaScript", pdf.Root.get("/Names", {}))
            for item in pdf.objects:
                if _is_image(item):
                    self.assertFalse(item.get("/Interpolate", False), "6.2.8: interpolated picture")
                if _is(item, "/Font") and "/ToUnicode" in item:
                    mapped = pdf_text.unicode_map(item)
                    self.assertTrue(mapped)
                    self.assertNotIn("", mapped.values(), "an empty ToUnicode entry")
            self._assert_glyphs(pdf)
            if level == "A":
                self.assertTrue(pdf.Root.MarkInfo.Marked)
                self.assertIn("/StructTreeRoot", pdf.Root)
                self.assertEqual(str(pdf.Root.Lang)[:2], "th")

    def _assert_glyphs(self, pdf):
        """No page shows ``.notdef`` (ISO 19005-2 and -3, 6.2.11.8); widths are true (6.2.11.5)."""
        for font, codes in pdf_text.shown_glyphs(pdf):
            descriptor = font.DescendantFonts[0].FontDescriptor
            program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
            face = TTFont(io.BytesIO(program.read_bytes()))
            names, widths = face.getGlyphOrder(), pdf_text.widths(font)
            for code in codes:
                place = f"glyph {code} of {font.BaseFont}"
                self.assertTrue(0 < code < len(names), f"{place} is .notdef")
                width = face["hmtx"][names[code]][0] * 1000 / face["head"].unitsPerEm
                self.assertAlmostEqual(widths.get(code, 0), width, delta=1, msg=place)


def _is_image(item):
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def _is(item, kind):
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind
