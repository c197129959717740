# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The language of the terminal: Thai where the locale is Thai, else English."""

import os

from .thai import THAI


def language():
    """ "th" or "en": $LGO_LANG, else the locale of messages (POSIX: LC_ALL, LC_MESSAGES, LANG)."""
    for name in ("LGO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "th" if value.lower().startswith("th") else "en"
    return "en"


def _(text, /, **values):
    """`text` in the language of the terminal, its {names} filled in.

    :param text: English; the key of `thai.THAI`
    """
    if language() == "th":
        text = THAI.get(text, text)
    return text.format(**values) if values else text
