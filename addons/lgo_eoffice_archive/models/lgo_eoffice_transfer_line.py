# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeTransferLine(models.Model):
    """A letter on a list for the National Archives."""

    _name = "lgo.eoffice.transfer.line"
    _description = "Letter on a List for the Archives"
    _order = "transfer_id, id"

    transfer_id = fields.Many2one(
        comodel_name="lgo.eoffice.transfer", required=True, index=True, ondelete="cascade"
    )
    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, index=True, ondelete="restrict"
    )
    folder_code = fields.Char(related="letter_id.folder_id.code")
    doc_no = fields.Char(related="letter_id.doc_no")
    doc_date = fields.Date(related="letter_id.doc_date")
    receive_no = fields.Integer(related="letter_id.receive_no")
    subject = fields.Char(related="letter_id.open_subject")
    note = fields.Char()

    _letter_uniq = models.UniqueIndex("(transfer_id, letter_id)", "The letter is listed twice.")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_lines()
        return lines

    def write(self, vals):
        self._check_lines()
        done = super().write(vals)
        self._check_lines()
        return done

    def _check_lines(self):
        """Nobody changes a signed list, or lists a letter that they may not read."""
        self.letter_id.with_env(self.env).check_access("read")
        for transfer in self.transfer_id:
            transfer._check_draft()

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for transfer in self.transfer_id:
            transfer._check_draft()
