# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Messages of the e-CMS letter exchange of TH e-GIF (SOAP 1.1); no ORM.

Names of elements and the order of fields are those that connected systems use on the wire; what
differs between installations (namespaces, codes) comes in as a parameter. XML is built and read
with a library: joined strings break on ``&``. Reading refuses document types and entities
(OWASP XML External Entity Prevention).
"""

import base64
import binascii
import mimetypes
import re
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from .charset import clean
from .mail_reader import make_file

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
#: What one side tells the other about a letter -> state of the recipient.
NOTIFIERS = {
    "ReceiveLetterNotifier": "received",
    "AcceptLetterNotifier": "accepted",
    "RejectLetterNotifier": "rejected",
    "InvalidLetterNotifier": "invalid",
    "InvalidAcceptIDNotifier": "",
}
REFERENCES = (
    "GetMinistryOrganizationList",
    "GetOrganizationList",
    "GetSecretCodes",
    "GetSpeedCodes",
    "GetMimeCodes",
)
MAX_FILES = 50
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class EcmsError(Exception):
    """The answer is no usable e-CMS message; ``fault`` when the other side says so itself."""

    def __init__(self, message, fault=False):
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True)
class Party:
    """Sender or recipient: codes of the ministry (2 digits) and the department (5 digits)."""

    department: str
    ministry: str = ""
    given_name: str = ""
    family_name: str = ""
    job_title: str = ""


@dataclass(frozen=True)
class Letter:
    """An external letter as it goes over the wire; files as (mime code, bytes)."""

    letter_id: str
    day: date
    subject: str
    secret_code: str
    speed_code: str
    sender: Party
    receiver: Party
    references: tuple = ()
    attachment: str = ""
    send_date: date | None = None
    description: str = ""
    main: tuple | None = None
    files: tuple = ()


@dataclass(frozen=True)
class Notice:
    """A notifier: ``kind`` is the name of its element."""

    kind: str
    letter_id: str
    day: date | None = None
    subject: str = ""
    accept_id: str = ""
    accept_date: str = ""
    accept_department: str = ""


@dataclass
class Reply:
    """An answer: name of its element, number of the process, and the item of the queue."""

    name: str
    process_id: str = ""
    process_time: str = ""
    letter: Letter | None = None
    notice: Notice | None = None
    codes: list = field(default_factory=list)
    raw: bytes = field(default=b"", repr=False)


# ------------------------------------------------------------------ building
def _add(parent, tag, text=None, **attributes):
    element = etree.SubElement(parent, tag, **attributes)
    if text is not None:
        element.text = clean(text)
    return element


def _day(value):
    return value.isoformat() if value else ""


def envelope(request, url, wsa, message_id="", namespace=""):
    """The bytes of a SOAP 1.1 envelope.

    :param request: function that fills the body (one of those below)
    :param str url: address of the service, for ``wsa:To``
    :param str wsa: namespace of WS-Addressing of the installation
    :param str message_id: may be empty
    :param str namespace: namespace of the request elements; empty for none
    """
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "wsa": wsa})
    header = etree.SubElement(root, f"{{{SOAP}}}Header")
    _add(header, f"{{{wsa}}}MessageID", message_id)
    _add(header, f"{{{wsa}}}To", url)
    request(etree.SubElement(root, f"{{{SOAP}}}Body"), f"{{{namespace}}}" if namespace else "")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def outbound_letter(letter):
    """Request 1: send a letter."""

    def fill(body, space):
        request = etree.SubElement(body, f"{space}CorrespondenceLetterOutboundRequest")
        document = etree.SubElement(
            request, f"{{{RSM}}}GovernmentDocument", nsmap={"rsm": RSM, "ram": RAM}
        )
        found = etree.SubElement(document, f"{{{RAM}}}CorrespondenceLetter", ID="Letter")
        ram = f"{{{RAM}}}"
        _add(found, ram + "ID", letter.letter_id)
        _add(found, ram + "CorrespondenceDate", _day(letter.day))
        _add(found, ram + "Subject", letter.subject)
        _add(found, ram + "SecretCode", letter.secret_code)
        _add(found, ram + "SpeedCode", letter.speed_code)
        for tag, party in (("SenderParty", letter.sender), ("ReceiverParty", letter.receiver)):
            _party(etree.SubElement(found, ram + tag), party, ram)
        for number, day, subject in letter.references:
            reference = etree.SubElement(found, ram + "ReferenceCorrespondence")
            _add(reference, ram + "ID", number)
            _add(reference, ram + "CorrespondenceDate", _day(day))
            _add(reference, ram + "Subject", subject)
        _add(found, ram + "Attachment", letter.attachment)
        _add(found, ram + "SendDate", _day(letter.send_date))
        _add(found, ram + "Description", letter.description)
        for tag, files in (
            ("MainLetterBinaryObject", [letter.main] if letter.main else []),
            ("AttachmentBinaryObject", letter.files),
        ):
            for mime, data in files:
                element = etree.SubElement(found, ram + tag, mimeCode=mime)
                element.text = base64.b64encode(data).decode()

    return fill


def _party(element, party, ram):
    _add(element, ram + "GivenName", party.given_name)
    _add(element, ram + "FamilyName", party.family_name)
    _add(element, ram + "JobTitle", party.job_title)
    _add(etree.SubElement(element, ram + "MinistryOrganization"), ram + "ID", party.ministry)
    _add(etree.SubElement(element, ram + "DepartmentOrganization"), ram + "ID", party.department)


def notifier(notice):
    """Requests 2 to 6: tell the other side what became of its letter.

    :raises ValueError: an unknown kind (a mistake of the program)
    """
    if notice.kind not in NOTIFIERS:
        raise ValueError(notice.kind)

    def fill(body, space):
        request = etree.SubElement(body, f"{space}CorrespondenceLetterOutboundRequest")
        element = etree.SubElement(request, f"{space}{notice.kind}")
        _add(element, f"{space}LetterID", notice.letter_id)
        if notice.kind in ("AcceptLetterNotifier", "InvalidAcceptIDNotifier"):
            _add(element, f"{space}AcceptID", notice.accept_id)
        _add(element, f"{space}CorrespondenceDate", _day(notice.day))
        _add(element, f"{space}Subject", notice.subject)

    return fill


def _empty(name):
    def fill(body, space):
        etree.SubElement(body, f"{space}{name}")

    return fill


def inbound():
    """Request 7: give me the next item of my queue."""
    return _empty("CorrespondenceLetterInboundRequest")


def delete(process_id):
    """Request 8: the item is stored safely, take it from the queue."""

    def fill(body, space):
        request = etree.SubElement(body, f"{space}CorrespondenceLetterDeleteRequest")
        _add(request, f"{space}ProcessID", process_id)

    return fill


def delete_to_resend(letter_id, day, sender, accept):
    """Request 9: forget a letter that was refused or faulty, so that it can be sent again."""

    def fill(body, space):
        request = etree.SubElement(body, f"{space}CorrespondenceDeleteGovernmentDocumentRequest")
        _add(request, f"{space}LetterID", letter_id)
        _add(request, f"{space}CorrespondenceDate", _day(day))
        for tag, code in (("SenderDepartment", sender), ("AcceptDepartment", accept)):
            _add(etree.SubElement(request, f"{space}{tag}"), f"{space}Code", code)

    return fill


def reference(name):
    """Request 11: a list of codes.

    :raises ValueError: an unknown list (a mistake of the program)
    """
    if name not in REFERENCES:
        raise ValueError(name)
    return _empty(name)


def time_check():
    """Request 13: the clock of the other side; serves to try the connection."""
    return _empty("TimeCheckRequest")


# ------------------------------------------------------------------ reading
def _local(element):
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _find(element, *names):
    """The first descendant along local names, without regard to case and namespace."""
    for name in names:
        if element is None:
            return None
        wanted = name.lower()
        element = next((one for one in element.iterdescendants() if _local(one) == wanted), None)
    return element


def _text(element, *names, limit=1000):
    found = _find(element, *names) if names else element
    return clean(found.text, limit) if found is not None else ""


def _date_of(element, name):
    try:
        return date.fromisoformat(_text(element, name)[:10])
    except ValueError:
        return None


def parse(data):
    """The answer in a SOAP envelope.

    :param bytes data: body of the HTTP answer
    :return: :class:`Reply`
    :raises EcmsError: no XML, a web page, a fault, or XML that tries to do more than say something
    """
    if DOCTYPE.search(data[:100_000]):
        raise EcmsError("document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)  # noqa: S320 - no entities, no network
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EcmsError("no XML") from error
    if root.getroottree().docinfo.doctype:
        raise EcmsError("document type")
    if _local(root) != "envelope":
        raise EcmsError("no SOAP")
    body = next((child for child in root if _local(child) == "body"), None)
    if body is None or not len(body):
        raise EcmsError("empty")
    answer = body[0]
    if _local(answer) == "fault":
        words = _text(answer, "faultstring", limit=300) or _text(answer, "faultcode")
        raise EcmsError(words or "fault", fault=True)
    reply = Reply(
        etree.QName(answer).localname,
        _text(answer, "ProcessID", limit=200),
        _text(answer, "ProcessTime", limit=100),
        raw=data,
    )
    letter = _find(answer, "CorrespondenceLetter")
    if letter is not None:
        reply.letter = _letter(letter)
    for kind in NOTIFIERS:
        element = _find(answer, kind)
        if element is not None:
            reply.notice = _notice(kind, element)
    reply.codes = _codes(answer)
    return reply


def _direct(element, name):
    return next((child for child in element if _local(child) == name.lower()), None)


def _own(element, name, limit=1000):
    found = _direct(element, name)
    return clean(found.text, limit) if found is not None else ""


def _letter(element):
    references = tuple(
        (_own(row, "ID", 100), _date_of(row, "CorrespondenceDate"), _own(row, "Subject"))
        for row in element
        if _local(row) == "referencecorrespondence"
    )
    main = [_binary(one) for one in element if _local(one) == "mainletterbinaryobject"]
    files = [_binary(one) for one in element if _local(one) == "attachmentbinaryobject"]
    return Letter(
        letter_id=_own(element, "ID", 100),
        day=_date_of(element, "CorrespondenceDate"),
        subject=_own(element, "Subject"),
        secret_code=_own(element, "SecretCode", 10),
        speed_code=_own(element, "SpeedCode", 10),
        sender=_read_party(_direct(element, "SenderParty")),
        receiver=_read_party(_direct(element, "ReceiverParty")),
        references=references[:200],
        attachment=_own(element, "Attachment", 4000),
        send_date=_date_of(element, "SendDate"),
        description=_own(element, "Description", 4000),
        main=next(iter(main), None),
        files=tuple(files[:MAX_FILES]),
    )


def _read_party(element):
    if element is None:
        return Party("")
    return Party(
        department=_text(element, "DepartmentOrganization", "ID", limit=50),
        ministry=_text(element, "MinistryOrganization", "ID", limit=50),
        given_name=_own(element, "GivenName", 200),
        family_name=_own(element, "FamilyName", 200),
        job_title=_own(element, "JobTitle", 200),
    )


def _binary(element):
    """:return: (mime code, bytes); ``None`` instead of bytes when it is no base64"""
    mime = clean(element.get("mimeCode") or "", 100)
    try:
        text = re.sub(r"\s+", "", element.text or "")
        return mime, base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return mime, None


def _notice(kind, element):
    return Notice(
        kind,
        _text(element, "LetterID", limit=100),
        _date_of(element, "CorrespondenceDate"),
        _text(element, "Subject"),
        _text(element, "AcceptID", limit=50),
        _text(element, "AcceptDate", limit=50),
        _text(element, "AcceptDepartment", "Code", limit=50),
    )


def _codes(answer):
    """Pairs of code and name in a list of codes, whatever its elements are called."""
    found = []
    for element in answer.iter():
        leaves = [clean(child.text, 300) for child in element if not len(child)]
        code = next((text for text in leaves if re.fullmatch(r"[0-9]{1,8}", text)), None)
        name = next((text for text in leaves if text and not text.isdigit()), None)
        if code and name and len(leaves) <= 6:
            found.append((code, name))
    return list(dict.fromkeys(found))[:20_000]


def files_of(letter):
    """The files of a letter as ``File`` objects, the paper first.

    :return: (files, names of what was refused or broken)
    """
    found, refused = [], []
    rows = [("หนังสือ", letter.main)] if letter.main else []
    rows += [(f"สิ่งที่ส่งมาด้วย {number}", row) for number, row in enumerate(letter.files, start=1)]
    for name, (mime, data) in rows:
        extension = mimetypes.guess_extension(mime) or ""
        file = make_file(name + extension, data) if data else None
        if file is None:
            refused.append(name)
        else:
            found.append(file)
    return found, refused
