# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text of e-mails whose encoding is named wrongly, by an unknown name or not at all.

Old Thai mail programs write TIS-620 (Thai Industrial Standard 620-2533) or Microsoft's code page
874 and call it windows-874, x-windows-874, iso-8859-1 or us-ascii.
"""

import codecs
import re
from email.errors import MessageError
from email.header import decode_header

#: Names of Thai encodings that Python does not know -> its own name.
ALIASES = {
    "windows-874": "cp874",
    "x-windows-874": "cp874",
    "ms874": "cp874",
    "ibm874": "cp874",
    "x-ibm874": "cp874",
    "dos-874": "cp874",
    "tis-620": "cp874",
    "tis620": "cp874",
    "tis-620-2533": "cp874",
    "tis620-2533": "cp874",
    "iso-8859-11": "cp874",
}
#: Encodings that a program names when it knows nothing better.
VAGUE = {"ascii", "iso8859-1", "iso8859-15", "cp1252"}
#: Three Thai characters in a row: a letter or leading vowel, then anything.
THAI_RUN = re.compile("[\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e40-\u0e44][\u0e01-\u0e5b]{2}")
MAX_HEADER = 20_000


def codec_name(charset):
    """Python's name of an encoding, ``""`` when there is none.

    :param charset: name as a header gives it, maybe nonsense
    """
    name = str(charset or "").strip().strip("\"'").lower().replace("_", "-")
    try:
        found = codecs.lookup(ALIASES.get(name, name))
    except (LookupError, ValueError):  # ValueError: a null character in the name
        return ""
    # "hex", "zip" and their kind are no encodings of text
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def decode(data, charset=None):
    """The text of ``data`` (bytes), with the encoding that makes the most of it.

    :param charset: name of the encoding as the mail gives it, or ``None``
    """
    if data.isascii() and codec_name(charset) not in ("utf-7", "iso2022_jp"):
        return data.decode("ascii")
    declared = codec_name(charset)
    vague = not declared or declared in VAGUE
    order = ["utf-8", declared, "cp874"] if vague else [declared, "utf-8", "cp874"]
    names = list(dict.fromkeys(filter(None, order)))
    whole = [data.decode(name) for name in names if _can(data, name)]
    thai = next((text for text in whole if THAI_RUN.search(text)), None)
    if thai is not None:
        return thai
    if whole and (vague or _can(data, declared)):
        return whole[0]
    # cut in the middle of a character, or truly broken: still the best reading
    loose = [data.decode(name, "replace") for name in names]
    return next((text for text in loose if THAI_RUN.search(text)), loose[0])


def _can(data, name):
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def decode_raw_header(value):
    """Text of a header field as ``email.message.Message.raw_items`` gives it.

    Encoded words (RFC 2047) and bare 8-bit text, which no standard allows and many send.

    :param str value: maybe with escaped bytes (surrogates)
    """
    text = str(value or "")[:MAX_HEADER]
    raw = text.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        text = decode(raw)
    try:
        parts = decode_header(text)
    except (MessageError, ValueError):
        parts = [(text, None)]
    found = "".join(
        decode(part, charset) if isinstance(part, bytes) else part for part, charset in parts
    )
    return re.sub(r"\s*[\r\n]+\s*", " ", found).strip()


def clean(text, limit=None):
    """``text`` without control characters, private and lone surrogate characters.

    :param int limit: longest result in characters
    """
    kept = "".join(c for c in str(text or "") if c in "\n\t" or c.isprintable())
    kept = kept.strip()
    return kept[:limit].strip() if limit else kept
