# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTML to PDF through WeasyPrint, with the Thai corrections in place."""

import copy
import io
import logging
import threading

import lxml.html
import pikepdf
import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from odoo.tools import config

import odoo.addons

from . import continuation, glyphs, pages, styles, thai_break, thai_justify, thai_text, words

_logger = logging.getLogger(__name__)

#: The corrections replace inner functions of this release.
SUPPORTED = "70."
#: Documents kept in memory at once: WeasyPrint holds every page (200 bills take 284 MB).
MAX_BODIES = 100
MM = 96 / 25.4

_lock = threading.Lock()
_ready = False


class UnsupportedWeasyPrint(RuntimeError):
    """Another release of WeasyPrint: its Thai text layer would be wrong without a sound."""


def setup():
    """Install the Thai corrections and the dictionary once a process.

    :raises UnsupportedWeasyPrint: see there
    """
    global _ready
    if _ready:
        return
    with _lock:
        if _ready:
            return
        if not weasyprint.__version__.startswith(SUPPORTED):
            raise UnsupportedWeasyPrint(
                f"WeasyPrint {weasyprint.__version__} is installed; {SUPPORTED}x is needed"
            )
        words.install(odoo.addons.__path__, config["data_dir"])
        thai_text.install()
        thai_justify.install()
        thai_break.install()
        _ready = True


def available():
    """Whether this process can print."""
    try:
        setup()
    except UnsupportedWeasyPrint as error:
        _logger.error("%s", error)
        return False
    return True


def render(documents, *, fetcher, base_url, stylesheets=(), fonts=None, variant=None):
    """Print HTML documents one after the other into one PDF; each counts its pages from 1.

    :param documents: list of HTML texts
    :param fetcher: a :class:`~.fetcher.PrintFetcher`
    :param str base_url: address that relative addresses belong to
    :param stylesheets: parsed style sheets for all documents
    :param fonts: font configuration that the style sheets were parsed with
    :param variant: ``pdf/a-3u`` and the like, or None; such a file shows a square for every
        character that no font has
    :rtype: bytes
    """
    setup()
    fonts = fonts or FontConfiguration()
    sheets = stylesheets
    if variant:
        sheets = [*stylesheets, CSS(string=styles.ARCHIVE)]
        documents = [glyphs.printable(html, fonts) for html in documents]

    def lay_out(html, *more):
        return HTML(string=html, base_url=base_url, url_fetcher=fetcher).render(
            font_config=fonts, pdf_variant=variant, stylesheets=[*sheets, *more]
        )

    rendered = []
    for html in documents:
        document = lay_out(html)
        rules = continuation.page_rules(document) if continuation.WANTED in html else ""
        # A second layout: the words that carry over are known only now.
        rendered.append(lay_out(html, CSS(string=rules, font_config=fonts)) if rules else document)
    everything = [page for document in rendered for page in document.pages]
    return rendered[0].copy(everything).write_pdf(pdf_variant=variant)


def measure(html, *, chosen, fetcher, base_url, width):
    """Height in millimetres of a header or footer laid out at ``width`` millimetres.

    :param chosen: :class:`~.styles.Styles` to lay it out with; remembers the answer
    """
    key = (html, width)
    if key not in chosen.heights:
        setup()
        if len(chosen.heights) > 256:
            chosen.heights.clear()
        page = CSS(string=f"@page {{ size: {width}mm 900mm; margin: 0 }}", font_config=chosen.fonts)
        document = HTML(string=html, base_url=base_url, url_fetcher=fetcher).render(
            font_config=chosen.fonts, stylesheets=[*chosen.sheets, page]
        )
        root_box = document.pages[0]._page_box.children[0]
        chosen.heights[key] = root_box.height / MM
    return chosen.heights[key]


def join(pdfs):
    """Put finished PDFs one after the other, keeping the first one's PDF/A metadata.

    Odoo's own merge drops XMP and the output intent.  The result is a copy for the printer:
    signatures of the parts do not survive in it.

    :param pdfs: list of bytes
    :rtype: bytes
    """
    if len(pdfs) == 1:
        return pdfs[0]
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdfs[0])) as first:
        for content in pdfs[1:]:
            with pikepdf.open(io.BytesIO(content)) as other:
                first.pages.extend(other.pages)
        first.save(out, linearize=False)
    return out.getvalue()


def is_archival(content):
    """Whether a PDF says in its XMP metadata that it is PDF/A."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return bool(pdf.open_metadata().pdfa_status)
    except pikepdf.PdfError:
        return False


def print_bodies(bodies, *, styles_of, paper, thai_digits, fetcher, base_url, variant=None):
    """Print the bodies of a report.

    :param bodies: list of :class:`~.pages.Body`
    :param styles_of: function from "own style" (bool) to :class:`~.styles.Styles`
    :param paper: :class:`~.pages.Paper` for Odoo's own reports
    """
    own = bodies[0].own
    chosen = styles_of(own)
    sheets = list(chosen.sheets)
    if not own:
        heights = [
            max(
                (_edge_height(body, name, chosen, fetcher, base_url, paper) for body in bodies),
                default=0,
            )
            for name in ("o_weasy_header", "o_weasy_footer")
        ]
        sheets.append(
            styles.parse(pages.stock_page_css(paper, thai_digits, *heights), chosen.fonts)
        )
    documents = [body.html for body in bodies]
    common = {"fetcher": fetcher, "base_url": base_url, "variant": variant}
    return join(
        [
            render(
                documents[start : start + MAX_BODIES],
                stylesheets=sheets,
                fonts=chosen.fonts,
                **common,
            )
            for start in range(0, len(documents), MAX_BODIES)
        ]
    )


def _edge_height(body, name, chosen, fetcher, base_url, paper):
    found = body.root.xpath(f"//body/div[starts-with(@class, '{name}')]")
    if not found or not (found[0].text_content().strip() or found[0].xpath(".//img | .//svg")):
        return 0
    root = lxml.html.Element("html")
    root.set("lang", body.root.get("lang"))
    page = lxml.html.Element("body")
    root.append(page)
    edge = copy.deepcopy(found[0])
    edge.set("style", "position: static")
    page.append(edge)
    return measure(
        lxml.html.tostring(root, encoding="unicode"),
        chosen=chosen,
        fetcher=fetcher,
        base_url=base_url,
        width=paper.width - paper.left - paper.right,
    )
