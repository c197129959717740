# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""OpenID Connect for the one who relies on it: PKCE, keys and ID tokens; no ORM.

Source: OpenID Connect Core 1.0 s.3.1.3.7 (validation of the ID token), RFC 7636 (PKCE), RFC 7517
(JWK), RFC 8725 (JWT best current practices: algorithms are chosen by us, never by the token).
"""

import base64
import hashlib
import secrets
import threading
import time

import jwt

from odoo.addons.lgo_base.tools import api_client

#: Only signatures that need the provider's private key; a public key never is a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CACHE_SECONDS = 3600
REFETCH_SECONDS = 60


class OidcError(Exception):
    """The answer of the provider is not to be trusted; ``str()`` holds no personal data."""


def verifier():
    """A fresh PKCE verifier (RFC 7636 s.4.1: 43 to 128 characters)."""
    return secrets.token_urlsafe(48)


def challenge(text):
    """The S256 challenge of a verifier."""
    digest = hashlib.sha256(text.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Documents:
    """JSON documents of providers, kept for an hour in this process."""

    def __init__(self):
        self._kept = {}
        self._lock = threading.Lock()

    def get(self, url, fresh=False):
        """The document at ``url``.

        :param bool fresh: fetch it again, but at most once a minute
        :raises OidcError: it cannot be had
        """
        now = time.monotonic()
        with self._lock:
            at, document = self._kept.get(url, (None, None))
        age = None if at is None else now - at
        if age is not None and age < (REFETCH_SECONDS if fresh else CACHE_SECONDS):
            return document
        try:
            answer = api_client.call("GET", url)
            if answer.status != 200:
                raise OidcError(f"status {answer.status}")
            document = answer.json()
        except api_client.ApiError as error:
            raise OidcError(str(error)) from error
        with self._lock:
            self._kept[url] = (now, document)
        return document

    def forget(self):
        """Drop everything that is kept."""
        with self._lock:
            self._kept.clear()


documents = Documents()


def _matching_key(keys, kid):
    if not isinstance(keys, list):
        raise OidcError("the key set is malformed")
    found = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") in ("RSA", "EC")
        and key.get("use", "sig") == "sig"
        and (kid is None or key.get("kid") == kid)
    ]
    return found[0] if len(found) == 1 else None


def signing_key(url, header):
    """The key that signed a token; a key that is not known makes us fetch the set once.

    :param str url: address of the key set
    :param dict header: of the token, not yet trusted
    :raises OidcError: there is no such key
    """
    kid = header.get("kid")
    if kid is not None and not isinstance(kid, str):
        raise OidcError("the token has no usable key id")
    for fresh in (False, True):
        key = _matching_key(documents.get(url, fresh=fresh).get("keys"), kid)
        if key:
            try:
                return jwt.PyJWK(key, algorithm=header["alg"])
            except (jwt.PyJWTError, KeyError, ValueError) as error:
                raise OidcError("the key does not fit the token") from error
    raise OidcError("the token is signed with an unknown key")


def check_id_token(token, keys_url, client_id, issuer, nonce, algorithms, leeway):
    """Validate an ID token.

    :param str token: as received
    :param str keys_url: address of the key set
    :param str nonce: that this browser was sent away with
    :param algorithms: names that are accepted, of :data:`ALGORITHMS`
    :param int leeway: seconds that the clocks may differ
    :return: its claims
    :raises OidcError: anything is wrong with it
    """
    allowed = [name for name in algorithms if name in ALGORITHMS]
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in allowed:
            raise OidcError("the signature algorithm is not accepted")
        claims = jwt.decode(
            token,
            signing_key(keys_url, header).key,
            algorithms=allowed,
            audience=client_id,
            issuer=issuer,
            leeway=leeway,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        # the class alone: a text of the library may quote the token
        raise OidcError(f"ID token: {type(error).__name__}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise OidcError("ID token: malformed") from error
    audience = claims["aud"]
    party = claims.get("azp")
    if (isinstance(audience, list) and len(audience) > 1 and not party) or (
        party is not None and party != client_id
    ):
        raise OidcError("ID token: made for another party")
    sent = claims.get("nonce")
    if not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), nonce.encode()):
        raise OidcError("ID token: the nonce is not ours")
    return claims
