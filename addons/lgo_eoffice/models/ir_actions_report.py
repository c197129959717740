# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """Who prints a letter opens it: that needs the right and is noted of secret ones."""
        if report.model == "lgo.eoffice.letter" and docids:
            letters = self.env["lgo.eoffice.letter"].browse(docids)
            letters.check_access("read")
            letters._note_opening()
        return super()._get_rendering_context(report, docids, data)
