# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import thai_qr

# Whoever changes one of these could send the money of citizens elsewhere.
GUARDED = {"biller_code", "bank_account", "bank_code", "account_name", "journal_id", "ref3_prefix"}


class LgoPaymentBiller(models.Model):
    """A bank account that receives bill payments: the fifteen digits that a Thai QR carries.

    Two officers: whoever enters or changes it is not the one who puts it in force.
    """

    _name = "lgo.payment.biller"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Receiving Bank Account"
    _order = "sequence, id"
    _action_only = frozenset({"state", "changed_by_id", "approved_by_id", "approved_at"})

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    bank_code = fields.Char(
        string="Bank code", required=True, size=3, tracking=True, help="Three digits, e.g. 006."
    )
    bank_account = fields.Char(string="Account number", required=True, tracking=True)
    account_name = fields.Char(
        required=True,
        tracking=True,
        help="What the app of the payer shows as the receiver; printed beside the QR.",
    )
    biller_code = fields.Char(
        string="Biller ID",
        required=True,
        size=15,
        tracking=True,
        help="Tax number of the organisation (13 digits) and the suffix that the bank gave (2).",
    )
    ref3_prefix = fields.Char(
        string="Prefix of reference 3", tracking=True, help="Where the bank's contract asks for it."
    )
    layout = fields.Selection(
        [
            ("plain", "Only the common part"),
            ("A", "With biller and sending bank (A)"),
            ("B", "With status and posting date (B)"),
        ],
        string="End of the 256-byte line",
        required=True,
        default="plain",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank journal",
        check_company=True,
        tracking=True,
        domain=[("type", "=", "bank")],
        help="Where the credits of the statement are booked.",
    )
    state = fields.Selection(
        [("draft", "To be approved"), ("approved", "In force")],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    changed_by_id = fields.Many2one("res.users", string="Entered by", readonly=True)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True)
    approved_at = fields.Datetime(string="Approved on", readonly=True)

    _account_uniq = models.UniqueIndex(
        "(bank_code, bank_account, company_id) WHERE active", "This account is entered already."
    )

    @api.constrains("biller_code", "bank_code", "bank_account", "ref3_prefix")
    def _check_codes(self):
        for biller in self:
            if not re.fullmatch(r"[0-9]{15}", biller.biller_code):
                raise ValidationError(self.env._("A biller ID has exactly 15 digits."))
            if not re.fullmatch(r"[0-9]{3}", biller.bank_code):
                raise ValidationError(self.env._("A bank code has exactly three digits."))
            if not re.fullmatch(r"[0-9]{6,16}", biller.bank_account):
                raise ValidationError(
                    self.env._("Write the account number with digits only, without hyphens.")
                )
            if biller.ref3_prefix and not re.fullmatch(r"[A-Z0-9]{1,10}", biller.ref3_prefix):
                raise ValidationError(
                    self.env._("A prefix of reference 3 has capital letters A-Z and digits.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        billers = super().create(vals_list)
        billers.sudo().write({"changed_by_id": self.env.uid})
        return billers

    def write(self, vals):
        result = super().write(vals)
        if GUARDED & vals.keys():
            self.sudo().write(
                {"state": "draft", "changed_by_id": self.env.uid, "approved_by_id": False}
            )
        return result

    def action_approve(self):
        """Put the account in force; another officer than the one who entered it."""
        self.ensure_one()
        if not self.env.user.has_group("lgo_payment.group_approver"):
            raise UserError(self.env._("Only who approves for finance puts an account in force."))
        if self.changed_by_id == self.env.user:
            raise UserError(self.env._("The approver must not be who entered the account."))
        self.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        self.env["lgo.audit.log"]._log("payment.biller.approve", self, severity="critical")

    @api.model
    def _active(self, company=None):
        """Return the account in force that bills show (may be empty)."""
        company = company or self.env.company
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "approved")], limit=1
        )

    def _qr_payload(self, ref1, ref2="", amount=None):
        """Text of the Thai QR (tag 30) for a payment to this account.

        :param Decimal amount: baht; None for an open amount
        """
        self.ensure_one()
        return thai_qr.bill_payment(
            self.biller_code, ref1, ref2, amount, ref3=self.ref3_prefix or ""
        )

    def _barcode_text(self, ref1, ref2="", amount=None):
        """Text of the bar code for counters of banks (Bank of Thailand's cross-bank payment)."""
        self.ensure_one()
        return thai_qr.bot_barcode(self.biller_code, ref1, ref2, amount)
