# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _lgo_home_services(self):
        """A tile that leads to the types of complaint, before the single services.

        The service by which all of them are filed has the same name: it is not shown twice.
        """
        tiles = super()._lgo_home_services()
        if not self.env["lgo.oss.complaint.type"]._public_types():
            return tiles
        service = self.env.ref("lgo_oss_complaint.service_grievance", raise_if_not_found=False)
        if service:
            own_url = f"/services/{service.sudo().code}"
            tiles = [tile for tile in tiles if tile["url"] != own_url]
        tile = {
            "title": self.env._("Complaints and grievances"),
            "text": self.env._("Report a problem, also without your name"),
            "url": "/complaints",
            "icon": "fa-bullhorn",
        }
        return [tile, *tiles]
