# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.lgo_base.tools import thai


class LgoEofficePaperMixin(models.AbstractModel):
    """Days on the forms of keeping."""

    _name = "lgo.eoffice.paper.mixin"
    _description = "Days on the Forms of Keeping"

    def _paper_date(self, day):
        """A day as the forms print it, empty when there is none."""
        return thai.format_date(day, style="short") if day else ""
