# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOssPriority(models.Model):
    """Who is helped before others: the elderly, persons with disabilities, pregnant women, monks …

    Elderly Persons Act B.E. 2546, section 11 and Persons with Disabilities Empowerment Act
    B.E. 2550, section 20 ask for convenient and quick public services; who goes first, and by
    how much, is decided by each organisation. It is data, not a rule of this program.
    """

    _name = "lgo.oss.priority"
    _description = "Priority Class"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    icon = fields.Char(default="fa-star", help="Icon on the kiosk, a name of Font Awesome 4.")
    head_start = fields.Integer(
        string="Head start (minutes)",
        default=30,
        help="A ticket of this class is treated as if it had been taken so many minutes earlier.",
    )

    _head_start_positive = models.Constraint(
        "CHECK (head_start BETWEEN 0 AND 1440)", "The head start lies between 0 and 1,440 minutes."
    )
