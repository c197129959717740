# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoHolidayExclusion(models.Model):
    """Words by which a proposed day is known to be no holiday of government offices.

    Labour day is a holiday of private employers (Labour Protection Act B.E. 2541, s.29), and
    children's day is none; lists of public holidays name both.
    """

    _name = "lgo.holiday.exclusion"
    _description = "Not a Government Holiday"
    _order = "name"

    name = fields.Char(
        string="Words in the name",
        required=True,
        help="A proposed day whose name contains these words is left out, its substitute too.",
    )
    reason = fields.Char()
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE (name)", "These words are already in the list.")
