# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain

HOME_TILES = 8


class Website(models.Model):
    _inherit = "website"

    def _lgo_home_services(self):
        """Services as tiles of the home page: those that one can file at once, first.

        What needs a visit in person (civil registration) is found by topic and search.
        """
        Service = self.env["lgo.service"]
        services = Service.search(
            Domain(Service._published_domain()) & Domain("in_person_only", "=", False),
            order="guest_allowed DESC, sequence, code",
            limit=HOME_TILES,
        )
        return super()._lgo_home_services() + [
            {
                "title": service.name,
                "text": service.time_text,
                "url": f"/services/{service.code}",
                "icon": service.icon,
            }
            for service in services
        ]
