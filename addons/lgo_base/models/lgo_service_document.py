# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoServiceDocument(models.Model):
    """A document that an applicant must hand in for a service (Act B.E. 2558, s. 7)."""

    _name = "lgo.service.document"
    _description = "Service Document"
    _order = "service_id, sequence, id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(string="Help", translate=True)
    form = fields.Selection(
        selection=[("original", "Original"), ("copy", "Copy"), ("electronic", "Electronic file")],
        default="electronic",
        required=True,
    )
    issuer = fields.Char(help="Agency that issues the document.", translate=True)
    required = fields.Boolean(default=True)
    required_if = fields.Char(
        string="Only if",
        translate=True,
        help="In words: the case in which the document is needed.",
    )
    obtainable_by_state = fields.Boolean(
        help="A state agency holds it already: it must not be asked for online "
        "(Act on electronic performance of official duties B.E. 2565).",
    )
    is_photo = fields.Boolean(string="Photo", help="One or several photos taken by the citizen.")
    max_files = fields.Integer(default=1)

    _max_files_positive = models.Constraint(
        "CHECK (max_files BETWEEN 1 AND 20)", "Between 1 and 20 files may be asked for."
    )
