# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lines of a page from pieces of text with their places.

A PDF holds its text in the order of drawing, Tesseract gives words in blocks. The head of a Thai
letter is in two columns (number on the left, agency on the right), so what stands on one line of
the paper must come out as one line, its columns parted by a tab.
"""

from statistics import median
from typing import NamedTuple

#: Parts of the height of a letter: a gap from here on is a blank, is another column.
BLANK = 0.18
COLUMN = 1.6
#: How far a line may be indented, in heights, and still count as starting at the margin.
MARGIN = 2.0


class Piece(NamedTuple):
    """A run of text: left, top, right, bottom (points or pixels, from the top), the text."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def lines(pieces):
    """Put pieces into lines, from the top to the bottom.

    :param pieces: iterable of :class:`Piece`
    :return: text with one line a row; a tab parts columns, and begins a line that is indented
    :rtype: str
    """
    pieces = [piece for piece in pieces if piece.text.strip() and piece.bottom > piece.top]
    if not pieces:
        return ""
    height = median(piece.bottom - piece.top for piece in pieces)
    margin = min(piece.x0 for piece in pieces)
    rows = _rows(sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2), height)
    return "\n".join(_join(row, margin, height) for row in rows)


def _rows(pieces, height):
    """Group pieces whose middles are less than half a line apart."""
    rows, middle = [], None
    for piece in pieces:
        own = (piece.top + piece.bottom) / 2
        if middle is None or own - middle > height * 0.5:
            rows.append([])
            middle = own
        rows[-1].append(piece)
        # follow a scan that lies askew, but do not creep into the next line
        middle = sum((item.top + item.bottom) / 2 for item in rows[-1]) / len(rows[-1])
    return rows


def _join(row, margin, height):
    row = sorted(row, key=lambda piece: piece.x0)
    text = "\t" if row[0].x0 - margin > height * MARGIN else ""
    right = None
    for piece in row:
        gap = 0 if right is None else piece.x0 - right
        if gap > height * COLUMN:
            text += "\t"
        elif gap > height * BLANK:
            text += " "
        text += piece.text
        right = piece.x1 if right is None else max(right, piece.x1)
    return text
