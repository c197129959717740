# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lines of a page from pieces of text with their places.

A PDF holds its text in the order of drawing, Tesseract gives words in blocks. The head of a Thai
letter is in two columns (number on the left, agency on the right), so what stands on one line of
the paper must come out as one line, its columns parted by a tab.
"""

import re
from statistics import mean, median
from typing import NamedTuple

#: Parts of the height of a letter: a gap from here on is a blank, is another column.
BLANK = 0.18
COLUMN = 1.6
#: How far a line may be indented, in heights, and still count as starting at the margin.
MARGIN = 2.0
#: Pieces side by side in one row; the widest table of an A3 page has fewer. Each new piece is
#: compared with all of its row, so that without a bound one hostile line takes minutes.
MAX_ROW = 200

#: What makes a row of OCR writing: two consonants, some Latin letters, digits.
SOLID = re.compile(r"[\u0e01-\u0e2e].*[\u0e01-\u0e2e]|[A-Za-z]{4,}|[\d\u0e50-\u0e59]{2,}")


class Piece(NamedTuple):
    """A run of text: left, top, right, bottom (points or pixels, from the top), the text."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str


def lines(pieces, scanned=False):
    """Put pieces into lines, from the top to the bottom.

    :param pieces: iterable of :class:`Piece`
    :param bool scanned: read from a picture, where marks and dirt are taken for lines
    :return: text with one line a row; a tab parts columns, and begins a line that is indented
    :rtype: str
    """
    pieces = [piece for piece in pieces if piece.text.strip() and piece.bottom > piece.top]
    if not pieces:
        return ""
    height = median(piece.bottom - piece.top for piece in pieces)
    margin = min(piece.x0 for piece in pieces)
    rows = _rows(sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2), height)
    if scanned:
        rows = [row for row in rows if not _is_dirt(row)]
    return "\n".join(_join(row, margin, height) for row in rows)


def _is_dirt(row):
    """Whether a row is dirt, or the upper marks of the line below that OCR took for a line."""
    words = " ".join(piece.text for piece in row).split()
    if not any(SOLID.search(word) for word in words):
        return True
    return len(words) >= 3 and mean(map(len, words)) <= 1.8


def _rows(pieces, height):
    """Group pieces whose middles are less than half a line apart and that stand side by side."""
    rows, middle = [], None
    for piece in pieces:
        own = (piece.top + piece.bottom) / 2
        beside = middle is not None and own - middle <= height * 0.5
        over = [item for item in rows[-1] if _overlap(item, piece)] if beside else []
        if any(item.text == piece.text for item in over):
            continue  # drawn twice, for bold
        if not beside or over or len(rows[-1]) >= MAX_ROW:
            rows.append([])
            middle = own
        rows[-1].append(piece)
        # follow a scan that lies askew, but do not creep into the next line
        middle = sum((item.top + item.bottom) / 2 for item in rows[-1]) / len(rows[-1])
    return rows


def _overlap(one, other):
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    return common > 0.3 * max(1.0, min(one.x1 - one.x0, other.x1 - other.x0))


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
