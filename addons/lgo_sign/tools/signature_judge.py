# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Judge the signatures of a PDF; run as a program of its own.

Files come from anywhere, so they are read in a process whose memory and time are limited, and no
address that stands in them is called. Reads one line of JSON (``roots``: certificates in base64)
and the file from standard input; writes JSON: ``error`` (``broken`` or ``locked``, else empty) and
``signatures``, in the order in which they were made.

Source: ISO 32000-2 s. 12.8 (what a signature covers, what may change after it), RFC 5280 s. 6 (path
to a trusted root), RFC 3161 (a certificate is judged at the moment of a trusted time stamp).
"""

import asyncio
import base64
import io
import json
import resource
import sys
from dataclasses import dataclass

from asn1crypto import crl, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
    read_certification_data,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 20
MAX_SIGNATURES = 50
USAGE = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)


def name_of(name):
    """The name that people know: common name, else organisation, else all of it."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return found if isinstance(found, str) else str(found[0])


def text_of(value):
    """A text of the file, cut to a length that a screen can show."""
    return str(value)[:500] if value is not None else ""


def moment_of(value):
    """A moment as text, UTC."""
    return value.isoformat() if value is not None else ""


def read(content):
    """The reader of a file; files that break the rules a little are read all the same."""
    try:
        return PdfFileReader(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - hostile input raises many kinds
        return PdfFileReader(io.BytesIO(content), strict=False)


def context(reader, roots, moment=None, revocation=True):
    """Where trust begins: the given roots, and what the file brings along for the way to them.

    :param moment: when the certificate is judged; now by default
    :param bool revocation: use the lists of revoked certificates in the file
    """
    kwargs = {
        "trust_roots": list(roots),
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
    }
    if moment is not None:
        kwargs["moment"] = moment
    try:
        store = DocumentSecurityStore.read_dss(reader)
        return store.as_validation_context(kwargs, include_revinfo=revocation)
    except Exception:  # noqa: BLE001 - no store, or a broken one: then without
        return ValidationContext(**kwargs)


def is_listed(reader, certificates):
    """Whether a list in the file, of whatever day, names one of them as revoked."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
        lists = [crl.CertificateList.load(one.get_object().data) for one in store.crls]
    except Exception:  # noqa: BLE001 - no store, or a broken one: then nothing is listed
        return False
    return any(
        one["user_certificate"].native == certificate.serial_number
        for found in lists
        for certificate in certificates
        if found.issuer == certificate.issuer
        for one in found["tbs_cert_list"]["revoked_certificates"]
    )


async def first_trusted(check, reader, roots, moments, certificates):
    """Judge a certificate now, then at each moment that a trusted time stamp proves.

    A list of revoked certificates in the file counts only for its time; when that is over, the
    file is judged like one without a list, unless the list names one of the certificates.

    :param check: coroutine function that takes a context and returns a status
    :param certificates: of who signed
    :return: the first status that is trusted, else the first
    """
    statuses = []
    for revocation in (True,) if is_listed(reader, certificates) else (True, False):
        for moment in (None, *sorted(moments)):
            status = await check(context(reader, roots, moment, revocation))
            statuses.append(status)
            if status.trusted:
                return status
            if not (status.intact and status.valid):
                return statuses[0]
        if any(status.revoked for status in statuses):
            break
    return next((status for status in statuses if status.revoked), statuses[0])


def certificate_facts(certificate):
    """What the certificate of a signer says."""
    validity = certificate["tbs_certificate"]["validity"]
    return {
        "signer": text_of(name_of(certificate.subject)),
        "subject": text_of(certificate.subject.human_friendly),
        "issuer": text_of(name_of(certificate.issuer)),
        "serial": f"{certificate.serial_number:x}",
        "fingerprint": certificate.sha256.hex(),
        "valid_from": moment_of(validity["not_before"].native),
        "valid_to": moment_of(validity["not_after"].native),
    }


def cover(status):
    """How much of the file is covered and how it was changed afterwards."""
    level = status.modification_level
    return {
        "whole_file": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "coverage": status.coverage.name if status.coverage is not None else "UNCLEAR",
        "modification": level.name if level is not None else "",
    }


def common(status):
    """What is said of a signature and of a time stamp."""
    problem = status.trust_problem_indic
    return {
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "revoked": bool(status.revoked),
        "problem": getattr(problem, "name", "") or "",
        "digest": text_of(status.md_algorithm),
    }


def certifies(reader, embedded):
    """Whether this is the signature of the author, who says what may still change."""
    author = read_certification_data(reader)
    said = embedded.sig_object
    return author is not None and author.author_sig.get("/ByteRange") == said.get("/ByteRange")


async def judge_timestamp(reader, embedded, roots, proofs):
    """A document time stamp: (row, moment that it proves or None).

    :param proofs: (revision, moment) of the trusted time stamps after it: the certificate of an
        authority that has run out since was good when the next time stamp covered it
    """
    moments = [moment for _revision, moment in proofs]
    status = await first_trusted(
        lambda where: async_validate_pdf_timestamp(embedded, where),
        reader,
        roots,
        moments,
        [embedded.signer_cert],
    )
    row = {
        "kind": "timestamp",
        "field": text_of(embedded.field_name),
        "signed_at": "",
        "stamped_at": moment_of(status.timestamp),
        "stamp_trusted": bool(status.trusted),
        "certifies": False,
        "reason": "",
        "allowed": True,
        **certificate_facts(embedded.signer_cert),
        **cover(status),
        **common(status),
    }
    row["good"] = row["trusted"]
    return row, status.timestamp if status.trusted else None


@dataclass(frozen=True)
class Unstamped:
    """Stands for the time stamp of a signature that has none."""

    trusted: bool = False
    intact: bool = False
    valid: bool = False
    revoked: bool = False
    timestamp: object = None


def judged(embedded, where):
    """The verdict of pyHanko on a signature and on its time stamp."""
    return async_validate_pdf_signature(embedded, where, where, key_usage_settings=USAGE)


async def judge_signature(reader, embedded, roots, proofs):
    """One signature.

    :param proofs: (revision, moment) of the trusted document time stamps
    """
    moments = [moment for revision, moment in proofs if revision >= embedded.signed_revision]

    async def stamp_of(where):
        return (await judged(embedded, where)).timestamp_validity or Unstamped()

    token = embedded.attached_timestamp_data
    stampers = [one.chosen for one in token["certificates"]] if token is not None else []
    stamp = await first_trusted(stamp_of, reader, roots, moments, stampers)
    if stamp.trusted:
        moments.append(stamp.timestamp)
    status = await first_trusted(
        lambda where: judged(embedded, where), reader, roots, moments, [embedded.signer_cert]
    )
    said = embedded.sig_object
    row = {
        "kind": "signature",
        "field": text_of(embedded.field_name),
        "signed_at": moment_of(status.signer_reported_dt),
        "stamped_at": moment_of(min(moments) if moments else stamp.timestamp),
        "stamp_trusted": bool(moments),
        "certifies": certifies(reader, embedded),
        "reason": text_of(said.get("/Reason")),
        "allowed": bool(status.docmdp_ok) and status.seed_value_ok,
        **certificate_facts(embedded.signer_cert),
        **cover(status),
        **common(status),
    }
    row["good"] = row["trusted"] and row["allowed"]
    return row


def broken(embedded, kind):
    """A signature that cannot even be read counts as one that is not intact."""
    return {
        "kind": kind,
        "field": text_of(embedded.field_name),
        **dict.fromkeys(
            ("signer", "subject", "issuer", "serial", "fingerprint", "valid_from", "valid_to"), ""
        ),
        **dict.fromkeys(("signed_at", "stamped_at", "reason", "digest", "modification"), ""),
        **dict.fromkeys(("stamp_trusted", "certifies", "allowed", "whole_file"), False),
        **dict.fromkeys(("intact", "valid", "trusted", "revoked", "good"), False),
        "coverage": "UNCLEAR",
        "problem": "UNREADABLE",
    }


async def judge(content, roots):
    """All signatures of a file.

    :param bytes content: the file
    :param roots: trusted certificates (asn1)
    :return: dict, see the head of this file
    """
    try:
        reader = read(content)
        if reader.security_handler is not None:
            return {"error": "locked", "signatures": []}
        found = reader.embedded_signatures[:MAX_SIGNATURES]
    except Exception:  # noqa: BLE001 - hostile input raises many kinds
        return {"error": "broken", "signatures": []}
    rows, proofs = {}, []
    for index, embedded in reversed(list(enumerate(found))):
        if embedded.sig_object_type == "/DocTimeStamp":
            try:
                rows[index], moment = await judge_timestamp(reader, embedded, roots, proofs)
                if moment is not None:
                    proofs.append((embedded.signed_revision, moment))
            except Exception:  # noqa: BLE001 - the verdict is the answer
                rows[index] = broken(embedded, "timestamp")
    for index, embedded in enumerate(found):
        if index not in rows:
            try:
                rows[index] = await judge_signature(reader, embedded, roots, proofs)
            except Exception:  # noqa: BLE001 - the verdict is the answer
                rows[index] = broken(embedded, "signature")
    return {"error": "", "signatures": [rows[index] for index in sorted(rows)]}


def main():
    """Read, judge, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    head, _newline, content = sys.stdin.buffer.read().partition(b"\n")
    options = json.loads(head)
    roots = [x509.Certificate.load(base64.b64decode(one)) for one in options["roots"]]
    sys.stdout.write(json.dumps(asyncio.run(judge(content, roots))))


if __name__ == "__main__":
    main()
