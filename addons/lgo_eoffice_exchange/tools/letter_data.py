# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The machine-readable side of a letter or acknowledgement: ``saraban.json``; no ORM.

So that two offices exchange letters without typing. The fields are those of the letter element of
the e-CMS exchange of TH e-GIF, with the names of the Saraban Regulation B.E. 2526 beside them.
What comes from outside is taken field by field and checked: an unknown field is ignored (a later
version may add some), a known one of the wrong kind is an error.
"""

import json
import re
from datetime import date, datetime

from .charset import clean

FILE_NAME = "saraban.json"
FORMAT = "lgo-saraban"
VERSION = 1
MAX_BYTES = 1024 * 1024
MAX_ROWS = 200
UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
URGENCY = ("normal", "urgent", "very_urgent", "most_urgent")
SECRECY = ("normal", "secret", "very_secret", "top_secret")
STATUS = ("received", "accepted", "rejected", "invalid")


class DataError(ValueError):
    """The data is not what it says; the message names the field."""


# ------------------------------------------------------------------ kinds of a value
def _text(limit, needed=False):
    def check(value):
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise ValueError("text")
        found = re.sub(r"\s+", " ", clean(value))
        if len(found) > limit or (needed and not found):
            raise ValueError("text")
        return found

    check.limit = limit
    return check


def _choice(*values):
    def check(value):
        if value not in values:
            raise ValueError("choice")
        return value

    return check


def _uid(value):
    if not isinstance(value, str) or not UID.fullmatch(value):
        raise ValueError("uid")
    return value


def _date(value):
    """A day of our era: 2569 in an ISO date is a mistake of the sender, not a far future."""
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise ValueError("date")
    found = date.fromisoformat(value)
    if not 1900 <= found.year <= 2200:
        raise ValueError("date")
    return found


def _moment(value):
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise ValueError("moment")
    found = datetime.fromisoformat(value)
    if found.tzinfo is None or not 1900 <= found.year <= 2200:
        raise ValueError("moment")
    return found


def _flag(value):
    if not isinstance(value, bool):
        raise ValueError("flag")
    return value


def _number(value):
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 2**31 - 1:
        raise ValueError("number")
    return value


def _object(kinds):
    def check(value):
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise ValueError("object")
        return _take(value, kinds)

    check.kinds = kinds
    return check


def _rows(kinds):
    check = _object(kinds)

    def check_all(value):
        if value is None:
            value = []
        if not isinstance(value, list) or len(value) > MAX_ROWS:
            raise ValueError("list")
        return [check(row) for row in value]

    check_all.kinds = kinds
    return check_all


def _lines(value):
    check = _text(_lines.limit)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > 10:
        raise ValueError("lines")
    return [check(line) for line in value]


_lines.limit = 300


def _or(default, check):
    """``check``, or ``default`` for a field that is not there."""
    return lambda value: default if value is None else check(value)


OFFICE = {
    "name": _text(300),
    "unit": _text(300),
    "email": _text(320),
    "phone": _text(100),
    "dla_code": _text(20),
    "keyid": _text(100),
}
REFERENCE = {
    "org": _text(300),
    "urgency": _text(50),
    "doc_no": _text(100),
    "doc_date": _date,
}
ENCLOSURE = {
    "name": _text(300, needed=True),
    "qty": _or(1, _number),
    "unit": _text(50),
    "file": _text(200),
}
FILE = {
    "name": _text(200),
    "role": _choice("main", "enclosure"),
    "sha256": _text(64),
    "size": _number,
}
LETTER = {
    "uid": _uid,
    "kind": _text(10),
    "is_circular": _or(False, _flag),
    "doc_no": _text(100, needed=True),
    "doc_date": _date,
    "subject": _text(1000, needed=True),
    "urgency": _or("normal", _choice(*URGENCY)),
    "deliver_by": _moment,
    "secrecy": _or("normal", _choice(*SECRECY)),
    "due_at": _moment,
    "sent_at": _moment,
    "sender": _object(OFFICE),
    "recipient": _object(OFFICE),
    "salutation": _text(50),
    "addressee": _text(300),
    "signer": _object({"name": _text(200), "lines": _lines}),
    "references": _rows(REFERENCE),
    "enclosures": _rows(ENCLOSURE),
    "files": _rows(FILE),
    "note": _text(1000),
}
ACKNOWLEDGEMENT = {
    "uid": _or("", _uid),
    "message_id": _text(500),
    "doc_no": _text(100),
    "doc_date": _date,
    "subject": _text(1000),
    "status": _choice(*STATUS),
    "receive_no": _text(50),
    "received_at": _moment,
    "office": _object(OFFICE),
    "reason": _text(1000),
}
KINDS = {"letter": LETTER, "acknowledgement": ACKNOWLEDGEMENT}


def _take(values, kinds):
    found = {}
    for name, check_value in kinds.items():
        try:
            found[name] = check_value(values.get(name))
        except DataError as error:
            raise DataError(f"{name}.{error}") from error
        except (ValueError, TypeError, OverflowError) as error:
            raise DataError(name) from error
    return found


def check(values):
    """The checked fields of an object that was read from JSON.

    :return: dict with every field of its type, ``type`` is letter or acknowledgement
    :raises DataError: naming the field that is wrong
    """
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise DataError("format")
    if values.get("version") != VERSION or isinstance(values.get("version"), bool):
        raise DataError("version")
    kind = values.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        raise DataError("type")
    return {"type": kind, **_take(values, KINDS[kind])}


def read(data):
    """The checked fields of a ``saraban.json``.

    :param bytes data: content of the file
    :raises DataError: it is too large, no JSON, or a field is wrong
    """
    if len(data) > MAX_BYTES:
        raise DataError("size")
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DataError("json") from error
    return check(values)


def write(kind, values):
    """The object of a letter or acknowledgement for JSON, checked as the reader will check it.

    :param str kind: letter or acknowledgement
    :param dict values: fields; dates and datetimes (with time zone) as such. Of a text that is
        longer than a reader takes, the beginning is written: the whole stands in the paper.
    :raises DataError: a field is wrong: a mistake of the program
    """
    plain = json.loads(json.dumps(values, default=lambda found: found.isoformat()))
    fitting = {name: _fit(value, KINDS[kind].get(name)) for name, value in plain.items()}
    whole = {"format": FORMAT, "version": VERSION, "type": kind, **fitting}
    check(whole)
    return whole


def _fit(value, check):
    """``value`` with its texts as long as ``check`` takes them."""
    kinds = getattr(check, "kinds", {})
    if isinstance(value, list):
        return [_fit(one, check) for one in value]
    if isinstance(value, dict):
        return {name: _fit(one, kinds.get(name)) for name, one in value.items()}
    limit = getattr(check, "limit", None)
    return value[:limit] if limit and isinstance(value, str) else value


def dump(whole):
    """``whole`` as the bytes of a file, in UTF-8 with Thai letters as they are."""
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode()
