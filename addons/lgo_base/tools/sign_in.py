# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What proves a sign-in that needs no password, and where a sign-in may lead."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

GRANT_TYPE = "lgo_grant"
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class Grant:
    """Made by our code after it has proven who calls; an object, which no request can send.

    :ivar int uid: the only account that it opens
    :ivar str level: code of ``ASSURANCE``
    :ivar str mfa: ``skip`` when the proof has two factors of its own, else ``default``
    """

    uid: int
    level: str
    mfa: str = "default"


def local_path(target, default="/my"):
    """``target`` when it is a path of this site, else ``default`` (no open redirect).

    :param str target: as it came with a request
    """
    text = target or ""
    if not text.startswith("/") or text.startswith("//") or UNSAFE.search(text):
        return default
    try:
        parts = urlsplit(text)
    except ValueError:
        return default
    if parts.scheme or parts.netloc or len(text) > 2000:
        return default
    return text
