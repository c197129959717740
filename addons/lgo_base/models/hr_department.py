# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..tools import thai


class HrDepartment(models.Model):
    """A unit (สำนัก/กอง) of the organisation, with what letters and counters need."""

    _inherit = "hr.department"
    _order = "lgo_sort_key, id"

    lgo_code = fields.Char(
        string="Unit code",
        index="btree_not_null",
        help="Code of the unit in post numbers, for example 04 for กองคลัง.",
    )
    lgo_suffix = fields.Char(
        string="Letter suffix",
        help="Behind the number code of the organisation on letters, without the dot: 2 prints "
        "ชม ๕๒๓๐๑.๒. Each organisation decides it.",
    )
    lgo_short_name = fields.Char(string="Short name")
    lgo_is_counter = fields.Boolean(
        string="Has a counter", help="The unit serves citizens at a counter with a queue."
    )
    lgo_sort_key = fields.Char(compute="_compute_lgo_sort_key", store=True, index=True)

    _lgo_code_uniq = models.UniqueIndex(
        "(company_id, lgo_code) WHERE lgo_code IS NOT NULL AND active",
        "Another unit has this unit code already.",
    )

    @api.depends("name")
    def _compute_lgo_sort_key(self):
        for unit in self:
            unit.lgo_sort_key = thai.sort_key(unit.name)
