# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Code 128 as SVG: its bars are drawn by reportlab, a dependency of Odoo itself."""

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.common import Barcode

#: Quiet zone in modules on each side (ISO/IEC 15417, 4.1.2 d).
QUIET = 10


class _Bars(Code128):
    """Code 128 that keeps the bars instead of drawing them on a canvas."""

    def __init__(self, text):
        self.bars = []
        super().__init__(text, barWidth=1, quiet=0, humanReadable=0)

    def rect(self, x, _y, w, _h):
        """Note a bar: left edge and width in modules."""
        self.bars.append((round(x), round(w)))


def code128_svg(text):
    """Draw a text, control characters too, as the bytes of an SVG file.

    :param str text: ASCII
    """
    drawing = _Bars(text)
    Barcode.draw(drawing)
    width = max(x + w for x, w in drawing.bars) + 2 * QUIET
    bars = "".join(
        f'<rect x="{x + QUIET}" y="0" width="{w}" height="50"/>' for x, w in drawing.bars
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 50"'
    return f'{head} preserveAspectRatio="none" shape-rendering="crispEdges">{bars}</svg>'.encode()
