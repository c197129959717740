# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
#
# The glyph loop follows weasyprint/draw/text.py:
# Copyright (c) 2011-2026, Simon Sapin and contributors of WeasyPrint (BSD-3-Clause).
# Redistribution and use in source and binary forms, with or without modification, are permitted
# provided that the following conditions are met: redistributions of source code must retain the
# above copyright notice, this list of conditions and the following disclaimer; redistributions
# in binary form must reproduce them in the documentation; neither the name of the copyright
# holder nor the names of its contributors may be used to endorse products derived from this
# software without specific prior written permission.
# THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
# IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY
# AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
# CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
# CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
# SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
# THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR
# OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
# POSSIBILITY OF SUCH DAMAGE.
"""A text layer of Thai documents that says what the paper shows.

WeasyPrint 70 writes one ToUnicode entry per glyph, taken from the first cluster it meets.
HarfBuzz decomposes SARA AM into NIKHAHIT + SARA AA, so from the first "ำ" on every plain "า" of
the document is read as "ำ" (and NIKHAHIT maps to nothing, which PDF/A-2u forbids: ISO 19005-2
section 6.2.11.7.2).  Here

* ToUnicode comes from the font's own character map, and
* every grapheme whose glyphs do not read as its characters is wrapped in a
  ``/Span << /ActualText >>`` (ISO 32000-1 section 14.9.4).
"""

from weasyprint.draw import text as draw
from weasyprint.pdf import fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango

from .thai_justify import JOINED, THAI, is_gap

ffi.cdef(
    "int hb_font_get_nominal_glyph("
    "hb_font_t *font, hb_codepoint_t unicode, hb_codepoint_t *glyph);",
    override=True,
)

#: Characters whose glyphs are looked up: Latin with accents, Thai, general punctuation.
_KNOWN = (*range(0x20, 0x180), *range(0x0E01, 0x0E5C), *range(0x2010, 0x2040))

_original_draw_first_line = draw.draw_first_line
_original_font_init = fonts.Font.__init__


class NominalMap(dict):
    """ToUnicode entries of a font; its own character map wins over the caller's guess."""

    def __init__(self, hb_font):
        super().__init__()
        self.nominal = {}
        glyph = ffi.new("hb_codepoint_t *")
        for code in _KNOWN:
            if harfbuzz.hb_font_get_nominal_glyph(hb_font, code, glyph) and glyph[0]:
                self.nominal.setdefault(glyph[0], chr(code))

    def __setitem__(self, glyph, text):  # pylint: disable=missing-return
        # An empty entry would break PDF/A-2u; U+FFFD says "unknown" and is allowed.
        super().__setitem__(glyph, self.nominal.get(glyph, text) or "\ufffd")


def _font_init(self, *args, **kwargs):
    _original_font_init(self, *args, **kwargs)
    self.to_unicode = NominalMap(self.hb_font)


def _runs(line):
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


