# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sealing and hashing of identity numbers; pure functions, no ORM.

Each master key (32 bytes) gives, through HKDF-SHA-256, one key for AES-256-GCM and another for
the HMAC of the look-up hash, so that neither can be used for the other. The key id is a
fingerprint that reveals nothing of the key and tells which key sealed a row.

Source: PDPA B.E. 2562 s.37(1) (appropriate security measures); NIST SP 800-38D (AES-GCM, 96-bit
nonce), RFC 5869 (HKDF), RFC 2104 (HMAC).
"""

import base64
import binascii
import configparser
import functools
import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from odoo.tools import config

KEY_BYTES = 32
NONCE_BYTES = 12
SECTION = "lgo"
OPTION = "lgo_secret_key"
OPTION_OLD = "lgo_secret_key_old"


class VaultError(Exception):
    """The key is missing or malformed, or a cipher text was altered."""


@dataclass(frozen=True)
class Key:
    """One master key, ready to use. ``id`` is 12 hex digits."""

    id: str
    seal_key: bytes = field(repr=False)
    hash_key: bytes = field(repr=False)


def _derive(master, purpose, length=KEY_BYTES):
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(master)


def make_key(text):
    """Return the :class:`Key` of a base64 text of exactly 32 bytes.

    :raises VaultError: when the text is not base64 or has another length
    """
    try:
        master = base64.b64decode((text or "").strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise VaultError("The key is not valid base64.") from error
    if len(master) != KEY_BYTES:
        raise VaultError("The key must be 32 bytes long, written in base64.")
    return Key(
        id=_derive(master, b"lgo identity key id", 6).hex(),
        seal_key=_derive(master, b"lgo identity seal"),
        hash_key=_derive(master, b"lgo identity hash"),
    )


@functools.cache
def _section(file):
    """Return the section ``[lgo]`` of a configuration file; read once, as Odoo reads its own.

    Odoo 19 reads ``[options]`` only, and warns there of every option that is not its own.
    """
    parser = configparser.RawConfigParser()
    parser.read([file], encoding="utf-8")
    return dict(parser[SECTION]) if parser.has_section(SECTION) else {}


def _setting(option):
    file = config.get("config")
    section = _section(file) if file else {}
    # in [options] the keys of older installations lie
    return section.get(option) or config.get(option) or os.environ.get(option.upper()) or ""


def keys():
    """Return the configured keys, the current one first, then those being retired.

    Read from ``lgo_secret_key`` and ``lgo_secret_key_old`` (several, separated by commas) of the
    section ``[lgo]`` of the configuration file, else of its ``[options]``, else from the
    environment variables of the same name in capitals. Never from the database: a stolen dump
    must not hold its own key.

    :raises VaultError: when no current key is configured or one is malformed
    """
    current = _setting(OPTION)
    if not current:
        raise VaultError("No key is configured.")
    old = [text for text in _setting(OPTION_OLD).split(",") if text.strip()]
    return [make_key(text) for text in [current, *old]]


def seal(key, plain, context):
    """Encrypt ``plain`` (str); ``context`` (str) must be given again to open it.

    :returns: base64 text of nonce and cipher text
    """
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key.seal_key).encrypt(nonce, plain.encode(), context.encode())
    return base64.b64encode(nonce + sealed).decode()


def unseal(key, sealed, context):
    """Decrypt what :func:`seal` returned.

    :raises VaultError: when the text, the key or the context is not the one it was sealed with
    """
    try:
        raw = base64.b64decode(sealed, validate=True)
        plain = AESGCM(key.seal_key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise VaultError("The stored number was altered or sealed with another key.") from error
    return plain.decode()


def lock(plain, context):
    """Seal ``plain`` with the current key; the text tells which key that was.

    :raises VaultError: the server has no valid key
    """
    key = keys()[0]
    return f"{key.id}:{seal(key, plain, context)}"


def unlock(stored, context):
    """Open what :func:`lock` returned, also after a newer key has come before the old one.

    :raises VaultError: the key is gone, or the text is empty, altered or of another context
    """
    key_id, _colon, sealed = (stored or "").partition(":")
    for key in keys():
        if key.id == key_id:
            return unseal(key, sealed, context)
    raise VaultError("The key with which this was sealed is not configured any more.")


def digest(key, kind, number):
    """Return the keyed look-up hash (64 hex digits) of a normalised number."""
    return hmac.new(key.hash_key, f"{kind}|{number}".encode(), hashlib.sha256).hexdigest()
