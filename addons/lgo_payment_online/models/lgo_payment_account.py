# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_payment.tools import references

#: A Thai letter with the vowel before it and the marks above and below it, or any other letter.
FIRST_LETTER = re.compile("[\u0e40-\u0e44]?.[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*")


class LgoPaymentAccount(models.Model):
    """What a citizen has to know to see what an account owes without signing in."""

    _inherit = "lgo.payment.account"

    def _matches_check(self, text):
        """Whether ``text`` is what the payer of the account knows: house or number of a bill.

        :param str text: as the citizen typed it
        """
        self.ensure_one()
        key = self._check_key(text)
        if not key:
            return False
        if key == self._check_key(self.house):
            return True
        bills = self.env["lgo.payment.bill"].sudo()
        number = references.normalise(text)
        own = [("account_id", "=", self.id), ("number", "=", number)]
        return bool(bills.search_count(own, limit=1))

    @api.model
    def _check_key(self, text):
        """`` ๙๙ / ๑ `` → ``99/1``: digits of both kinds, no spaces, small letters."""
        return re.sub(r"\s+", "", thai.to_arabic_digits(text or "")).casefold()

    def _masked_payer(self):
        """First letters of the payer's names: enough to see that it is the right account."""
        self.ensure_one()
        words = (self.partner_id.name or "").split()
        return " ".join(f"{FIRST_LETTER.match(word).group()}***" for word in words)
