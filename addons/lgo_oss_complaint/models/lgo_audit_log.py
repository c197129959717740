# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..tools.anonymous import is_anonymous


class LgoAuditLog(models.Model):
    _inherit = "lgo.audit.log"

    @api.model
    def _remote_address(self):
        """No address of somebody who reports without a name."""
        return False if is_anonymous(self.env) else super()._remote_address()

    @api.model
    def _real_uid(self):
        """No account of somebody who reports without a name, even when signed in."""
        return self.env.uid if is_anonymous(self.env) else super()._real_uid()
