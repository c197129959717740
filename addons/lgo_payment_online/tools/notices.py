# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What banks send the moment somebody pays, and what they want to hear (dossier section 4.2).

SCB Open API: payment confirmation callback. BBL: Smart Bill Payment 0.8. Neither is signed, so that
a notice is a hint and never proof.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Bangkok")


class NoticeError(ValueError):
    """The body is none of the bank's; ``code`` is json, field or amount."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}")
        self.code = code


@dataclass(frozen=True)
class Notice:
    """One payment, or the taking back of one, as a bank reports it."""

    number: str  # of the bank
    kind: str  # C paid, D taken back
    ref1: str
    ref2: str
    amount: Decimal
    paid_at: datetime  # naive UTC
    payer: str = ""


def parse(protocol, body):
    """Read a body.

    :param str protocol: scb or bbl
    :param bytes body: JSON
    :raises NoticeError: it is not what the bank's specification says
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NoticeError("json") from error
    if not isinstance(found, dict):
        raise NoticeError("json")
    return PARSERS[protocol](found)


def _scb(found):
    return Notice(
        number=_text(found, "transactionId", 64),
        kind="D" if str(found.get("reverseFlag") or "").upper() in ("Y", "TRUE", "1") else "C",
        ref1=_reference(found, "billPaymentRef1"),
        ref2=_reference(found, "billPaymentRef2", optional=True),
        amount=_amount(found.get("amount")),
        paid_at=_moment(str(found.get("transactionDateandTime") or "")),
        payer=str(found.get("payerName") or "")[:100],
    )


def _bbl(found):
    kind = str(found.get("txnType") or "C").upper()
    if kind not in ("C", "D"):
        raise NoticeError("field", "txnType")
    return Notice(
        number=_text(found, "bankRef", 64),
        kind=kind,
        ref1=_reference(found, "reference1"),
        ref2=_reference(found, "reference2", optional=True),
        amount=_amount(found.get("amount")),
        paid_at=_moment(f"{found.get('transDate') or ''}{found.get('transTime') or ''}"),
        payer=str(found.get("fromName") or "")[:100],
    )


PARSERS = {"scb": _scb, "bbl": _bbl}


def _text(found, name, longest):
    text = str(found.get(name) or "").strip()
    if not re.fullmatch(rf"[A-Za-z0-9._-]{{1,{longest}}}", text):
        raise NoticeError("field", name)
    return text


def _reference(found, name, optional=False):
    text = str(found.get(name) or "").strip().upper()
    if not text and optional:
        return ""
    if not re.fullmatch(r"[A-Z0-9]{1,20}", text):
        raise NoticeError("field", name)
    return text


def _amount(value):
    try:
        amount = Decimal(str(value).strip())
        exact = amount.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise NoticeError("amount", str(value)[:40]) from error
    if amount != exact or not 0 < amount < 10_000_000:
        raise NoticeError("amount", str(value)[:40])
    return exact


def _moment(text):
    """ISO 8601 with an offset, or 14 digits of the clock in Thailand; as naive UTC."""
    try:
        if re.fullmatch(r"[0-9]{14}", text):
            moment = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=HERE)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoticeError("field", "time") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=HERE)
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def answer(protocol, number="", confirm="", problem=""):
    """What the bank wants to hear.

    :param str problem: empty: it was stored; else json, field or amount
    :return: dict
    """
    if protocol == "scb":
        if problem:
            return {"resCode": "99", "resDesc": problem}
        return {
            "resCode": "00",
            "resDesc": "success",
            "transactionId": number,
            "confirmId": confirm,
        }
    codes = {"": ("000", "success"), "amount": ("213", "invalid amount")}
    code, text = codes.get(problem, ("331", "invalid references"))
    return {"responseCode": code, "responseMesg": text}
