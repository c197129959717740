# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeSecrecyChange(models.TransientModel):
    """Dialog: another class of secrecy for a letter, with the reason and who may open it."""

    _name = "lgo.eoffice.secrecy.change"
    _description = "Change the Secrecy of a Letter"

    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, readonly=True, ondelete="cascade"
    )
    secrecy = fields.Selection(
        selection=lambda self: (
            self.env["lgo.eoffice.letter"]._fields["secrecy"]._description_selection(self.env)
        ),
        string="Class of secrecy",
        required=True,
    )
    reason = fields.Char(help="Stands in the audit trail; write nothing secret here.")
    user_ids = fields.Many2many(
        comodel_name="res.users", relation="lgo_eoffice_secrecy_change_user_rel",
        string="May open it", domain=[("share", "=", False)],
        help="Besides the registrar of secret letters and you.",
    )  # fmt: skip

    def action_apply(self):
        """Button: change the class; the rights are checked by the letter."""
        self.ensure_one()
        self.letter_id._change_secrecy(self.secrecy, self.reason, self.user_ids)
        return {"type": "ir.actions.act_window_close"}
