# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoIssuedDocument(models.Model):
    _inherit = "lgo.issued.document"

    def _take_entry(self, record, kind, unit, at):
        """A receipt has its number already."""
        if record._name == "lgo.receipt":
            return record.sudo().register_entry_id
        return super()._take_entry(record, kind, unit, at)
