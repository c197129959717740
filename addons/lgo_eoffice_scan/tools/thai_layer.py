# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thai of a PDF's text layer, and of OCR, brought into the order of Unicode.

What is mended, and where it comes from:

* glyphs of the private use area U+F700-F71A: the shifted marks of Thai fonts of the Windows age
  (descless ฐ and ญ, marks moved left or down), which old PSK fonts and PDF drivers write as text;
* "ก าหนด", "น ้า": Word's PDF writes the nikhahit of sara am as a blank;
* nikhahit + sara aa (HarfBuzz decomposes sara am), also with the tone mark in between;
* a space before a mark, a tone mark before its vowel, a mark drawn twice;
* zero-width spaces (word breaks), soft hyphens and other characters without a width.
"""

import re
import unicodedata

#: Private use glyphs of Thai fonts (the WTT-derived set of the Windows fonts) to their letters.
PRIVATE = {
    0xF700: "\u0e10",  # tho than without its foot
    0xF701: "\u0e34",
    0xF702: "\u0e35",
    0xF703: "\u0e36",
    0xF704: "\u0e37",
    0xF705: "\u0e48",
    0xF706: "\u0e49",
    0xF707: "\u0e4a",
    0xF708: "\u0e4b",
    0xF709: "\u0e4c",
    0xF70A: "\u0e48",
    0xF70B: "\u0e49",
    0xF70C: "\u0e4a",
    0xF70D: "\u0e4b",
    0xF70E: "\u0e4c",
    0xF70F: "\u0e0d",  # yo ying without its foot
    0xF710: "\u0e31",
    0xF711: "\u0e4d",
    0xF712: "\u0e47",
    0xF713: "\u0e48",
    0xF714: "\u0e49",
    0xF715: "\u0e4a",
    0xF716: "\u0e4b",
    0xF717: "\u0e4c",
    0xF718: "\u0e38",
    0xF719: "\u0e39",
    0xF71A: "\u0e3a",
}
CONSONANT = "\u0e01-\u0e2e"
VOWEL_MARK = "\u0e31\u0e34-\u0e3a"
TONE = "\u0e48-\u0e4b"
MARK = VOWEL_MARK + "\u0e47-\u0e4e"
#: Characters without a width, and controls; line feed and tab stay.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\ufff9-\uffff"
    "\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")

_SPACED_AM = re.compile(f"([{CONSONANT}])[ ]+([{TONE}]?)\u0e32")
_SPACED_TONE_AM = re.compile(f"([{CONSONANT}][{TONE}])[ ]+\u0e32")
_SPACED_AA = re.compile(f"([{CONSONANT}][{TONE}]?)[ ]+([\u0e32\u0e33\u0e30])")
_SPACED_MARK = re.compile(f"(?<=[\u0e01-\u0e4e])[ ]+([{MARK}])")
_AM = re.compile(f"\u0e4d([{TONE}]?)\u0e32|([{TONE}])\u0e4d\u0e32")
_LATE_TONE = re.compile(f"\u0e33([{TONE}])")
_EARLY_TONE = re.compile(f"([{TONE}\u0e4c])([{VOWEL_MARK}\u0e47\u0e4d])")
_TWICE = re.compile(f"([{MARK}])\\1+")
_BLANKS = re.compile(r"[ ]{2,}")


def normalise(text, ocr=False):
    """``text`` in the spelling and order of Unicode; lines and tabs are kept.

    :param ocr: the text was read from a picture. There a blank before sara aa is a gap between
        two letters, in a text layer it is what is left of a nikhahit.

    >>> normalise("ส านักงานเทศบาลต าบล ขอเชิญร่วมใช้น ้า")
    'สำนักงานเทศบาลตำบล ขอเชิญร่วมใช้น้ำ'

    :rtype: str
    """
    text = str(text or "").translate(PRIVATE).replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", BLANKS.sub(" ", INVISIBLE.sub("", text)))
    if ocr:
        text = _SPACED_AA.sub(r"\1\2", text)
    else:
        text = _SPACED_AM.sub("\\1\\2\u0e33", text)
        text = _SPACED_TONE_AM.sub("\\1\u0e33", text)
    text = _SPACED_MARK.sub(r"\1", text)
    text = text.replace("\u0e40\u0e40", "\u0e41")
    text = _TWICE.sub(r"\1", text)
    text = _AM.sub(lambda match: f"{match[1] or match[2] or ''}\u0e33", text)
    text = _LATE_TONE.sub("\\1\u0e33", text)
    text = _EARLY_TONE.sub(r"\2\1", text)
    return "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))


def is_readable(text):
    """Whether ``text`` is writing and not the rubbish of a font without a character map.

    A page with a broken map holds private use glyphs, replacement characters or accented Latin
    letters (Thai of code page 874 read as Latin-1), and is better read from its picture.
    """
    letters = [char for char in text.translate(PRIVATE) if not char.isspace()]
    if not letters:
        return False
    strange = sum(
        1
        for char in letters
        if char == "\ufffd"
        or unicodedata.category(char) in ("Co", "Cn", "Cc")
        or "\u00a1" <= char <= "\u00ff"
    )
    return strange <= len(letters) * 0.15
