# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoService(models.Model):
    _inherit = "lgo.service"

    def _queue_booking_path(self):
        """Address at which a time for this service is booked, or an empty text."""
        self.ensure_one()
        # visitors read no counter groups, yet they may know what can be booked
        group = (
            self.env["lgo.oss.counter.group"]
            .sudo()
            .search(
                [
                    ("bookable", "=", True),
                    ("service_ids", "in", self.ids),
                    ("company_id", "=", self.sudo().company_id.id),
                ],
                limit=1,
            )
        )
        return f"/queue/book/{group.id}?service={self.id}" if group else ""
