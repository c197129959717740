# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoNotification(models.Model):
    _inherit = "lgo.notification"

    def _reply_to(self):
        """Answers to a mail about a case come back to the case."""
        record = self.env.get(self.res_model)
        if getattr(record, "_case_type", 0):
            alias = self.env.ref("lgo_oss.mail_alias_request", raise_if_not_found=False)
            if alias and alias.sudo().alias_domain_id:
                return alias.sudo().alias_full_name
        return super()._reply_to()
