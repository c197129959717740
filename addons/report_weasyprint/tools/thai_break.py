# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lines that end at the end of a Thai word.

WeasyPrint 70 lays out a line from the first ``4 * width / font size`` characters of a paragraph.
That is enough for Latin letters, but Thai marks have no width and TH Sarabun New is narrow: the
cut often falls inside the last word of the line, and the dictionary of libthai, which cannot
know half a word, breaks it (ค่า/ธรรมเนียม).  The cut is moved to the next space, where every
Thai word ends.
"""

from weasyprint.layout import inline

from .thai_justify import THAI

_original_split_first_line = inline.split_first_line


class _WholeWords(str):
    """Text whose beginnings, when cut off, end at a space."""

    __slots__ = ()

    def __getitem__(self, key):
        if isinstance(key, slice) and key.start is None and key.stop and key.step is None:
            space = self.find(" ", key.stop)
            key = slice(None, None if space < 0 else space + 1)
        return str.__getitem__(self, key)


def split_first_line(text, *args, **kwargs):
    """Replacement of WeasyPrint's function of the same name."""
    if THAI.search(text):
        text = _WholeWords(text)
    return _original_split_first_line(text, *args, **kwargs)


def install():
    """Put the replacement in place; calling it twice changes nothing."""
    inline.split_first_line = split_first_line
