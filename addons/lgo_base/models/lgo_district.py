# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoDistrict(models.Model):
    """A district (อำเภอ, in Bangkok เขต), four-digit code. Source: see ``lgo.province``."""

    _name = "lgo.district"
    _description = "District"
    _inherit = ["lgo.area.mixin"]

    province_id = fields.Many2one(
        comodel_name="lgo.province", required=True, index=True, ondelete="restrict"
    )
    subdistrict_ids = fields.One2many(comodel_name="lgo.subdistrict", inverse_name="district_id")

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is in the list already.")
    _code_digits = models.Constraint(
        "CHECK (code ~ '^[0-9]{4}$')", "The code of a district has 4 digits."
    )
