# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

WASTE_TYPES = [
    ("general", "General waste"),
    ("infectious", "Infectious waste"),
    ("hazardous", "Hazardous waste of households"),
    ("night_soil", "Night soil"),
]
COMPONENTS = [("collect", "Collection and transport"), ("dispose", "Disposal")]


class LgoWasteFeeLimit(models.Model):
    """The lowest and highest rate that a law allows for one kind of waste and quantity.

    Where the tables of a regulation were not seen in the Gazette nothing is put in here: the
    organisation enters what it reads there (dossier section 1.2, marks U).
    """

    _name = "lgo.waste.fee.limit"
    _description = "Floor and Ceiling of the Waste Fee"
    _order = "basis_id, waste_type, component, above, id"

    basis_id = fields.Many2one(
        "lgo.waste.legal.basis", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="basis_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    waste_type = fields.Selection(WASTE_TYPES, required=True, default="general")
    component = fields.Selection(COMPONENTS, required=True, default="collect")
    above = fields.Float(digits=(12, 3), help="For quantities above this.")
    up_to = fields.Float(digits=(12, 3), help="Up to and with this; 0: without an end.")
    floor = fields.Monetary(help="Lowest rate; 0: none.")
    ceiling = fields.Monetary(help="Highest rate; 0: none.")
    date_from = fields.Date(required=True)
    date_to = fields.Date()

    _values_positive = models.Constraint(
        "CHECK (above >= 0 AND up_to >= 0 AND floor >= 0 AND ceiling >= 0"
        " AND (up_to = 0 OR up_to > above) AND (ceiling = 0 OR ceiling >= floor))",
        "Limits are not negative, and a ceiling is not below its floor.",
    )

    def _applies(self, line, date):
        """True when the limit binds a line of a tariff on ``date``."""
        self.ensure_one()
        overlap = (not self.up_to or line.above < self.up_to) and (
            not line.up_to or self.above < line.up_to
        )
        return (
            overlap
            and self.component == line.component
            and self.waste_type == line.tariff_id.waste_type
            and self.date_from <= date
            and (not self.date_to or date <= self.date_to)
            and not self.basis_id._is_suspended(date)
        )
