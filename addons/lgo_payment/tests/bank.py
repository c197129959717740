# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The bank of the tests: pays what a QR says and writes the file of the day.

The file is the cross-bank file of bill payments, 256 bytes a line, cp874, variant A.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

LENGTH = 256
HERE = ZoneInfo("Asia/Bangkok")


@dataclass
class Order:
    """What a bank app reads from a Thai QR for bills (EMVCo, tag 30)."""

    biller: str
    ref1: str
    ref2: str
    amount: Decimal


def _tags(text):
    found = {}
    while text:
        tag, length = text[:2], int(text[2:4])
        found[tag], text = text[4 : 4 + length], text[4 + length :]
    return found


def read_qr(payload):
    """:return: the ``Order`` that the payload of a QR asks for"""
    tags = _tags(payload)
    bill = _tags(tags["30"])
    return Order(bill["01"], bill["02"], bill.get("03", ""), Decimal(tags["54"]))


def _record(*parts):
    """A line of the file: ``(position from 1 on, length, text)``; numbers are as they stand."""
    raw = bytearray(b" " * LENGTH)
    for position, length, text in parts:
        raw[position - 1 : position - 1 + length] = text.encode("cp874").ljust(length)[:length]
    return bytes(raw)


def _money(amount):
    return f"{int(amount * 100):013d}"


def day_file(account, orders, bank="006", payer="ผู้ชำระ ทดสอบ", moment=None):
    """The file of a day in which every order was paid.

    :param str account: ten digits of the receiving bank account
    :param orders: list of :class:`Order`
    :return: bytes
    """
    moment = moment or datetime.now(HERE)
    day = moment.strftime("%d%m%Y")
    head = ((8, 3, bank), (11, 10, account))
    rows = [_record((1, 1, "H"), (2, 6, "000001"), *head, (61, 8, day), (69, 8, "BILLPAY"))]
    for number, order in enumerate(orders, start=2):
        rows.append(
            _record(
                (1, 1, "D"), (2, 6, f"{number:06d}"), *head, (21, 8, day),
                (29, 6, moment.strftime("%H%M%S")), (35, 50, payer), (85, 20, order.ref1),
                (105, 20, order.ref2), (145, 4, "0512"), (149, 4, "0001"), (153, 1, "C"),
                (154, 3, "CSH"), (164, 13, _money(order.amount)), (197, 15, order.biller),
                (244, 3, "014"),
            )
        )  # fmt: skip
    total = sum(order.amount for order in orders)
    rows.append(
        _record(
            (1, 1, "T"), (2, 6, f"{len(rows) + 1:06d}"), *head, (21, 13, _money(Decimal(0))),
            (34, 6, "000000"), (40, 13, _money(total)), (53, 6, f"{len(orders):06d}"),
        )
    )  # fmt: skip
    return b"\r\n".join(rows) + b"\r\n"
