# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeBreakGlass(models.TransientModel):
    """Dialog: the head of the organisation opens a secret letter in need."""

    _name = "lgo.eoffice.break.glass"
    _description = "Open a Secret Letter in Need"

    number = fields.Char(required=True, help="Of the letter, or of the register of secret letters.")
    reason = fields.Char(
        required=True, help="Stands in the audit trail; the registrar of secret letters is told."
    )

    def action_break_glass(self):
        """Button: open the letter; who may is checked by the letter."""
        self.ensure_one()
        letter = self.env["lgo.eoffice.letter"]._break_glass(self.number, self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": letter._name,
            "res_id": letter.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
