# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        self._lgo_forget_units()
        return employees

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "department_id", "active"} & vals.keys():
            self._lgo_forget_units()
        return result

    def _lgo_forget_units(self):
        """Record rules hold the units of a user (``res.users.lgo_unit_ids``) in a cache."""
        self.env.registry.clear_cache()
