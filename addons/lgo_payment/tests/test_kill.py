# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import datetime, timedelta
from decimal import Decimal

from odoo.tests import tagged

from . import bank
from .drill import KillDrill

KILLS = 20
LINES = 25
CODE = "KILL"
BILLER = "099999999999101"
ACCOUNT = "9990000099"
START = datetime(2026, 11, 5, 8, 0)  # noqa: DTZ001 - the clock of the bank's file


@tagged("post_install", "-at_install")
class TestKilledImport(KillDrill):
    """A bank file whose import is killed again and again is taken in once, or not yet."""

    def setUp(self):
        super().setUp()
        with self._cursor() as cr:
            self._prepare(self._env(cr))

    def _prepare(self, env):
        company = env.company
        company._lgo_payment_setup()
        journal = env["account.journal"].create({"name": CODE, "code": CODE, "type": "bank"})
        biller = env["lgo.payment.biller"].create(
            {
                "name": CODE,
                "bank_code": "006",
                "bank_account": ACCOUNT,
                "account_name": CODE,
                "biller_code": BILLER,
                "layout": "A",
                "journal_id": journal.id,
            }
        )
        biller.state = "approved"
        revenue = env["lgo.payment.revenue"].create({"name": CODE, "code": CODE})
        numbers = env["lgo.payment.account"]._next_numbers(LINES)
        partners = env["res.partner"].create([{"name": CODE} for _number in numbers])
        accounts = env["lgo.payment.account"].create(
            [
                {"number": number, "name": CODE, "partner_id": partner.id}
                for number, partner in zip(numbers, partners, strict=True)
            ]
        )
        lines = [{"revenue": revenue, "name": CODE, "amount": Decimal(10)}]
        self.files = []
        for number in range(KILLS):
            bills = env["lgo.payment.bill"]._issue(
                company, [{"account": account, "lines": lines} for account in accounts]
            )
            orders = [
                bank.Order(BILLER, bill.account_id.number, bill.number, Decimal(10))
                for bill in bills
            ]
            moment = START + timedelta(hours=number)
            data = bank.day_file(ACCOUNT, orders, moment=moment)
            file = env["lgo.bank.file"].create(
                {
                    "name": f"{CODE}{number}",
                    "data": base64.b64encode(data),
                    "biller_id": biller.id,
                }
            )
            self.files.append(file.id)

    def _import(self, file_id):
        def work(env):
            env["lgo.bank.file"].browse(file_id).action_import()
            env.cr.commit()  # pylint: disable=invalid-commit

        return work

    def _found(self, file_id):
        """(state of the file, lines, lines that are booked, receipts, baht in bills)."""
        with self._cursor() as cr:
            env = self._env(cr)
            file = env["lgo.bank.file"].browse(file_id)
            lines = env["lgo.bank.line"].search([("file_id", "=", file_id)])
            parts = env["lgo.payment.allocation"].search(
                [("bank_line_id", "in", lines.ids), ("kind", "=", "bill"), ("state", "=", "active")]
            )
            receipts = env["lgo.receipt"].search([("bank_line_id", "in", lines.ids)])
            booked = lines.filtered(lambda line: line.state == "posted")
            moves = parts.move_line_id.move_id
            self.assertLessEqual(set(moves.mapped("state")), {"posted"})
            return (
                file.state, len(lines), len(booked), len(receipts), sum(parts.mapped("amount")),
            )  # fmt: skip

    def test_twenty_kills(self):
        whole = ("imported", LINES, LINES, LINES, 10.0 * LINES)
        longest, early, late = 1.0, 0, 0
        for file_id in self.files:
            self._kill_during(self._import(file_id), longest)
            found = self._found(file_id)
            with self.subTest(seed=self.seed):
                if found[0] == "imported":
                    self.assertEqual(found, whole)
                else:
                    self.assertEqual(found[1:], (0, 0, 0, 0))
            early += found[0] != "imported"
            late += found[0] == "imported"
            # a fast machine gets less time, a slow one more, so that kills fall inside the work
            longest *= 0.8 if found[0] == "imported" else 1.15
        self.assertTrue(early, "no kill came while a file was taken in")
        for file_id in self.files:
            if self._found(file_id)[0] != "imported":
                with self._cursor() as cr:
                    self._import(file_id)(self._env(cr))
            self.assertEqual(self._found(file_id), whole)
        self._check_numbers()

    def _check_numbers(self):
        """Receipts of the drill follow each other without a gap."""
        with self._cursor() as cr:
            receipts = self._env(cr)["lgo.receipt"].search(
                [("bank_line_id.file_id", "in", self.files)]
            )
            numbers = sorted(receipts.mapped("number"))
            self.assertEqual(len(numbers), KILLS * LINES)
            first = numbers[0]
            self.assertEqual(numbers, list(range(first, first + len(numbers))))
