# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a mail server or a mail program reports of an e-mail that we sent; no ORM.

RFC 3464 (delivery status), RFC 8098 (disposition: the message was opened), RFC 3462
(multipart/report).
"""

import email
import email.policy
import re
from dataclasses import dataclass

from .charset import clean
from .mail_reader import message_id

#: Action of RFC 3464 section 2.3.3 -> what we make of it; "delayed" is no result yet.
ACTIONS = {
    "failed": "failed",
    "delivered": "delivered",
    "relayed": "delivered",
    "expanded": "delivered",
    "delayed": "delayed",
}


@dataclass(frozen=True)
class Outcome:
    """``action``: failed, delivered, delayed or displayed."""

    action: str
    address: str = ""
    status: str = ""
    detail: str = ""


def read(raw):
    """The Message-IDs that a report is about, and its outcomes.

    :param bytes raw: whole message
    :return: ``(ids, [Outcome, …])``; both empty when it is no report
    """
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    ids, outcomes = [], []
    if message.get_content_type() != "multipart/report":
        return ids, outcomes
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            outcomes += filter(None, map(_delivery, _blocks(part)))
        elif kind == "message/disposition-notification":
            for block in _blocks(part):
                outcomes += filter(None, [_disposition(block)])
                found = re.search(r"<[^<>\s]+>", str(block.get("Original-Message-ID") or ""))
                ids += [found[0]] if found else []
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
            ids += [message_id(inner) for inner in part.get_payload()]
        elif kind == "text/rfc822-headers":
            text = part.get_payload(decode=True) or b""
            ids.append(message_id(email.message_from_bytes(text, policy=email.policy.compat32)))
    return list(dict.fromkeys(filter(None, ids)))[:20], outcomes[:100]


def _blocks(part):
    """Groups of fields of a status part, however the parser has split them."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload
    data = part.get_payload(decode=True) or b""
    blocks = re.split(rb"\r?\n\r?\n", data.strip())
    return [email.message_from_bytes(block, policy=email.policy.compat32) for block in blocks]


def _field(block, name):
    return clean(str(block.get(name) or ""), 500)


def _delivery(block):
    action = ACTIONS.get(_field(block, "Action").lower())
    if not action:
        return None
    address = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
    return Outcome(
        action,
        address.partition(";")[2].strip().strip("<>").lower(),
        _field(block, "Status"),
        _field(block, "Diagnostic-Code").partition(";")[2].strip(),
    )


def _disposition(block):
    words = _field(block, "Disposition").lower()
    if "displayed" in words:
        address = _field(block, "Final-Recipient").partition(";")[2].strip().lower()
        return Outcome("displayed", address)
    return None
