# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoIssuedDocument(models.Model):
    """Minutes carry the number that the meeting got when it was called."""

    _inherit = "lgo.issued.document"

    @api.model
    def _take_entry(self, record, kind, unit, at):
        if record._name == "lgo.eoffice.letter":
            meeting = record.sudo().meeting_id
            if meeting.minutes_id == record and meeting.register_entry_id:
                return meeting._minutes_entry()
        return super()._take_entry(record, kind, unit, at)
