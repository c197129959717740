# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        before = self.env["res.groups"]._lgo_restricted_members()
        users = super().create(vals_list)
        self.env["res.groups"]._lgo_tell_restricted_change(before)
        return users

    def write(self, vals):
        """See ``res.groups``: also a change on the form of the user is noticed."""
        if not {"group_ids", "role", "active"} & vals.keys():
            return super().write(vals)
        before = self.env["res.groups"]._lgo_restricted_members()
        result = super().write(vals)
        self.env["res.groups"]._lgo_tell_restricted_change(before)
        return result
