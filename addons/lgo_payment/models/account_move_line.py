# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .account_move import BATCH, PERMIT


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _lgo_batch(self):
        """This model for reconciling entries of fees."""
        return self.with_context(**BATCH, lgo_payment_permit=PERMIT)

    def remove_move_reconcile(self):
        self.move_id._lgo_refuse()
        return super().remove_move_reconcile()
