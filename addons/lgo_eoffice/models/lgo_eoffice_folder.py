# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeFolder(models.Model):
    """A file code (รหัสแฟ้ม): under which matter a letter is kept."""

    _name = "lgo.eoffice.folder"
    _description = "File"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    unit_id = fields.Many2one(comodel_name="hr.department", index="btree_not_null")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        default=lambda self: self.env.company,
    )  # fmt: skip

    _code_uniq = models.UniqueIndex("(company_id, code)", "Another file has this code already.")

    def _compute_display_name(self):
        for folder in self:
            folder.display_name = f"{folder.code} {folder.name}"
