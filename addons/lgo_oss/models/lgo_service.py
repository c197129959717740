# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoService(models.Model):
    _inherit = "lgo.service"

    def action_preview(self):
        """Show the page of this service as citizens will see it, published or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/services/{self.code}/preview",
            "target": "new",
        }
