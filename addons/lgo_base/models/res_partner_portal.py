# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResPartner(models.Model):
    """What a citizen finds under "My account"; the add-ons that own the matter fill it."""

    _inherit = "res.partner"

    def _lgo_my_bills(self):
        """Bills of this citizen, those to be paid first.

        The add-on that takes money extends it; the caller has checked that the citizen asks for
        the own bills, so it may read in sudo, but only those of ``self``.

        :return: list of dicts ``{"title", "number", "date" (date), "due" (date or False),
            "amount" (Decimal or a number of a monetary field), "currency" (``res.currency``),
            "paid" (bool), "state" (words), "url" (of the bill or of its payment)}``
        """
        self.ensure_one()
        return []

    def _lgo_my_appointments(self):
        """Appointments of this citizen that are still to come, the next one first.

        :return: list of dicts ``{"title", "start" (naive UTC), "text", "url"}``
        """
        self.ensure_one()
        return []
