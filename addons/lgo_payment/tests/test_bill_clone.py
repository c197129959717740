# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .common import PaymentCase

CLONE_FROM = "odoo.addons.lgo_payment.models.lgo_payment_bill_clone.CLONE_FROM"
#: What says who and which one, and so differs from bill to bill.
OWN = {
    "account_move": {
        "id", "name", "payment_reference", "sequence_number", "partner_id",
        "commercial_partner_id", "invoice_partner_display_name",
    },
    "account_move_line": {"id", "move_id", "move_name", "name", "partner_id"},
    "lgo_payment_bill": {
        "id", "number", "account_id", "partner_id", "move_id", "receivable_line_id", "key",
    },
    "lgo_payment_bill_line": {"id", "bill_id"},
}  # fmt: skip


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 05:00:00")
class TestBillClone(PaymentCase):
    """Bills that are cloned are what the ORM would have made."""

    def _specs(self, count, **more):
        return [
            {
                "account": self._account(name=f"บ้าน {number}"),
                "date": date(2026, 10, 1),
                "period_from": date(2026, 10, 1),
                "period_to": date(2026, 10, 31),
                "key": f"test/{self._next()}",
                "lines": [
                    {"revenue": self.revenue, "name": "ค่าเก็บขน", "amount": Decimal(20)},
                    {"revenue": self.revenue, "name": "ค่ากำจัด", "amount": Decimal("20.25")},
                ],
                **more,
            }
            for number in range(count)
        ]

    def _issue(self, specs, clone_from):
        with patch(CLONE_FROM, clone_from):
            bills = self.env["lgo.payment.bill"]._issue(self.company, specs)
        self.env.flush_all()
        return bills

    def _rows(self, table, condition):
        self.env.cr.execute(
            SQL("SELECT * FROM %s WHERE %s ORDER BY id", SQL.identifier(table), condition)
        )
        return self.env.cr.dictfetchall()

    def test_column_by_column(self):
        by_orm = self._issue(self._specs(6), 1000)
        cloned = self._issue(self._specs(6), 2)
        for table, own in OWN.items():
            rows = []
            for bills in (by_orm, cloned):
                conditions = {
                    "account_move": SQL("id IN %s", tuple(bills.move_id.ids)),
                    "account_move_line": SQL("move_id IN %s", tuple(bills.move_id.ids)),
                    "lgo_payment_bill": SQL("id IN %s", tuple(bills.ids)),
                    "lgo_payment_bill_line": SQL("bill_id IN %s", tuple(bills.ids)),
                }
                found = self._rows(table, conditions[table])
                rows.append(
                    sorted(
                        repr({name: row[name] for name in row if name not in own}) for row in found
                    )
                )
            self.assertEqual(rows[0], rows[1], table)

    def test_own_values(self):
        specs = self._specs(6)
        bills = self._issue(specs, 2)
        self.assertEqual(len(set(bills.mapped("number"))), 6)
        for bill, spec in zip(bills, specs, strict=True):
            self.assertEqual(bill.account_id, spec["account"])
            self.assertEqual(bill.partner_id, spec["account"].partner_id)
            self.assertEqual(bill.key, spec["key"])
            move = bill.move_id
            self.assertEqual((move.name, move.payment_reference), (bill.number, bill.number))
            self.assertEqual(move.partner_id, bill.partner_id)
            self.assertEqual(move.invoice_partner_display_name, bill.partner_id.display_name)
            self.assertEqual(set(move.line_ids.mapped("move_name")), {bill.number})
            self.assertEqual(bill.receivable_line_id.name, bill.number)
            self.assertEqual(bill.receivable_line_id.partner_id, bill.partner_id)
            self.assertEqual((bill.residual, bill.state), (40.25, "open"))
            self.assertEqual(bill.account_id.amount_due, 40.25)
            self.assertEqual(bill.partner_id.customer_rank, 1)
            split = (move.sequence_prefix, move.sequence_number)
            move._compute_split_sequence()
            self.assertEqual((move.sequence_prefix, move.sequence_number), split)
        self.assertEqual(self._balance("receivable"), Decimal("241.50"))
        self.assertEqual(self._balance("fee"), Decimal("-241.50"))

    def test_a_clone_is_paid_like_any_bill(self):
        bill = self._issue(self._specs(6), 2)[3]
        till = self.env["lgo.cash.session"].with_user(self.cashier).create({"float_amount": 0})
        receipt = till._receive(bill)
        self.assertEqual((bill.state, bill.residual, receipt.amount), ("paid", 0.0, 40.25))

    def test_different_bills_are_no_clones(self):
        specs = self._specs(4) + self._specs(4, title="อื่น")
        specs[1]["lines"] = [{"revenue": self.revenue, "name": "ค่าเก็บขน", "amount": Decimal(7)}]
        bills = self._issue(specs, 2)
        self.assertEqual(bills.mapped("amount"), [40.25, 7.0] + [40.25] * 6)
        self.assertEqual(bills.mapped("title"), ["ค่าเก็บขน"] * 4 + ["อื่น"] * 4)

    def test_the_same_key_is_refused(self):
        specs = self._specs(6)
        specs[5]["key"] = specs[2]["key"]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._issue(specs, 2)

    def test_a_locked_month(self):
        self.company.fiscalyear_lock_date = date(2026, 10, 31)
        with self.assertRaises(UserError):
            self._issue(self._specs(6), 2)

    def test_chained_entries_are_never_cloned(self):
        # Odoo refuses the numbers of bills in a chain, because check digits leave gaps
        self.company.lgo_bill_journal_id.restrict_mode_hash_table = True
        with self.assertRaises(UserError):
            self._issue(self._specs(6), 2)

    def test_nothing_of_a_batch_without_an_amount(self):
        specs = self._specs(6)
        specs[4]["lines"] = [{"revenue": self.revenue, "name": "x", "amount": Decimal(0)}]
        with self.assertRaises(UserError):
            self._issue(specs, 2)
