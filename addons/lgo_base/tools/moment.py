# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers about moments and phone numbers that clocks and forms share."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from .thai import to_arabic_digits

BANGKOK = ZoneInfo("Asia/Bangkok")


def end_of_day(day):
    """Last second of a Bangkok day, as naive UTC ``datetime``."""
    end = datetime.combine(day, time(23, 59, 59), tzinfo=BANGKOK)
    return end.astimezone(UTC).replace(tzinfo=None)


def phone_digits(text):
    """The digits of a phone number, Thai digits included; ``""`` for nothing."""
    return "".join(char for char in to_arabic_digits(text or "") if char in "0123456789")
