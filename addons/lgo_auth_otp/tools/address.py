# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses to which a code goes; pure functions."""

import re

from odoo.tools import email_normalize

from odoo.addons.lgo_base.tools import thai

# Mobile numbers of Thailand: 06, 08 or 09 and eight digits (National Numbering Plan of the NBTC).
MOBILE = re.compile(r"0[689]\d{8}")
LONGEST = 120


def read(text, with_phone):
    """What was typed: an e-mail address or a Thai mobile number.

    :param bool with_phone: whether numbers are accepted
    :return: ``(kind, normalised)``; ``("", "")`` for what is neither
    """
    text = (text or "").strip()
    if not text or len(text) > LONGEST:
        return "", ""
    if "@" in text:
        email = email_normalize(text) if text.count("@") == 1 else ""
        return ("email", email) if email and email.isascii() else ("", "")
    digits = re.sub(r"[\s().-]", "", thai.to_arabic_digits(text))
    if digits.startswith("+66"):
        digits = f"0{digits[3:]}"
    if with_phone and MOBILE.fullmatch(digits) and digits.isascii():
        return "phone", digits
    return "", ""
