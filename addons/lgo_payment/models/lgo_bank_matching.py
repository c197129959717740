# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import matching

#: Lines that one entry of the ledger holds: larger entries turn quadratic in Odoo.
CHUNK = 300
#: Any number that nothing else locks by: one matching at a time in a database.
LOCK = 20_570_053


class LgoBankLine(models.Model):
    """Matching: what a line of the bank pays, in batches that can be stopped at any moment."""

    _inherit = "lgo.bank.line"

    @api.model
    def _match_new(self, company=None, commit=False):
        """Match every new line of an organisation; one transaction a batch when asked.

        :param bool commit: commit after each batch (scheduled job)
        :return: number of lines
        """
        company = company or self.env.company
        if not self._lock_matching():
            return 0
        lines = self.sudo().with_company(company)
        domain = [("company_id", "=", company.id), ("state", "=", "new")]
        count = 0
        while chunk := lines.search(domain, order="file_id, id", limit=CHUNK):
            for part in chunk._split_at_reversals():
                part._match_chunk()
            count += len(chunk)
            if commit:
                self.env["ir.cron"]._commit_progress(len(chunk))
                if not self._lock_matching():
                    break
        lines._match_early_reversals(company)
        return count

    def _lock_matching(self):
        """True when no other transaction is matching; held until this one ends."""
        [[got]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        return got

    @api.model
    def _cron_match(self):
        """Match new lines of all organisations (scheduled job)."""
        for company in self.env["res.company"].sudo().search([]):  # pylint: disable=no-search-all
            self._match_new(company, commit=True)

    def _split_at_reversals(self):
        """Yield runs of payments, and each reversal alone: it needs what was booked before it."""
        run = self.browse()
        for line in self:
            if line.kind == "D":
                if run:
                    yield run
                yield line
                run = self.browse()
            else:
                run |= line
        if run:
            yield run

    def _match_early_reversals(self, company):
        """Reversals that came before their payment are tried again."""
        waiting = self.search(
            [
                ("company_id", "=", company.id),
                ("queue", "=", "review_reversal"),
                ("state", "=", "held"),
            ]
        )
        for line in waiting:
            line._match_chunk()

    # -- a batch ---------------------------------------------------------------------------

    def _match_chunk(self):
        """Match lines and book what they pay."""
        book = self._load_book()
        limit = self.company_id.lgo_over_limit or None
        repeated = self._repeated()
        results = []
        for line in self:
            light = line._as_match_line(line.id in repeated)
            result = matching.match(light, book, limit, self._allocations_of)
            results.append((line, result))
        self._book(results, book)

    def _as_match_line(self, is_repeated):
        ours = not self.biller_code or self.biller_code == self.biller_id.biller_code
        return matching.Line(
            id=self.id,
            ref1=self.ref1 or "",
            ref2=self.ref2 or "",
            amount=matching.money(self.amount),
            kind=self.kind,
            status=self.status,
            is_ours=ours,
            is_cheque=self._is_cheque(),
            is_cleared=self.is_cleared,
            is_repeated=is_repeated,
            fiscal_year=self._fiscal_year(),
        )

    def _is_cheque(self):
        return bool((self.cheque or "").strip("0 ")) or (self.channel or "").upper() == "CHQ"

    def _repeated(self):
        """Ids of lines whose reference of the bank came before (the bank reports it twice)."""
        named = self.filtered("bank_ref")
        if not named:
            return set()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id FROM lgo_bank_line line
                    WHERE line.id IN %s AND EXISTS (
                        SELECT 1 FROM lgo_bank_line other
                         WHERE other.biller_id = line.biller_id
                           AND other.bank_ref = line.bank_ref AND other.kind = line.kind
                           AND other.status = 'ok' AND other.id < line.id)""",
                tuple(named.ids),
            )
        )
        return {row[0] for row in rows}

    def _allocations_of(self, line_id):
        parts = self.browse(line_id).allocation_ids.filtered(
            lambda part: part.state == "active" and part.kind == "bill"
        )
        return [(part.bill_id.id, matching.money(part.amount)) for part in parts]

    def _load_book(self):
        """Load the accounts, bills and groups that these lines may name: four queries."""
        company = self.company_id
        names = {line.ref1 for line in self} | {line.ref2 for line in self}
        names |= {matching.references.normalise(name or "", 10) for name in names}
        names |= {matching.references.normalise(name or "") for name in names}
        names = [name for name in names if name]
        accounts = self.env["lgo.payment.account"].search_fetch(
            [
                ("company_id", "=", company.id),
                "|",
                ("number", "in", names),
                ("old_number", "in", names),
            ],
            ["number", "old_number"],
        )
        known = {}
        for account in accounts:
            if account.old_number:
                known[account.old_number] = account.id
            known[account.number] = account.id
        groups = self.env["lgo.payment.group"].search(
            [("company_id", "=", company.id), ("number", "in", names)]
        )
        bills = self.env["lgo.payment.bill"].search_fetch(
            [
                ("company_id", "=", company.id),
                "|",
                "|",
                ("number", "in", names),
                ("id", "in", groups.bill_ids.ids),
                "&",
                ("account_id", "in", accounts.ids),
                ("state", "in", ("open", "partial")),
            ],
            ["number", "account_id", "fiscal_year", "date_due", "amount", "residual", "closing"],
        )
        light = [
            matching.Bill(
                bill.id,
                bill.number,
                bill.account_id.id,
                bill.fiscal_year,
                bill.date_due,
                matching.money(bill.amount),
                matching.money(bill.residual),
                bill.closing or "open",
            )
            for bill in bills
        ]
        collected = [matching.Group(one.id, one.number, tuple(one.bill_ids.ids)) for one in groups]
        return matching.Book(known, light, collected, self._load_settled())

    def _load_settled(self):
        """Payments that the reversals among these lines may take back, oldest first."""
        reversals = self.filtered(lambda line: line.kind == "D")
        if not reversals:
            return []
        pairs = [
            (matching.references.normalise(line.ref1 or "", 10),
             matching.references.normalise(line.ref2 or ""))
            for line in reversals
        ]  # fmt: skip
        found = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("kind", "=", "C"),
                ("state", "=", "posted"),
                ("clean_ref1", "in", [one for one, _two in pairs]),
                ("clean_ref2", "in", [two for _one, two in pairs]),
            ],
            order="pay_date, id",
        )
        return [
            matching.Settled(
                line.id, line.clean_ref1 or "", line.clean_ref2 or "", matching.money(line.amount)
            )
            for line in found
        ]

    # -- booking ---------------------------------------------------------------------------

    def _book(self, results, book):
        """Write the results and book the money, one entry for each day of payment and credit."""
        booked = {}
        for line, result in results:
            ref1, ref2, _note = matching.clean(line.ref1 or "", line.ref2 or "", book.accounts)
            line.write(
                {
                    "clean_ref1": ref1,
                    "clean_ref2": ref2,
                    "outcome": result.outcome,
                    "queue": result.queue or False,
                    "account_id": book.accounts.get(ref1),
                    "suggestion": [[bill, str(amount)] for bill, amount in result.allocations],
                    "state": self._state_of(result),
                }
            )
            if result.reverses:
                line._take_back_line(self.browse(result.reverses))
            elif line.state in ("posted", "waiting"):
                key = (line.biller_id, line.pay_date, line.value_date)
                booked.setdefault(key, []).append((line, result))
        for (biller, pay_date, value_date), group in booked.items():
            self._post_group(biller, pay_date, value_date, group)

    @staticmethod
    def _state_of(result):
        if result.posts:
            return "posted"
        if result.outcome == "ignored_status":
            return "ignored"
        if result.credit_kind:
            return "waiting"
        return "held"

    def _specs_of(self, line, result, bills):
        """What a line pays, as the ledger takes it.

        :param bills: all that the lines of the entry pay, so that they are read together
        """
        account = line.account_id
        specs = []
        if result.posts:
            specs = [
                {
                    "kind": "bill",
                    "bill": bills.browse(bill).with_prefetch(bills._ids),
                    "amount": float(amount),
                }
                for bill, amount in result.allocations
            ]
        if result.credit and result.credit_kind:
            specs.append({"kind": result.credit_kind, "amount": float(result.credit)})
        return [{**spec, "bank_line": line, "account": account} for spec in specs]

    def _post_group(self, biller, pay_date, value_date, group):
        company = self.company_id
        paid = [bill for _line, result in group for bill, _amount in result.allocations]
        bills = self.env["lgo.payment.bill"].browse(paid)
        specs = [spec for line, result in group for spec in self._specs_of(line, result, bills)]
        total = company.currency_id.round(sum(spec["amount"] for spec in specs))
        label = (
            f"{biller.name} "
            f"{thai.format_date(pay_date, 'numeric', 'arabic')}"
            f" > {thai.format_date(value_date, 'numeric', 'arabic')}"
        )
        clearing = company._lgo_payment_account("clearing")
        parts = self.env["lgo.payment.allocation"]._post(
            company, pay_date, [(clearing, total, label)], specs, label
        )
        self._receipts_for(parts)

    def _receipts_for(self, parts):
        """Issue a receipt for each line that paid a bill or in advance."""
        by_line = {}
        for part in parts:
            if part.kind in ("bill", "advance"):
                by_line.setdefault(part.bank_line_id, []).append(part)
        groups = {
            line: parts.browse([part.id for part in group]).with_prefetch(parts._ids)
            for line, group in by_line.items()
        }
        self.env["lgo.receipt"]._issue_batch(
            [
                {
                    "parts": group,
                    "channel": "bank",
                    "bank_line": line,
                    "payer": line.account_id.partner_id.name or line.payer,
                    "pay_date": line.pay_date,
                }
                for line, group in groups.items()
                if not group.receipt_id
            ]
        )

    def _take_back_line(self, earlier):
        """R1: the bank takes a payment back; its bills are open again, its receipt is to cancel."""
        self.ensure_one()
        clearing = self.company_id._lgo_payment_account("clearing")
        earlier.allocation_ids.filtered(lambda part: part.state == "active")._take_back(
            clearing, self.pay_date, self.env._("Taken back by the bank %(ref)s", ref=self.ref2)
        )
        earlier.state = "taken_back"
        self.write({"reverses_id": earlier.id, "account_id": earlier.account_id.id})
        for receipt in earlier.receipt_ids.filtered(lambda one: one.state == "issued"):
            self.env["lgo.payment.request"]._request(
                "cancel_receipt",
                self.env._("The bank has taken the payment back."),
                receipt_id=receipt.id,
            )

    # -- decisions -------------------------------------------------------------------------

    def _waiting_part(self):
        """The money of a line that waits for a decision."""
        self.ensure_one()
        parts = self.sudo().allocation_ids.filtered(
            lambda part: part.state == "active" and part.kind in ("suspense", "refund")
        )
        if not parts:
            raise UserError(self.env._("This payment has no money that waits for a decision."))
        return parts[0]

    def action_suggest(self):
        """Ask for what the rules suggest: one click, then another officer approves."""
        for line in self:
            if not line.suggestion:
                raise UserError(
                    self.env._("There is no suggestion: choose the bills or pay it back.")
                )
            bills = [bill for bill, _amount in line.suggestion]
            self.env["lgo.payment.request"]._request(
                "assign",
                self.env._("Suggested by the rules of matching"),
                bank_line_id=line.id,
                bill_ids=[fields.Command.set(bills)],
            )
        return True

    def action_cheque_cleared(self):
        """The bank has cashed the cheque: match the line now."""
        self._check_finance()
        for line in self:
            if line.queue != "cheque" or line.state != "held":
                raise UserError(self.env._("Only a cheque that waits can be cleared."))
            line.sudo().write({"is_cleared": True, "state": "new"})
        self._match_new(self.company_id)
        return True

    def action_cheque_failed(self):
        """The cheque bounced: nothing was booked, the bills stay open."""
        self._check_finance()
        for line in self:
            if line.queue != "cheque" or line.state != "held":
                raise UserError(self.env._("Only a cheque that waits can bounce."))
            line.sudo().write(
                {
                    "state": "ignored",
                    "outcome": "cheque_failed",
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
        return True

    def _check_finance(self):
        if not self.env.user.has_group("lgo_base.group_finance"):
            raise UserError(self.env._("Only finance decides about payments."))
        self.check_access("read")

    def action_match_now(self):
        """Match what came in (button)."""
        self._check_finance()
        self._match_new(self.env.company)
        return True
