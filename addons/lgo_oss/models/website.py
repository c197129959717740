# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

HOME_TILES = 8


class Website(models.Model):
    _inherit = "website"

    def _lgo_home_services(self):
        """The first published services as tiles of the home page."""
        Service = self.env["lgo.service"]
        services = Service.search(Service._published_domain(), limit=HOME_TILES)
        return super()._lgo_home_services() + [
            {
                "title": service.name,
                "text": service.time_text,
                "url": f"/services/{service.code}",
                "icon": service.icon,
            }
            for service in services
        ]
