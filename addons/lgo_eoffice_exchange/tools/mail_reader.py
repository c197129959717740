# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is in an e-mail that brings an official letter; pure functions, no ORM.

A letter must not be lost because the mail is odd: whatever cannot be read becomes a
:class:`Problem` that the clerk sees, and the whole message is kept as it came. Formats: RFC 5322,
RFC 2045-2047, RFC 2231 (names of files), [MS-OXTNEF] (winmail.dat), RFC 2046 section 5.2.1
(message/rfc822).
"""

import base64
import binascii
import email
import email.message
import email.policy
import email.utils
import html
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from odoo.tools import html2plaintext

from odoo.addons.lgo_base.tools.upload import safe_name

from . import letter_data, tnef_judge
from .charset import MAX_HEADER, clean, decode, decode_raw_header

#: A Message-ID with its brackets (RFC 5322 section 3.6.4), of a length that can be stored.
MESSAGE_ID = re.compile(r"<[^<>\s]{1,490}>")
MAX_DEPTH = 5
MAX_FILES = 50
MAX_PARTS = 1000
MAX_TEXT = 100_000
#: Bytes of one winmail.dat that are unpacked.
MAX_TNEF = 30 * 1024 * 1024
JUDGE = Path(tnef_judge.__file__)
JUDGE_SECONDS = 30
#: Names of files that a computer runs when they are opened.
PROGRAMS = frozenset(
    (
        "apk", "app", "bat", "bin", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf",
        "ins", "iso", "jar", "js", "jse", "lnk", "msc", "msi", "msp", "ps1", "reg", "scf", "scr",
        "sct", "sh", "svg", "swf", "url", "vb", "vbe", "vbs", "vhd", "ws", "wsc", "wsf", "wsh",
        "xll", "htm", "html", "mht", "mhtml", "xhtml",
    )
)  # fmt: skip
#: First bytes of a file -> its type. What is not here is offered for saving only.
MAGIC = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"II*\x00", "image/tiff", ".tif"),
    (b"MM\x00*", "image/tiff", ".tif"),
)
PLAIN = "application/octet-stream"
#: Parts that are no files of the letter: signatures of mail programs, calendars of meetings.
NOT_FILES = (".p7s", ".asc", ".vcf")


@dataclass(frozen=True)
class File:
    """A file of the letter. ``depth``: 0 in the mail itself, 1 in a mail inside it, …"""

    name: str
    data: bytes = field(repr=False)
    mimetype: str = PLAIN
    depth: int = 0

    @property
    def is_pdf(self):
        """Whether it begins as a PDF does."""
        return self.mimetype == "application/pdf"


@dataclass(frozen=True)
class Problem:
    """Something that the clerk must know; ``code``: program, empty, too_many, too_big, winmail,
    deep, data (our own attachment is broken), nested."""

    code: str
    name: str = ""


@dataclass
class Mail:
    """The content of one e-mail."""

    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    references: list = field(default_factory=list)
    files: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    #: checked content of our own machine-readable attachment, and how deep it lay
    data: dict | None = None
    data_depth: int = 0


class _Reader:
    def __init__(self, max_bytes, max_files):
        self.left, self.max_files = max_bytes, max_files
        self.mail, self.parts, self.texts = Mail(), 0, []

    def problem(self, code, name=""):
        found = Problem(code, clean(name, 100))
        if found not in self.mail.problems and len(self.mail.problems) < 100:
            self.mail.problems.append(found)

    # -------------------------------------------------------------- walking
    def walk(self, message, depth):
        for part in message.walk() if not _holds_mail(message) else [message]:
            self.parts += 1
            if self.parts > MAX_PARTS:
                self.problem("deep")
                return
            if part.is_multipart() and not _holds_mail(part):
                continue
            if part is not message and self._inside_other(message, part):
                continue
            self.part(part, depth)

    def _inside_other(self, message, part):
        """``walk`` descends into mails inside the mail: those are read on their own."""
        return id(part) in self._inner(message)

    def _inner(self, message):
        key = id(message)
        if getattr(self, "_inner_key", None) != key:
            inner = set()
            for holder in message.walk():
                if holder is not message and _holds_mail(holder):
                    inner.update(id(found) for found in holder.walk() if found is not holder)
            self._inner_key, self._inner_ids = key, inner
        return self._inner_ids

    def part(self, part, depth):
        if _holds_mail(part):
            self.nested(part, depth)
            return
        kind = part.get_content_type()
        name = _file_name(part)
        data = _payload(part)
        attached = part.get_content_disposition() == "attachment"
        if kind == "application/ms-tnef" or name.lower() in ("winmail.dat", "att00001.dat"):
            self.winmail(data, depth)
        elif name.lower() == letter_data.FILE_NAME:
            self.own_data(data, depth)
        elif kind in ("text/plain", "text/html") and not attached and not name:
            self.words(data, part.get_content_charset(), kind == "text/html", depth)
        elif kind == "message/delivery-status" or name.lower().endswith(NOT_FILES):
            return
        elif part.get("Content-ID") and not attached and kind.startswith("image/"):
            return  # a picture of the signature line, shown inside the text
        else:
            self.file(name, data, kind, depth)

    def nested(self, part, depth):
        if depth >= MAX_DEPTH:
            self.problem("deep")
            return
        for inner in part.get_payload():
            subject = _header(inner, "Subject")
            self.problem("nested", subject)
            sender = _header(inner, "From")
            self.texts.append((depth, False, f"— {sender}: {subject} —"))
            kept = getattr(self, "_inner_key", None), getattr(self, "_inner_ids", None)
            self.walk(inner, depth + 1)
            self._inner_key, self._inner_ids = kept

    def words(self, data, charset, is_html, depth):
        text = decode(data, charset or _charset_of_page(data) if is_html else charset)
        self.texts.append((depth, is_html, text[: 4 * MAX_TEXT]))

    def winmail(self, data, depth):
        found = unpack_winmail(data)
        if found is None:
            self.problem("winmail", "winmail.dat")
            return
        text, files = found
        if text:
            self.texts.append((depth, False, text))
        for name, content in files:
            self.file(name, content, "", depth)

    def own_data(self, data, depth):
        if self.mail.data is not None:
            return
        try:
            self.mail.data = letter_data.read(data)
            self.mail.data_depth = depth
        except letter_data.DataError as error:
            self.problem("data", str(error))

    def file(self, name, data, kind, depth):
        shown, mimetype = _name_and_type(name or kind.replace("/", "."), data)
        if not data:
            self.problem("empty", shown)
        elif _is_program(shown, data):
            self.problem("program", shown)
        elif len(self.mail.files) >= self.max_files:
            self.problem("too_many", shown)
        elif len(data) > self.left:
            self.problem("too_big", shown)
        else:
            self.left -= len(data)
            self.mail.files.append(File(shown, data, mimetype, depth))


def make_file(name, data):
    """A file of another office as :class:`File`; ``None`` for a program.

    :param str name: as the other side calls it
    :param bytes data: content
    """
    shown, mimetype = _name_and_type(name, data)
    return None if _is_program(shown, data) else File(shown, data, mimetype)


def _name_and_type(name, data):
    """A safe name with the extension that belongs to the content, and the type."""
    mimetype, extension = _type_of(data)
    if not extension:
        stem, dot, last = name.rpartition(".")
        extension = f".{last.lower()}" if stem and dot and last.isalnum() else ""
    return safe_name(name, extension[:10]), mimetype


def _is_program(name, data):
    last = name.rpartition(".")[2] if "." in name else ""
    return last in PROGRAMS or data.startswith((b"MZ", b"\x7fELF", b"#!"))


def read(raw, max_bytes=30 * 1024 * 1024, max_files=MAX_FILES):
    """Read a whole message.

    :param bytes raw: as it came from the mail server
    :param int max_bytes: bytes of files that are taken out
    :param int max_files: number of files that are taken out
    :return: :class:`Mail`; hostile input gives a poor one, never an error
    """
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    reader = _Reader(max_bytes, max_files)
    mail = reader.mail
    mail.message_id = message_id(message)
    mail.sender_name, mail.sender = sender_of(message)
    mail.subject = clean(_header(message, "Subject"), 1000)
    mail.date = _date(message)
    mail.references = references(message)
    reader.walk(message, 0)
    mail.text = clean(_join(reader.texts), MAX_TEXT)
    return mail


def message_id(message):
    """The Message-ID with its brackets, ``""`` when the message has none that can be used."""
    found = MESSAGE_ID.search(_header(message, "Message-ID"))
    return clean(found[0]) if found else ""


def references(message):
    """Message-IDs that the message answers (RFC 5322 section 3.6.4), the last 50."""
    text = f"{_header(message, 'References')} {_header(message, 'In-Reply-To')}"
    return list(dict.fromkeys(MESSAGE_ID.findall(text)))[-50:]


def sender_of(message):
    """Pair of name and address (lower case) of who sent it; both may be empty."""
    text = _header(message, "From")
    try:
        name, address = email.utils.parseaddr(text)
    except (RecursionError, ValueError, IndexError):
        name, address = "", ""
    if "@" not in address:
        found = re.search(r"[^\s<>,;:\"@]{1,64}@[^\s<>,;:\"@]{1,255}", text)
        address = found[0] if found else ""
    return clean(name, 200), clean(address, 320).lower()


def unpack_winmail(data):
    """Text and files of a winmail.dat.

    :return: ``(str, [(name, bytes), …])``, or ``None`` when it cannot be read
    """
    if not data or len(data) > MAX_TNEF:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no argument from outside
            [sys.executable, str(JUDGE)],
            input=data,
            capture_output=True,
            timeout=JUDGE_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            check=False,
        )
        found = json.loads(done.stdout)
        files = [(str(name), base64.b64decode(text)) for name, text in found["files"]]
        return str(found["text"]), files
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError, binascii.Error):
        return None


# ------------------------------------------------------------------ parts
def _holds_mail(part):
    return part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list)


def _header(message, name):
    try:
        for key, value in message.raw_items():
            if key.lower() == name.lower():
                return decode_raw_header(value)
    except (AttributeError, TypeError, ValueError):
        return ""
    return ""


def _raw_header(message, name):
    """The field as text, encoded words as they are; bare 8-bit bytes decoded."""
    for key, value in message.raw_items():
        if key.lower() == name:
            raw = str(value)[:MAX_HEADER].encode("utf-8", "surrogateescape")
            return raw.decode("ascii") if raw.isascii() else decode(raw)
    return ""


def _file_name(part):
    """Name of a part: RFC 2231, encoded words inside quotes, bare 8-bit, or ``""``."""
    for header, param in (("content-disposition", "filename"), ("content-type", "name")):
        field_only = email.message.Message()
        try:
            field_only[header] = re.sub(r"[\r\n]+", " ", _raw_header(part, header))
            value = field_only.get_param(param, header=header)
        except (TypeError, ValueError, IndexError):
            continue
        if isinstance(value, tuple):
            charset, _language, text = value
            value = decode(str(text or "").encode("latin-1", "replace"), charset)
        if value:
            return clean(decode_raw_header(email.utils.unquote(str(value))), 300)
    return ""


def _payload(part):
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    if data is None:
        data = str(part.get_payload() or "").encode("utf-8", "surrogateescape")
    return data


def _type_of(data):
    for start, mimetype, extension in MAGIC:
        if data.startswith(start):
            return mimetype, extension
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", ".webp"
    return PLAIN, ""


def _charset_of_page(data):
    found = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,40})", data[:4000], re.IGNORECASE)
    return found[1].decode("ascii", "replace") if found else None


def _date(message):
    try:
        date = email.utils.parsedate_to_datetime(_header(message, "Date"))
        if date.tzinfo is None:
            date = date.replace(tzinfo=UTC)
        return date.astimezone(UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _join(texts):
    """Plain text of the mail; the HTML of a depth counts only when it has no plain text."""
    plain = {depth for depth, is_html, text in texts if not is_html and text.strip()}
    found = []
    for depth, is_html, text in texts:
        if is_html and depth in plain:
            continue
        found.append(html.unescape(html2plaintext(text)) if is_html else text)
    return "\n\n".join(text.strip() for text in found if text.strip())
