# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoPostAbsence(models.Model):
    """A time in which the holder of a post cannot act, so that another acts for the post."""

    _name = "lgo.post.absence"
    _description = "Absence of a Holder"
    _order = "date_from desc, id desc"

    holder_id = fields.Many2one(
        comodel_name="lgo.post.holder", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Datetime(string="From", required=True)
    date_to = fields.Datetime(string="Until", required=True)
    company_id = fields.Many2one(related="holder_id.company_id", store=True, index=True)

    _dates = models.Constraint(
        "CHECK (date_to > date_from)", "An absence must end after it begins."
    )
