# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

#: What the register shows and may be corrected.
CORRECTED = ("subject", "doc_no", "doc_date", "from_text", "to_text")


class LgoEofficeCorrection(models.TransientModel):
    """Correct the line of a register: new text and the reason; the old text stays readable."""

    _name = "lgo.eoffice.correction"
    _description = "Correction of a Letter"

    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, ondelete="cascade"
    )
    subject = fields.Char(required=True)
    doc_no = fields.Char(string="Number")
    doc_date = fields.Date(string="Dated")
    from_text = fields.Char(string="From", required=True)
    to_text = fields.Char(string="To", required=True)
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        """Begin with what the letter says now."""
        values = super().default_get(fields_list)
        letter = self.env["lgo.eoffice.letter"].browse(values.get("letter_id"))
        if letter:
            letter.check_access("read")
            letter._note_sitting()
            values.update({name: letter[name] for name in CORRECTED if name in fields_list})
        return values

    def action_confirm(self):
        """Correct the letter; rights are checked there."""
        self.ensure_one()
        values = {name: self[name] for name in CORRECTED}
        self.letter_id._correct(values, self.reason)
        return {"type": "ir.actions.act_window_close"}
