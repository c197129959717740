# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number (ที่) and date of a letter as OCR and text layers give them."""

import re
from datetime import date
from typing import NamedTuple

from odoo.addons.lgo_base.tools import thai

from .letter_words import MINISTRIES, distance

#: Latin letters that OCR writes for digits.
LOOKALIKE = str.maketrans("OoQlI|!", "0001111")
_BETWEEN = re.compile(r"(?<=[\d./ ])[OoQlI|!]+(?=[\d./ ]|$)|(?<=\d)[OoQlI|!]+|[OoQlI|!]+(?=\d)")
_NUMBER = re.compile(
    r"(?P<code>[^\d/\t]{0,25}?)\s*"
    r"(?P<group>\d(?:[\d.\- ]{0,14}\d)?)?"
    r"(?P<part>\s*\([^)\d]{1,14}\)[.\d]{0,8}|(?<=\d)\s*[ก-ฮ]{1,4})?\s*"
    r"/\s*(?P<circular>ว\s*\.?\s*)?"
    r"(?P<run>\d{1,6}(?:\s?[.\-/]\s?\d{1,4})?)"
)
_OTHER = re.compile(r"[A-Za-z][\w.\-]*\d[\w.\-]*|\d[\w.\-]{3,}")

_DATE = re.compile(
    r"(?P<day>\d ?\d|\d)\s*(?:เดือน)?\s*(?P<month>[ก-๎][ก-๎. ]{1,16}?)\s*"
    r"(?:พ\s*\.?\s*ศ\s*\.?)?\s*(?P<year>\d ?\d ?\d ?\d? ?\d?|\d\d)(?!\d)"
)
_NUMERIC = re.compile(r"(?P<day>\d{1,2})\s*[/\-.]\s*(?P<month>\d{1,2})\s*[/\-.]\s*(?P<year>\d{4})")
_TONES = re.compile("[\u0e47-\u0e4e. ]")
_MONTHS = {
    _TONES.sub("", name): number
    for names in (thai.MONTHS, thai.MONTHS_SHORT)
    for number, name in enumerate(names, start=1)
}
_LONG_MONTHS = {_TONES.sub("", name): number for number, name in enumerate(thai.MONTHS, start=1)}
#: A letter older than this is a copy of something else, or misread.
OLD_YEARS = 3
#: A year that lies back further in a picture was misread.
SPOILED_YEARS = 10


class Guess(NamedTuple):
    """What was found: the value, how sure (0 to 100)."""

    value: object
    confidence: int


class NumberFound(NamedTuple):
    """A number as it is printed, how sure, and where it ended in the text."""

    text: str
    confidence: int
    end: int


def _arabic(text):
    """The same length as ``text``: Thai digits, and letters that stand for digits, as digits."""
    text = thai.to_arabic_digits(text)
    return _BETWEEN.sub(lambda match: match[0].translate(LOOKALIKE), text)


def find_number(text, codes=frozenset()):
    """The number at the beginning of ``text`` (what stands behind the word "ที่").

    >>> find_number("ชม ๕๒๓๐๑ / ว๙  เทศบาล").text
    'ชม ๕๒๓๐๑/ว ๙'

    :param codes: letters with which numbers begin, beside those of :data:`MINISTRIES`
    :return: :class:`NumberFound` or ``None``
    """
    plain = _arabic(text)
    match = _NUMBER.match(plain)
    if not match:
        match = _OTHER.match(plain)
        return match and NumberFound(text[: match.end()], 45, match.end())
    thai_digits = bool(re.search("[๐-๙]", text[: match.end()]))
    code, sure = _clean_code(match["code"], codes)
    group = re.sub(r"\s", "", match["group"] or "")
    if not code and not group:
        return None
    part = " ".join((match["part"] or "").split())
    if part and not part.startswith("("):
        part = f" {part}"
    run = re.sub(r"\s", "", match["run"])
    result = f"{code} {group}{part}/{'ว ' if match['circular'] else ''}{run}".strip()
    if not group:
        result = f"{code}{part}/{'ว ' if match['circular'] else ''}{run}"
    if plain[: match.end()] != thai.to_arabic_digits(text[: match.end()]):
        sure -= 25
    if " " in (match["group"] or "") or " " in match["run"]:
        sure -= 10
    return NumberFound(thai.to_thai_digits(result) if thai_digits else result, sure, match.end())


def _clean_code(code, codes):
    """The letters before the digits, and how sure the number is with them."""
    code = " ".join(code.strip(" :-–…").lstrip(".").split())
    short = code.replace(" ", "")
    if short in codes or short in MINISTRIES:
        return short, 95
    if code and len(short) <= 4 and " " in code:
        return short, 70
    # an order or certificate has no letters, a unit's memo has its own
    return code, 90 if not code or len(short) <= 6 else 65


def find_date(text, today, full=False, scanned=False):
    """The first date in ``text``, in the Buddhist era unless the year says otherwise.

    :param date today: dates after it, and those three years older, are doubted
    :param bool full: nothing but the date may stand in ``text``
    :param bool scanned: ``text`` was read from a picture: a year that OCR spoiled (๒๕๒๐๕) is taken
        for the last one in which the day lies before today
    :return: :class:`Guess` with a ``date``, or ``None``
    """
    plain = thai.to_arabic_digits(text).translate(LOOKALIKE)
    for pattern in (_DATE, _NUMERIC):
        matches = [pattern.fullmatch(plain.strip())] if full else pattern.finditer(plain)
        for match in matches:
            found = match and _to_date(match, today, scanned)
            if found:
                return found
    return None


def _to_date(match, today, scanned):
    month, sure = _month(match["month"])
    day = int(match["day"].replace(" ", ""))
    year = int(match["year"].replace(" ", ""))
    if year < 100:
        year += 2500
        sure -= 10
    if year >= thai.FIRST_BUDDHIST_YEAR:
        year -= thai.BUDDHIST_OFFSET
    spoiled = not 1900 <= year <= 2200 or today.year - year > SPOILED_YEARS
    if spoiled and scanned and match["year"].startswith("2"):
        year = today.year - (1 if (month, day) > (today.month, today.day) else 0)
        sure = min(sure, 45)
    if not month or not 1900 <= year <= 2200:
        return None
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if value > today:
        sure = min(sure, 30)
    elif today.year - value.year > OLD_YEARS:
        sure = min(sure, 60)
    if " " in match["day"] or " " in match["year"]:
        sure -= 10
    return Guess(value, sure)


def _month(text):
    """Number of a month and how sure, also from a word that OCR has spoiled a little."""
    if text.isdigit():
        return (int(text), 85) if 1 <= int(text) <= 12 else (0, 0)
    word = _TONES.sub("", text)
    if word in _MONTHS:
        return _MONTHS[word], 95
    near = sorted((distance(word, name), number) for name, number in _LONG_MONTHS.items())
    (best, number), (second, _other) = near[0], near[1]
    if best <= 2 and best < second and len(word) >= 5:
        return number, 80 - best * 10
    return 0, 0
