# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Website(models.Model):
    _inherit = "website"

    def _lgo_home_services(self):
        """A tile that leads to the types of complaint, before the single services."""
        if not self.env["lgo.oss.complaint.type"]._public_types():
            return super()._lgo_home_services()
        tile = {
            "title": self.env._("Complaints and grievances"),
            "text": self.env._("Report a problem, also without your name"),
            "url": "/complaints",
            "icon": "fa-bullhorn",
        }
        return [tile, *super()._lgo_home_services()]
