# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What organisations decide differently about the waste fee."""

    _inherit = "res.company"

    lgo_waste_cycle = fields.Selection(
        [("1", "Every month"), ("3", "Every quarter"), ("6", "Every half-year"), ("12", "A year")],
        string="Waste fee is billed",
        default="1",
        required=True,
    )
    lgo_waste_proration = fields.Selection(
        [
            ("full", "A begun month in full"),
            ("half", "Up to half of the days: half"),
            ("daily", "By days"),
        ],
        string="Begun months",
        default="full",
        required=True,
        help="What a month costs in which the service began, ended or paused.",
    )
    lgo_waste_due_days = fields.Integer(
        string="Days to pay the waste fee", default=30, help="From the day of the bill."
    )

    @api.constrains("lgo_waste_due_days")
    def _check_lgo_waste_due_days(self):
        for company in self:
            if not 0 <= company.lgo_waste_due_days <= 366:
                raise ValidationError(self.env._("The days to pay are from 0 to 366."))
