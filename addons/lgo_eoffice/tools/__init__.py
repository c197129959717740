# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import text_diff
from . import letter_body
from . import name_seal
from . import pdf_stamp
