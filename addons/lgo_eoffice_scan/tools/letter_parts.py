# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parts of a letter taken out of one line: references, enclosures, names of offices."""

import re
from typing import NamedTuple

from odoo.addons.lgo_base.tools import thai

from . import letter_words as words
from .letter_number import find_date, find_number

MAX_NAME = 300
#: What stands in names and subjects beside letters and digits.
COMMON = frozenset("()/.,-–\"'“”%&")


class Reference(NamedTuple):
    """An earlier paper the letter refers to (อ้างถึง)."""

    org: str
    kind_text: str
    doc_no: str
    doc_date: object
    text: str


class Enclosure(NamedTuple):
    """A line of "สิ่งที่ส่งมาด้วย": name, how many, of what."""

    name: str
    qty: int
    unit: str


def is_complete(item):
    """Whether an item of a list ends: with a date, or with how many are enclosed."""
    plain = thai.to_arabic_digits(item)
    return bool(re.search(r"จำนวน\s*\d+\s*\S+$|\d{4}\s*$", plain))


def office_name(text):
    """The name of an office without telephone and address behind it."""
    phone = re.search(rf"\s*{words.PHONE.pattern}", text)
    if phone and phone.start() > 3:
        text = text[: phone.start()]
    address = words.ADDRESS.search(text, 4)
    if address:
        text = text[: address.start()]
    return text.strip(" ,-")


def noise(text):
    """What strange characters take from the confidence."""
    odd = sum(
        not (char.isalnum() or char.isspace() or "\u0e01" <= char <= "\u0e5b" or char in COMMON)
        for char in text
    )
    return min(40, odd * 8)


def read_reference(text, today):
    """Take "หนังสือจังหวัด… ด่วนที่สุด ที่ ชม …/ว … ลงวันที่ …" apart."""
    text = words.close_up(text)
    kind = re.match(r"(หนังสือ|บันทึกข้อความ|คำสั่ง|ประกาศ|ระเบียบ|โทรสาร)", text)
    rest = text[kind.end() :] if kind else text
    number = re.search(rf"(?:^|\s)(?:{words.fuzzy('ที่')})\s*(?=\S)", rest)
    found = number and find_number(rest[number.end() :])
    dated = re.search(rf"{words.fuzzy('ลงวันที่')}\s*", rest)
    day = find_date(rest[dated.end() :], today) if dated else None
    stops = [match.start() for match in (found and number, dated) if match]
    org = rest[: min(stops)] if stops else rest
    org = re.sub(r"\s*ด่วน(?:ที่สุด|มาก)?\s*$", "", org).strip()
    return Reference(
        org, kind[0] if kind else "", found.text if found else "", day.value if day else None, text
    )


def read_enclosure(text):
    """Take "สำเนาหนังสือ … จำนวน ๑ ชุด" apart."""
    text = words.close_up(text)
    match = re.search(r"\s*จำนวน\s*(\d{1,4})\s*(\S.{0,20})?$", thai.to_arabic_digits(text))
    if not match:
        return Enclosure(text[:MAX_NAME], 1, "")
    return Enclosure(text[: match.start()].strip()[:MAX_NAME], int(match[1]), match[2] or "")
