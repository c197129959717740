# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The text layer of a PDF as a reader that honours ActualText sees it, in pure Python."""

import io
import re
from typing import NamedTuple

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


class Piece(NamedTuple):
    """A glyph or a replaced run: page from 0, pen position before and after in points, text."""

    page: int
    x: float
    y: float
    text: str
    end: float


def unicode_map(font):
    """ToUnicode of a font: glyph number to text."""
    result = {}
    for code, text in _PAIR.findall(font.ToUnicode.read_bytes().split(b"begincodespacerange")[-1]):
        result[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return result


def widths(font):
    """Widths of a font: glyph number to thousandths of an em."""
    result, items = {}, list(font.DescendantFonts[0].W)
    while items:
        first = int(items.pop(0))
        for offset, width in enumerate(items.pop(0)):
            result[first + offset] = float(width)
    return result


class _Reader:
    def __init__(self, page_number, fonts):
        self.page = page_number
        self.fonts = {name: (unicode_map(font), widths(font)) for name, font in fonts.items()}
        self.pieces = []
        self.matrix = pikepdf.Matrix()
        self.stack = []
        self.text_matrix = pikepdf.Matrix()
        self.font, self.size = None, 1
        self.marks = []

    def run(self, instructions):
        for operands, operator in instructions:
            handler = getattr(self, f"op_{operator}", None)
            if handler:
                handler(*operands)
        return self.pieces

    def op_q(self):
        self.stack.append(self.matrix)

    def op_Q(self):  # noqa: N802 (the operator's name)
        self.matrix = self.stack.pop()

    def op_cm(self, *numbers):
        self.matrix = pikepdf.Matrix(*map(float, numbers)) @ self.matrix

    def op_BT(self):  # noqa: N802
        self.text_matrix = pikepdf.Matrix()

    def op_Tm(self, *numbers):  # noqa: N802
        self.text_matrix = pikepdf.Matrix(*map(float, numbers))

    def op_Tf(self, name, size):  # noqa: N802
        self.font, self.size = str(name), float(size)

    def op_BDC(self, _tag, properties=None):  # noqa: N802
        text = None
        if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
            text = str(properties.ActualText)
        self.marks.append(text)
        if text is not None:
            self.add(text, 0)

    def op_BMC(self, _tag):  # noqa: N802
        self.marks.append(None)

    def op_EMC(self):  # noqa: N802
        self.marks.pop()

    def op_Tj(self, text):  # noqa: N802
        self.op_TJ([text])

    def op_TJ(self, items):  # noqa: N802
        to_unicode, widths = self.fonts[self.font]
        hidden = any(mark is not None for mark in self.marks)
        for item in items:
            if isinstance(item, pikepdf.String):
                raw = bytes(item)
                for index in range(0, len(raw), 2):
                    code = int.from_bytes(raw[index : index + 2])
                    width = widths.get(code, 0) / 1000 * self.size
                    if hidden:
                        self.advance(width)
                        self.pieces[-1] = self.pieces[-1]._replace(end=self.pen)
                    else:
                        self.add(to_unicode.get(code, "\ufffd"), width)
            else:
                self.advance(-float(item) / 1000 * self.size)

    def advance(self, distance):
        self.text_matrix = pikepdf.Matrix(1, 0, 0, 1, distance, 0) @ self.text_matrix

    def add(self, text, width):
        place = self.text_matrix @ self.matrix
        self.advance(width)
        self.pieces.append(Piece(self.page, place.e, place.f, text, self.pen))

    @property
    def pen(self):
        return (self.text_matrix @ self.matrix).e


def shown_glyphs(pdf):
    """Fonts that an open PDF writes with, on pages and in drawings placed on them.

    :return: list of (font, set of glyph numbers)
    """
    forms = [item for item in pdf.objects if _is_form(item)]
    shown = {}
    for source in [*pdf.pages, *forms]:
        fonts = source.get("/Resources", {}).get("/Font", {})
        font = None
        for operands, operator in pikepdf.parse_content_stream(source):
            if str(operator) == "Tf":
                font = fonts[str(operands[0])]
            elif str(operator) in ("Tj", "TJ"):
                found = shown.setdefault(font.objgen, (font, set()))[1]
                for item in operands[0] if str(operator) == "TJ" else operands:
                    if isinstance(item, pikepdf.String):
                        raw = bytes(item)
                        pairs = (raw[start : start + 2] for start in range(0, len(raw), 2))
                        found.update(map(int.from_bytes, pairs))
    return list(shown.values())


def _is_form(item):
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def pieces(content):
    """All pieces of text of a PDF in the order they are drawn."""
    result = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            fonts = page.resources.get("/Font", {})
            result += _Reader(number, fonts).run(pikepdf.parse_content_stream(page))
    return result


def pages_text(content):
    """Text of each page; a new line wherever the base line changes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        result = ["" for _page in pdf.pages]
    previous = None
    for piece in pieces(content):
        here = (piece.page, round(piece.y, 1))
        if previous and previous != here and previous[0] == piece.page:
            result[piece.page] += "\n"
        result[piece.page] += piece.text
        previous = here
    return result


def text(content):
    """Text of the whole PDF."""
    return "\n".join(pages_text(content))
