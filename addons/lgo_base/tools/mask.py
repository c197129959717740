# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Addresses of a person so that the person knows them and nobody else learns them."""

import re


def email(address):
    """``somchai@example.com`` as ``s…@example.com``; empty stays empty."""
    name, at, domain = (address or "").strip().rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at else "…" * bool(domain)


def phone(number):
    """The last two digits only: the last four open the tracking page."""
    digits = re.sub(r"\D", "", number or "")
    return f"…{digits[-2:]}" if len(digits) > 4 else "…" * bool(digits)


def name(text):
    """``สมชาย ใจดี`` as ``ส… ใ…``: who knows the person recognises it, nobody else does."""
    return " ".join(f"{word[:1]}…" for word in (text or "").split())
