# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.website.controllers.main import Website

#: Announcements on the home page.
HOME_NEWS = 4
#: Pages that change nothing and have no form: a visitor gets no session and no cookie for it.
PAGE = {
    "type": "http",
    "auth": "public",
    "website": True,
    "sitemap": True,
    "readonly": True,
    "save_session": False,
}


class LgoWebsite(Website):
    """The citizens' pages that every municipality has, in place of the stock demo pages."""

    # No form of these pages needs a session: a visitor gets no cookie for it.
    @http.route(save_session=False)
    def index(self, **kw):
        """The home page, unless the municipality has named another one in the settings."""
        if (request.website.homepage_url or "/") != "/":
            request.session.can_save = True  # whatever page that is may have a form
            return super().index(**kw)
        company = request.website.company_id
        return request.render(
            "lgo_base.web_home",
            {
                "services": request.website._lgo_home_services(),
                "announcements": request.env["lgo.announcement"]._latest(company, HOME_NEWS),
                "today": company._lgo_open_today(),
            },
        )

    @http.route("/contactus", **PAGE)
    def lgo_contact(self, **kw):
        """Address, telephone, hours and the announced electronic channels."""
        return request.render("lgo_base.web_contact")

    @http.route("/privacy", **PAGE)
    def lgo_privacy(self, **kw):
        """The privacy notice of the organisation (Personal Data Protection Act B.E. 2562, s.23)."""
        return request.render(
            "lgo_base.web_privacy", {"notice": request.website._lgo_privacy_notice()}
        )

    @http.route("/accessibility", **PAGE)
    def lgo_accessibility(self, **kw):
        """What the site does for people with disabilities and whom to tell when it fails."""
        return request.render("lgo_base.web_accessibility")
