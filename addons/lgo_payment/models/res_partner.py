# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from .account_move import PERMIT


class ResPartner(models.Model):
    """Payers of fees are customers of the organisation; how often they paid is not counted."""

    _inherit = "res.partner"

    def _increase_rank(self, field, n=1):
        """Leave the rank of a payer of fees alone: :meth:`_lgo_mark_customers` has set it."""
        if self.env.context.get("lgo_payment_permit") is PERMIT:
            return None
        return super()._increase_rank(field, n)

    def _lgo_mark_customers(self):
        """Say that the payers of a batch are customers, in one statement.

        Odoo counts entries by writing each partner, which costs queries and locks a row each time.
        """
        fresh = self.sudo().filtered(lambda partner: not partner.customer_rank)
        if fresh:
            fresh.flush_recordset(["customer_rank"])
            self.env.cr.execute(
                SQL("UPDATE res_partner SET customer_rank = 1 WHERE id IN %s", tuple(fresh.ids))
            )
            fresh.invalidate_recordset(["customer_rank"])
