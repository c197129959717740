# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """When the time of a case turns amber and red in the lists of the office."""

    _inherit = "res.company"

    lgo_amber_percent = fields.Integer(
        string="Amber from (% of the time)",
        default=70,
        help="From this part of the time a case is shown as due soon.",
    )
    lgo_red_percent = fields.Integer(
        string="Red above (% of the time)",
        default=100,
        help="Above this part of the time a case is shown as late.",
    )

    _lgo_colours = models.Constraint(
        "CHECK (lgo_amber_percent > 0 AND lgo_red_percent >= lgo_amber_percent)",
        "Amber must begin above 0 % and not after red.",
    )
