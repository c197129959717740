# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http

from odoo.addons.resource_booking.controllers.portal import CustomerPortal


class MyBookings(CustomerPortal):
    """The pages on which a person with an account keeps an appointment that an officer offered."""

    @http.route(methods=["POST"])
    def portal_booking_cancel(self, booking_id, access_token=None, **kwargs):
        """Cancel; by a form only: a mere link, such as in a foreign page, must not do it."""
        return super().portal_booking_cancel(booking_id, access_token, **kwargs)
