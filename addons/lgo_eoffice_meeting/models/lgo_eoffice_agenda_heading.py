# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeAgendaHeading(models.Model):
    """A heading of every agenda (ระเบียบวาระ): the five of practice, as data.

    Saraban Regulation B.E. 2526, explanation of form 11.
    """

    _name = "lgo.eoffice.agenda.heading"
    _description = "Heading of an Agenda"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    takes_minutes = fields.Boolean(
        string="Approves earlier minutes",
        help="A new meeting lists here the minutes that were not approved yet.",
    )
