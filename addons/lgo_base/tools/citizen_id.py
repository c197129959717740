# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The 13-digit number of Thai persons and juristic persons: pure functions, no ORM.

Check digit: ``(11 - sum(d[i] * (14 - i), i = 1..12) mod 11) mod 10`` (Department of Provincial
Administration; tax numbers of juristic persons start with 0 and use the same rule).
"""

import re

from .thai import to_arabic_digits

LENGTH = 13
_GROUPS = (1, 4, 5, 2, 1)
_SEPARATORS = re.compile(r"[\s\-‐-―]")
_DIGITS = re.compile(r"[0-9]{13}")


def normalise(text):
    """Digits 0-9 without dashes and spaces; Thai digits are accepted. No check is made."""
    return _SEPARATORS.sub("", to_arabic_digits(text or ""))


def check_digit(digits):
    """Check digit (``int``) of the first twelve ``digits`` (``str`` of 0-9)."""
    total = sum(int(digit) * (LENGTH - index) for index, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10


def is_valid(text):
    """Whether ``text`` is a 13-digit number whose check digit is right."""
    digits = normalise(text)
    return bool(_DIGITS.fullmatch(digits)) and check_digit(digits) == int(digits[-1])


def _grouped(chars):
    parts, start = [], 0
    for size in _GROUPS:
        parts.append(chars[start : start + size])
        start += size
    return "-".join(parts)


def format(text):
    """Written form ``x-xxxx-xxxxx-xx-x``.

    :raises ValueError: when it is not thirteen digits
    """
    digits = normalise(text)
    if not _DIGITS.fullmatch(digits):
        raise ValueError("a citizen number has 13 digits")
    return _grouped(digits)


def mask(text):
    """Form for lists: only the last three digits, ``x-xxxx-xxxxx-45-0`` (PDPA s.37(1)).

    What is not thirteen digits is hidden wholly.
    """
    digits = normalise(text)
    if not _DIGITS.fullmatch(digits):
        return _grouped("x" * LENGTH)
    return _grouped("x" * 10 + digits[10:])
