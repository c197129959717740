# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Order of Thai words as in the dictionary, for a database without ICU.

Rules of พจนานุกรม ฉบับราชบัณฑิตยสถาน: words are compared by consonant first, a leading vowel
(เ แ โ ใ ไ) counts after the consonant it is written before; tone marks, ์ and ็ are compared only
when all else is equal. Within each class the order of the Unicode block is the order of the
dictionary.
"""

import unicodedata

LEADING_VOWELS = "เแโใไ"
MARKS = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
MAX_LENGTH = 60
SEPARATOR = "0000"


def clean(text):
    """Return ``text`` with one spelling for what looks the same.

    NFC, no control or zero-width characters, single spaces, ``ํา`` as ``ำ``, ``เเ`` as ``แ``.
    """
    text = unicodedata.normalize("NFC", text or "")
    text = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ")
    return " ".join(text.split())


def _hex(chars):
    # four digits a character, so that every collation compares them alike
    return "".join(f"{min(ord(char), 0xFFFF):04x}" for char in chars)


def sort_key(text):
    """Return the key by which ``text`` sorts, the same under any collation of the database.

    :param str text: a name of any script; only its first 60 characters count
    :returns: lower-case hexadecimal digits, ``""`` for an empty text
    """
    text = clean(text).casefold()[:MAX_LENGTH]
    base, marks = [], []
    pending = ""
    for char in text:
        if char in MARKS:
            # position first: the earlier mark decides
            marks.append((len(base), char))
        elif char in LEADING_VOWELS:
            if pending:
                base.append(pending)
            pending = char
        else:
            base.append(char)
            if pending:
                base.append(pending)
                pending = ""
    if pending:
        base.append(pending)
    if not base:
        return ""
    # a word without a mark precedes the same word with one, and an early mark weighs more
    # than a late one: hence the distance from the end, not from the start
    tail = "".join(
        f"{MAX_LENGTH + 1 - position:02x}{ord(mark) - 0xE40:02x}" for position, mark in marks
    )
    return _hex(base) + (SEPARATOR + tail if tail else "")
