# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.tariff import Bracket
from .lgo_waste_fee_limit import COMPONENTS


def decimal(value, digits=3):
    """A number of the database as ``Decimal``, without the noise of floats."""
    return Decimal(f"{value or 0:.{digits}f}")


class LgoWasteTariffLine(models.Model):
    """One line of a rate table: what a class pays for a range of quantities."""

    _name = "lgo.waste.tariff.line"
    _description = "Line of a Rate Table"
    _order = "version_id, tariff_id, component, above, id"

    version_id = fields.Many2one(
        "lgo.waste.tariff.version", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tariff_id = fields.Many2one(
        "lgo.waste.tariff", string="Class", required=True, index=True, check_company=True,
        ondelete="restrict",
    )  # fmt: skip
    component = fields.Selection(COMPONENTS, required=True, default="collect")
    above = fields.Float(digits=(12, 3), help="For quantities above this.")
    up_to = fields.Float(digits=(12, 3), help="Up to and with this; 0: without an end.")
    mode = fields.Selection(
        [("flat", "A month"), ("per_unit", "Each unit"), ("tier_additive", "Base and each unit")],
        string="Counted by",
        required=True,
        default="flat",
    )
    rate = fields.Monetary(required=True)
    base = fields.Monetary(help="What is paid for the quantity below this line.")
    unit_size = fields.Float(digits=(12, 3), default=1.0, help="Quantity that makes one unit.")
    rounding = fields.Selection(
        [
            ("ceil_unit", "Begun units count"),
            ("half_unit", "Half units count"),
            ("exact", "Exact quantity"),
        ],
        string="Begun units",
        required=True,
        default="ceil_unit",
    )
    minimum = fields.Monetary(help="0: none.")
    maximum = fields.Monetary(help="0: none.")

    _values_positive = models.Constraint(
        "CHECK (above >= 0 AND up_to >= 0 AND rate >= 0 AND base >= 0 AND unit_size > 0"
        " AND minimum >= 0 AND maximum >= 0 AND (up_to = 0 OR up_to > above)"
        " AND (maximum = 0 OR maximum >= minimum))",
        "Rates and quantities are not negative, a unit is larger than zero, and a range ends "
        "after it begins.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self._check_draft()

    def _check_draft(self):
        if self.version_id.filtered(lambda version: version.state != "draft"):
            raise UserError(
                self.env._(
                    "This rate table was approved by the council. For other rates make a new "
                    "table that begins on a later day."
                )
            )

    def _bracket(self):
        """The line as the pure functions of ``tools.tariff`` take it."""
        self.ensure_one()
        return Bracket(
            component=self.component,
            above=decimal(self.above),
            up_to=decimal(self.up_to) if self.up_to else None,
            mode=self.mode,
            rate=decimal(self.rate, 2),
            base=decimal(self.base, 2),
            unit_size=decimal(self.unit_size),
            rounding=self.rounding,
            minimum=decimal(self.minimum, 2) if self.minimum else None,
            maximum=decimal(self.maximum, 2) if self.maximum else None,
            line_id=self.id,
        )
