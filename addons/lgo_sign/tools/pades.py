# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PAdES signatures by pyHanko; no ORM.

Source: ETSI EN 319 142-1 (PAdES baseline B-B, B-T, B-LT, B-LTA), ISO 32000-2 s. 12.8. All fields
are made before the first signature, for a field that is added later breaks a certifying
signature. The first signature certifies; later ones fill their field in an incremental update;
the last of several locks the document.
"""

import asyncio
import io
import logging
import tempfile
from dataclasses import dataclass, field
from datetime import UTC

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    OCSPFetchError,
    PathBuildingError,
    PathValidationError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from . import key_file

# a line for every list that is fetched is for who looks for a fault
logging.getLogger("pyhanko_certvalidator").setLevel(logging.WARNING)

#: Levels in rising order; each has what the one before has.
LEVELS = ("b", "t", "lt", "lta")
#: What may fail outside of this server while something is added to a signature.
OUTSIDE = (
    TimestampRequestError,
    SigningError,
    PathBuildingError,
    PathValidationError,
    ValidationError,
    CRLFetchError,
    OCSPFetchError,
)
FETCH_SECONDS = 5
WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
)


class PadesError(Exception):
    """The document cannot be signed as it is."""


@dataclass(frozen=True)
class Field:
    """A signature field: name, what it is for, and box (page, points) when it is seen."""

    name: str
    label: str = ""
    page: int = -1
    box: tuple | None = None
    locks: bool = False


@dataclass(frozen=True)
class Wish:
    """How a signature is to be made."""

    level: str = "b"
    timestamper: object = None
    roots: tuple = ()
    """certificates (asn1) that revocation information is looked up to"""
    reason: str = ""
    name: str = ""
    certify: bool = False
    last: bool = False
    """no other signature follows: every change is forbidden"""
    appearance: bytes = field(default=b"", repr=False)
    """a PDF of the size of the box"""


class KeySigner(signers.Signer):
    """Signs with a key in memory.

    pyHanko's own loads the key anew for each signature, and OpenSSL then checks it again.
    """

    def __init__(self, pair):
        self._key = pair.key
        store = SimpleCertificateStore.from_certs(map(key_file.as_asn1, pair.chain))
        super().__init__(signing_cert=key_file.as_asn1(pair.certificate), cert_registry=store)

    async def async_sign_raw(self, data, digest_algorithm, dry_run=False):
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, rsa.RSAPrivateKey):
            if dry_run:
                return bytes(self._key.key_size // 8)
            return self._key.sign(data, PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))


def add_fields(content, wanted):
    """Put empty signature fields into a PDF, in an incremental update.

    :param bytes content: the PDF
    :param wanted: list of :class:`Field`
    :rtype: bytes
    :raises PadesError: it is no PDF that can be signed
    """
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        for one in wanted:
            lock = {}
            if one.locks:
                lock = {
                    "field_mdp_spec": FieldMDPSpec(FieldMDPAction.ALL),
                    "doc_mdp_update_value": MDPPerm.NO_CHANGES,
                }
            fields.append_signature_field(
                writer,
                SigFieldSpec(
                    one.name,
                    on_page=one.page,
                    box=one.box,
                    readable_field_name=one.label or None,
                    **lock,
                ),
            )
        output = io.BytesIO()
        writer.write(output)
    except (PdfError, ValueError) as error:
        raise PadesError(str(error)) from error
    return output.getvalue()


def empty_fields(content):
    """Names of the signature fields that nobody has signed yet, in order."""
    reader = PdfFileReader(io.BytesIO(content))
    return [name for name, _value, _ref in fields.enumerate_sig_fields(reader, filled_status=False)]


def sign(content, signer, name, wish):
    """Sign one field of a PDF.

    :param bytes content: the PDF with its fields
    :param signer: a signer of pyHanko
    :param str name: name of the empty field
    :param wish: :class:`Wish`
    :rtype: bytes
    :raises PadesError: the field is missing or signed already
    :raises OUTSIDE: the authority or the information on revocation is not to be had
    """
    if name not in empty_fields(content):
        raise PadesError(f"no empty field {name}")
    long_term = wish.level in ("lt", "lta")
    meta = PdfSignatureMetadata(
        field_name=name,
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=wish.reason or None,
        name=wish.name or None,
        certify=wish.certify,
        docmdp_permissions=MDPPerm.NO_CHANGES if wish.last else MDPPerm.FILL_FORMS,
        embed_validation_info=long_term,
        use_pades_lta=wish.level == "lta",
        validation_context=_context(wish.roots, signer.cert_registry) if long_term else None,
        signer_key_usage=set(),
    )
    timestamper = None if wish.level == "b" else wish.timestamper
    with tempfile.NamedTemporaryFile(suffix=".pdf") as picture:
        picture.write(wish.appearance)
        picture.flush()
        style = None
        if wish.appearance:
            style = StaticStampStyle.from_pdf_file(
                picture.name, border_width=0, background_layout=WHOLE_BOX, background_opacity=1.0
            )
        made = PdfSigner(meta, signer, timestamper=timestamper, stamp_style=style).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(content)), existing_fields_only=True
        )
    return made.getvalue()


def _context(roots, others=()):
    """Where the information on revocation comes from: the addresses in the certificates.

    They are called for certificates only whose signature leads to a trusted authority, which chose
    the address then. A missing certificate between is not fetched: its address would stand in a
    certificate of which nothing is proven, and whoever records a key file of their own making
    would choose what this server calls (OWASP Server Side Request Forgery Prevention).
    """
    return ValidationContext(
        trust_roots=list(roots),
        certificate_registry=CertificateRegistry.build(others, cert_fetcher=None),
        allow_fetching=True,
        revocation_mode="hard-fail",
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=FETCH_SECONDS),
    )


def upgrade(content, timestamper, level, roots=()):
    """Add a document time stamp, and before it what is needed to judge the file in years to come.

    :param bytes content: a signed PDF; what it holds stays as it is
    :param timestamper: client of the authority
    :param str level: t, or lt and lta for the information on revocation too
    :param roots: certificates (asn1) at the top
    :rtype: bytes
    :raises OUTSIDE: the authority or the information is not to be had
    """
    return asyncio.run(_upgrade(content, timestamper, level, roots))


async def _upgrade(content, timestamper, level, roots):
    context = None
    if level in ("lt", "lta"):
        count = len(PdfFileReader(io.BytesIO(content)).embedded_regular_signatures)
        for index in range(count):
            context = _context(roots)
            embedded = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[index]
            output = await async_add_validation_info(embedded, context)
            content = output.getvalue()
        context = _context(roots)
    output = await PdfTimeStamper(timestamper).async_timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), "sha256", validation_context=context
    )
    return output.getvalue()


def renew(content, timestamper, roots=()):
    """Add a time stamp over the last one, which would otherwise be worth nothing one day.

    ETSI EN 319 142-1, B-LTA: before the certificate of the authority ends, what is needed to judge
    its time stamp is kept in the file, and a new time stamp covers it.

    :param bytes content: a PDF with a document time stamp
    :param timestamper: client of the authority
    :param roots: certificates (asn1) at the top
    :rtype: bytes
    :raises OUTSIDE: the authority or the information is not to be had
    """
    output = PdfTimeStamper(timestamper).update_archival_timestamp_chain(
        PdfFileReader(io.BytesIO(content)),
        _context(roots),
        in_place=False,
        output=io.BytesIO(),
    )
    return output.getvalue()


def stamp_ends_at(content):
    """Until when the last document time stamp of a PDF can be judged by itself.

    :return: end of the certificate of its authority, naive UTC; None without a time stamp
    """
    stamps = PdfFileReader(io.BytesIO(content)).embedded_timestamp_signatures
    if not stamps:
        return None
    end = stamps[-1].signer_cert["tbs_certificate"]["validity"]["not_after"].native
    return end.astimezone(UTC).replace(tzinfo=None)


def stamped_at(content, name):
    """Time in the time stamp of a signature (naive UTC), or None."""
    for embedded in PdfFileReader(io.BytesIO(content)).embedded_regular_signatures:
        if embedded.field_name == name:
            data = embedded.attached_timestamp_data
            if data is None:
                return None
            moment = data["encap_content_info"]["content"].parsed["gen_time"].native
            return moment.astimezone(UTC).replace(tzinfo=None)
    return None
