# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a phone writes of each visit, and the chain of check sums over it (dossier appendix I)."""

import hashlib
import re
from typing import NamedTuple

#: Why a house did not pay, on the phone and in the register.
REASONS = ("away", "closed", "later", "refused", "moved", "other")
#: Most bills of one receipt, and the most money of it in satang: ten million baht.
MOST_BILLS = 100
MOST_MONEY = 1_000_000_000
#: Years 2020 to 2100 in milliseconds of the epoch.
FIRST, LAST = 1_577_836_800_000, 4_102_444_800_000


class EventError(ValueError):
    """The row cannot come from our page; the text says what is wrong with it."""


class Event(NamedTuple):
    """One visit: money taken, or why not. Money is in satang, time in ms of the epoch."""

    uuid: str
    seq: int
    at: int
    kind: str
    account: str
    bills: tuple
    amount: int
    receipt: int
    reason: str
    note: str
    place: tuple | None
    prev: str
    hash: str

    def digest(self):
        """The check sum of the row, of the row before, and so of everything before."""
        bills = ",".join(f"{number}:{amount}" for number, amount in self.bills)
        text = "|".join(
            str(part)
            for part in (self.prev, self.uuid, self.seq, self.at, self.kind, self.account, bills,
                         self.amount, self.receipt, self.reason, self.note)
        )  # fmt: skip
        return hashlib.sha256(text.encode()).hexdigest()


def parse(row):
    """Read what came over the wire.

    :param dict row: as the page wrote it
    :return: :class:`Event`
    :raise EventError: a missing or impossible value
    """
    if not isinstance(row, dict):
        raise EventError("row")
    kind = _choice(row, "kind", ("payment", "visit"))
    event = Event(
        uuid=_text(row, "uuid", r"[0-9a-f-]{36}"),
        seq=_whole(row, "seq", 1, 1_000_000),
        at=_whole(row, "at", FIRST, LAST),
        kind=kind,
        account=_text(row, "account", r"[0-9]{10}"),
        bills=_bills(row.get("bills")),
        amount=_whole(row, "amount", 0, MOST_MONEY),
        receipt=_whole(row, "receipt", 0, 10_000_000),
        reason=_choice(row, "reason", ("", *REASONS)),
        note=_text(row, "note", r"[^\x00-\x1f|]{0,200}"),
        place=_place(row.get("place")),
        prev=_text(row, "prev", r"[0-9a-f]{32}|[0-9a-f]{64}"),
        hash=_text(row, "hash", r"[0-9a-f]{64}"),
    )
    _check(event)
    return event


def _check(event):
    if event.kind == "visit":
        if event.bills or event.amount or event.receipt or not event.reason:
            raise EventError("visit")
        return
    if event.reason or not event.receipt or not event.bills:
        raise EventError("payment")
    if event.amount != sum(amount for _number, amount in event.bills):
        raise EventError("amount")


def _text(row, name, pattern):
    value = row.get(name, "")
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise EventError(name)
    return value


def _whole(row, name, low, high):
    value = row.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise EventError(name)
    return value


def _choice(row, name, choices):
    value = row.get(name, "")
    if not isinstance(value, str) or value not in choices:
        raise EventError(name)
    return value


def _bills(rows):
    if not isinstance(rows, list) or len(rows) > MOST_BILLS:
        raise EventError("bills")
    bills = []
    for row in rows:
        if not isinstance(row, dict):
            raise EventError("bills")
        number = _text(row, "number", r"[0-9]{12}")
        bills.append((number, _whole(row, "amount", 1, MOST_MONEY)))
    if len(dict(bills)) != len(bills):
        raise EventError("bills")
    return tuple(bills)


def _place(value):
    """Latitude and longitude, or None: a place that cannot be is no reason to lose money."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(isinstance(part, int | float) and not isinstance(part, bool) for part in value):
        return None
    latitude, longitude = value
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return (float(latitude), float(longitude))
