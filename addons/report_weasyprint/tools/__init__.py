# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

# WeasyPrint reports every step and every CSS rule that only a browser understands; it sets its
# own level at import, so Odoo's log settings do not reach it.
for _name in ("weasyprint", "weasyprint.progress", "fontTools", "pikepdf"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

from . import digits
from . import qr
from . import words
from . import thai_text
from . import thai_justify
from . import fetcher
from . import styles
from . import pages
from . import engine
