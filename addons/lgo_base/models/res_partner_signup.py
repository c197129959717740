# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def signup_get_auth_param(self):
        """The sign-up token of a person, for the system only.

        Odoo answers each internal user. With the token of a citizen who has no account yet an
        officer could make that account and read the citizen's cases.
        """
        return super().signup_get_auth_param() if self.env.su else defaultdict(dict)
