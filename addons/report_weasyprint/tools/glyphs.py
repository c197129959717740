# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Characters that no font at hand can show in an archival file.

A text typed on a telephone carries emoji, rare scripts, private-use and control characters.
Where no font has a glyph the printer draws ``.notdef``, which no archival file may refer to
(ISO 19005-2 and -3, 6.2.11.8; ISO 14289-1, 7.21.8): such a character is printed as a square.
Only the paper changes; what was typed stays as it is stored.
"""

import unicodedata
import weakref

from weasyprint.text.ffi import TO_UNITS, ffi, gobject, harfbuzz, pango
from weasyprint.text.fonts import get_pango_font_key

from . import styles

ffi.cdef("void hb_font_get_scale(hb_font_t *font, int *x_scale, int *y_scale);", override=True)

#: Printed for a character without a glyph; where no font has a square, the question mark is.
SQUARE = "\u25a1"
#: Characters that only choose the look of the one beside them: variation selectors, the joiner,
#: tags, interlinear marks and the byte order mark.
DROPPED = frozenset(
    [*range(0xFE00, 0xFE10), 0x200D, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE01F0)]
)
#: Control characters that HTML reads as space.
SPACES = "\t\n\f\r"
#: Characters that say the same as plainer ones (the ligature "ff", fullwidth letters).  Others,
#: as superscripts, are not printed plain: 10 to the fifth would become 105.
SAME = {"<compat>", "<wide>", "<narrow>", "<font>", "<noBreak>"}

_tables = weakref.WeakKeyDictionary()


class _Table(dict):
    """What each character becomes, for ``str.translate``; asked of the fonts once a character."""

    def __init__(self, fonts):
        super().__init__()
        self.context = ffi.gc(
            pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref
        )
        self.style = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        pango.pango_font_description_set_family(self.style, styles.FONT.encode())
        pango.pango_font_description_set_absolute_size(self.style, 20 * TO_UNITS)
        self.square = SQUARE if self.has_glyph(SQUARE) else "?"

    def __missing__(self, code):
        self[code] = self.printable(chr(code))
        return self[code]

    def printable(self, char):
        """What is printed for ``char``."""
        if char in SPACES:
            return char
        if ord(char) in DROPPED:
            return ""
        kind = unicodedata.category(char)
        if kind in ("Cc", "Zl", "Zp"):
            return " "
        if kind not in ("Cs", "Cn") and self.has_glyph(char):
            return char
        if unicodedata.decomposition(char).partition(" ")[0] in SAME:
            plain = unicodedata.normalize("NFKC", char).translate(self)
            if self.square not in plain:
                return plain
        return {"Cf": "", "Zs": " "}.get(kind, self.square)

    def has_glyph(self, char):
        """Whether Pango, which lays out the page, finds a fit font for ``char`` (or hides it).

        It looks different beside other scripts, so Latin and Thai letters stand around it.
        """
        layout = ffi.gc(pango.pango_layout_new(self.context), gobject.g_object_unref)
        pango.pango_layout_set_font_description(layout, self.style)
        text = f"x{char}x ก{char}ก{char}".encode()
        pango.pango_layout_set_text(layout, text, len(text))
        run = pango.pango_layout_get_line_readonly(layout, 0).runs[0]
        while run != ffi.NULL:
            glyphs = run.data.glyphs
            for index in range(glyphs.num_glyphs):
                glyph = glyphs.glyphs[index].glyph
                missing = glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG or not glyph
                if missing and glyph != pango.PANGO_GLYPH_EMPTY:
                    return False
            if not _is_fit(run.data.item.analysis.font):
                return False
            run = run.next
        return True


def _is_fit(font):
    """Whether WeasyPrint can embed a font so that its widths are true (6.2.11.5).

    Fonts of coloured pictures are not, nor one that the font settings of the machine scale, as
    Debian's do with Laksaman for TH Sarabun.
    """
    hb_font = pango.pango_font_get_hb_font(font)
    face = harfbuzz.hb_font_get_face(hb_font)
    if harfbuzz.hb_ot_color_has_png(face) or harfbuzz.hb_ot_color_has_svg(face):
        return False
    if harfbuzz.hb_ot_color_has_layers(face):
        return False
    scale = ffi.new("int[2]")
    harfbuzz.hb_font_get_scale(hb_font, scale, scale + 1)
    return abs(scale[0] - get_pango_font_key(font)[2] * TO_UNITS) <= 1


def printable(html, fonts):
    """HTML in which every character can be drawn with a set of fonts.

    :param str html: a document
    :param fonts: WeasyPrint's font configuration that it will be printed with
    :rtype: str
    """
    table = _tables.get(fonts)
    if table is None:
        table = _tables[fonts] = _Table(fonts)
    return html.translate(table)
