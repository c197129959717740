# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac
import ipaddress

from odoo import api, models

from odoo.addons.lgo_base.tools import identity_vault


def _is_address(word):
    try:
        ipaddress.ip_network(word, strict=False)
    except ValueError:
        return False
    return True


class LgoRateLimit(models.Model):
    _inherit = "lgo.rate.limit"

    @api.model
    def _clean_key(self, key):
        """Count a caller without keeping the address: the time would lead to a reporter.

        The address is hashed with the key of the server, which is not in the database; without
        one the secret of the database serves.
        """
        words = super()._clean_key(key).split(" ")
        return " ".join(self._hidden_address(word) if _is_address(word) else word for word in words)

    @api.model
    def _hidden_address(self, address):
        try:
            return identity_vault.digest(identity_vault.keys()[0], "address", address)[:32]
        except identity_vault.VaultError:
            secret = self.env["ir.config_parameter"].sudo().get_param("database.secret") or ""
            return hmac.new(secret.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
