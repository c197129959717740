# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How long the queue remembers persons."""

    _inherit = "res.company"

    lgo_queue_person_days = fields.Integer(
        string="Days a queue ticket names a person",
        default=7,
        help="After so many days citizen and priority class are taken from queue tickets; that"
        " there was a priority class stays for the statistics.",
    )

    _lgo_queue_person_days_range = models.Constraint(
        "CHECK (lgo_queue_person_days BETWEEN 0 AND 365)",
        "Queue tickets name a person between 0 and 365 days.",
    )
