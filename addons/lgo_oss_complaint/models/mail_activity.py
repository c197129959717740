# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model", "res_id")
    def _check_restricted_complaint(self):
        """Whoever has a task reads it: of a restricted complaint only members get one."""
        for activity in self.sudo().filtered(lambda row: row.res_model == "lgo.oss.complaint"):
            case = self.env["lgo.oss.complaint"].sudo().browse(activity.res_id).exists()
            if case.restricted:
                case._refuse_outsiders(activity.user_id)
