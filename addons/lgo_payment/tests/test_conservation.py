# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date, timedelta
from decimal import Decimal

from psycopg2 import OperationalError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import PaymentCase

KINDS = ("bill", "advance", "refund", "suspense")


@tagged("post_install", "-at_install")
class TestConservation(PaymentCase):
    """Random payments, reversals, corrections and broken runs: no baht is lost or made."""

    def setUp(self):
        super().setUp()
        self.chance = random.Random(2570)
        self.accounts = [self._account(name=str(n)) for n in range(8)]
        self.bills = self.env["lgo.payment.bill"]
        self.seq = 0
        self.day = date(2026, 11, 5)
        self.file = self._file(b"x", "random.txt")
        self.file.sudo().write({"effective_date": self.day})

    def _line(self, ref1, ref2, amount, kind="C", **vals):
        self.seq += 1
        return self.env["lgo.bank.line"].create(
            {
                "file_id": self.file.id,
                "company_id": self.company.id,
                "biller_id": self.biller.id,
                "number": self.seq,
                "pay_date": self.day,
                "value_date": self.day,
                "ref1": ref1,
                "ref2": ref2,
                "amount": float(amount),
                "kind": kind,
                "status": "ok",
                "key": f"random-{self.seq}",
                "payer": "ผู้ชำระทดสอบ",
                **vals,
            }
        )

    def _check(self, step):
        """Bank total = on bills + in advance + to be paid back + to be looked into + paid out."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id, line.amount, COALESCE(sum(part.amount), 0)
                     FROM lgo_bank_line line
                     LEFT JOIN lgo_payment_allocation part ON part.bank_line_id = line.id
                          AND part.state IN ('active', 'paid_out')
                    WHERE line.company_id = %s AND line.kind = 'C'
                      AND line.state IN ('posted', 'waiting')
                    GROUP BY line.id HAVING line.amount != COALESCE(sum(part.amount), 0)""",
                self.company.id,
            )
        )
        self.assertEqual(rows, [], step)
        money = self._money()
        for kind in KINDS[1:]:
            self.assertEqual(self._balance(kind), -money.get(kind, Decimal(0)), (step, kind))
        lines = self.env["lgo.bank.line"].search(
            [("company_id", "=", self.company.id), ("state", "in", ("posted", "waiting"))]
        )
        came = sum(lines.filtered(lambda one: one.kind == "C").mapped("amount"))
        out = sum(
            self.env["lgo.payment.allocation"]
            .search([("company_id", "=", self.company.id), ("state", "=", "paid_out")])
            .mapped("amount")
        )
        self.assertEqual(self._balance("clearing"), Decimal(f"{came:.2f}"), step)
        total = sum(money.values()) + Decimal(f"{out:.2f}")
        self.assertEqual(total, Decimal(f"{came:.2f}"), step)
        open_bills = self.env["lgo.payment.bill"].search([("company_id", "=", self.company.id)])
        self.assertEqual(
            self._balance("receivable"),
            Decimal(f"{sum(open_bills.mapped('residual')):.2f}"),
            step,
        )
        [[debit, credit]] = self.env.execute_query(
            SQL(
                "SELECT sum(debit), sum(credit) FROM account_move_line WHERE company_id = %s",
                self.company.id,
            )
        )
        self.assertEqual(debit, credit, step)
        numbers = self.env["lgo.receipt"].search([("company_id", "=", self.company.id)])
        numbers = sorted(numbers.mapped("number"))
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)), step)

    # -- what may happen -------------------------------------------------------------------

    def _pay(self):
        account = self.chance.choice(self.accounts)
        bills = self.bills.filtered(lambda one: one.account_id == account)
        ref2 = self.chance.choice([*bills.mapped("number"), "", "123"])
        ref1 = self.chance.choice([account.number] * 6 + ["0000000000"])
        amount = Decimal(self.chance.choice((1, 25, 3999, 4000, 4025, 8000, 12345))) / 100
        self._line(ref1, ref2, amount)
        if self.chance.random() < 0.2:
            self._line(ref1, ref2, amount)
        self._match()

    def _match(self):
        """A run of matching that breaks off at a random step and is started again."""
        if self.chance.random() < 0.5:
            stop = self.chance.randint(1, 6)
            self._broken(stop)
        self.env["lgo.bank.line"]._match_new(self.company)

    def _broken(self, stop):
        names = ("_post", "_create_parts", "_reconcile_bills")
        model = type(self.env["lgo.payment.allocation"])
        count = [0]

        def breaking(method):
            def broken(*args, **kwargs):
                count[0] += 1
                if count[0] == stop:
                    raise OperationalError("the database went away")
                return method(*args, **kwargs)

            return broken

        for name in names:
            self.patch(model, name, breaking(getattr(model, name)))
        try:
            with self.env.cr.savepoint():
                self.env["lgo.bank.line"]._match_new(self.company)
                raise OperationalError("killed before the commit")
        except OperationalError:
            self.env.invalidate_all()
        finally:
            count[0] = 1_000_000

    def _reverse(self):
        posted = self.env["lgo.bank.line"].search(
            [("company_id", "=", self.company.id), ("state", "=", "posted"), ("kind", "=", "C")]
        )
        if posted:
            line = self.chance.choice(posted)
            self._line(line.ref1, line.ref2, Decimal(f"{line.amount:.2f}"), kind="D")
            self._match()

    def _correct(self):
        waiting = self.env["lgo.bank.line"].search(
            [("company_id", "=", self.company.id), ("state", "=", "waiting")]
        )
        if not waiting:
            return
        line = self.chance.choice(waiting)
        open_bills = self.bills.filtered(lambda one: one.state in ("open", "partial"))
        requests = self.env["lgo.payment.request"].with_user(self.finance)
        if open_bills and self.chance.random() < 0.6:
            bills = self.env["lgo.payment.bill"].browse(
                {self.chance.choice(open_bills).id for _n in range(2)}
            )
            request = requests._request(
                "assign", "ตรวจแล้ว", bank_line_id=line.id, bill_ids=[(6, 0, bills.ids)]
            )
        else:
            part = line._waiting_part()
            request = requests._request("refund", "ขอคืน", allocation_id=part.id)
        request.with_user(self.approver).action_approve()

    def _bill_more(self):
        for account in self.chance.sample(self.accounts, 3):
            self.seq += 1
            due = self.day + timedelta(days=self.chance.randint(-400, 30))
            self.bills |= self._bill(account, "40.00", date_due=due)

    def _reduce(self):
        open_bills = self.bills.filtered(lambda one: one.state in ("open", "partial"))
        if open_bills:
            bill = self.chance.choice(open_bills)
            kind = self.chance.choice(("adjust", "write_off", "cancel_bill"))
            request = (
                self.env["lgo.payment.request"]
                .with_user(self.finance)
                ._request(kind, "ทดสอบ", bill_id=bill.id, amount=min(bill.residual, 1.25))
            )
            try:
                with self.env.cr.savepoint():
                    request.with_user(self.approver).action_approve()
            except UserError:
                self.assertEqual((kind, bill.state), ("cancel_bill", "partial"))

    def test_random_life(self):
        self._bill_more()
        for step in range(60):
            action = self.chance.choices(
                (self._pay, self._reverse, self._correct, self._bill_more, self._reduce),
                (10, 2, 4, 2, 2),
            )[0]
            action()
            self._check((step, action.__name__))
