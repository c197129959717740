# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The permission to use a personal key, given by its owner for one call.

Electronic Transactions Act B.E. 2544, s. 26(2): the key was under the control of the signer and
of nobody else when the signature was made. What the owner types is an object in the memory of
one request: no remote call can send it, and it is never stored, printed or logged.
"""

from dataclasses import dataclass, field

#: Context key under which the grant travels to the place that signs.
KEY = "lgo_sign_grant"


@dataclass(frozen=True)
class Grant:
    """What the owner of a key has just confirmed.

    :param int user_id: who was asked for the password again and confirmed
    :param str secret: passphrase of the key file or PIN of the token
    """

    user_id: int
    secret: str = field(default="", repr=False)
    documents: list = field(default_factory=list, repr=False, compare=False)
    """filled while the call runs: the ``lgo.issued.document`` that were signed by it"""


def granted(env):
    """The grant of the user of ``env``, or None.

    An imitation sent in the context of a remote call is no :class:`Grant` and counts for nothing.
    """
    found = env.context.get(KEY)
    return found if isinstance(found, Grant) and found.user_id == env.uid else None
