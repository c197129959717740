# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoPaymentClaim(models.Model):
    """A citizen says that a bill was paid and shows the slip of the bank's app.

    A slip is a claim, never a proof (dossier section 3.4): it books nothing. Finance looks for the
    payment among the lines of the bank.
    """

    _name = "lgo.payment.claim"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Slip Shown by a Citizen"
    _order = "id desc"
    _action_only = frozenset({"state", "decided_by_id", "digest", "partner_id", "bill_ids"})

    partner_id = fields.Many2one("res.partner", string="Citizen", required=True, readonly=True)
    account_id = fields.Many2one(
        "lgo.payment.account", string="Payment account", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    bill_ids = fields.Many2many("lgo.payment.bill", string="Bills", readonly=True)
    amount = fields.Monetary(string="To be paid", readonly=True)
    slip = fields.Binary(required=True, readonly=True, attachment=True)
    slip_name = fields.Char(readonly=True)
    digest = fields.Char(readonly=True)
    note = fields.Char(string="What the citizen says", readonly=True, size=200)
    bank_line_id = fields.Many2one(
        "lgo.bank.line", string="Payment found", check_company=True, index="btree_not_null"
    )
    answer = fields.Char(string="Answer to the citizen")
    state = fields.Selection(
        [("new", "To be looked into"), ("found", "Payment found"), ("refused", "Not found")],
        default="new",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    _digest_uniq = models.UniqueIndex(
        "(company_id, digest)", "This slip was sent already; we look into it."
    )

    @api.depends("account_id")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = claim.account_id.display_name

    @api.model
    def _claim(self, bills, name, content, note):
        """Keep the slip of a citizen.

        :param bills: own bills of the citizen, of one account, in sudo
        :param bytes content: a picture that was judged and encoded anew
        :raise UserError: nothing to pay, or the same slip once more
        """
        open_bills = bills._payable()
        if not open_bills:
            raise UserError(self.env._("There is nothing left to pay."))
        if len(open_bills.account_id) > 1:
            raise UserError(self.env._("Pay the bills of one account at a time."))
        digest = hashlib.sha256(content).hexdigest()
        claims = self.sudo()
        company = open_bills.company_id
        if claims.search_count([("company_id", "=", company.id), ("digest", "=", digest)], limit=1):
            raise UserError(self.env._("This slip was sent already; we look into it."))
        claim = claims.create(
            {
                "partner_id": open_bills[0].partner_id.id,
                "account_id": open_bills.account_id.id,
                "bill_ids": [fields.Command.set(open_bills.ids)],
                "amount": sum(open_bills.mapped("residual")),
                "slip_name": name,
                "digest": digest,
                "note": (note or "").strip()[:200],
                "slip": base64.b64encode(content),
            }
        )
        claim.env["lgo.audit.log"]._log("payment.claim", claim)
        return claim

    def action_found(self):
        """The payment of the slip is among those of the bank."""
        for claim in self:
            claim._decide("found")
        return True

    def action_refuse(self):
        """The bank knows no such payment; the citizen is told why."""
        for claim in self:
            if not claim.answer:
                raise UserError(self.env._("Write the answer to the citizen first."))
            claim._decide("refused")
        return True

    def _decide(self, state):
        self.check_access("write")
        if self.state != "new":
            raise UserError(self.env._("It was decided already."))
        if state == "found" and not self.bank_line_id:
            raise UserError(self.env._("Choose the payment of the bank that belongs to the slip."))
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})

    # -- personal data ---------------------------------------------------------------------

    @api.model
    def _lgo_personal_data(self, partner):
        """The slips that the person has sent."""
        records = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(records, ["create_date", "amount", "note", "answer", "state"])
