# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.website.controllers.main import Website


class LgoWebsite(Website):
    """The citizens' pages that every municipality has, in place of the stock demo pages."""

    @http.route()
    def index(self, **kw):
        """The home page, unless the municipality has named another one in the settings."""
        if (request.website.homepage_url or "/") != "/":
            return super().index(**kw)
        return request.render(
            "lgo_base.web_home", {"services": request.website._lgo_home_services()}
        )

    @http.route("/contactus", type="http", auth="public", website=True, sitemap=True, readonly=True)
    def lgo_contact(self, **kw):
        """Address, telephone, hours and the announced electronic channels."""
        return request.render("lgo_base.web_contact")

    @http.route("/privacy", type="http", auth="public", website=True, sitemap=True, readonly=True)
    def lgo_privacy(self, **kw):
        """The privacy notice of the organisation (Personal Data Protection Act B.E. 2562, s.23)."""
        return request.render(
            "lgo_base.web_privacy", {"notice": request.website._lgo_privacy_notice()}
        )

    @http.route(
        "/accessibility", type="http", auth="public", website=True, sitemap=True, readonly=True
    )
    def lgo_accessibility(self, **kw):
        """What the site does for people with disabilities and whom to tell when it fails."""
        return request.render("lgo_base.web_accessibility")
