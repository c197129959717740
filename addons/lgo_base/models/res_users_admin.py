# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ResUsers(models.Model):
    """Who sets up an office that is new."""

    _inherit = "res.users"

    @api.model
    def _lgo_set_up_administrator(self):
        """Make the first account the administrator of the organisation while there is none.

        Without that role it saw nothing of ours: it began in an empty Discuss, and no menu led to
        what the manual sets up first. On installation and on each update; an office that gave the
        role to another account keeps it so.
        """
        role = self.env.ref("lgo_base.group_admin")
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        if not admin or not admin.active or role.all_user_ids.filtered("active"):
            return
        if admin.has_group("base.group_system"):
            admin.group_ids += role
