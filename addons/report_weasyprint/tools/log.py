# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keep WeasyPrint quiet; imported before it.

WeasyPrint reports every step and every CSS rule that only a browser understands, and sets its own
level at import, so Odoo's log settings do not reach it.
"""

import logging

for _name in ("weasyprint", "weasyprint.progress", "fontTools", "pikepdf"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
