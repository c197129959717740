# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.constrains("res_model", "res_id")
    def _check_restricted_complaint(self):
        """A restricted complaint has no followers, also not by a row that an administrator adds."""
        rows = self.sudo().filtered(lambda row: row.res_model == "lgo.oss.complaint")
        cases = self.env["lgo.oss.complaint"].sudo().browse(rows.mapped("res_id")).exists()
        if any(cases.mapped("restricted")):
            raise ValidationError(self.env._("A restricted complaint has no followers."))
