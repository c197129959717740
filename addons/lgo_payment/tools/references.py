# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers that a payer types: bill, group and account, each with two check digits.

ISO 7064, MOD 97-10: every change of one digit and every swap of two neighbours is noticed.
"""

import re

_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+")


def check_digits(base):
    """The two check digits of a text of digits."""
    return f"{98 - int(base + '00') % 97:02d}"


def with_check(base):
    """``10100001`` → ``1010000182``."""
    return base + check_digits(base)


def is_valid(number):
    """True for 4 to 20 digits whose check digits match."""
    return bool(re.fullmatch(r"[0-9]{4,20}", number or "")) and int(number) % 97 == 1


def normalise(text, length=0):
    """A reference as it was meant: Arabic digits, capitals, nothing between them.

    Excel drops leading zeros; they come back when the number is valid with them. A number in
    scientific notation (1.02E+09) has lost digits and stays what it is.

    :param int length: digits of a full number that may begin with zeros; 0 for one that does not
    """
    text = (text or "").strip()
    if _SCIENTIFIC.fullmatch(text):
        return text
    clean = re.sub(r"[^A-Z0-9]", "", text.translate(_THAI).upper())
    if 4 <= len(clean) < length and is_valid(clean.zfill(length)):
        return clean.zfill(length)
    return clean


def bill_number(kind, fiscal_year, run):
    """Number of a bill: kind, two digits of the fiscal year, running number, check digits.

    :param str kind: "1" a bill, "2" a group of bills
    :param int fiscal_year: Buddhist era, e.g. 2570
    :param int run: 1 to 9999999
    :raises ValueError: out of range
    """
    if kind not in ("1", "2") or not 1 <= run <= 9_999_999 or fiscal_year < 2400:
        raise ValueError(f"no number for {kind!r} {fiscal_year!r} {run!r}")
    return with_check(f"{kind}{fiscal_year % 100:02d}{run:07d}")


def account_number(run):
    """Number of an account: eight digits, the first not 0, and check digits.

    :raises ValueError: out of range
    """
    if not 10_000_000 <= run <= 99_999_999:
        raise ValueError(f"no account number for {run!r}")
    return with_check(str(run))
