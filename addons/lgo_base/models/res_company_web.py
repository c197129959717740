# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What the citizens' site shows of the organisation."""

    _inherit = "res.company"

    lgo_office_hours = fields.Char(
        string="Opening hours",
        translate=True,
        help="Shown on the citizens' site, such as: Monday to Friday 08:30-16:30.",
    )
    lgo_tile_url = fields.Char(
        string="Map tiles",
        help="Address template of the map images, with {z}, {x} and {y}. Empty: the map shows "
        "the boundary and a grid only, and no other server is asked for anything.",
    )

    @api.constrains("lgo_tile_url")
    def _check_lgo_tile_url(self):
        for company in self.filtered("lgo_tile_url"):
            url = company.lgo_tile_url
            if not url.startswith(("https://", "http://", "/")) or not all(
                part in url for part in ("{z}", "{x}", "{y}")
            ):
                raise ValidationError(
                    self.env._(
                        "The address of the map tiles must start with https:// (or / for this "
                        "server) and hold {z}, {x} and {y}."
                    )
                )

    def _lgo_office_hours_text(self):
        """Opening hours for people to read; the civil service's usual ones when none are set.

        The usual hours 08:30-16:30 on working days: Regulation of the Office of the Prime
        Minister on Working Hours and Official Holidays.
        """
        self.ensure_one()
        return self.sudo().lgo_office_hours or self.env._(
            "Monday to Friday 08:30-16:30, except public holidays"
        )
