# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Key files (PKCS#12) and certificates (X.509); pure functions, no ORM.

Source: RFC 7292 (PKCS#12), RFC 5280 s. 4.2.1.3 (key usage) and s. 4.2.1.9 (basic constraints).
"""

import binascii
from dataclasses import dataclass, field

from asn1crypto import pem
from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import ExtensionOID, NameOID

MIN_RSA_BITS = 2048
MAX_BYTES = 256 * 1024


class KeyFileError(Exception):
    """``code``: broken, passphrase, no_key, legacy."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class KeyPair:
    """A private key with its certificate and those above it (objects of ``cryptography``)."""

    key: object = field(repr=False)
    certificate: x509.Certificate
    chain: tuple = ()


def open_pkcs12(content, passphrase):
    """Open a key file.

    :param bytes content: the file (.p12, .pfx)
    :param str passphrase: may be empty
    :return: :class:`KeyPair`
    :raises KeyFileError: it is no key file, the passphrase is wrong, or the key is missing
    """
    try:
        asn1_pkcs12.Pfx.load(content, strict=True)["auth_safe"]["content_type"].native  # noqa: B018
    except (ValueError, TypeError, KeyError) as error:
        raise KeyFileError("broken") from error
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            content, (passphrase or "").encode()
        )
    except UnsupportedAlgorithm as error:
        raise KeyFileError("legacy") from error
    except ValueError as error:
        raise KeyFileError("passphrase") from error
    if key is None or certificate is None:
        raise KeyFileError("no_key")
    return KeyPair(key, certificate, tuple(chain))


def problem(certificate):
    """Why a certificate cannot sign documents: ca, usage, weak, kind; None when it can."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size < MIN_RSA_BITS:
            return "weak"
    elif not isinstance(key, ec.EllipticCurvePublicKey):
        return "kind"
    extensions = {one.oid: one.value for one in certificate.extensions}
    constraints = extensions.get(ExtensionOID.BASIC_CONSTRAINTS)
    if constraints is not None and constraints.ca:
        return "ca"
    usage = extensions.get(ExtensionOID.KEY_USAGE)
    if usage is None or usage.digital_signature or usage.content_commitment:
        return None
    return "usage"


def common_name(name):
    """The name that people know: common name, else organisation, else all of it."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()


def facts(certificate):
    """What a certificate says of itself, as values of the fields of the records.

    :return: dict; moments are naive UTC
    """
    key = certificate.public_key()
    kind = f"RSA {key.key_size}" if isinstance(key, rsa.RSAPublicKey) else "?"
    if isinstance(key, ec.EllipticCurvePublicKey):
        kind = f"EC {key.curve.name}"
    return {
        "subject_name": common_name(certificate.subject),
        "subject": certificate.subject.rfc4514_string(),
        "issuer_name": common_name(certificate.issuer),
        "issuer": certificate.issuer.rfc4514_string(),
        "serial": f"{certificate.serial_number:x}",
        "fingerprint": fingerprint(certificate),
        "valid_from": certificate.not_valid_before_utc.replace(tzinfo=None),
        "valid_to": certificate.not_valid_after_utc.replace(tzinfo=None),
        "key_kind": kind,
    }


def fingerprint(certificate):
    """SHA-256 of the certificate, 64 hex digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def to_pem(certificates):
    """Certificates one after the other as PEM text."""
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in certificates)


def from_pem(text):
    """The certificates of a PEM text that :func:`to_pem` wrote.

    :return: list of ``cryptography`` certificates
    """
    return x509.load_pem_x509_certificates(text.encode()) if text else []


def read_certificates(content):
    """The certificates of a file: PEM, one or many, or DER.

    :param bytes content: the file
    :return: list, not empty
    :raises KeyFileError: there is none
    """
    try:
        if pem.detect(content):
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except (ValueError, TypeError, binascii.Error) as error:
        raise KeyFileError("broken") from error
    if not found:
        raise KeyFileError("broken")
    return found


def as_asn1(certificate):
    """The certificate as pyHanko wants it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
