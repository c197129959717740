# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thai digits for numbers inside text (page numbers use the CSS counter style ``thai``)."""

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai_digits(value):
    """Return ``value`` as text with Arabic digits replaced by Thai ones.

    :param value: text or number; ``None`` and ``False`` (an empty field) become an empty string
    :rtype: str
    """
    if value is None or value is False:
        return ""
    return str(value).translate(_TO_THAI)
