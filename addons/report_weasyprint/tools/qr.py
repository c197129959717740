# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""QR codes as inline SVG: vectors stay crisp on any printer and need no raster backend."""

import io

import segno
from markupsafe import Markup


def qr_svg(text, size="2.2cm", error="m", border=4, label=None):
    """Draw ``text`` as a QR code.

    :param str text: what the code carries (UTF-8)
    :param str size: width and height as a CSS length, quiet zone included
    :param str error: error correction level ``l``, ``m``, ``q`` or ``h`` (ISO/IEC 18004)
    :param int border: quiet zone in modules; ISO/IEC 18004 section 6.3.8 asks for 4
    :param str label: what a screen reader says (WCAG 1.1.1); by default what the code carries
    :rtype: Markup
    :raises ValueError: when ``text`` is empty or too long for a QR code
    """
    if not text:
        raise ValueError("A QR code needs a text")
    code = segno.make_qr(str(text), error=error, boost_error=False, encoding="utf-8")
    out = io.BytesIO()
    code.save(
        out, kind="svg", border=border, xmldecl=False, svgns=True, omitsize=True, svgclass=None
    )
    svg = out.getvalue().decode()
    start = Markup('<svg style="width:{0};height:{0}" role="img" aria-label="{1}" ')
    style = start.format(size, label or text)
    return style + Markup(svg.removeprefix("<svg ").strip())  # noqa: S704 (segno's own output)


def qr_png(text, side=600, error="m", border=4):
    """Draw ``text`` as a QR code for a screen or for the pictures of a phone.

    :param str text: what the code carries (UTF-8)
    :param int side: width and height in pixels, at least; modules are whole pixels
    :param str error: error correction level, ``border``: quiet zone, both as in :func:`qr_svg`
    :rtype: bytes
    :raises ValueError: when ``text`` is empty or too long for a QR code
    """
    if not text:
        raise ValueError("A QR code needs a text")
    code = segno.make_qr(str(text), error=error, boost_error=False, encoding="utf-8")
    out = io.BytesIO()
    modules = code.symbol_size(border=border)[0]
    code.save(out, kind="png", border=border, scale=-(-side // modules))
    return out.getvalue()
