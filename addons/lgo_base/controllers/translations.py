# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http

from odoo.addons.http_routing.controllers.main import Routing


class LgoRouting(Routing):
    """The words of the scripts are the same for everyone: a visitor gets no session for them."""

    @http.route(save_session=False)
    def get_website_translations(self, hash=None, lang=None, mods=None):  # noqa: A002
        """Terms of the scripts of the citizens' pages."""
        return super().get_website_translations(hash, lang, mods)
