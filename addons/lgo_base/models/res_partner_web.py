# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _lgo_address_line(self):
        """The postal address in Thai order, without country; empty when nothing is known."""
        self.ensure_one()
        partner = self.sudo()
        if partner.lgo_subdistrict_id:
            return partner._lgo_thai_address()
        parts = [partner.street, partner.street2, partner.city, partner.state_id.name, partner.zip]
        return " ".join(part.strip() for part in parts if part and part.strip())
