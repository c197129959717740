# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import (
    agency_match,
    layout,
    letter_head,
    letter_number,
    letter_parser,
    letter_parts,
    letter_words,
    reader,
    thai_digits,
    thai_layer,
)
