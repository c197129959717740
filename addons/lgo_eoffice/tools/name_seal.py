# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The name seal of an office (ตราชื่อส่วนราชการ) drawn as vectors.

Saraban Regulation B.E. 2526, ข้อ ๗๒: two circles, 4.5 and 3.5 cm across, the name of the office
between them.  Thai marks stand above and below their letter, so the ring is written letter by
letter with the marks that belong to it.
"""

import math
import unicodedata

from markupsafe import Markup

INNER = 17.5
RED = "#c00000"
RING = Markup(
    '<div style="position:relative;width:46mm;height:46mm;color:{red};text-indent:0">'
    '<svg viewBox="-23 -23 46 46" style="width:46mm;height:46mm" role="img" aria-label="{name}">'
    '<g fill="none" stroke="{red}" stroke-width="0.5"><circle r="22.5"/><circle r="17.5"/></g>'
    "</svg>{text}</div>"
)
#: A letter: its box reaches from the middle to the outer circle and turns around the middle.
BOX = Markup(
    '<div style="position:absolute;left:18mm;top:1mm;width:10mm;height:22mm;text-align:center;'
    "transform-origin:50% 100%;transform:rotate({angle}deg);font-size:{size}mm;line-height:4.4mm;"
    'font-weight:700">{letter}</div>'
)
#: Width of one letter on the ring in mm; those of a long name are narrower.
STEP = 3.1
#: Share of the ring that the name may fill.
FILL = 0.94


def clusters(text):
    """Letters with the marks that stand on them.

    :rtype: list[str]
    """
    result = []
    for char in " ".join(text.split()):
        joined = unicodedata.category(char) == "Mn" or char == "\u0e33"
        if joined and result:
            result[-1] += char
        else:
            result.append(char)
    return result


def name_seal_html(name):
    """Two red circles with a name between them, 4.6 cm across.

    Each letter is a box that turns around the middle: letters of an SVG lose their marks.

    :param str name: of the office
    :rtype: Markup
    """
    letters = clusters(name or "")
    radius = INNER + 1
    step = min(STEP, FILL * 2 * math.pi * radius / max(1, len(letters)))
    size = min(4.9, step * 1.6)
    first = -math.degrees(step * (len(letters) - 1) / 2 / radius)
    pieces = [
        BOX.format(
            angle=f"{first + math.degrees(step * index / radius):.2f}", size=f"{size:.2f}",
            letter=letter,
        )
        for index, letter in enumerate(letters)
        if letter != " "
    ]  # fmt: skip
    return RING.format(text=Markup("").join(pieces), red=RED, name=name or "")
