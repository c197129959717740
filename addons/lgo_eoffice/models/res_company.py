# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How the organisation runs its saraban; practice varies, so all of it is a setting."""

    _inherit = "res.company"

    lgo_route_mode = fields.Selection(
        [("unit_first", "To the unit first"), ("top_first", "To the chief administrator first")],
        string="Way of received letters",
        required=True,
        default="unit_first",
    )
    lgo_secret_electronic = fields.Boolean(
        string="Keep the content of secret letters",
        help="Off: of letters classed ลับ and ลับมาก only register data is kept, no text and no "
        "file.",
    )
    lgo_letter_thai_digits = fields.Boolean(string="Thai digits on letters", default=True)
    lgo_old_letter_days = fields.Integer(string="Warn of letters older than (days)", default=365)
