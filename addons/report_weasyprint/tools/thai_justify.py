# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Justified Thai lines: spread the slack between letters when spaces alone would gape.

Thai writes no space between words, so a justified line that stretches its two or three spaces
looks torn.  A space grows by at most ``MAX_SPACE`` em; the rest goes between graphemes, never
before a combining mark or SARA AM (Thai-distributed justification, as office programs do it).
"""

import re

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

THAI = re.compile("[\u0e01-\u0e5b]")
#: Never separated from the character before: vowels and marks above and below, SARA AM,
#: zero-width space and joiners.
JOINED = frozenset(
    chr(code)
    for code in (
        0x0E31,
        0x0E33,
        *range(0x0E34, 0x0E3B),
        *range(0x0E47, 0x0E4F),
        0x200B,
        0x200D,
        0x2060,
    )
)
#: em added to a space before letters are touched
MAX_SPACE = 0.35

_original_justify_line = inline.justify_line


def is_gap(before, after):
    """Whether slack may go between two neighbouring characters."""
    return (
        before not in " \u00a0\u200b"
        and after not in " \u00a0"
        and after not in JOINED
        and bool(THAI.match(before) or THAI.match(after))
    )


def count_gaps(text):
    """Number of places inside ``text`` where slack may go."""
    text = text.rstrip(" ")
    return sum(is_gap(before, after) for before, after in zip(text, text[1:], strict=False))


def _text_boxes(box):
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def justify_line(context, line, extra_width):
    """Replacement of WeasyPrint's function of the same name; falls back to it without Thai."""
    text_boxes = list(_text_boxes(line))
    gaps = sum(count_gaps(box.text) for box in text_boxes)
    if not gaps:
        return _original_justify_line(context, line, extra_width)
    spaces = inline.count_expandable_spaces(line)
    per_space = 0
    if spaces:
        per_space = min(extra_width / spaces, MAX_SPACE * line.style["font_size"])
    gap = (extra_width - per_space * spaces) / gaps
    for box in text_boxes:
        box.thai_gap = gap
    return _spread(context, line, per_space, gap, 0)


def _spread(context, box, per_space, gap, advance):
    """Move ``box`` by ``advance`` and widen it; return the advance for what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        box.justification_spacing = per_space
        spaces = inline.count_expandable_spaces(box)
        extra = gap * count_gaps(box.text)
        if spaces and per_space:
            layout = inline.create_layout(
                box.text, box.style, context, max_width=None, justification_spacing=per_space
            )
            layout.deactivate()
            box.pango_layout = layout
            extra += per_space * spaces
        box.width += extra
        return advance + extra
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        start = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(context, child, per_space, gap, advance)
        box.width += advance - start
        return advance
    box.translate(advance, 0)
    return advance


def install():
    """Put the replacement in place; calling it twice changes nothing."""
    inline.justify_line = justify_line
