# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoSubdistrict(models.Model):
    """A subdistrict (ตำบล, in Bangkok แขวง), six-digit code. Source: see ``lgo.province``."""

    _name = "lgo.subdistrict"
    _description = "Subdistrict"
    _inherit = ["lgo.area.mixin"]

    district_id = fields.Many2one(
        comodel_name="lgo.district", required=True, index=True, ondelete="restrict"
    )
    province_id = fields.Many2one(
        comodel_name="lgo.province", related="district_id.province_id", store=True, index=True
    )
    postcodes = fields.Char(
        help="One or more postcodes, separated by spaces: parts of a subdistrict may differ."
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "This code is in the list already.")
    _code_digits = models.Constraint(
        "CHECK (code ~ '^[0-9]{6}$')", "The code of a subdistrict has 6 digits."
    )

    def _postcode_list(self):
        """Postcodes of one subdistrict as a list of ``str``."""
        self.ensure_one()
        return (self.postcodes or "").split()
