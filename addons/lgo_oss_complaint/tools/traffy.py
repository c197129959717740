# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reports of Traffy Fondue as the public feed and its CSV give them; no ORM, no network.

The feed is GeoJSON: ``geometry`` is ``[longitude, latitude]``; ``properties`` hold
``ticket_id``, ``description``, ``org`` (list), ``problem_type_fondue`` (list), ``address``,
``photo_url``, ``after_photo``, ``state_type_latest`` and ``timestamp``.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

#: State of the feed (and the Thai words of its CSV) -> state of a complaint.
STATES = {
    "start": "received",
    "inprogress": "in_progress",
    "forward": "forwarded",
    "irrelevant": "rejected",
    "finish": "resolved",
    "รอรับเรื่อง": "received",
    "กำลังดำเนินการ": "in_progress",
    "ส่งต่อ": "forwarded",
    "ไม่เกี่ยวข้อง": "rejected",
    "เสร็จสิ้น": "resolved",
}
TICKET = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{2,39}")
CONTROL = re.compile(r"[\x00\u202a-\u202e\u2066-\u2069]")
MAX_TEXT = 4000


class TraffyError(Exception):
    """The whole answer is unusable: ``code`` html, json, shape, csv."""

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


class RowError(Exception):
    """One report is unusable: ``code`` ticket, place, state, time, text."""

    def __init__(self, code, ticket="", detail=""):
        super().__init__(f"{code}: {ticket} {detail}")
        self.code, self.ticket, self.detail = code, ticket, detail


@dataclass(frozen=True)
class Report:
    """One report; times are naive UTC, the place is in degrees."""

    ticket: str
    state: str
    description: str
    latitude: float
    longitude: float
    organisations: tuple
    kinds: tuple
    address: str
    reported_at: datetime
    changed_at: str
    photo: str
    after_photo: str


def parse_geojson(data, content_type=""):
    """Reports of a page of the feed.

    :param bytes data: the answer
    :returns: ``(reports, errors, number of features)``; of a ticket that stands twice in the
        page the one that changed last counts
    :raises TraffyError: no GeoJSON at all
    """
    if "html" in content_type.lower() or data.lstrip()[:1] == b"<":
        raise TraffyError("html")
    try:
        page = json.loads(data.decode("utf-8-sig"))
    except (ValueError, UnicodeDecodeError, RecursionError) as error:
        raise TraffyError("json") from error
    features = page.get("features") if isinstance(page, dict) else None
    if not isinstance(features, list):
        raise TraffyError("shape")
    rows = []
    for feature in features:
        feature = feature if isinstance(feature, dict) else {}
        geometry = feature.get("geometry")
        properties = feature.get("properties")
        rows.append(
            (
                properties if isinstance(properties, dict) else {},
                geometry.get("coordinates") if isinstance(geometry, dict) else None,
            )
        )
    return (*_collect(rows), len(features))


def parse_csv(data):
    """Reports of the CSV download; see :func:`parse_geojson`.

    :raises TraffyError: no CSV with a column ``ticket_id``
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TraffyError("csv") from error
    if text.lstrip()[:1] == "<":
        raise TraffyError("html")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        rows = list(reader)
    except csv.Error as error:
        raise TraffyError("csv") from error
    if "ticket_id" not in (reader.fieldnames or []):
        raise TraffyError("csv")
    return (*_collect([_csv_row(row) for row in rows]), len(rows))


def _csv_row(row):
    """A line of the CSV with the names of the feed."""
    properties = {
        **row,
        "org": _words(row.get("organization") or row.get("org")),
        "problem_type_fondue": _words(row.get("type") or row.get("problem_type_fondue")),
        "description": row.get("comment") or row.get("description"),
        "photo_url": row.get("photo") or row.get("photo_url"),
        "after_photo": row.get("photo_after") or row.get("after_photo"),
        "state_type_latest": row.get("state_type_latest") or row.get("state"),
    }
    return properties, (row.get("coords") or "").split(",")


def _words(text):
    return [word.strip() for word in (text or "").strip("{}[] ").split(",") if word.strip()]


def _collect(rows):
    reports, errors = {}, []
    for properties, coordinates in rows:
        try:
            report = _report(properties, coordinates)
        except RowError as error:
            errors.append(error)
            continue
        before = reports.get(report.ticket)
        if before is None or report.changed_at >= before.changed_at:
            reports[report.ticket] = report
    return list(reports.values()), errors


def _report(properties, coordinates):
    ticket = _text(properties.get("ticket_id"))
    if not TICKET.fullmatch(ticket):
        raise RowError("ticket", ticket[:40])
    latitude, longitude = _place(ticket, coordinates)
    state = _text(properties.get("state_type_latest"))
    if state not in STATES:
        raise RowError("state", ticket, state[:40])
    description = _text(properties.get("description"))[:MAX_TEXT]
    if not description:
        raise RowError("text", ticket)
    return Report(
        ticket=ticket,
        state=STATES[state],
        description=description,
        latitude=latitude,
        longitude=longitude,
        organisations=_list(properties.get("org")),
        kinds=_list(properties.get("problem_type_fondue")),
        address=_text(properties.get("address"))[:200],
        reported_at=_moment(ticket, properties.get("timestamp")),
        changed_at=_text(properties.get("last_activity")),
        photo=_link(properties.get("photo_url")),
        after_photo=_link(properties.get("after_photo")),
    )


def _text(value):
    """Text that the database takes and that reads as it stands.

    No NUL, no half of a surrogate pair (JSON may carry one), nothing that turns the direction of
    writing ("exe.png" on the screen for a file "gnp.exe").
    """
    if value is None:
        return ""
    return CONTROL.sub("", str(value).encode("utf-8", "ignore").decode()).strip()


def _list(value):
    values = value if isinstance(value, list) else [value]
    return tuple(_text(item) for item in values if _text(item))


def _link(value):
    """An http(s) address, else nothing: it becomes a link on an officer's screen."""
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text[:500] if parts.scheme in ("http", "https") and parts.hostname else ""


def _place(ticket, coordinates):
    """Latitude and longitude inside Thailand.

    Two numbers that fit only the other way round are refused, not turned: who mixes them up
    once may mix them up anywhere.
    """
    try:
        longitude, latitude = (float(number) for number in coordinates)
    except (TypeError, ValueError, OverflowError) as error:
        raise RowError("place", ticket) from error
    if not (5 <= latitude <= 21 and 97 <= longitude <= 106):
        raise RowError("place", ticket, f"{latitude}, {longitude}")
    return latitude, longitude


def _moment(ticket, value):
    """Time of the report as naive UTC; a time without zone is taken as UTC."""
    text = _text(value)
    if re.search(r"[+-]\d\d$", text):  # PostgreSQL writes "+00"
        text += ":00"
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:  # year 1 or 9999 and a time zone
        raise RowError("time", ticket, text[:40]) from error
    return moment.replace(microsecond=0)
