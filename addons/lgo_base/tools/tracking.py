# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tracking numbers of cases: ``MH-6910-SEPT-00042-7``.

The last digit is a check digit (Damm's algorithm over the whole number, letters counted as
two digits), so that a slip of the pen is told at once and numbers cannot be counted through.
"""

from stdnum import damm

from .thai import to_arabic_digits


def _digits(text):
    return "".join(str(int(char, 36)) for char in text.upper() if char.isalnum() and char.isascii())


def make(short_code, period, service_code, number):
    """Build a tracking number.

    :param str short_code: short code of the organisation, ASCII letters
    :param str period: two digits of the Buddhist year and two of the month, ``6910``
    :param str service_code: code of the service, ASCII letters and digits
    :param int number: running number inside organisation, service and month
    :rtype: str
    """
    body = f"{short_code}-{period}-{service_code}-{number:05d}".upper()
    return f"{body}-{damm.calc_check_digit(_digits(body))}"


def normalise(text):
    """Bring what a person typed into the written form; ``None`` when it cannot be a number.

    Thai digits, small letters, missing or strange dashes and blanks are accepted.
    """
    text = to_arabic_digits(text or "").upper().strip()
    parts = [part for part in _split(text) if part]
    if len(parts) != 5 or not all(part.isascii() and part.isalnum() for part in parts):
        return None
    return "-".join(parts)


def _split(text):
    for dash in "‐‑‒–—―− /_.":
        text = text.replace(dash, "-")
    return text.split("-")


def is_valid(text):
    """Whether ``text`` is a tracking number with a right check digit."""
    number = normalise(text)
    if not number:
        return False
    body, _dash, check = number.rpartition("-")
    return check.isdigit() and damm.calc_check_digit(_digits(body)) == check
