# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoOssDraft(models.Model):
    _inherit = "lgo.oss.draft"

    def _send_link(self, email):  # pylint: disable=missing-return
        """Send no link to the draft of a restricted complaint.

        The list of messages would name who is about to report; the page shows the link.
        """
        types = self.env["lgo.oss.complaint.type"].sudo()
        restricted = [("service_id", "=", self.service_id.id), ("restricted", "=", True)]
        if not types.search_count(restricted, limit=1):
            super()._send_link(email)
