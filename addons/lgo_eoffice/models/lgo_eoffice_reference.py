# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeReference(models.Model):
    """An earlier letter that a letter refers to (อ้างถึง)."""

    _name = "lgo.eoffice.reference"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Reference of a Letter"
    _order = "letter_id, sequence, id"

    _is_printed = True

    sequence = fields.Integer(default=10)
    ref_letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", string="Letter in the system", index="btree_not_null"
    )
    org = fields.Char(string="Agency")
    urgency_text = fields.Char(string="Urgency")
    doc_no = fields.Char(string="Number")
    doc_date = fields.Date(string="Dated")
