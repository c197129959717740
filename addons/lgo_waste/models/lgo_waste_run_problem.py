# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteRunProblem(models.Model):
    """A service point that a run could not bill, and why."""

    _name = "lgo.waste.run.problem"
    _description = "Service Point Not Billed"
    _order = "id"
    _rec_name = "message"

    run_id = fields.Many2one(
        "lgo.waste.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, readonly=True, ondelete="cascade"
    )
    message = fields.Char(required=True, readonly=True)
