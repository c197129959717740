# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _lgo_privacy_notice(self):
        """Text of the notice in force of this site's organisation (PDPA B.E. 2562 s.23)."""
        self.ensure_one()
        notice = self.env["lgo.privacy.notice"]._current(self.company_id)
        return notice.body if notice else super()._lgo_privacy_notice()
