# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Money that belongs to no bill yet waits on one of these accounts of the organisation.
WAITING = ("advance", "suspense", "refund")


class LgoPaymentAllocation(models.Model):
    """Where a part of a payment is: on a bill, in advance, to be looked into, to be paid back.

    Every baht that came in is, at every moment, in exactly one active row; what moves on leaves a
    closed row and an entry of the ledger behind.
    """

    _name = "lgo.payment.allocation"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Part of a Payment"
    _order = "id"

    _append_only_key = "lgo_payment"
    _append_only_writable = frozenset(
        {"state", "move_line_id", "receipt_id", "closed_at", "closed_by_id"}
    )

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    bank_line_id = fields.Many2one(
        "lgo.bank.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    receipt_id = fields.Many2one(
        "lgo.receipt", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    account_id = fields.Many2one(
        "lgo.payment.account", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("bill", "Bill"),
            ("advance", "In advance"),
            ("suspense", "To be looked into"),
            ("refund", "To be paid back"),
        ],
        required=True,
        readonly=True,
    )
    bill_id = fields.Many2one(
        "lgo.payment.bill", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    amount = fields.Monetary(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    move_line_id = fields.Many2one(
        "account.move.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("active", "In force"),
            ("moved", "Moved on"),
            ("reversed", "Taken back"),
            ("paid_out", "Paid back"),
        ],
        default="active",
        required=True,
        readonly=True,
    )
    closed_at = fields.Datetime(readonly=True)
    closed_by_id = fields.Many2one("res.users", readonly=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A part of a payment is above zero.")
    _bill_kind = models.Constraint(
        "CHECK ((kind = 'bill') = (bill_id IS NOT NULL))", "Only what pays a bill names one."
    )
    _waiting_idx = models.Index("(kind, company_id) WHERE state = 'active' AND kind != 'bill'")

    def _append_only_message(self):
        return self.env._("Payments are never changed by hand; ask for a correction.")

    # -- posting ---------------------------------------------------------------------------

    def _credit_account(self, company, kind, bill=None):
        if kind == "bill":
            return bill.receivable_line_id.account_id
        return company._lgo_payment_account(kind)

    @api.model
    def _post(self, company, date, debits, specs, ref):
        """Book money that came in: one entry, its parts, and the bills reconciled with it.

        :param date: accounting date
        :param debits: list of (account, amount, label)
        :param specs: list of dicts kind, amount, and bill, bank_line, receipt, account (records or
            None)
        :param str ref: what the entry says
        :return: the parts (in sudo), in the order of the specs
        """
        company = company.sudo()
        items = [
            fields.Command.create(
                {"name": label, "account_id": account.id, "debit": amount, "credit": 0.0}
            )
            for account, amount, label in debits
        ]
        for spec in specs:
            bill = spec.get("bill")
            partner = (bill or spec.get("account") or company).partner_id
            items.append(
                fields.Command.create(
                    {
                        "name": bill.number if bill else ref,
                        "account_id": self._credit_account(company, spec["kind"], bill).id,
                        "debit": 0.0,
                        "credit": spec["amount"],
                        "partner_id": partner.commercial_partner_id.id,
                        # a receivable is no cost: without it Odoo looks for a model line by line
                        "analytic_distribution": False,
                    }
                )
            )
        move = (
            self.sudo()
            .env["account.move"]
            ._lgo_batch()
            .create(
                {
                    "move_type": "entry",
                    "journal_id": company.lgo_collection_journal_id.id,
                    "company_id": company.id,
                    "date": company._lgo_booking_date(date),
                    "ref": ref,
                    "line_ids": items,
                }
            )
        )
        move._lgo_post()
        credits = move.line_ids.sorted("id")[len(debits) :]
        parts = self._create_parts(company, date, specs, credits)
        self._reconcile_bills(parts)
        return parts

    def _create_parts(self, company, date, specs, lines):
        return (
            self.sudo()
            ._append_only_permitted()
            .create(
                [
                    {
                        "company_id": company.id,
                        "bank_line_id": spec["bank_line"].id if spec.get("bank_line") else False,
                        "receipt_id": spec["receipt"].id if spec.get("receipt") else False,
                        "account_id": spec["account"].id if spec.get("account") else False,
                        "kind": spec["kind"],
                        "bill_id": spec["bill"].id if spec.get("bill") else False,
                        "amount": spec["amount"],
                        "date": date,
                        "move_line_id": line.id,
                    }
                    for spec, line in zip(specs, lines, strict=True)
                ]
            )
        )

    def _reconcile_bills(self, parts):
        """Reconcile the parts that pay bills with the receivables, all in one plan."""
        plan = [
            part.move_line_id | part.bill_id.receivable_line_id
            for part in parts
            if part.kind == "bill"
        ]
        if plan:
            lines = self.sudo().env["account.move.line"]
            ids = [line.id for pair in plan for line in pair]
            batch = lines._lgo_batch()
            batch._reconcile_plan([batch.browse(pair.ids).with_prefetch(ids) for pair in plan])

    def _close(self, state):
        self._append_only_permitted().write(
            {"state": state, "closed_at": fields.Datetime.now(), "closed_by_id": self.env.uid}
        )

    def _open_credit(self):
        """Free the credit of a part from its bill, which is open again."""
        self.ensure_one()
        line = self.move_line_id._lgo_batch()
        if self.kind == "bill":
            line.remove_move_reconcile()
        return line

    def _move_on(self, specs, date, ref):
        """Move a waiting or wrongly placed part elsewhere: to bills, advance, refund, suspense.

        :param specs: list of dicts as in :meth:`_post`; their sum is the amount of the part
        :return: the new parts
        :raise UserError: the sum differs, or the part has moved on already
        """
        self.ensure_one()
        part = self.sudo()
        company = part.company_id
        self._lock_active(part)
        total = sum(spec["amount"] for spec in specs)
        if company.currency_id.compare_amounts(total, part.amount):
            raise UserError(
                self.env._(
                    "The parts come to %(total)s, but %(amount)s has to be placed.",
                    total=total,
                    amount=part.amount,
                )
            )
        line = part._open_credit()
        part._close("moved")
        common = {"bank_line": part.bank_line_id, "receipt": part.receipt_id}
        specs = [{"account": part.account_id, **spec, **common} for spec in specs]
        parts = self._post(company, date, [(line.account_id, part.amount, ref)], specs, ref)
        self._settle_debit(parts, line)
        return parts

    def _settle_debit(self, parts, line):
        """Reconcile the debit of a follow-up entry with the credit that it takes up."""
        move = parts.move_line_id.move_id if parts else None
        debit = move.line_ids.filtered(
            lambda item: item.debit and item.account_id == line.account_id
        )
        if debit and line.account_id.reconcile:
            (debit | line)._lgo_batch().reconcile()

    def _take_back(self, credit_account, date, ref, state="reversed"):
        """Book parts out again: the bank took a payment back, or money was paid back.

        :param credit_account: where the money went, clearing or bank
        """
        for part in self.sudo():
            self._lock_active(part)
            line = part._open_credit()
            common = {"partner_id": line.partner_id.id, "name": part.bill_id.number or ref}
            move = (
                self.sudo()
                .env["account.move"]
                ._lgo_batch()
                .create(
                    {
                        "move_type": "entry",
                        "journal_id": part.company_id.lgo_collection_journal_id.id,
                        "company_id": part.company_id.id,
                        "date": part.company_id._lgo_booking_date(date),
                        "ref": ref,
                        "line_ids": [
                            fields.Command.create(
                                {
                                    **common,
                                    "account_id": line.account_id.id,
                                    "debit": part.amount,
                                    "credit": 0.0,
                                }
                            ),
                            fields.Command.create(
                                {
                                    **common,
                                    "account_id": credit_account.id,
                                    "debit": 0.0,
                                    "credit": part.amount,
                                }
                            ),
                        ],
                    }
                )
            )
            move._lgo_post()
            if line.account_id.reconcile:
                (move.line_ids.filtered("debit") | line)._lgo_batch().reconcile()
            part._close(state)

    def _lock_active(self, part):
        """Lock a part; refuse one that somebody else has just moved."""
        [[state]] = self.env.execute_query(
            SQL("SELECT state FROM lgo_payment_allocation WHERE id = %s FOR UPDATE", part.id)
        )
        if state != "active":
            raise UserError(self.env._("This money has moved on already; open the list again."))
