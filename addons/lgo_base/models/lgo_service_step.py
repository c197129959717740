# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoServiceStep(models.Model):
    """A step of a service with its own time and unit, as the public manual must show it."""

    _name = "lgo.service.step"
    _description = "Service Step"
    _order = "service_id, sequence, id"

    service_id = fields.Many2one(
        comodel_name="lgo.service", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    unit_id = fields.Many2one(comodel_name="hr.department", string="Unit in charge", index=True)
    duration = fields.Integer()
    duration_unit = fields.Selection(selection="_selection_time_unit", default="working_day")

    _duration_positive = models.Constraint(
        "CHECK (duration >= 0)", "The time of a step must not be negative."
    )

    @api.model
    def _selection_time_unit(self):
        return self.env["lgo.service"]._selection_time_unit()
