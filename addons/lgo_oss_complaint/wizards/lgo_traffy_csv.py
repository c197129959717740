# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError


class LgoTraffyCsv(models.TransientModel):
    """Takes a CSV file of Traffy Fondue, first as a trial."""

    _name = "lgo.traffy.csv"
    _description = "Traffy Fondue File"

    source_id = fields.Many2one(
        comodel_name="lgo.traffy.source", required=True, ondelete="cascade", readonly=True
    )
    file = fields.Binary(string="CSV file", required=True, attachment=False)
    file_name = fields.Char()
    dry_run = fields.Boolean(
        string="Trial", default=True, help="Only count and check; nothing is stored."
    )

    def action_import(self):
        """Read the file and show what became of it."""
        self.ensure_one()
        try:
            data = base64.b64decode(self.file or b"", validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("Please choose the file again.")) from error
        self.source_id.check_access("write")
        log = self.source_id._run_csv(data, dry_run=self.dry_run)
        return {
            "type": "ir.actions.act_window",
            "res_model": "lgo.traffy.log",
            "res_id": log.id,
            "view_mode": "form",
        }
