# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What ThaID says about a person, read with care: its forms differ between versions and hosts.

Pure functions. Source: claims seen in applications of Thai state bodies that use ThaID (scopes
pid, title, given_name, family_name, birthdate, gender, address, ial).
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

from odoo.addons.lgo_base.tools import citizen_id, sort_key, thai

LONGEST = 120
BUDDHIST_FROM = 2400
GENDERS = {
    "1": "male", "m": "male", "male": "male", "ชาย": "male",
    "2": "female", "f": "female", "female": "female", "หญิง": "female",
}  # fmt: skip
ADDRESS_ORDER = ("house_no", "moo", "trok", "soi", "road", "subdistrict", "district", "province")
#: names of the parts when the address is an object
ADDRESS_NAMES = {
    "house_no": ("house_no", "houseNo", "house_number", "hno"),
    "moo": ("moo", "village_no", "villageNo", "mooban"),
    "trok": ("trok", "alley"),
    "soi": ("soi", "lane"),
    "road": ("road", "street", "street_address", "thanon"),
    "subdistrict": ("subdistrict", "sub_district", "tambon", "tumbol"),
    "district": ("district", "amphoe", "amphur", "locality"),
    "province": ("province", "changwat", "region"),
}
LABELS = {
    "moo": ("หมู่ที่", "หมู่"),
    "trok": ("ตรอก",),
    "soi": ("ซอย",),
    "road": ("ถนน",),
    "subdistrict": ("ตำบล", "แขวง"),
    "district": ("อำเภอ", "เขต"),
    "province": ("จังหวัด",),
}


@dataclass(frozen=True)
class Person:
    """A person as ThaID names them. ``birth_date`` is whole or None; ``birth_partial`` what is
    known of it."""

    pid: str
    title: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    birth_partial: str = ""
    gender: str = ""
    address: dict = field(default_factory=dict)
    ial: str = ""


def text(value, longest=LONGEST):
    """A clean line of text; ``""`` for what is neither text nor number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return sort_key.clean(str(value))[:longest].strip()


def birthdate(value):
    """Date of birth: YYYYMMDD or YYYY-MM-DD, Buddhist or Christian year; day or month may be 00.

    :return: ``(date or None, what is known as "YYYY-MM" or "YYYY" of the Christian year)``
    """
    found = re.fullmatch(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})", thai.to_arabic_digits(text(value)))
    if not found:
        return None, ""
    year, month, day = (int(part) for part in found.groups())
    if year > BUDDHIST_FROM:
        year -= 543
    if not 1850 < year <= 2200 or month > 12:
        return None, ""
    if not month:
        return None, f"{year:04d}"
    if not day:
        return None, f"{year:04d}-{month:02d}"
    if day > calendar.monthrange(year, month)[1]:
        return None, ""
    return date(year, month, day), ""


def gender(value):
    """``male``, ``female`` or ``""``."""
    return GENDERS.get(text(value).lower(), "")


def address(value):
    """Parts of an address: one text with the parts between #, or an object.

    :return: dict with the keys of :data:`ADDRESS_ORDER` that are known, without their labels
    """
    if isinstance(value, str):
        parts = value.split("#")
        if len(parts) != len(ADDRESS_ORDER):
            return {}
        found = dict(zip(ADDRESS_ORDER, parts, strict=True))
    elif isinstance(value, dict):
        if isinstance(value.get("formatted"), str) and "#" in value["formatted"]:
            return address(value["formatted"])
        found = {
            key: next((value[name] for name in names if value.get(name)), "")
            for key, names in ADDRESS_NAMES.items()
        }
    else:
        return {}
    return {key: part for key, raw in found.items() if (part := _without_label(key, text(raw)))}


def _without_label(key, part):
    for label in LABELS.get(key, ()):
        if part.startswith(label):
            return part[len(label) :].strip()
    return "" if part == "-" else part


def level(value):
    """Level of assurance as a tuple of numbers, ``"2.3"`` → ``(2, 3)``; ``()`` when unknown."""
    found = re.fullmatch(r"(?:IAL)?\s*(\d{1,2})(?:\.(\d{1,2}))?", text(value), re.IGNORECASE)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def person(claims, names):
    """Read the claims.

    :param dict claims: as the provider sent them
    :param dict names: our name -> name of the claim
    :return: :class:`Person`
    :raises ValueError: no valid ID number
    """

    def get(name):
        return claims.get(names.get(name) or name)

    pid = citizen_id.normalise(text(get("pid")))
    if not citizen_id.is_valid(pid):
        raise ValueError("no valid ID number")
    born, partial = birthdate(get("birthdate"))
    return Person(
        pid=pid,
        title=text(get("title")),
        first_name=text(get("given_name")),
        middle_name=text(get("middle_name")),
        last_name=text(get("family_name")),
        birth_date=born,
        birth_partial=partial,
        gender=gender(get("gender")),
        address=address(get("address")),
        ial=text(get("ial"), 20),
    )
