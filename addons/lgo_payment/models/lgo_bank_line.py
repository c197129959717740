# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai


class LgoBankLine(models.Model):
    """A payment as the bank reports it, and what became of it."""

    _name = "lgo.bank.line"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Payment Reported by a Bank"
    _order = "pay_date desc, id desc"
    _rec_names_search = ["ref1", "ref2", "payer", "bank_ref"]

    file_id = fields.Many2one(
        "lgo.bank.file", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    biller_id = fields.Many2one("lgo.payment.biller", required=True, readonly=True, index=True)
    number = fields.Integer(string="Line", readonly=True, aggregator=None)
    pay_date = fields.Date(string="Paid on", required=True, readonly=True, index=True)
    pay_time = fields.Char(string="At", readonly=True)
    value_date = fields.Date(string="Credited on", required=True, readonly=True, index=True)
    ref1 = fields.Char(string="Reference 1", readonly=True)
    ref2 = fields.Char(string="Reference 2", readonly=True)
    ref3 = fields.Char(string="Reference 3", readonly=True)
    clean_ref1 = fields.Char(readonly=True)
    clean_ref2 = fields.Char(readonly=True)
    payer = fields.Char(readonly=True)
    kind = fields.Selection([("C", "Payment"), ("D", "Taken back")], required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
    fee = fields.Monetary(readonly=True)
    channel = fields.Char(readonly=True)
    cheque = fields.Char(string="Cheque number", readonly=True)
    is_cleared = fields.Boolean(string="Cheque cleared", readonly=True)
    biller_code = fields.Char(readonly=True)
    sending_bank = fields.Char(readonly=True)
    bank_ref = fields.Char(string="Reference of the bank", readonly=True)
    status = fields.Selection(
        [("ok", "Done"), ("failed", "Failed"), ("cancelled", "Cancelled")], readonly=True
    )
    raw = fields.Text(string="As it came", readonly=True, groups="lgo_base.group_finance")
    key = fields.Char(required=True, readonly=True)
    outcome = fields.Selection(
        [
            ("matched", "Paid exactly"),
            ("matched_swapped", "References exchanged"),
            ("matched_normalised", "Reference mended"),
            ("matched_prior_fy", "Paid a debt of an earlier year"),
            ("matched_group", "Paid a group of bills"),
            ("matched_over", "Paid too much"),
            ("matched_partial", "Paid in part"),
            ("oldest_first", "Oldest bills first"),
            ("oldest_first_partial", "Oldest bills first, the last in part"),
            ("duplicate", "Was paid already"),
            ("review_account", "Account known, bill unknown"),
            ("review_cancelled", "Bill was cancelled"),
            ("review_over", "Paid far too much"),
            ("suspense", "Not recognised"),
            ("pending_clearing", "Cheque to be cleared"),
            ("cheque_failed", "Cheque bounced"),
            ("reversed", "Payment taken back"),
            ("review_reversal", "Taken back before it came"),
            ("ignored_status", "Not done at the bank"),
            ("duplicate_import", "Reported twice by the bank"),
            ("reject_biller", "Meant for somebody else"),
            ("reject_zero", "No amount"),
        ],
        readonly=True,
    )
    queue = fields.Selection(
        [
            ("advance", "Kept in advance"),
            ("review_partial", "Paid in part"),
            ("refund", "To be paid back"),
            ("review_suggested", "With a suggestion"),
            ("review_cancelled", "Bill was cancelled"),
            ("review_over", "Paid far too much"),
            ("suspense", "Not recognised"),
            ("cheque", "Cheques"),
            ("reversal", "Taken back"),
            ("review_reversal", "Taken back before it came"),
            ("reject", "Not booked"),
            ("ignored_duplicate_import", "Reported twice"),
        ],
        readonly=True,
        index="btree_not_null",
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("posted", "Booked"),
            ("waiting", "Booked, to decide"),
            ("held", "Not booked, to decide"),
            ("ignored", "Nothing to do"),
            ("taken_back", "Taken back"),
        ],
        default="new",
        required=True,
        readonly=True,
        index=True,
    )
    suggestion = fields.Json(readonly=True)
    suggested_bill_id = fields.Many2one(
        "lgo.payment.bill", string="Suggested bill", compute="_compute_suggested"
    )
    account_id = fields.Many2one(
        "lgo.payment.account", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    allocation_ids = fields.One2many("lgo.payment.allocation", "bank_line_id", readonly=True)
    receipt_ids = fields.One2many("lgo.receipt", "bank_line_id", readonly=True)
    reverses_id = fields.Many2one(
        "lgo.bank.line", string="Takes back", readonly=True, index="btree_not_null"
    )
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    note = fields.Char(readonly=True)

    _key_uniq = models.UniqueIndex("(key, company_id)", "This payment was reported already.")
    _refs_idx = models.Index("(clean_ref1, clean_ref2) WHERE state = 'posted' AND kind = 'C'")
    _open_idx = models.Index("(company_id, id) WHERE state IN ('new', 'waiting', 'held')")
    _bank_ref_idx = models.Index("(biller_id, bank_ref) WHERE bank_ref IS NOT NULL")

    #: Nothing of a line is written by hand.
    _action_only = frozenset(
        {
            "file_id", "company_id", "biller_id", "number", "pay_date", "pay_time", "value_date",
            "ref1", "ref2", "ref3", "clean_ref1", "clean_ref2", "payer", "kind", "amount", "fee",
            "channel", "cheque", "is_cleared", "biller_code", "sending_bank", "bank_ref", "status",
            "raw", "key", "outcome", "queue", "state", "suggestion", "account_id", "reverses_id",
            "decided_by_id", "decided_at", "note", "allocation_ids", "receipt_ids",
        }
    )  # fmt: skip

    @api.depends("suggestion")
    def _compute_suggested(self):
        for line in self:
            first = (line.suggestion or [[False]])[0][0]
            line.suggested_bill_id = self.env["lgo.payment.bill"].browse(first or [])

    @api.depends("ref2", "ref1", "amount")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.ref1 or '-'} / {line.ref2 or '-'}"

    @api.model
    def _prepare_line_vals(self, file, parsed, key, line):
        """Return the columns of a line of a file."""
        return {
            "file_id": file.id,
            "company_id": file.company_id.id,
            "biller_id": file.biller_id.id,
            "number": line.seq or line.number,
            "pay_date": line.date,
            "pay_time": line.time.strftime("%H:%M:%S") if line.time else False,
            "value_date": parsed.effective or line.date,
            "ref1": line.ref1,
            "ref2": line.ref2,
            "ref3": line.ref3,
            "payer": line.name,
            "kind": line.kind,
            "amount": line.amount,
            "fee": line.fee,
            "channel": line.channel or line.code,
            "cheque": line.cheque,
            "biller_code": line.biller,
            "sending_bank": line.sending_bank,
            "bank_ref": line.bank_ref or False,
            "status": line.status,
            "raw": line.raw,
            "key": key,
        }

    def _fiscal_year(self):
        return thai.fiscal_year(self.pay_date)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What the bank reported is kept."))
