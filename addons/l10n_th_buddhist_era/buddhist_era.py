# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The arithmetic of the Buddhist era (พ.ศ.), without Odoo.

The Buddhist year is the Gregorian year plus 543. That holds for the civil calendar since
1 January 2484 (1941), when the Calendar Year Act B.E. 2483 moved New Year from 1 April to
1 January. For January to March of earlier years papers of the time carry a number that is one
lower; such dates are **not** corrected here: what is stored stays what is shown, plus 543.
"""

import re

#: Years between the two eras.
OFFSET = 543
#: A year from here on is a Buddhist year, a lower one is Gregorian. What is shown keeps to the
#: same limit, so that every date that is shown reads back as the same day.
FIRST_BUDDHIST_YEAR = 2400
#: A year of two digits is the short form of พ.ศ. 2500 to 2599, as in "23 พ.ย. 69".
SHORT_YEAR_BASE = 2500

_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGITS = re.compile(r"\d+")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def is_thai(lang_code):
    """Tell whether a language code (``th_TH``, ``th``) is Thai."""
    return (lang_code or "").replace("-", "_").split("_")[0] == "th"


def to_buddhist_year(year):
    """Return the year to show for a Gregorian ``year``.

    Years before พ.ศ. 2400 are returned unchanged, see :data:`FIRST_BUDDHIST_YEAR`.
    """
    shifted = year + OFFSET
    return shifted if shifted >= FIRST_BUDDHIST_YEAR else year


def to_gregorian_text(text):
    """Rewrite the Buddhist years and the Thai digits of a typed date.

    :param str text: for example ``๒๙/๐๒/๒๕๖๗``
    :return: the same text for a Gregorian parser: ``29/02/2024``
    """

    def shift(match):
        year = int(match[0])
        return f"{year - OFFSET if year >= FIRST_BUDDHIST_YEAR else year:04}"

    return _FOUR_DIGITS.sub(shift, text.translate(_THAI_DIGITS))


def to_long_year(text, date_format):
    """Write out the short year of a date as a Gregorian one of four digits.

    :param str text: for example ``23/11/69``
    :param str date_format: a ``strftime`` format, for example ``%d/%m/%y``
    :return: the text for the format with ``%Y`` in the place of ``%y``: ``23/11/2026``; the text
        itself, with Arabic digits, if it has no short year where the format has it
    """
    text = text.translate(_THAI_DIGITS)
    numbers = [letter for letter in re.findall(r"%(\w)", date_format) if letter not in "aAbBp"]
    groups = list(_DIGITS.finditer(text))
    index = numbers.index("y") if "y" in numbers else len(groups)
    if index >= len(groups) or len(groups[index][0]) != 2:
        return text
    start, end = groups[index].span()
    year = SHORT_YEAR_BASE + int(groups[index][0]) - OFFSET
    return f"{text[:start]}{year}{text[end:]}"
