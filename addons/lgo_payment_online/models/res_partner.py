# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

#: Paid bills shown on the page "My bills"; receipts are kept for as long as the law asks.
PAID_SHOWN = 36


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _lgo_my_bills(self):
        """The bills of fees, those to be paid first."""
        bills = self.env["lgo.payment.bill"].sudo()
        own = [("partner_id", "=", self.id)]
        payable = bills.search([*own, ("state", "in", ("open", "partial"))], order="date_due, id")
        others = bills.search(
            [*own, ("state", "not in", ("open", "partial"))],
            order="date desc, id desc",
            limit=PAID_SHOWN,
        )
        labels = dict(bills._fields["state"]._description_selection(self.env))
        return [
            *super()._lgo_my_bills(),
            *(
                {
                    "title": bill.title or bill.account_id.name,
                    "number": bill.number,
                    "date": bill.date,
                    "due": bill.date_due,
                    "amount": bill.residual or bill.amount,
                    "currency": bill.currency_id,
                    "paid": bill not in payable,
                    "state": labels[bill.state],
                    "url": bill.access_url,
                }
                for bill in payable | others
            ),
        ]
