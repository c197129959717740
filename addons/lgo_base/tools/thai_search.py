# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bring Thai that people type quickly into one spelling, so that it can be compared."""

import re
import unicodedata

#: Tone marks, thanthakhat, yamakkan, nikhahit-free; what is most often left out or mixed up.
MARKS = re.compile("[\u0e47-\u0e4c\u0e4e]")
#: Zero-width and soft characters that copied text brings along.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\ufe00-\ufe0f]")
#: Sara am is also typed as nikhahit and sara aa, sara ae as twice sara e.
SAME = ((("\u0e4d\u0e32"), "\u0e33"), ("\u0e40\u0e40", "\u0e41"), ("\u0e24\u0e32", "\u0e24"))
#: Letters of one sound that are mixed up; the pair ไ-ใ, the s-, th-, y-, kh- and n-letters.
SOUNDS = str.maketrans(
    {
        "\u0e43": "\u0e44",  # ใ ไ
        "\u0e28": "\u0e2a",  # ศ ส
        "\u0e29": "\u0e2a",  # ษ ส
        "\u0e13": "\u0e19",  # ณ น
        "\u0e0d": "\u0e22",  # ญ ย
        "\u0e06": "\u0e04",  # ฆ ค
        "\u0e20": "\u0e1e",  # ภ พ
        "\u0e18": "\u0e17",  # ธ ท
        "\u0e12": "\u0e17",  # ฒ ท
        "\u0e10": "\u0e16",  # ฐ ถ
        "\u0e0e": "\u0e14",  # ฎ ด
        "\u0e0f": "\u0e15",  # ฏ ต
        "\u0e2c": "\u0e25",  # ฬ ล
    }
)
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
REPEATED = re.compile(r"(.)\1+")
NO_WORD = re.compile(r"[^0-9a-z\u0e01-\u0e3a\u0e40-\u0e4e]+")
#: Words that say nothing about what is wanted.
FILLER = re.compile(
    "อยากจะ|อยาก|ต้องการ|ขอความกรุณา|รบกวน|ช่วย|ค่ะ|คะ|ครับ|ทำยังไง|ยังไง|อย่างไร|ที่ไหน|หน่อย"
)


def normalise(text):
    """``text`` without what is typed in several ways: case, tone marks, digits, doubled letters.

    >>> normalise("ไฟฟฟดับบบ หน้าบ้าน ๒ ดวง") == normalise("ใฟดับ หนาบาน 2 ดวง")
    True

    :rtype: str
    """
    text = unicodedata.normalize("NFC", str(text or "").replace("\x00", ""))
    text = INVISIBLE.sub("", text).lower().translate(DIGITS)
    for typed, meant in SAME:
        text = text.replace(typed, meant)
    text = MARKS.sub("", text)
    # after the tone marks: nikhahit, tone mark, sara aa is a common order of typing
    text = text.replace(*SAME[0]).translate(SOUNDS)
    text = NO_WORD.sub(" ", text)
    return REPEATED.sub(r"\1", text).strip()


#: What :func:`normalise` leaves of the filler words.
_FILLER = re.compile(
    "|".join(sorted((normalise(w) for w in FILLER.pattern.split("|")), key=len)[::-1])
)


def essence(query):
    """A normalised query without its filler words; the query itself when nothing is left."""
    return " ".join(_FILLER.sub(" ", query).split()) or query


def parts(query):
    """The words of a query that was typed with spaces.

    :rtype: list[str]
    """
    return [word for word in query.split() if len(word) > 1][:6]
