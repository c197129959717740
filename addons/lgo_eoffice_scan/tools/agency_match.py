# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which agency of the directory a printed name means."""

import re

from odoo.addons.lgo_base.tools import thai_search

from .letter_words import fuzzy

#: A letter head names the building, the directory the body; marks may be lost in a scan.
BUILDINGS = tuple(
    (re.compile(f"^{fuzzy(building)} ?(?={'|'.join(fuzzy(body) for body in bodies)})"), "")
    for building, bodies in (
        ("ศาลากลาง", ("จังหวัด",)),
        ("ที่ว่าการ", ("อำเภอ",)),
        ("สำนักงาน", ("เทศบาล", "เมือง", "องค์การบริหาร")),
        ("ที่ทำการ", ("องค์การ",)),
    )
)
SHORT = (
    (re.compile(r"^อบต\s*\.\s*"), "องค์การบริหารส่วนตำบล"),
    (re.compile(r"^อบจ\s*\.\s*"), "องค์การบริหารส่วนจังหวัด"),
    (re.compile(r"^ทต\s*\.\s*"), "เทศบาลตำบล"),
    (re.compile(r"^ทม\s*\.\s*"), "เทศบาลเมือง"),
    (re.compile(r"^ทน\s*\.\s*"), "เทศบาลนคร"),
)
#: Below this two names are not of one agency: a village's name alone makes more difference.
LEAST = 0.72


def body_of(name):
    """The body that sits in the building a letter head names.

    >>> body_of("สำนักงานเทศบาลตำบลสวนดอก")
    'เทศบาลตำบลสวนดอก'
    """
    name = " ".join(str(name or "").split())
    for pattern, text in BUILDINGS + SHORT:
        name = pattern.sub(text, name)
    return name


def key(name):
    """``name`` as it is compared: without building, marks, spaces."""
    return thai_search.normalise(body_of(name)).replace(" ", "")


def trigrams(text):
    """The set of three-letter pieces of a key, with its ends marked."""
    padded = f"  {text} "
    return {padded[index : index + 3] for index in range(len(padded) - 2)}


def best(name, candidates):
    """The candidate whose name is nearest.

    :param str name: as printed
    :param candidates: iterable of ``(id, names)``; ``names`` an iterable of text
    :return: ``(id, similarity 0 to 1)``, or ``(None, 0.0)`` when none is near, or when two are
        equally near (districts of one name in two provinces)
    """
    wanted = key(name)
    if len(wanted) < 3:
        return None, 0.0
    pieces, found = trigrams(wanted), []
    for identity, names in candidates:
        score = max((_likeness(wanted, pieces, key(other)) for other in names if other), default=0)
        if score >= LEAST:
            found.append((score, identity))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None, 0.0
    return found[0][1], found[0][0]


def _likeness(wanted, pieces, other):
    if not other:
        return 0.0
    if other == wanted:
        return 1.0
    theirs = trigrams(other)
    return 2 * len(pieces & theirs) / (len(pieces) + len(theirs))
