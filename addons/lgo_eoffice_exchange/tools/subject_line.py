# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Subject line of a saraban e-mail: ``[ด่วนที่สุด] ที่ ชม 52301/124 เรื่อง …``; no ORM.

Urgency by the words of the Saraban Regulation B.E. 2526, ข้อ ๒๘.
"""

import re
from dataclasses import dataclass

from odoo.addons.lgo_base.tools import thai

from .charset import clean

URGENCY_WORDS = {"urgent": "ด่วน", "very_urgent": "ด่วนมาก", "most_urgent": "ด่วนที่สุด"}
_CODES = {word: code for code, word in URGENCY_WORDS.items()}
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|fw|ส่งต่อ|ตอบกลับ)\s*:\s*)+", re.IGNORECASE)
_URGENCY = re.compile(r"^\W{0,3}(ด่วนที่สุด|ด่วนมาก|ด่วน)(?![ก-๙])\W{0,3}\s*")
_NUMBER = re.compile(
    r"^(?:หนังสือ[^0-9๐-๙]{0,80}?\s)?ที่\s+(?P<no>[^,;]{1,60}?[0-9๐-๙])"
    r"(?:\s+(?:ลงวันที่|ลว\.?)\s+(?P<date>[0-9๐-๙]{1,2}\s+\S{2,12}\s+(?:พ\.ศ\.\s*)?[0-9๐-๙]{2,4}))?"
    r"\s+(?:เรื่อง\s*:?\s*)?(?P<rest>\S.*)$"
)
_ABOUT = re.compile(r"^เรื่อง\s*:?\s*(?=\S)")


@dataclass(frozen=True)
class Line:
    """What a subject line says; what it does not say is empty."""

    subject: str
    doc_no: str = ""
    doc_date: object = None
    urgency: str = "normal"


def build(subject, doc_no="", urgency="normal"):
    """The subject line of a letter.

    :param str urgency: value of the field of the letter
    """
    parts = [f"[{URGENCY_WORDS[urgency]}]" if urgency in URGENCY_WORDS else ""]
    parts += [f"ที่ {doc_no}" if doc_no else "", f"เรื่อง {subject}"]
    return re.sub(r"\s+", " ", clean(" ".join(filter(None, parts))))[:250]


def read(text):
    """What can be read from the subject line of any office.

    :return: :class:`Line`; ``subject`` is the whole text when nothing is recognised
    """
    rest = re.sub(r"\s+", " ", clean(text, 1000))
    rest = _PREFIX.sub("", rest)
    urgency = "normal"
    found = _URGENCY.match(rest)
    if found and rest[found.end() :].strip():
        urgency, rest = _CODES[found[1]], rest[found.end() :]
    found = _NUMBER.match(rest)
    doc_no, doc_date = "", None
    if found:
        doc_no, rest = found["no"].strip(), found["rest"]
        doc_date = _day(found["date"])
    return Line(_ABOUT.sub("", rest).strip() or rest.strip(), doc_no, doc_date, urgency)


def _day(text):
    try:
        return thai.parse_date(text) if text else None
    except ValueError:
        return None
