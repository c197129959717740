# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keys on a token or HSM (PKCS#11, OASIS PKCS #11 v2.40).

The module is a library that runs inside the server: its path stands in the configuration file,
never in the database. Section ``[lgo]``: ``lgo_pkcs11_module`` (path), and for a seal that signs
unattended ``lgo_pkcs11_pin``; a person's PIN is typed at each signature.
"""

import contextlib

from cryptography import x509
from pkcs11 import Attribute, ObjectClass
from pkcs11 import exceptions as p11
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from odoo.addons.lgo_base.tools import identity_vault

from . import key_file

MODULE = "lgo_pkcs11_module"
PIN = "lgo_pkcs11_pin"


class TokenError(Exception):
    """``code``: off, pin, locked, absent, failed."""

    def __init__(self, code, detail=""):
        super().__init__(detail or code)
        self.code = code


def module():
    """Path of the PKCS#11 library, as the server is configured.

    :raises TokenError: none is
    """
    path = identity_vault._setting(MODULE)
    if not path:
        raise TokenError("off")
    return path


def unattended_pin():
    """PIN of the seal from the configuration of the server; may be empty."""
    return identity_vault._setting(PIN)


@contextlib.contextmanager
def _session(token_label, pin=None):
    try:
        session = open_pkcs11_session(
            module(), token_criteria=TokenCriteria(label=token_label or ""), user_pin=pin or None
        )
    except (p11.PinIncorrect, p11.PinInvalid, p11.PinLenRange) as error:
        raise TokenError("pin") from error
    except p11.PinLocked as error:
        raise TokenError("locked") from error
    except (p11.NoSuchToken, p11.TokenNotPresent) as error:
        raise TokenError("absent") from error
    except (p11.PKCS11Error, OSError) as error:
        code = "absent" if "No token" in str(error) else "failed"
        raise TokenError(code, str(error) or type(error).__name__) from error
    try:
        yield session
    finally:
        session.close()


def certificate(token_label, key_label):
    """The certificate with this label; certificates are public, no PIN is needed.

    :return: (certificate of ``cryptography``, those of authorities that lie on the token)
    :raises TokenError: not found
    """
    with _session(token_label) as session:
        found = [
            (one[Attribute.LABEL], x509.load_der_x509_certificate(bytes(one[Attribute.VALUE])))
            for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
    own = [one for label, one in found if label == (key_label or "")]
    if len(own) != 1:
        raise TokenError("absent")
    return own[0], [one for _label, one in found if key_file.problem(one) == "ca"]


@contextlib.contextmanager
def signer(token_label, key_label, pin, pair):
    """A signer for as long as the block lasts.

    :param pair: (certificate, those above it), as recorded
    :raises TokenError: wrong PIN, or the key is not there
    """
    if not pin:
        raise TokenError("pin")
    own, chain = pair
    with _session(token_label, pin) as session:
        try:
            yield PKCS11Signer(
                session,
                signing_cert=key_file.as_asn1(own),
                ca_chain=[key_file.as_asn1(one) for one in chain],
                key_label=key_label,
            )
        except p11.PKCS11Error as error:
            raise TokenError("failed", str(error) or type(error).__name__) from error
