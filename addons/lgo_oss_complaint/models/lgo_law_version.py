# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoLawVersion(models.Model):
    _inherit = "lgo.law.version"

    first_answer_days = fields.Integer(
        string="Days to the first answer",
        default=15,
        help="The first answer to the matter itself reaches the citizen within so many days "
        "(Royal Decree on Good Governance B.E. 2546, s. 38: 15).",
    )

    _first_answer_positive = models.Constraint(
        "CHECK (first_answer_days > 0)", "The time for the first answer must be positive."
    )
