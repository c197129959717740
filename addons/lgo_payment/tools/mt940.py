# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bank statements in SWIFT MT940: lines :61: with the text of :86:."""

import re
from datetime import date
from decimal import Decimal

from .bank_file import BankFile, BankLine

_LINE = re.compile(
    r"(?P<day>[0-9]{6})(?P<entry>[0-9]{4})?(?P<sign>R?[CD])(?P<letter>[A-Z])?"
    r"(?P<amount>[0-9]{1,12},[0-9]{0,2})(?P<kind>[A-Z][A-Z0-9]{3})(?P<ref>[^\n]*)"
)


def parse(data):
    """Read a statement; Thai letters are lost in MT940 (its set is ASCII)."""
    file = BankFile("mt940", "statement")
    text = data.decode("ascii", errors="replace").replace("\r\n", "\n")
    fields = re.findall(r"^:(\d{2}[A-Z]?):(.*?)(?=^:\d{2}[A-Z]?:|^-|\Z)", text, re.M | re.S)
    if not fields:
        file.add(0, "FORMAT")
        return file
    for number, (tag, value) in enumerate(fields, start=1):
        if tag == "25":
            file.account = value.strip()
        elif tag == "61":
            _movement(file, number, value.strip())
        elif tag == "86" and file.lines:
            file.lines[-1].name = " ".join(value.split())
    if not file.lines and not file.problems:
        file.add(0, "EMPTY")
    return file


def _movement(file, number, value):
    match = _LINE.match(value)
    if not match:
        file.add(number, "AMT")
        return
    day = match["day"]
    try:
        moment = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError:
        file.add(number, "DATE")
        return
    whole, _comma, cents = match["amount"].partition(",")
    sign = match["sign"]
    ours, _slash, bank = match["ref"].partition("//")
    file.lines.append(
        BankLine(
            number=number,
            date=moment,
            amount=Decimal(f"{whole}.{cents or '0'}").quantize(Decimal("0.01")),
            # RC takes a credit back, RD a debit
            kind="D" if sign in ("D", "RC") else "C",
            ref1=ours.strip(),
            bank_ref=bank.strip().split("\n")[0],
        )
    )
