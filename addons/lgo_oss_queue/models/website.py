# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _lgo_home_services(self):
        """A last tile that leads to the appointments, where some can be booked."""
        tiles = super()._lgo_home_services()
        # visitors read no counter groups, yet they may know that times can be booked
        groups = self.env["lgo.oss.counter.group"].sudo()
        domain = [("bookable", "=", True), ("company_id", "=", self.company_id.id)]
        if not groups.search_count(domain, limit=1):
            return tiles
        tile = {
            "title": self.env._("Book an appointment"),
            "url": "/queue/book",
            "icon": "fa-calendar",
        }
        return [*tiles, tile]
