# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoOffice(models.Model):
    """A place where citizens can go: the main office, a branch counter, a health station."""

    _name = "lgo.office"
    _description = "Office"
    _order = "is_main desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    is_main = fields.Boolean(string="Main office", help="Shown first; there is one.")
    address = fields.Text(translate=True)
    phone = fields.Char()
    hours = fields.Char(
        string="Opening hours",
        translate=True,
        help="Empty: the opening hours of the organisation hold here too.",
    )
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))

    _main_uniq = models.UniqueIndex(
        "(company_id) WHERE is_main IS TRUE AND active IS TRUE",
        "There is a main office already: take its mark away first.",
    )
    _place_on_earth = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "The place of the office is not on the map.",
    )

    @api.constrains("phone")
    def _check_phone(self):
        for office in self:
            digits = [char for char in office.phone or "" if char.isdigit()]
            if office.phone and not 3 <= len(digits) <= 15:
                raise ValidationError(
                    self.env._("Please write the phone number like 0 2123 4567 or 1669.")
                )

    def _map_url(self):
        """A geo link (RFC 5870), which opens the map of the phone; ``""`` without a place."""
        self.ensure_one()
        if not (self.latitude or self.longitude):
            return ""
        return f"geo:{self.latitude:.6f},{self.longitude:.6f}"
