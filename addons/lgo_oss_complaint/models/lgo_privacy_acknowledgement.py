# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..tools.anonymous import is_anonymous


class LgoPrivacyAcknowledgement(models.Model):
    _inherit = "lgo.privacy.acknowledgement"

    @api.model
    def _record(self, notice, record, partner=None, ip=None):
        """An anonymous reporter leaves neither address nor name here."""
        if is_anonymous(self.env):
            partner, ip = None, ""
        return super()._record(notice, record, partner=partner, ip=ip)
