# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cross-bank file of bill payments: records H, D and T of 256 bytes in cp874.

The layout is cut by bytes, then read as Thai: a Thai letter is one byte in cp874. The last part of
a line differs between banks (variants A and B) and never stops a line.
"""

import re
from datetime import date, time
from decimal import Decimal

from .bank_file import BankFile, BankLine

LENGTH = 256
#: First year that is meant as Buddhist era.
FIRST_BUDDHIST_YEAR = 2400
#: Positions from 1 on, both included.
HEADER = {
    "seq": (2, 7), "bank": (8, 10), "account": (11, 20), "company": (21, 60),
    "effective": (61, 68), "service": (69, 76),
}  # fmt: skip
DETAIL = {
    "seq": (2, 7), "bank": (8, 10), "account": (11, 20), "pay_date": (21, 28),
    "pay_time": (29, 34), "name": (35, 84), "ref1": (85, 104), "ref2": (105, 124),
    "ref3": (125, 144), "branch": (145, 148), "teller": (149, 152), "kind": (153, 153),
    "code": (154, 156), "cheque": (157, 163), "amount": (164, 176), "cheque_bank": (177, 179),
}  # fmt: skip
TAIL = {
    "plain": {},
    "A": {"biller": (197, 211), "sending_bank": (244, 246), "cheque10": (247, 256)},
    "B": {"posting_date": (189, 196), "cheque10": (247, 256)},
}
TRAILER = {
    "seq": (2, 7), "bank": (8, 10), "account": (11, 20), "debit": (21, 33),
    "debit_n": (34, 39), "credit": (40, 52), "credit_n": (53, 58),
}  # fmt: skip


def _cut(raw, layout):
    return {
        name: raw[first - 1 : last].decode("cp874", errors="replace").strip()
        for name, (first, last) in layout.items()
    }


def _day(text):
    if not re.fullmatch(r"[0-9]{8}", text):
        raise ValueError(text)
    year = int(text[4:])
    if year >= FIRST_BUDDHIST_YEAR:
        year -= 543
    return date(year, int(text[2:4]), int(text[:2]))


def _amount(text):
    if not re.fullmatch(r"[0-9]{13}", text):
        raise ValueError(text)
    return Decimal(text) / 100


def parse(data, variant="plain", accounts=None):
    """Read a file.

    :param bytes data: the file
    :param str variant: end of the lines: plain, A or B
    :param accounts: set of the ten digits of the accounts that are ours; None takes any
    :return: ``BankFile`` with every problem, not only the first
    """
    file = BankFile("billpay256")
    rows = re.split(rb"\r\n|\n|\r", data.rstrip(b"\x1a\r\n"))
    if not any(rows):
        file.add(0, "EMPTY")
        return file
    if not rows[0].startswith(b"H"):
        file.add(1, "NO_HEADER")
    if not rows[-1].startswith(b"T"):
        file.add(len(rows), "NO_TRAILER")
    seen = set()
    for number, raw in enumerate(rows, start=1):
        if not raw.strip(b"\x1a "):
            continue
        if len(raw) != LENGTH:
            file.add(number, "LEN", length=len(raw))
            continue
        _record(file, number, raw, variant, accounts, seen)
    _check_totals(file, len(rows))
    return file


def _record(file, number, raw, variant, accounts, seen):
    kind = raw[:1]
    if kind not in (b"H", b"D", b"T"):
        file.add(number, "TYPE")
        return
    account = _cut(raw, {"account": (11, 20)})["account"]
    if accounts is not None and account not in accounts:
        file.add(number, "ACC", account=account)
        return
    if kind == b"D":
        _detail(file, number, raw, variant, seen)
    elif kind == b"H":
        head = _cut(raw, HEADER)
        file.bank, file.account = head["bank"], head["account"]
        try:
            file.effective = _day(head["effective"])
        except ValueError:
            file.add(number, "DATE")
    else:
        tail = _cut(raw, TRAILER)
        try:
            file.debit_total, file.credit_total = _amount(tail["debit"]), _amount(tail["credit"])
            file.debit_count, file.credit_count = int(tail["debit_n"]), int(tail["credit_n"])
        except ValueError:
            file.add(number, "AMT")


def _clock(text):
    return time(int(text[:2]), int(text[2:4]), int(text[4:])) if text else None


def _kind(text):
    if text not in ("C", "D"):
        raise ValueError(text)
    return text


def _detail(file, number, raw, variant, seen):
    """Read a payment; the first thing that is wrong with it is named."""
    row = _cut(raw, {**DETAIL, **TAIL[variant]})
    read = {}
    for code, name, reader in (
        ("AMT", "amount", _amount),
        ("DATE", "pay_date", _day),
        ("TIME", "pay_time", _clock),
        ("KIND", "kind", _kind),
    ):
        try:
            read[name] = reader(row[name])
        except ValueError:
            file.add(number, code)
            return
    if row["seq"] in seen or not row["seq"].isdigit():
        file.add(number, "SEQ", seq=row["seq"])
        return
    seen.add(row["seq"])
    file.lines.append(
        BankLine(
            number=number,
            seq=int(row["seq"]),
            date=read["pay_date"],
            time=read["pay_time"],
            amount=read["amount"],
            kind=read["kind"],
            name=row["name"],
            ref1=row["ref1"],
            ref2=row["ref2"],
            ref3=row["ref3"],
            branch=row["branch"],
            teller=row["teller"],
            code=row["code"],
            channel=row["code"],
            cheque=row.get("cheque10") or row["cheque"],
            biller=row.get("biller", ""),
            sending_bank=row.get("sending_bank", ""),
            raw=raw.hex(),
        )
    )


def _check_totals(file, last):
    if file.credit_total is None:
        return
    for kind, total, count in (
        ("C", file.credit_total, file.credit_count),
        ("D", file.debit_total, file.debit_count),
    ):
        lines = [line for line in file.lines if line.kind == kind]
        found = sum((line.amount for line in lines), Decimal("0.00"))
        if found != total:
            file.add(last, "TOTAL", stated=f"{total:,.2f}", found=f"{found:,.2f}")
        if len(lines) != count:
            file.add(last, "COUNT", stated=count, found=len(lines))
