# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thai QR payment (EMVCo merchant-presented) and the bar code of the Bank of Thailand.

Bill payment is tag 30 with the biller and two references; credit transfer is tag 29 and carries
none, so it is a fallback only. Everything that is written is ASCII; what other programs write in
another order is read as well.
"""

import binascii
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

AID_TRANSFER = "A000000677010111"
AID_BILL = "A000000677010112"
#: Kinds of proxy of a credit transfer: tag and number of digits.
PROXIES = {"mobile": ("01", 13), "tax_id": ("02", 13), "ewallet": ("03", 15)}
MAX_AMOUNT = Decimal("10000000000")
_TEMPLATES = ("29", "30", "62")


class PayloadError(ValueError):
    """A payload that cannot be written or read; ``code`` says what is wrong."""

    def __init__(self, code, text=""):
        super().__init__(f"{code} {text}".strip())
        self.code = code


@dataclass
class Payload:
    """What a QR or a bar code says."""

    kind: str
    biller: str = ""
    ref1: str = ""
    ref2: str = ""
    ref3: str = ""
    amount: Decimal | None = None
    dynamic: bool = False
    currency: str = ""
    proxy_kind: str = ""
    proxy: str = ""
    name: str = ""
    city: str = ""
    mcc: str = ""
    tags: dict = field(default_factory=dict)


def crc(text):
    """CRC-16/CCITT-FALSE as four capital hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def money(amount):
    """``amount`` as a Decimal of baht.

    :raises PayloadError: zero, below zero, more than two decimals, too large, or no number
    """
    try:
        value = Decimal(str(amount))
        exact = value.quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise PayloadError("amount", str(amount)) from error
    if value != exact or value <= 0 or value >= MAX_AMOUNT:
        raise PayloadError("amount", str(amount))
    return exact


def _tlv(tag, value):
    if not value.isascii() or not 0 < len(value) <= 99:
        raise PayloadError("value", tag)
    return f"{tag}{len(value):02d}{value}"


def _reference(value, length, code):
    if not re.fullmatch(rf"[A-Z0-9]{{1,{length}}}", value):
        raise PayloadError(code, value)
    return value


def _finish(text):
    text += "6304"
    return text + crc(text)


def bill_payment(biller, ref1, ref2="", amount=None, ref3="", mcc="", name="", city=""):
    """Payload of a bill payment (tag 30).

    :param str biller: 15 digits
    :param ref1: A-Z and 0-9, at most 20; ``ref2`` the same or empty; ``ref3`` at most 26
    :param amount: baht, two decimals; None leaves it to the payer (static QR)
    :raises PayloadError: a part that no bank would take
    """
    if not re.fullmatch(r"[0-9]{15}", biller):
        raise PayloadError("biller", biller)
    template = _tlv("00", AID_BILL) + _tlv("01", biller)
    template += _tlv("02", _reference(ref1, 20, "ref1"))
    template += _tlv("03", _reference(ref2, 20, "ref2")) if ref2 else ""
    text = _tlv("00", "01") + _tlv("01", "11" if amount is None else "12") + _tlv("30", template)
    text += _tlv("52", mcc) if mcc else ""
    text += _tlv("53", "764")
    text += "" if amount is None else _tlv("54", f"{money(amount):.2f}")
    text += _tlv("58", "TH")
    text += _tlv("59", name[:25]) if name else ""
    text += _tlv("60", city[:15]) if city else ""
    text += _tlv("62", _tlv("07", _reference(ref3, 26, "ref3"))) if ref3 else ""
    return _finish(text)


