# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import engine, pages, styles
from ..tools.digits import thai_digits
from ..tools.fetcher import PrintFetcher
from ..tools.qr import qr_svg

PARAMETER_ENGINE = "report.pdf_engine"
PARAMETER_FONT = "report_weasyprint.stock_font"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("default", "Default"), ("weasyprint", "WeasyPrint"), ("wkhtmltopdf", "wkhtmltopdf")],
        string="PDF Engine",
        required=True,
        default="default",
        help="The program that draws the PDF. Default follows the system parameter "
        "report.pdf_engine (WeasyPrint unless it says wkhtmltopdf).",
    )
    pdf_variant = fields.Selection(
        [
            ("none", "Plain PDF"),
            ("pdf/a-2u", "PDF/A-2u (archive)"),
            ("pdf/a-3u", "PDF/A-3u (archive, may carry files)"),
            ("pdf/a-2a", "PDF/A-2a (archive, accessible)"),
            ("pdf/a-3a", "PDF/A-3a (archive, accessible, may carry files)"),
            ("pdf/ua-1", "PDF/UA-1 (accessible)"),
        ],
        string="PDF Variant",
        required=True,
        default="none",
        help="Archive formats (ISO 19005) carry all their fonts and stay readable for decades. "
        "Only WeasyPrint can write them.",
    )
    pdf_thai_digits = fields.Boolean(
        string="Thai Page Numbers",
        help="Write page numbers in headers and footers with Thai digits (๑ ๒ ๓).",
    )

    # ------------------------------------------------------------------ choice of the engine
    def _get_pdf_engine(self):
        """``weasyprint`` or ``wkhtmltopdf`` for this report (or for none in particular).

        The only place that decides, so that a later engine API of Odoo can be plugged in here.
        """
        if self.env.context.get("report_weasyprint_engine"):
            return "weasyprint"
        report = self[:1].sudo()
        if report and report.pdf_variant != "none":
            return "weasyprint"
        if report and report.pdf_engine != "default":
            return report.pdf_engine
        parameter = self.env["ir.config_parameter"].sudo().get_param(PARAMETER_ENGINE)
        return "wkhtmltopdf" if parameter == "wkhtmltopdf" else "weasyprint"

    @api.model
    def get_wkhtmltopdf_state(self):
        """The web client asks this before it offers a PDF: WeasyPrint is as good an answer."""
        if self._get_pdf_engine() == "weasyprint" and engine.available():
            return "ok"
        return super().get_wkhtmltopdf_state()

    def _get_layout(self):
        if self._get_pdf_engine() == "weasyprint":
            layout = self.env.ref("report_weasyprint.minimal_layout", raise_if_not_found=False)
            if layout:
                return layout
        return super()._get_layout()

    # ------------------------------------------------------------------ rendering
    def _get_rendering_context(self, report, docids, data):
        """Offer ``qr_svg`` and ``thai_digits`` to every report template."""
        context = super()._get_rendering_context(report, docids, data)
        context.setdefault("qr_svg", qr_svg)
        context.setdefault("thai_digits", thai_digits)
        return context

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report._get_pdf_engine() != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        self = self.with_context(report_weasyprint_engine=True)  # noqa: PLW0642
        unique = list(dict.fromkeys(res_ids or []))
        in_one = report.pdf_variant != "none" and not report.attachment
        if len(unique) < 2 or len(unique) != len(res_ids) or in_one:
            if len(unique) > 1:
                # One archival document of several records: core must not cut it in pieces.
                return {
                    False: {
                        "stream": io.BytesIO(
                            self._render_weasyprint(report_ref, res_ids, data=data)
                        ),
                        "attachment": None,
                    }
                }
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        # Core cuts a document of several records by the outlines of wkhtmltopdf, which no other
        # engine writes: print record by record.
        streams = {}
        for res_id in unique:
            streams.update(
                super()._render_qweb_pdf_prepare_streams(
                    report_ref, dict(data or {}), res_ids=[res_id]
                )
            )
        return streams

    @api.model
    def _merge_pdfs(self, streams, *args, **kwargs):
        """Join archival documents without losing what makes them archival."""
        contents = [stream.getvalue() for stream in streams]
        if contents and all(engine.is_archival(content) for content in contents):
            result = io.BytesIO(engine.join(contents))
            streams.append(result)
            return result
        return super()._merge_pdfs(streams, *args, **kwargs)

    def _render_weasyprint(self, report_ref, res_ids, data=None):
        """Print records into one document, whatever is stored; nothing is stored.

        :param report_ref: report, its id, XML id or template name
        :param res_ids: ids of the records, printed in this order
        :rtype: bytes
        """
        report = self._get_report(report_ref)
        data = dict(data or {}, report_type="pdf", debug=False)
        printing = self.with_context(debug=False, report_weasyprint_engine=True, webp_as_jpg=True)
        html = printing._render_qweb_html(report_ref, res_ids, data=data)[0]
        bodies, _ids, header, footer, arguments = report.with_context(
            debug=False, report_weasyprint_engine=True
        )._prepare_html(html, report_model=report.model)
        return printing._run_wkhtmltopdf(
            bodies,
            report_ref=report_ref,
            header=header,
            footer=footer,
            landscape=self.env.context.get("landscape"),
            specific_paperformat_args=arguments,
        )

    def _render_weasyprint_batch(
        self, report_ref, res_ids, data=None, chunk=engine.MAX_BODIES, progress=None
    ):
        """Print many records of a report, one document a chunk (a generator).

        For a print house: fonts are shared inside a chunk (4 kB a bill instead of 20) and memory
        stays bounded.  Join the parts with ``tools.engine.join`` when one file is wanted.

        :param report_ref: report, its id, XML id or template name
        :param res_ids: ids of the records
        :param int chunk: records a document, 1 to 100
        :param progress: called as ``progress(done, total)`` after each chunk
        :return: yields ``(ids, pdf)``: list of int, bytes
        :raises ValueError: when ``chunk`` is out of range
        """
        if not 1 <= chunk <= engine.MAX_BODIES:
            raise ValueError(f"A chunk holds 1 to {engine.MAX_BODIES} records, not {chunk}")
        model = self._get_report(report_ref).model
        total = len(res_ids)
        for start in range(0, total, chunk):
            ids = res_ids[start : start + chunk]
            yield ids, self._render_weasyprint(report_ref, ids, data=data)
            self.env[model].browse(ids).invalidate_recordset()
            if progress:
                progress(start + len(ids), total)

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Print with WeasyPrint when the report asks for it; see core for the parameters."""
        report = self._get_report(report_ref) if report_ref else self.browse()
        if (report or self)._get_pdf_engine() != "weasyprint":
            plain = self.with_context(report_weasyprint_engine=False)
            if super(IrActionsReport, plain).get_wkhtmltopdf_state() == "install":  # pylint: disable=super-method-mismatch
                raise UserError(
                    self.env._(
                        "This report is set to print with wkhtmltopdf, which is not installed. "
                        "Choose WeasyPrint as its PDF engine."
                    )
                )
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        if not engine.available():
            raise UserError(
                self.env._("WeasyPrint 70 is not installed. The PDF cannot be created.")
            )
        paperformat = (report or self).get_paperformat()
        base_url = self._get_report_url()
        variant = report.pdf_variant if report else "none"
        return engine.print_bodies(
            pages.split(
                bodies,
                header,
                footer,
                lang=self.env.lang or "th_TH",
                title=report.name if report else "",
            ),
            styles_of=lambda own: (
                styles.document_styles() if own else self._get_weasyprint_stock_styles()
            ),
            paper=self._get_weasyprint_paper(
                paperformat, landscape, specific_paperformat_args or {}
            ),
            thai_digits=bool(report and report.pdf_thai_digits),
            fetcher=PrintFetcher(base_url, self.env),
            base_url=base_url,
            variant=None if variant == "none" else variant,
        )

    def _get_weasyprint_stock_styles(self):
        """Styles of Odoo's own reports: its bundle, parsed once a process and version."""
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            "web.report_assets_common", css=True, js=False
        )
        font = self.env["ir.config_parameter"].sudo().get_param(PARAMETER_FONT, styles.FONT)
        return styles.stock_styles(
            (self.env.cr.dbname, bundle.get_version("css")),
            lambda: b"\n".join(file.raw for file in bundle.css()).decode(),
            font="" if font in ("", "none") else font,
        )

    @api.model
    def _get_weasyprint_paper(self, paperformat, landscape, arguments):
        """Page geometry from a paper format and the ``data-report-…`` attributes of a page.

        :param paperformat: ``report.paperformat`` record, may be empty (A4)
        :param landscape: forces landscape when true
        :param dict arguments: attributes of the ``html`` tag
        :rtype: pages.Paper
        """
        turned = bool(landscape or arguments.get("data-report-landscape"))
        if not paperformat:
            width, height, top, right, bottom, left, spacing = 210, 297, 40, 7, 20, 7, 35
        else:
            width, height = paperformat.print_page_width, paperformat.print_page_height
            top, right = paperformat.margin_top, paperformat.margin_right
            bottom, left = paperformat.margin_bottom, paperformat.margin_left
            spacing = paperformat.header_spacing
        if turned and width < height:
            width, height = height, width
        return pages.Paper(
            width=width or 210,
            height=height or 297,
            top=float(arguments.get("data-report-margin-top") or top),
            right=right,
            bottom=float(arguments.get("data-report-margin-bottom") or bottom),
            left=left,
            header_spacing=float(arguments.get("data-report-header-spacing") or spacing),
            header_line=bool(paperformat.header_line),
            css_margins=bool(paperformat.css_margins),
        )
