# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Signed requests between two offices; no ORM.

HTTP Message Signatures (RFC 9421) with Ed25519 (RFC 8032) over method, host, path, type and
digest of the body (RFC 9530). The host is covered, so that a request that one office signed for
another cannot be handed to a third. A signature lives for minutes and carries a nonce that the
receiver keeps, so that it serves once.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.exceptions import HTTPMessageSignaturesException

TAG = "lgo-exchange"
COVERED = ("@method", "@authority", "@path", "content-type", "content-digest")
#: How long a signature serves, and how far two clocks may differ.
LIFE = timedelta(minutes=5)
SKEW = timedelta(minutes=1)
KEY_BYTES = 32
NONCE_BYTES = 24


class SignatureError(Exception):
    """The request is not signed as it must be; the message is for the log, not for the sender."""


@dataclass
class Message:
    """A request as the library wants to see it."""

    method: str
    url: str
    headers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Proof:
    """What a good signature says."""

    keyid: str
    nonce: str
    created: datetime


class _Keys(HTTPSignatureKeyResolver):
    def __init__(self, find):
        self.find = find

    def resolve_public_key(self, key_id):
        return self.find(key_id)

    def resolve_private_key(self, key_id):
        return self.find(key_id)


class _Verifier(HTTPMessageVerifier):
    max_clock_skew = SKEW


def make_key():
    """A new pair of keys.

    :return: ``(private, public)``, each base64 of 32 bytes
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes_raw()
    return base64.b64encode(private).decode(), _public_text(key)


def _public_text(key):
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _raw(text):
    try:
        raw = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise SignatureError("The key is not base64.") from error
    if len(raw) != KEY_BYTES:
        raise SignatureError("The key has not 32 bytes.")
    return raw


def public_key(text):
    """The key object of a public key (base64 of 32 bytes).

    :raises SignatureError: it is none
    """
    return Ed25519PublicKey.from_public_bytes(_raw(text))


def key_id(public):
    """Name of a public key that follows from the key itself: nobody else can have the name."""
    return hashlib.sha256(_raw(public)).hexdigest()[:32]


def fingerprint(public):
    """SHA-256 of a public key in groups of four, as two officers read it out to each other."""
    digest = hashlib.sha256(_raw(public)).hexdigest().upper()
    return " ".join(digest[start : start + 4] for start in range(0, 64, 4))


def sign(method, url, body, private, content_type="application/json"):
    """The headers of a signed request.

    :param str method: POST
    :param str url: whole address
    :param bytes body: what is sent
    :param str private: private key, base64 of 32 bytes
    """
    key = Ed25519PrivateKey.from_private_bytes(_raw(private))
    message = Message(method, url, {"Content-Type": content_type})
    now = datetime.now(UTC)
    HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519, key_resolver=_Keys(lambda _name: key)
    ).sign(
        message,
        key_id=key_id(_public_text(key)),
        created=now,
        expires=now + LIFE,
        nonce=secrets.token_urlsafe(NONCE_BYTES),
        label="lgo",
        tag=TAG,
        covered_component_ids=COVERED,
        body=body,
    )
    return message.headers


def verify(method, url, headers, body, find):
    """Check the signature of a request.

    :param str method: as it came
    :param str url: whole address under which it came
    :param headers: its headers (mapping)
    :param bytes body: its body, as it came
    :param find: function that gives the public key (base64) of a key id, or nothing
    :return: :class:`Proof`; whether the nonce is new is for the caller to say
    :raises SignatureError: anything is missing, old, altered or of an unknown key
    """

    def resolve(name):
        text = find(name) if isinstance(name, str) and len(name) <= 100 else None
        if not text:
            raise SignatureError("unknown key")
        return public_key(text)

    try:
        found = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(resolve))
        results = found.verify(
            Message(method, url, dict(headers)),
            max_age=LIFE,
            expect_tag=TAG,
            require_components=COVERED,
            body=body,
        )
    except (InvalidSignature, HTTPMessageSignaturesException, ValueError, TypeError) as error:
        raise SignatureError(str(error)[:200]) from error
    if len(results) != 1:
        raise SignatureError("more than one signature")
    values = results[0].parameters
    if "expires" not in values or values["expires"] - values["created"] > LIFE.total_seconds():
        raise SignatureError("the signature lives too long")
    nonce = values.get("nonce") or ""
    if not 16 <= len(nonce) <= 128:
        raise SignatureError("no nonce")
    return Proof(values["keyid"], nonce, datetime.fromtimestamp(values["created"], UTC))
