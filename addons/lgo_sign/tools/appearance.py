# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The visible part of a signature, drawn by the engine that prints the papers.

Same engine, same fonts, same PDF/A variant: pyHanko's own text would use a font that is not
embedded, and the paper would no longer be PDF/A (ISO 19005-2 s. 6.2.11.4).
"""

import io

import pikepdf
from markupsafe import Markup, escape

from odoo.addons.report_weasyprint.tools import engine, styles
from odoo.addons.report_weasyprint.tools.fetcher import PrintFetcher

BASE = "http://paper.invalid/"
#: An element of a template with this id and a number keeps the place of a signature free.
MARKER = "lgo-sign-"
#: Size of a signature in its own place, points.
WIDTH, HEIGHT = 170, 34
#: Without a place of its own: a strip in the lower margin of the last page, 3 in a row.
STRIP = (85, 4, 148, 19)


def variant(content):
    """``pdf/a-2u`` and the like, as the XMP metadata of a PDF says; None when it is no PDF/A."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        status = pdf.open_metadata().pdfa_status
    return f"pdf/a-{status.lower()}" if status else None


def places(content):
    """Where a paper keeps places for signatures free.

    :param bytes content: the PDF
    :return: {number: (page from 0, (left, bottom, right, top) in points)}
    """
    found = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = pdf.Root.get("/Names", {}).get("/Dests")
        if names is None:
            return found
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        for name, target in pikepdf.NameTree(names).items():
            marker, _dash, number = name.rpartition("-")
            if f"{marker}-" != MARKER or not number.isdecimal():
                continue
            target = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
            page = numbers.get(target[0].objgen)
            if page is not None and len(target) > 3:
                left, top = float(target[2]), float(target[3])
                found[int(number)] = (page, (left, top - HEIGHT, left + WIDTH, top))
    return found


def box(content, number):
    """Page and box of the signature with this number (from 1)."""
    kept = places(content).get(number)
    if kept:
        return kept
    left, bottom, width, height = STRIP
    column, row = (number - 1) % 3, (number - 1) // 3
    left += column * (width + 4)
    bottom += row * height
    return -1, (left, bottom, left + width, bottom + height)


def draw(lines, size, pdf_variant):
    """A PDF of one page with some lines of text.

    :param lines: texts; the first is bold
    :param size: (width, height) in points
    :param pdf_variant: as of :func:`variant`
    :rtype: bytes
    """
    width, height = size
    shown = [line for line in lines if line][: max(1, int(height / 9))]
    points = min(9.5, height / max(1, len(shown)) / 1.4)
    body = Markup("").join(
        Markup("<div class='%s'>%s</div>") % ("b" if number == 0 else "l", escape(line))
        for number, line in enumerate(shown)
    )
    css = (
        f"@page {{ size: {width}pt {height}pt; margin: 0;"
        " @top-center { content: none } @bottom-center { content: none } }"
        f"body {{ font-size: {points:.2f}pt; line-height: 1.3 }}"
        "div { white-space: nowrap; overflow: hidden } .b { font-weight: 700 }"
    )
    chosen = styles.document_styles()
    return engine.render(
        [f'<html lang="th"><title>-</title><style>{css}</style>{body}'],
        fetcher=PrintFetcher(BASE),
        base_url=BASE,
        stylesheets=chosen.sheets,
        fonts=chosen.fonts,
        variant=pdf_variant,
    )
