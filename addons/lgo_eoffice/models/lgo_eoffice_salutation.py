# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeSalutation(models.Model):
    """How an addressee is greeted and taken leave of.

    Saraban Regulation B.E. 2526, annex 2 (คำขึ้นต้น สรรพนาม และคำลงท้าย); the list is data because
    amendments change it.
    """

    _name = "lgo.eoffice.salutation"
    _description = "Salutation"
    _order = "sequence, id"

    name = fields.Char(string="Addressees", required=True)
    salutation = fields.Char(required=True, help="คำขึ้นต้น, for example เรียน.")
    closing = fields.Char(help="คำลงท้าย, for example ขอแสดงความนับถือ.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.depends("name", "salutation")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.salutation} ({row.name})"
