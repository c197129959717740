# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

# An object, not a flag: a remote call can send any context value but never this object.
PERMIT = object()

#: What Odoo would do again for each entry although everything is given. No taxes stand on fees, so
#: there is no cash basis and no exchange difference to compute.
BATCH = {
    "tracking_disable": True,
    "skip_invoice_sync": True,
    "skip_invoice_line_sync": True,
    "skip_account_move_synchronization": True,
    "check_move_validity": False,
    "disable_abnormal_invoice_detection": True,
    "skip_computed_taxes": True,
    "no_exchange_difference": True,
    "no_exchange_difference_no_recursive": True,
    "no_cash_basis": True,
}


class AccountMove(models.Model):
    """Entries of the collection of fees come and go with their bills and payments only."""

    _inherit = "account.move"

    @api.model
    def _lgo_batch(self):
        """This model for entries that are given complete."""
        return self.with_context(**BATCH, lgo_payment_permit=PERMIT)

    def _lgo_post(self):
        """Post entries that are given complete; their balance is checked once for all."""
        if self._get_unbalanced_moves({"records": self}):
            raise UserError(self.env._("The entry is not balanced."))
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        (invoices.partner_id | invoices.commercial_partner_id)._lgo_mark_customers()
        self._lgo_batch()._post(soft=False)

    def _lgo_guarded(self):
        journals = self.company_id.lgo_bill_journal_id | self.company_id.lgo_collection_journal_id
        return self.filtered(lambda move: move.journal_id in journals and move.posted_before)

    def _lgo_refuse(self):
        if self.env.context.get("lgo_payment_permit") is not PERMIT and self.sudo()._lgo_guarded():
            raise UserError(
                self.env._(
                    "This entry belongs to a bill or a payment of fees. It is changed by a "
                    "request in the menu of payments, never by hand."
                )
            )

    def button_draft(self):
        self._lgo_refuse()
        return super().button_draft()

    def button_cancel(self):
        self._lgo_refuse()
        return super().button_cancel()
