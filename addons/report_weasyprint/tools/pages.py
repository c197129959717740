# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the pieces that Odoo's report engine hands over to one HTML document a record."""

import copy
import re
from typing import NamedTuple

import lxml.html
from weasyprint.text.line_break import get_log_attrs

HEADERS = "minimal_layout_report_headers"
FOOTERS = "minimal_layout_report_footers"
#: Marks an article made by ``report_weasyprint.document``: it brings its own style.
OWN = "o_weasyprint_document"
NO_BREAK = "\u00a0"
#: Words that no-break spaces tie together; such spaces at the edge or in a row only make room.
HELD = re.compile(f"([^\\s{NO_BREAK}]+)((?:{NO_BREAK}[^\\s{NO_BREAK}]+)+)")


class Paper(NamedTuple):
    """Page geometry of Odoo's own reports; lengths in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header_spacing: float = 0
    header_line: bool = False
    css_margins: bool = False


class Body(NamedTuple):
    """One record's document: HTML, and whether it brings its own style."""

    root: lxml.html.HtmlElement
    own: bool

    @property
    def html(self):
        return lxml.html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>")


def _children(html, element_id):
    if not html:
        return []
    found = _parse(html).xpath(f"//*[@id='{element_id}']")
    return list(found[0]) if found else []


def _parse(html):
    return lxml.html.document_fromstring(
        str(html).strip() or "<p></p>",
        parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True),
    )


def split(bodies, header=None, footer=None, lang="th", title=""):
    """Build one document a body, with the body's own header and footer as running elements.

    :param bodies: HTML of the bodies, as ``ir.actions.report._prepare_html`` makes them
    :param header: HTML that holds the headers of all bodies in order (or None)
    :param footer: the same for footers
    :param str lang: language of a body that names none (line breaking, screen readers)
    :param str title: title of a body that names none (PDF/A-2a and PDF/UA ask for one)
    :rtype: list[Body]
    """
    headers = _children(header, HEADERS)
    footers = _children(footer, FOOTERS)
    return [
        _one(body, _pick(headers, index), _pick(footers, index), lang, title)
        for index, body in enumerate(bodies)
    ]


def _pick(nodes, index):
    return copy.deepcopy(nodes[index]) if index < len(nodes) else None


def _one(html, header, footer, lang, title):
    root = _parse(html)
    body = root.find("body")
    if root.find("head") is None:
        root.insert(0, lxml.html.Element("head"))
    own = bool(body.xpath(f".//*[contains(concat(' ', @class, ' '), ' {OWN} ')]"))
    if not root.get("lang"):
        article_lang = body.xpath("string(.//@data-oe-lang)")
        root.set("lang", (article_lang or lang).replace("_", "-"))
    element = root.find(".//head/title")
    if element is None:
        element = lxml.html.Element("title")
        root.find("head").append(element)
    element.text = body.xpath("string(.//@data-title)") or title or element.text
    for node in root.xpath("//script | //base | //link[starts-with(@href, '/web/assets/')]"):
        node.drop_tree()
    _hold(root)
    pad = " o_weasy_pad" if "o_css_margins" in (body.get("class") or "") and not own else ""
    for node, name in ((footer, "o_weasy_footer"), (header, "o_weasy_header")):
        if node is None:
            continue
        wrapper = lxml.html.Element("div")
        wrapper.set("class", name + pad)
        wrapper.append(node)
        # Running elements come first, or the first page would not have them.
        body.insert(0, wrapper)
    return Body(root, own)


def _hold(root):
    """Let no-break spaces hold: libthai, which knows none, lets a line end at them.

    The two words are put into a box that does not wrap, from the beginning of the first to the
    end of the second.
    """
    for node in list(root.find("body").iter()):
        if not isinstance(node.tag, str) or node.tag in ("style", "pre", "svg"):
            continue
        if node.text and NO_BREAK in node.text:
            node.text, spans = _held(node.text)
            for place, span in enumerate(spans):
                node.insert(place, span)
        if node.tail and NO_BREAK in node.tail:
            parent = node.getparent()
            node.tail, spans = _held(node.tail)
            for place, span in enumerate(spans, start=parent.index(node) + 1):
                parent.insert(place, span)


def _held(text):
    """Cut a text at its held words.

    :return: what stands before the first, and a list of spans with their tails
    """
    before, spans, position = "", [], 0
    for match in HELD.finditer(text):
        left, right = match[1], match[2]
        start = match.start() + max(_breaks(left), default=0)
        first = right.rindex(NO_BREAK) + 1
        end = match.start(2) + first + min(_breaks(right[first:]), default=len(right) - first)
        between = text[position:start]
        if spans:
            spans[-1].tail = between
        else:
            before = between
        span = lxml.html.Element("span", style="white-space: nowrap")
        span.text = text[start:end]
        spans.append(span)
        position = end
    if not spans:
        return text, spans
    spans[-1].tail = text[position:]
    return before, spans


def _breaks(text):
    """Where a line may end inside a text."""
    if len(text) < 2:
        return []
    attributes = get_log_attrs(text, "th")
    return [index for index in range(1, len(text)) if attributes[index].is_line_break]


def stock_page_css(paper, thai_digits, header_height=0, footer_height=0):
    """``@page`` rule for Odoo's own reports.

    :param Paper paper: geometry
    :param bool thai_digits: whether page numbers use Thai digits
    :param header_height: measured height of the header in mm; a header taller than the top
        margin pushes the text down instead of covering it
    :param footer_height: the same for the footer
    """
    pad = 0 if paper.css_margins else max(0, paper.top - paper.header_spacing - 12)
    pad = min(pad, 5)
    top = max(paper.top, header_height + pad + 2) if header_height else paper.top
    bottom = max(paper.bottom, footer_height + 5) if footer_height else paper.bottom
    style = ", thai" if thai_digits else ""
    line = ".o_weasy_header { border-bottom: 1px solid #000 }" if paper.header_line else ""
    return f"""@page {{
    size: {paper.width}mm {paper.height}mm;
    margin: {top:.2f}mm {paper.right}mm {bottom:.2f}mm {paper.left}mm;
    @top-center {{ content: element(o_header); width: 100%; vertical-align: top;
                   padding-top: {pad}mm }}
    @bottom-center {{ content: element(o_footer); width: 100%; vertical-align: bottom;
                      padding-bottom: 3mm }}
}}
.o_weasy_footer .page::after, .o_weasy_header .page::after {{ content: counter(page{style}) }}
.o_weasy_footer .topage::after, .o_weasy_header .topage::after {{
    content: counter(pages{style}) }}
{line}"""