def credit_transfer(kind, proxy, amount=None):
    """Payload of a credit transfer (tag 29), which carries no reference.

    :param str kind: mobile, tax_id or ewallet
    :param str proxy: its digits; a mobile number as 0812345678
    """
    tag, length = PROXIES[kind]
    digits = re.sub(r"\D", "", proxy)
    if kind == "mobile" and re.fullmatch(r"0\d{9}", digits):
        digits = "0066" + digits[1:]
    if len(digits) != length:
        raise PayloadError("proxy", proxy)
    text = _tlv("00", "01") + _tlv("01", "11" if amount is None else "12")
    text += _tlv("29", _tlv("00", AID_TRANSFER) + _tlv(tag, digits)) + _tlv("53", "764")
    text += "" if amount is None else _tlv("54", f"{money(amount):.2f}")
    return _finish(text + _tlv("58", "TH"))


def _walk(text):
    found, position = {}, 0
    while position < len(text):
        tag, size = text[position : position + 2], text[position + 2 : position + 4]
        if not re.fullmatch(r"[0-9]{2}", size) or not re.fullmatch(r"[0-9]{2}", tag):
            raise PayloadError("length", tag)
        value = text[position + 4 : position + 4 + int(size)]
        if len(value) != int(size) or tag in found:
            raise PayloadError("length", tag)
        found[tag] = value
        position += 4 + int(size)
    return found


def parse(text):
    """Read a Thai QR, whatever order its writer used.

    :raises PayloadError: another code, or a character that was changed
    """
    text = (text or "").strip()
    if not text.isascii() or len(text) < 12 or not text.startswith("0002"):
        raise PayloadError("format")
    if text[-8:-4] != "6304" or crc(text[:-4]) != text[-4:].upper():
        raise PayloadError("crc")
    tags = _walk(text)
    for tag in _TEMPLATES:
        if tag in tags:
            tags[tag] = _walk(tags[tag])
    return _payload(tags)


def _payload(tags):
    amount = tags.get("54")
    if amount is not None:
        if not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", amount):
            raise PayloadError("amount", amount)
        amount = Decimal(amount).quantize(Decimal("0.01"))
    payload = Payload(
        kind="other",
        amount=amount,
        dynamic=tags.get("01") == "12",
        currency=tags.get("53", ""),
        name=tags.get("59", ""),
        city=tags.get("60", ""),
        mcc=tags.get("52", ""),
        ref3=tags.get("62", {}).get("07", ""),
        tags=tags,
    )
    bill, transfer = tags.get("30", {}), tags.get("29", {})
    if bill.get("00") == AID_BILL:
        payload.kind = "bill"
        payload.biller = bill.get("01", "")
        payload.ref1, payload.ref2 = bill.get("02", ""), bill.get("03", "")
    elif transfer.get("00") == AID_TRANSFER:
        payload.kind = "transfer"
        for kind, (tag, _length) in PROXIES.items():
            if tag in transfer:
                payload.proxy_kind, payload.proxy = kind, transfer[tag]
    return payload


def bot_barcode(biller, ref1, ref2="", amount=None):
    """Text of the cross-bank bar code: fields with a carriage return between, amount in satang."""
    if not re.fullmatch(r"[0-9]{15}", biller):
        raise PayloadError("biller", biller)
    _reference(ref1, 20, "ref1")
    if ref2:
        _reference(ref2, 20, "ref2")
    satang = 0 if amount is None else int(money(amount) * 100)
    return f"|{biller}\r{ref1}\r{ref2}\r{satang}"


def parse_bot_barcode(text):
    """Read the cross-bank bar code; scanners may send a line feed instead of a carriage return.

    :raises PayloadError: another code
    """
    pattern = r"\|([0-9]{15})[\r\n]+([A-Z0-9]{1,20})[\r\n]([A-Z0-9]{0,20})[\r\n]([0-9]{1,12})"
    match = re.fullmatch(pattern, (text or "").strip(" \t"))
    if not match:
        raise PayloadError("format")
    satang = Decimal(match[4])
    return Payload(
        kind="bill",
        biller=match[1],
        ref1=match[2],
        ref2=match[3],
        amount=satang / 100 if satang else None,
    )
