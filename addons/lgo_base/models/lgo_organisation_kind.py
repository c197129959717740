# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoOrganisationKind(models.Model):
    """A kind of local government and the titles of its offices.

    Municipality Act B.E. 2496, Tambon Council and SAO Act B.E. 2537, PAO Act B.E. 2540.
    """

    _name = "lgo.organisation.kind"
    _description = "Kind of Local Government"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    executive_title = fields.Char(string="Title of the executive", required=True)
    deputy_title = fields.Char(string="Title of a deputy", required=True)
    deputies_max = fields.Integer(
        string="Deputies at most", help="0: depends on the size of the council."
    )
    top_officer_title = fields.Char(string="Title of the top officer", required=True)
    council_name = fields.Char(string="Council", required=True)

    _name_uniq = models.Constraint("UNIQUE (name)", "This kind is in the list already.")
    _deputies_not_negative = models.Constraint(
        "CHECK (deputies_max >= 0)", "The number of deputies must not be negative."
    )
