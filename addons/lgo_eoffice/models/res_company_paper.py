# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How the organisation prints letters and stamps received ones."""

    _inherit = "res.company"

    lgo_letter_margin_top = fields.Float(
        string="Upper margin (cm)",
        digits=(3, 1),
        default=2.5,
        required=True,
        help="Of letters, from the second page on; on the first page the Garuda stands 1.5 cm "
        "below the edge.",
    )
    lgo_letter_margin_bottom = fields.Float(
        string="Lower margin (cm)", digits=(3, 1), default=2.0, required=True
    )
    lgo_letter_fax = fields.Char(string="Telefax on letters")
    lgo_name_seal = fields.Image(
        string="Name seal",
        max_width=1200,
        max_height=1200,
        help="ตราชื่อส่วนราชการ of stamped letters, red on white or transparent; empty: two red "
        "circles with the name are drawn.",
    )
    lgo_stamp_corner = fields.Selection(
        [
            ("top_right", "Upper right"),
            ("top_left", "Upper left"),
            ("bottom_right", "Lower right"),
            ("bottom_left", "Lower left"),
        ],
        string="Receive stamp stands",
        required=True,
        default="top_right",
        help="Form 12 wants it at the upper right; it moves to the nearest place where nothing is "
        "printed.",
    )
    lgo_notes_place = fields.Selection(
        [("face", "On the letter, where there is room"), ("page", "On a page behind it")],
        string="Notes are printed",
        required=True,
        default="face",
    )

    @api.constrains("lgo_letter_margin_top", "lgo_letter_margin_bottom")
    def _check_letter_margins(self):
        for company in self:
            margins = (company.lgo_letter_margin_top, company.lgo_letter_margin_bottom)
            if not all(1 <= margin <= 6 for margin in margins):
                raise ValidationError(
                    self.env._("The margins of letters must be between 1 and 6 cm.")
                )
