# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoOssRequest(models.Model):
    _inherit = "lgo.oss.request"

    def _lgo_claim(self, user):
        """Make these requests of a guest those of the citizen who has proven the address.

        :param user: ``res.users``
        """
        self.sudo().write({"partner_id": user.partner_id.id})
        if self:
            self.env["lgo.audit.log"]._log("case.claim", self)
