# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class LgoCashSession(models.Model):
    """A till whose money was taken in the field."""

    _inherit = "lgo.cash.session"

    def action_close(self):
        """Close the till, after the phone has sent everything and ended its round.

        :raise UserError: the round is not ended
        """
        rounds = self.env["lgo.waste.round"].sudo()
        if rounds.search_count([("session_id", "in", self.ids), ("state", "=", "open")], limit=1):
            raise UserError(
                self.env._("End the round on the phone first, so that every receipt is counted.")
            )
        return super().action_close()
