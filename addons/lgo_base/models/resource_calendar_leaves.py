# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    lgo_holiday_id = fields.Many2one(
        comodel_name="lgo.holiday",
        string="Official holiday",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        copy=False,
    )
