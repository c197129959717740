# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pikepdf
import segno
from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models import ir_actions_report as core

from ..tools import engine, pages, styles
from ..tools.digits import thai_digits
from ..tools.qr import qr_png, qr_svg
from . import pdf_text
from .common import WeasyprintCase

NO_WKHTMLTOPDF = core.WkhtmlInfo("install", False, "wkhtmltopdf", "", False, "", None)


@tagged("post_install", "-at_install")
class TestReport(WeasyprintCase):
    def setUp(self):
        super().setUp()
        self.reports = self.env["ir.actions.report"]
        self.partner = self.env["res.partner"].create({"name": "สมหญิง ใจดี"})

    def _without_wkhtmltopdf(self):
        return patch.object(core, "_wkhtml", lambda: NO_WKHTMLTOPDF)

    def test_web_client_prints_without_wkhtmltopdf(self):
        parameters = self.env["ir.config_parameter"]
        with self._without_wkhtmltopdf():
            self.assertEqual(self.reports.get_wkhtmltopdf_state(), "ok")
            parameters.set_param("report.pdf_engine", "wkhtmltopdf")
            self.assertEqual(self.reports.get_wkhtmltopdf_state(), "install")
            report = self._make_report("<p>ก</p>", pdf_engine="weasyprint")
            self.assertTrue(self._print(report, self.partner).startswith(b"%PDF"))

    def test_choice_of_engine(self):
        report = self._make_report("<p>ก</p>")
        self.assertEqual(report._get_pdf_engine(), "weasyprint")
        report.pdf_engine = "wkhtmltopdf"
        self.assertEqual(report._get_pdf_engine(), "wkhtmltopdf")
        with self._without_wkhtmltopdf(), self.assertRaisesRegex(UserError, "wkhtmltopdf"):
            self._print(report, self.partner)
        report.pdf_variant = "pdf/a-2u"
        self.assertEqual(report._get_pdf_engine(), "weasyprint", "only it can write PDF/A")

    def test_other_release_is_refused(self):
        """Another WeasyPrint would print a wrong text layer that nobody sees: say so instead."""
        with (
            patch.object(engine, "_ready", False),
            patch.object(engine.weasyprint, "__version__", "71.0"),
            self.assertLogs("odoo.addons.report_weasyprint.tools.engine", "ERROR"),
            self.assertRaises(UserError),
        ):
            self._print(self._make_report("<p>ก</p>"), self.partner)

    def test_stock_layout(self):
        """Odoo's own layout: header on each page above the text, footer with the page number."""
        company = self.env.company
        company.write({"name": "เทศบาลตำบลดอนทราย", "phone": "0 2000 0000"})
        for name in ("standard", "bold", "boxed", "striped", "bubble", "wave", "folder"):
            with self.subTest(name):
                company.external_report_layout_id = self.env.ref(f"web.external_layout_{name}")
                content = self._print("web.action_report_externalpreview", company)
                self._assert_fonts_embedded(content)
                for page in self._pages(content):
                    self.assertIn("เทศบาลตำบลดอนทราย", page)
                self._assert_header_above_body(content)

    def test_stock_invoice(self):
        """The invoice of Accounting, or the same long table in Odoo's layout without it."""
        if "account.move" in self.env:
            report, record = "account.account_invoices", self._make_invoice()
        else:
            self.env.company.name = "เทศบาลตำบลดอนทราย"
            report, record = self._make_stock_like(), self.partner
        self.reports._get_report(report).pdf_thai_digits = True
        content = self._print(report, record)
        pages_text = self._pages(content)
        self.assertGreater(len(pages_text), 1)
        squeezed = "".join("".join(pages_text).split())
        for number in range(40):
            self.assertIn(f"ค่าธรรมเนียมเก็บขนมูลฝอยงวดที่{number}", squeezed)
        for number, page in enumerate(pages_text, 1):
            self.assertIn("เทศบาลตำบลดอนทราย", page)
            self.assertIn(f"{thai_digits(number)} / {thai_digits(len(pages_text))}", page)
        self._assert_fonts_embedded(content)
        self._assert_header_above_body(content)

    def _assert_header_above_body(self, content):
        """No two base lines of different text lie on each other."""
        lines = {}
        for piece in pdf_text.pieces(content):
            lines.setdefault((piece.page, round(piece.y)), []).append(piece)
        for line in lines.values():
            line.sort(key=lambda piece: piece.x)
            for left, right in zip(line, line[1:], strict=False):
                if left.text.strip() and right.text.strip():
                    self.assertLessEqual(left.end, right.x + 1.5, (left, right))

    def _make_invoice(self):
        company = self.env["res.company"].create({"name": "เทศบาลตำบลดอนทราย"})
        self.env.user.company_ids += company
        env = self.env(context=dict(self.env.context, allowed_company_ids=company.ids))
        account = env["account.account"].create(
            {"name": "รายได้", "code": "4990", "account_type": "income"}
        )
        receivable = env["account.account"].create(
            {
                "name": "ลูกหนี้",
                "code": "1990",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        journal = env["account.journal"].create(
            {
                "name": "ขาย",
                "code": "TSAL",
                "type": "sale",
                "company_id": company.id,
                "default_account_id": account.id,
            }
        )
        partner = self.partner.with_env(env)
        partner.property_account_receivable_id = receivable
        return env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": journal.id,
                "invoice_date": "2026-11-25",
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": f"ค่าธรรมเนียมเก็บขนมูลฝอย งวดที่ {number}",
                            "quantity": 1,
                            "price_unit": 40,
                            "account_id": account.id,
                            "tax_ids": [],
                        },
                    )
                    for number in range(40)
                ],
            }
        )

    def _make_stock_like(self):
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "stock like",
                "key": "report_weasyprint.test_stock",
                "arch": """<t t-name="report_weasyprint.test_stock"><t t-call="web.html_container">
                    <t t-foreach="docs" t-as="o"><t t-call="web.external_layout">
                    <div class="page"><table class="table"><tr t-foreach="range(40)" t-as="i"><td>
                    ค่าธรรมเนียมเก็บขนมูลฝอย งวดที่ <t t-out="i"/><br/>ต่อ</td></tr></table></div>
                    </t></t></t></t>""",
            }
        )
        return self.reports.create(
            {
                "name": "Stock like",
                "model": "res.partner",
                "report_name": "report_weasyprint.test_stock",
            }
        )

    def test_several_stock_records(self):
        """Records without archive are printed one by one and joined, each from page 1."""
        report = self._make_stock_like()
        partners = self.partner + self.env["res.partner"].create({"name": "สมชาย ใจดี"})
        single = len(self._pages(self._print(report, self.partner)))
        both = self._pages(self._print(report, partners))
        self.assertEqual(len(both), 2 * single)
        self.assertIn(f"1 / {single}", both[0])
        self.assertIn(f"1 / {single}", both[single])

    def test_paper_format(self):
        report = self._make_stock_like()
        report.paperformat_id = self.env["report.paperformat"].create(
            {
                "name": "A5",
                "format": "A5",
                "orientation": "Landscape",
                "margin_top": 30,
                "margin_left": 10,
            }
        )
        with pikepdf.open(io.BytesIO(self._print(report, self.partner))) as pdf:
            _x, _y, width, height = map(float, pdf.pages[0].mediabox)
        self.assertAlmostEqual(width, 210 * 72 / 25.4, delta=1)
        self.assertAlmostEqual(height, 148 * 72 / 25.4, delta=1)

    def test_html_of_a_user_cannot_reach_out(self):
        """A picture address typed into a comment is not fetched, and the page still prints."""
        self.partner.comment = (
            '<p>ก<img src="http://169.254.169.254/x.png"/><img src="file:///etc/passwd"/></p>'
        )
        report = self._make_report("<div t-out='o.comment'/>")
        with patch("urllib.request.OpenerDirector.open") as opened:
            content = self._print(report, self.partner)
        opened.assert_not_called()
        self.assertIn("ก", self._text(content))

    def test_helpers(self):
        self.assertEqual(thai_digits("ที่ 1/2569"), "ที่ ๑/๒๕๖๙")
        self.assertEqual(thai_digits(0), "๐")
        self.assertEqual(thai_digits(False), "")
        self.assertEqual(thai_digits(None), "")
        text = "https://town.example/verify/ก"
        svg = qr_svg(text, size="3cm")
        self.assertIn(f'aria-label="{text}"', svg, "a screen reader says what it carries")
        self.assertIn("width:3cm;height:3cm", svg)
        modules = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8")
        side = modules.symbol_size(border=4)[0]
        self.assertIn(f'viewBox="0 0 {side} {side}"', svg)
        for bad in ("", None, "ก" * 3000):
            with self.assertRaises(ValueError):
                qr_svg(bad)
            with self.assertRaises(ValueError):
                qr_png(bad)
        picture = Image.open(io.BytesIO(qr_png(text, side=300)))
        self.assertEqual(picture.size, (side * -(-300 // side),) * 2, "whole pixels, at least 300")

    def test_media_queries_follow_the_page(self):
        css = "@media (min-width: 768px) { a {} } @media (min-width:1200px) { b {} }"
        self.assertEqual(styles.adapt_media(css), "@media all { a {} } @media not all { b {} }")

    def test_each_body_keeps_its_own_header(self):
        header = '<div id="%s"><p>A</p><p>B</p></div>' % pages.HEADERS
        bodies = pages.split(["<p>1</p>", "<p>2</p>"], header, None)
        self.assertEqual([b.root.text_content() for b in bodies], ["A1", "B2"])

    def test_threads(self):
        """Several workers' threads print the same page at the same time."""
        wanted = "น้ำ ทำ มา ค่าธรรมเนียม"
        body = f"<p>{wanted}</p>"
        self._html_to_pdf(body)
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _i: self._html_to_pdf(body), range(16)))
        self.assertEqual({self._text(content) for content in results}, {wanted})
