# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import citizen_id, moment
from .res_partner_identity import IDENTITY_GROUPS

LETTER = re.compile(r"[^\W\d_]")
DIGITS = "regexp_replace(phone, '[^0-9]', '', 'g')"


class ResPartner(models.Model):
    """Find a citizen at the counter by name, by the whole phone number or the whole ID number."""

    _inherit = "res.partner"

    _lgo_phone_digits_idx = models.Index(f"(({DIGITS}))")

    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """With ``lgo_citizen_search`` in the context numbers find, too; parts of them do not."""
        if self.env.context.get("lgo_citizen_search") and operator == "ilike":
            by_number = self._lgo_number_domain(name or "")
            if by_number is not None:
                found = self.search_fetch(
                    by_number & Domain(domain or Domain.TRUE), ["display_name"], limit=limit
                )
                return [(partner.id, partner.display_name) for partner in found.sudo()]
        return super().name_search(name, domain, operator, limit)

    @api.model
    def _lgo_number_domain(self, text):
        """The domain that finds a phone or ID number; None when ``text`` is no such number."""
        if LETTER.search(text):
            return None
        if citizen_id.is_valid(text) and self.env.user.has_groups(IDENTITY_GROUPS):
            return Domain("lgo_identity_number", "=", text)
        digits = moment.phone_digits(text)
        if not 9 <= len(digits) <= 15:
            return None
        # 0812345678 and +66812345678 are one number
        forms = {digits, re.sub(r"^66", "0", digits), re.sub(r"^0", "66", digits)}
        self.flush_model(["phone"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE %s IN %s LIMIT 100",
                SQL(DIGITS),
                tuple(forms),
            )
        )
        return Domain("id", "in", [row[0] for row in rows])
