# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The small QR on a slip of a bank app: which bank, which transaction. A claim, never a proof."""

import re
from dataclasses import dataclass

from .thai_qr import PayloadError, _walk, crc


@dataclass
class Slip:
    """What the QR of a slip says."""

    bank: str
    reference: str
    kind: str = "bank"


def parse_slip(text):
    """Read the QR of a slip.

    Some apps drop leading zeros of the check sum; wallets write other fields and small letters.

    :raises PayloadError: another code, or a character that was changed
    """
    match = re.fullmatch(r"(.*9104)([0-9A-Fa-f]{1,4})", (text or "").strip())
    if not match or not match[1].isascii():
        raise PayloadError("format")
    if crc(match[1]) != match[2].rjust(4, "0").upper():
        raise PayloadError("crc")
    tags = _walk(match[1][:-4])
    inner = _walk(tags.get("00", ""))
    if inner.get("00") == "01":  # a wallet: event, transaction
        return Slip("", inner.get("03", ""), "wallet")
    if not inner.get("01") or not inner.get("02"):
        raise PayloadError("format")
    return Slip(inner["01"], inner["02"])
