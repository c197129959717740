# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

#: What the register of citizens holds; the whole ID number leaves by no export.
EXPORTED = (
    "name", "lgo_kind", "lgo_first_name", "lgo_middle_name", "lgo_last_name", "lgo_birth_date",
    "lgo_birth_partial", "lgo_nationality_id", "lgo_identity_kind", "lgo_identity_masked",
    "lgo_house_code", "lgo_address_line", "street", "street2", "city", "zip", "phone", "email",
    "lang", "create_date",
)  # fmt: skip


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _lgo_personal_data(self, partner):
        """The entry in the register of citizens."""
        return self._lgo_holding(partner.sudo(), list(EXPORTED))


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _lgo_personal_data(self, partner):
        """The account of the citizen; that of an officer belongs to the service, not here."""
        accounts = self.sudo().with_context(active_test=False)
        accounts = accounts.search([("partner_id", "=", partner.id), ("share", "=", True)])
        return self._lgo_holding(accounts, ["login", "create_date", "login_date"])
