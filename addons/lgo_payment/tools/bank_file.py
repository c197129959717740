# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What every kind of bank file is read into, and the key by which a line is known again."""

import datetime
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal("0.00")


@dataclass
class BankLine:
    """A payment, a reversal or a line of a statement."""

    number: int  # line in the file, from 1
    date: datetime.date
    amount: Decimal
    kind: str = "C"  # C credit, D debit (reversal, withdrawal)
    seq: int | None = None
    time: datetime.time | None = None
    ref1: str = ""
    ref2: str = ""
    ref3: str = ""
    name: str = ""
    channel: str = ""
    code: str = ""
    branch: str = ""
    teller: str = ""
    cheque: str = ""
    biller: str = ""
    sending_bank: str = ""
    bank_ref: str = ""
    status: str = "ok"
    fee: Decimal = ZERO
    raw: str = ""


@dataclass
class Problem:
    """Something wrong with a line; a fatal one keeps the whole file out."""

    line: int
    code: str
    values: dict = field(default_factory=dict)
    fatal: bool = True


@dataclass
class BankFile:
    """A file that was read, with all its problems."""

    layout: str
    purpose: str = "detail"
    bank: str = ""
    account: str = ""
    effective: datetime.date | None = None
    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    credit_total: Decimal | None = None
    credit_count: int | None = None
    debit_total: Decimal | None = None
    debit_count: int | None = None

    @property
    def ok(self):
        """True when the file may be taken in."""
        return not any(problem.fatal for problem in self.problems)

    def add(self, line, code, fatal=True, **values):
        """Note a problem."""
        self.problems.append(Problem(line, code, values, fatal))


def _identity(file, line):
    moment = line.time.strftime("%H%M%S") if line.time else ""
    parts = (
        file.bank, file.account, line.date.isoformat(), moment, line.ref1, line.ref2, line.ref3,
        f"{line.amount:.2f}", line.kind, line.branch, line.teller, line.bank_ref, line.status,
    )  # fmt: skip
    return "|".join(parts)


def line_keys(file):
    """Keys of the lines of a file: the same when the bank sends them again in another file.

    The common file of the banks has no number of the transaction, so lines that are alike in
    everything are told apart by their place among themselves.
    """
    seen, keys = {}, []
    for line in file.lines:
        identity = _identity(file, line)
        seen[identity] = seen.get(identity, 0) + 1
        keys.append(hashlib.sha256(f"{identity}|{seen[identity]}".encode()).hexdigest())
    return keys
