# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeEnclosure(models.Model):
    """What is sent along with a letter (สิ่งที่ส่งมาด้วย)."""

    _name = "lgo.eoffice.enclosure"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Enclosure of a Letter"
    _order = "letter_id, sequence, id"

    _is_printed = True

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    qty = fields.Integer(string="Quantity", default=1)
    unit_name = fields.Char(string="Counting unit", default="ฉบับ")
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="Attached file", index="btree_not_null"
    )
