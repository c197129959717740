# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class MyPortal(CustomerPortal):
    """What every citizen finds under "My account", whichever add-ons are installed."""

    @http.route("/my/bills", type="http", auth="user", website=True, methods=["GET"])
    def lgo_my_bills(self, **kw):
        """The own bills, from whatever add-on writes bills."""
        return request.render(
            "lgo_base.portal_my_bills",
            {"bills": request.env.user.partner_id._lgo_my_bills(), "page_name": "bills"},
        )

    @http.route("/my/appointments", type="http", auth="user", website=True, methods=["GET"])
    def lgo_my_appointments(self, **kw):
        """The own appointments to come."""
        return request.render(
            "lgo_base.portal_my_appointments",
            {
                "appointments": request.env.user.partner_id._lgo_my_appointments(),
                "page_name": "appointments",
            },
        )
