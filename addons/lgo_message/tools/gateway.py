# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What goes to a gateway for short messages; pure functions."""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from odoo.addons.lgo_base.tools import citizen_id, thai

MOBILE = re.compile(r"0[689]\d{8}")
ID_NUMBER = re.compile(r"(?<!\d)\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d(?!\d)")
LONGEST_WAIT = 86400


def mobile(text):
    """A Thai mobile number as ten digits, ``""`` for anything else."""
    digits = re.sub(r"[\s().-]", "", thai.to_arabic_digits(text or ""))
    if digits.startswith("+66"):
        digits = f"0{digits[3:]}"
    return digits if digits.isascii() and MOBILE.fullmatch(digits) else ""


def holds_id_number(text):
    """Whether a valid ID number stands in the text, with Thai digits and dashes too."""
    return any(
        citizen_id.is_valid(found[0]) for found in ID_NUMBER.finditer(thai.to_arabic_digits(text))
    )


def fill(template, kind, values):
    """The body for the gateway.

    :param str template: JSON, or ``name=value`` lines, with {to}, {text} and {ref}
    :param str kind: ``json`` or ``form``
    :param dict values: of the placeholders; they never change the structure
    :return: ``(bytes, content type)``
    :raises ValueError: the template is malformed
    """

    def put(text):
        return re.sub(r"\{(to|text|ref)\}", lambda found: str(values[found[1]]), text)

    def walk(node):
        if isinstance(node, str):
            return put(node)
        if isinstance(node, list):
            return [walk(part) for part in node]
        if isinstance(node, dict):
            return {name: walk(part) for name, part in node.items()}
        return node

    if kind == "json":
        body = json.dumps(walk(json.loads(template)), ensure_ascii=False)
        return body.encode(), "application/json"
    lines = [line.partition("=") for line in template.splitlines() if line.strip()]
    if not all(name.strip() and equals for name, equals, _value in lines):
        raise ValueError("a line without =")
    pairs = [(name.strip(), put(value.strip())) for name, _equals, value in lines]
    return urlencode(pairs).encode(), "application/x-www-form-urlencoded"


def wait_seconds(value):
    """Seconds of a Retry-After header (RFC 9110 s.10.2.3: a number or a date); 0 when unknown."""
    text = (value or "").strip()
    if text.isdigit():
        return min(int(text[:9]), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0
    return max(0, min(int(seconds), LONGEST_WAIT))
