# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Code 128 as SVG: its bars are drawn by reportlab, a dependency of Odoo itself."""

from reportlab.graphics.barcode.code128 import Code128

#: Quiet zone in modules on each side (ISO/IEC 15417, 4.1.2 d).
QUIET = 10


def code128_svg(text):
    """Draw a text, control characters too, as the bytes of an SVG file.

    :param str text: ASCII
    """
    # reportlab writes bars as capital and spaces as small letters: A is one module wide
    code = Code128(text, barWidth=1, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    bars, left = [], QUIET
    for letter in code.decomposed:
        width = ord(letter.upper()) - ord("A") + 1
        if letter.isupper():
            bars.append(f'<rect x="{left}" y="0" width="{width}" height="50"/>')
        left += width
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + QUIET} 50"'
    drawn = "".join(bars)
    return f'{head} preserveAspectRatio="none" shape-rendering="crispEdges">{drawn}</svg>'.encode()
