# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Style sheets, parsed once: the pinned fonts, our own documents, Odoo's report bundle."""

import re
import threading
from collections import OrderedDict
from typing import NamedTuple

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from .fetcher import PrintFetcher

#: Style sheets have no host of their own; ``.invalid`` never resolves (RFC 6761 section 6.4).
STATIC_BASE = "http://static.invalid/"
FONT = "TH Sarabun New"
FACE = (
    '@font-face { font-family: "%s"; font-weight: %s; font-style: %s; '
    "src: url(/l10n_th_base_utils/static/fonts/thai/THSarabunNew/THSarabunNew-%s.ttf) }"
)
FACES = "\n".join(
    FACE % (FONT, weight, style, file)
    for weight, style, file in (
        ("400", "normal", "Regular"),
        ("700", "normal", "Bold"),
        ("400", "italic", "Italic"),
        ("700", "italic", "BoldItalic"),
    )
)
#: Our own official papers.  16 pt TH Sarabun New and the margins 2.5/2/2/3 cm (top, right,
#: bottom, left) follow the Prime Minister's Office guide to typing official letters.
DOCUMENT = """
@page {
    size: A4; margin: 2.5cm 2cm 2cm 3cm;
    @top-center { content: element(o_header); width: 100%; vertical-align: top; padding-top: 1cm }
    @bottom-center { content: element(o_footer); width: 100%; vertical-align: bottom;
                     padding-bottom: 0.8cm }
}
html, body { margin: 0; padding: 0 }
body { font: 16pt/1.15 "TH Sarabun New"; color: #000 }
.o_weasy_header { position: running(o_header); font: 16pt/1.15 "TH Sarabun New" }
.o_weasy_footer { position: running(o_footer); font: 16pt/1.15 "TH Sarabun New" }
p { margin: 6pt 0 0 }
h1, h2, h3 { font-size: 16pt; font-weight: 700; margin: 12pt 0 0; break-after: avoid }
table { border-collapse: collapse; width: 100%; margin-top: 6pt }
thead { display: table-header-group }
tfoot { display: table-row-group }
tr { break-inside: avoid }
th, td { vertical-align: top; text-align: left; padding: 0 4pt }
.grid th, .grid td { border: 0.5pt solid #000 }
.paragraph { text-indent: 2.5cm; text-align: justify }
.center { text-align: center }
.right { text-align: right }
.nowrap { white-space: nowrap }
.keep { break-inside: avoid }
.emblem { text-align: center }
.emblem img, .emblem svg { height: 3cm }
.sign { margin: 12pt 0 0 50%; text-align: center; break-inside: avoid }
.digits { font-variant-numeric: tabular-nums }
"""
#: ISO 19005-2 and -3, 6.2.8: a picture in an archival file is drawn as it is, not interpolated.
ARCHIVE = "* { image-rendering: crisp-edges !important }"
#: What Odoo's own templates need beyond their bundle.
STOCK = """
html, body { overflow: visible !important; height: auto !important; min-height: 0 !important;
             margin: 0 !important }
body.container { max-width: none !important }
body.container:not(.o_css_margins) { padding: 0 !important }
.o_weasy_header { position: running(o_header) }
.o_weasy_footer { position: running(o_footer) }
.o_weasy_pad { padding: 0 11mm !important }
.o_weasy_pad .header { padding-top: 11mm }
thead { display: table-header-group }
tr { break-inside: avoid }
"""
#: Letters of TH Sarabun New are small for their size: 1.47 times for the same x-height.  Odoo's
#: own pages were made for a browser engine that shrinks to 0.78.
STOCK_FONT = (
    'html { font-size: 130%% } body, body *:not(.fa):not(.oi) { font-family: "%s" !important }'
    "body { line-height: 1.1 }"
    ".table td, .table th { padding-top: 0.1rem !important; padding-bottom: 0.1rem !important }"
)
STOCK_PLAIN = "html { font-size: 80% }"

_MIN_WIDTH = re.compile(r"@media\s*(?:(?:all|screen|print)\s+and\s*)?\(min-width:\s*([\d.]+)px\)")
#: CSS pixels across an A4 page
_PAGE_WIDTH = 794


class Styles(NamedTuple):
    """Style sheets, the font configuration that their ``@font-face`` rules filled, and the
    heights of headers and footers already measured with them."""

    sheets: list
    fonts: FontConfiguration
    heights: dict


_lock = threading.Lock()
_document = None
_stock = OrderedDict()
#: parsed bundles kept: two a database would already be rare
_STOCK_KEPT = 8


def parse(css, fonts):
    """Parse a style sheet whose addresses are static files."""
    return CSS(
        string=css,
        base_url=STATIC_BASE,
        url_fetcher=PrintFetcher(STATIC_BASE),
        font_config=fonts,
    )


def document_styles():
    """Style of ``report_weasyprint.document``, one a process."""
    global _document
    with _lock:
        if _document is None:
            fonts = FontConfiguration()
            _document = Styles([parse(FACES + DOCUMENT, fonts)], fonts, {})
        return _document


def stock_styles(key, read_bundle, font=FONT):
    """Style of Odoo's own reports, parsed once a process and bundle version (about a second).

    :param key: hashable; database name and version of the bundle
    :param read_bundle: function that returns the CSS text, called when it is not yet parsed
    :param str font: family for all text; empty keeps the families of the bundle
    """
    key = (key, font)
    with _lock:
        if key not in _stock:
            fonts = FontConfiguration()
            css = adapt_media(read_bundle())
            own = FACES + STOCK + (STOCK_FONT % font if font else STOCK_PLAIN)
            _stock[key] = Styles([parse(css, fonts), parse(own, fonts)], fonts, {})
            while len(_stock) > _STOCK_KEPT:
                _stock.popitem(last=False)
        _stock.move_to_end(key)
        return _stock[key]


def adapt_media(css):
    """WeasyPrint drops ``@media (min-width: …)``: decide it here for the width of a page."""
    return _MIN_WIDTH.sub(
        lambda match: "@media " + ("all" if float(match[1]) <= _PAGE_WIDTH else "not all"), css
    )
