# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thai digits of a scan, read by their shape.

Tesseract's Thai data knows ๐ ๑ ๒ ๓ ๕ only: ๔, ๘ and ๙ come out as ๕, ๖ as ๒๐, ๗ as ๓. Numbers and
dates of official letters are written in Thai digits, so the places where Tesseract saw digits are
looked at again: each connected piece of ink is compared with the digits of the fonts of official
letters (normalised correlation of small pictures).
"""

import re
from itertools import product
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

DIGITS = "๐๑๒๓๔๕๖๗๘๙"
WIDTH, HEIGHT = 36, 28
#: Likeness from which a shape is a digit at all, and from which it is surely this one.
LEAST, SURE, MARGIN = 0.55, 0.72, 0.035
_INK = re.compile(rb"\x00+")


class Found(NamedTuple):
    """Digits that were read, and whether each is surely that digit."""

    text: str
    sure: bool


class DigitReader:
    """Compares ink with the digits of some fonts.

    :param fonts: paths of TrueType files; without any nothing is read
    """

    def __init__(self, fonts):
        self.templates = [
            (shape, _fit(_drawn(face, shape)))
            for face in (ImageFont.truetype(font, 96) for font in fonts)
            for shape in _shapes(face)
        ]

    def look(self, image, left, top, right, bottom):
        """The digits in a box of a page.

        :param image: grey picture of the page
        :return: :class:`Found`, or ``None`` when what stands there are not digits only
        """
        height = bottom - top
        edge = max(4, height // 3)
        box = (
            max(0, left - edge),
            max(0, top - 2),
            min(image.width, right + edge),
            min(image.height, bottom + 2),
        )
        crop = image.crop(box)
        if not self.templates:
            return None
        text, sure = "", True
        for x0, y0, x1, y1 in self._glyphs(crop, left - box[0], right - box[0]):
            digit, likeness, margin = self._nearest(crop.crop((x0, y0, x1, y1)))
            if likeness < LEAST:
                return None
            text += digit
            sure = sure and likeness >= SURE and margin >= MARGIN
        return Found(text, sure) if text else None

    def _glyphs(self, crop, left, right):
        """Boxes of the pieces of ink between ``left`` and ``right``, without dirt."""
        mean = sum(index * count for index, count in enumerate(crop.histogram()))
        mean /= crop.width * crop.height
        ink = crop.point(lambda value: 0 if value < min(170, mean * 0.75) else 255)
        pieces = components(ink)
        tall = max((y1 - y0 for _x0, y0, _x1, y1 in pieces), default=0)
        slack = tall * 0.15
        return [
            piece
            for piece in pieces
            if piece[3] - piece[1] >= tall * 0.4
            and left - slack <= (piece[0] + piece[2]) / 2 <= right + slack
        ]

    def _nearest(self, glyph):
        """``(digit or pair of digits, likeness, how much less like it the next one is)``."""
        vector = _fit(glyph)
        best = {}
        for shape, template in self.templates:
            likeness = sum(a * b for a, b in zip(vector, template, strict=True))
            best[shape] = max(best.get(shape, -1.0), likeness)
        (digit, first), (_other, second) = sorted(best.items(), key=lambda pair: -pair[1])[:2]
        return digit, first, first - second


def components(ink):
    """Boxes ``(x0, y0, x1, y1)`` of connected ink (0) on paper (255), from left to right."""
    boxes, above, parent = [], [], []

    def root(number):
        while parent[number] != number:
            number = parent[number]
        return number

    data = ink.tobytes()
    for y in range(ink.height):
        row = data[y * ink.width : (y + 1) * ink.width]
        current = []
        for match in _INK.finditer(row):
            x0, x1 = match.span()
            number = len(boxes)
            boxes.append([x0, y, x1, y + 1])
            parent.append(number)
            for other0, other1, other in above:
                if other0 <= x1 and other1 >= x0:  # also corner to corner
                    _merge(boxes, parent, root(other), root(number))
            current.append((x0, x1, number))
        above = current
    roots = [tuple(box) for number, box in enumerate(boxes) if parent[number] == number]
    return sorted(roots)


def _merge(boxes, parent, one, other):
    if one == other:
        return
    parent[other] = one
    first, second = boxes[one], boxes[other]
    boxes[one] = [*map(min, first[:2], second[:2]), *map(max, first[2:], second[2:])]


def _shapes(font):
    """The digits, and the pairs that touch or nearly do: a scan makes one piece of ink of them."""
    yield from DIGITS
    for pair in map("".join, product(DIGITS, repeat=2)):
        thick = _drawn(font, pair).filter(ImageFilter.MinFilter(5))
        if len(components(thick.point(lambda value: 0 if value < 170 else 255))) == 1:
            yield pair


def _drawn(font, digit):
    image = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(image).text((60, 40), digit, font=font, fill=0)
    return image.crop(ImageOps.invert(image).getbbox())


def _fit(glyph):
    """A glyph as a vector of length 1, of one size, its proportions kept."""
    scale = min(WIDTH / glyph.width, HEIGHT / glyph.height)
    size = (max(1, round(glyph.width * scale)), max(1, round(glyph.height * scale)))
    canvas = Image.new("L", (WIDTH, HEIGHT), 255)
    canvas.paste(
        glyph.resize(size, Image.Resampling.BILINEAR),
        ((WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2),
    )
    values = canvas.filter(ImageFilter.GaussianBlur(0.7)).tobytes()
    mean = sum(values) / len(values)
    length = sum((value - mean) ** 2 for value in values) ** 0.5 or 1.0
    return [(mean - value) / length for value in values]
