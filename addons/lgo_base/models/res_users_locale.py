# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, models

TIMEZONE = "Asia/Bangkok"
LANG = "th_TH"


class ResUsers(models.Model):
    """A municipality works in one time zone and in Thai; an account says so from the start.

    Odoo leaves the time zone empty, which it reads as UTC, until somebody signs in: the papers and
    letters of the account would show the day before until seven in the morning.
    """

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """New accounts, also by sign-up and invitation, have a time zone and a language."""
        known = self.env["res.lang"]._get_code(LANG)
        lang = self.env["res.partner"].default_get(["lang"]).get("lang") or known
        users = super().create(
            [
                vals
                if not lang or vals.get("lang") or vals.get("partner_id")
                else {**vals, "lang": lang}
                for vals in vals_list
            ]
        )
        users._lgo_fill_timezone()
        return users

    @api.model
    def _lgo_set_up_timezone(self):
        """Give each account without a time zone ours; on installation and on each update.

        The account of the system stays without: its jobs name the time zone where it matters.
        """
        self.with_context(active_test=False).search(
            [("tz", "=", False), ("id", "!=", SUPERUSER_ID)]
        )._lgo_fill_timezone()

    def _lgo_fill_timezone(self):
        self.filtered(lambda user: not user.tz).partner_id.tz = TIMEZONE