class _LineWriter:
    """Writes one line of text as TJ arrays; ``buffer`` is the array being built."""

    def __init__(self, stream, textbox):
        self.stream = stream
        self.buffer = ""
        self.gap = getattr(textbox, "thai_gap", 0)
        self.utf8 = textbox.pango_layout.text.encode()
        self.last_visible = len(self.utf8.rstrip(b" \xe2\x80\x8b"))
        self.drift = 0.0

    def flush(self):
        if self.buffer:
            self.stream.show_text(self.buffer.replace("><", ""))
            self.buffer = ""

    def char_at(self, position):
        return self.utf8[position : position + 4].decode(errors="ignore")[:1]

    def move(self, thousandths):
        """Move the pen left by thousandths of an em; rounding is carried, not lost."""
        self.drift += thousandths
        step = round(self.drift, 1)
        if abs(step) >= 0.5:
            self.buffer += f" {step:.1f} "
            self.drift -= step

    def write_run(self, glyph_item, font, size):
        glyphs = glyph_item.glyphs
        clusters = glyphs.log_clusters
        base = glyph_item.item.offset
        first = 0
        while first < glyphs.num_glyphs:
            # A grapheme: a HarfBuzz cluster and the marks that follow it.
            last = first + 1
            while last < glyphs.num_glyphs and (
                clusters[last] == clusters[first] or self.char_at(base + clusters[last]) in JOINED
            ):
                last += 1
            stop = base + (clusters[last] if last < glyphs.num_glyphs else glyph_item.item.length)
            chars = self.utf8[base + clusters[first] : stop].decode()
            infos = [glyphs.glyphs[index] for index in range(first, last)]
            self.write_grapheme(glyph_item, font, size, infos, chars)
            after = self.char_at(stop)
            visible = self.gap and stop < self.last_visible and chars and after
            if visible and is_gap(chars[-1], after):
                self.move(-self.gap / size * 1000)
            first = last

    def write_grapheme(self, glyph_item, font, size, infos, chars):
        gids = [self.glyph_id(info, font, size) for info in infos]
        real = [gid for gid in gids if gid is not None]
        for index, gid in enumerate(real):
            if gid not in font.to_unicode:
                one_to_one = len(real) == len(chars)
                font.to_unicode[gid] = (
                    chars if len(real) == 1 else chars[index] if one_to_one else chars[-1:]
                )
        reads_well = "".join(font.to_unicode[gid] for gid in real) == chars and not any(
            info.geometry.y_offset for info in infos
        )
        wrapped = bool(real) and not reads_well
        if wrapped:
            self.flush()
            text = chars.encode("utf-16-be").hex()
            self.stream.stream.append(f"/Span<</ActualText<feff{text}>>>BDC".encode())
        for info, gid in zip(infos, gids, strict=True):
            self.write_glyph(glyph_item, font, size, info.geometry, gid)
        if wrapped:
            self.flush()
            self.stream.stream.append(b"EMC")

    def glyph_id(self, info, font, size):
        """Glyph number, or None for an empty glyph; a missing glyph is logged."""
        gid = info.glyph
        if gid == pango.PANGO_GLYPH_EMPTY:
            return None
        if gid & pango.PANGO_GLYPH_UNKNOWN_FLAG:
            code = gid - pango.PANGO_GLYPH_UNKNOWN_FLAG
            draw.LOGGER.warning(
                '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)',
                chr(code),
                code,
            )
            gid = font.get_unused_glyph_id(code)
            font.widths[gid] = round(info.geometry.width * 1000 * FROM_UNITS / size)
            font.widths.setdefault(0, font.widths[gid])
        return gid

    def write_glyph(self, glyph_item, font, size, geometry, gid):
        em = 1000 * FROM_UNITS / size
        if gid is None:
            self.move(-geometry.width * em)
            return
        offset = geometry.x_offset * em
        rise = geometry.y_offset * FROM_UNITS
        if rise:
            self.flush()
            self.stream.set_text_rise(-rise)
        if offset:
            self.buffer += f" {-offset:.2f} "
        self.buffer += f"<{gid:04x}>"
        if rise:
            self.flush()
            self.stream.set_text_rise(0)
        if gid not in font.widths:
            pango.pango_font_get_glyph_extents(
                glyph_item.item.analysis.font,
                gid,
                self.stream.ink_rect,
                self.stream.logical_rect,
            )
            font.widths[gid] = round(self.stream.logical_rect.width * em)
        self.move(font.widths[gid] + offset - geometry.width * em)


def draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix):
    """Replacement of WeasyPrint's function of the same name; falls back to it without Thai."""
    original = (stream, textbox, text_overflow, block_ellipsis, matrix)
    text = textbox.text
    if not THAI.search(text) or text_overflow == "ellipsis" or block_ellipsis != "none":
        return _original_draw_first_line(*original)
    if textbox.style["font_size"] < 1e-6:
        return []
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _index = textbox.pango_layout.get_first_line()
    items = []
    for item in _runs(line):
        font, size = stream.add_font(item.item.analysis.font)
        if item.item.analysis.level % 2 or font.bitmap or font.png or font.svg or font.colr:
            # Right-to-left runs and emoji are left to WeasyPrint.
            return _original_draw_first_line(*original)
        # Pango before 1.48.2 reports a wrong size, see WeasyPrint.
        if pango.pango_version() < 14802:
            size = textbox.style["font_size"]
        items.append((item, font, size))
    stream.set_text_matrix(*matrix.values)
    writer = _LineWriter(stream, textbox)
    previous = None
    for item, font, size in items:
        if (font.hash, size) != previous:
            writer.flush()
            stream.set_font_size(font.hash, size)
            previous = (font.hash, size)
        writer.write_run(item, font, size)
    writer.flush()
    return []


def install():
    """Put the replacements in place; calling it twice changes nothing."""
    draw.draw_first_line = draw_first_line
    fonts.Font.__init__ = _font_init
