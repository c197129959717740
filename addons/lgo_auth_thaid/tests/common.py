# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.lgo_base.tests.identity_common import IdentityCase

from ..tools import oidc
from .oidc_server import OidcServer


class ThaidCommon(IdentityCase):
    """A provider that runs, and the settings that point to it."""

    def _set_up_thaid(self, base_url):
        self.server = OidcServer(f"{base_url}/auth/thaid/callback").start()
        self.addCleanup(self.server.stop)
        oidc.documents.forget()
        self.addCleanup(oidc.documents.forget)
        self.env["ir.config_parameter"].set_param("web.base.url", base_url)
        Provider = self.env["lgo.thaid.provider"]
        Provider.search([]).active = False
        self.provider = Provider.create(
            {
                "name": "ThaID ทดสอบ",
                "client_id": self.server.client_id,
                "client_secret": self.server.client_secret,
                "discovery_url": f"{self.server.issuer}/.well-known/openid-configuration",
                "auth_endpoint": False,
                "token_endpoint": False,
                "active": True,
            }
        )
