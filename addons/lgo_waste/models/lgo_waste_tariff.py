# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .lgo_waste_fee_limit import WASTE_TYPES


class LgoWasteTariff(models.Model):
    """A class of service points (ประเภทผู้ใช้บริการ): households, shops, rooms of a condominium.

    What a class pays stands in the rate table of the ordinance in force.
    """

    _name = "lgo.waste.tariff"
    _description = "Class of Service Points"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    waste_type = fields.Selection(WASTE_TYPES, required=True, default="general")
    unit = fields.Selection(
        [
            ("l_day", "Litres a day"),
            ("kg_day", "Kilograms a day"),
            ("m3_day", "Cubic metres a day"),
            ("m3_time", "Cubic metres each time"),
            ("kg_time", "Kilograms each time"),
            ("room", "Rooms"),
        ],
        string="Measured in",
        required=True,
        default="l_day",
    )
    line_ids = fields.One2many("lgo.waste.tariff.line", "tariff_id")

    _code_uniq = models.UniqueIndex("(code, company_id)", "Another class has this code already.")
