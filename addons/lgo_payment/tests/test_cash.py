# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PaymentCase


@tagged("post_install", "-at_install")
class TestCash(PaymentCase):
    """The counter: from the open till to the money in the bank."""

    def setUp(self):
        super().setUp()
        self.account = self._account(name="99/1", house="99/1")
        self.bills = self._bill(self.account) | self._bill(self.account, "60.00")
        self.session = self.env["lgo.cash.session"].with_user(self.cashier).create({})

    def _count(self, session, **quantities):
        for value, quantity in quantities.items():
            row = session.count_ids.filtered(lambda one, v=value: one.value == float(v[1:]))
            row.quantity = quantity

    def test_receive(self):
        receipt = self.session._receive(self.bills)
        self.assertEqual(receipt.amount, 100.0)
        self.assertEqual(self.bills.mapped("state"), ["paid", "paid"])
        self.assertEqual(receipt.payer, "ผู้ชำระ 99/1")
        self.assertEqual(receipt.amount_text, "หนึ่งร้อยบาทถ้วน")
        self.assertEqual(self._balance("cash"), Decimal("100.00"))
        self.assertEqual(self._balance("receivable"), Decimal("0.00"))
        with self.assertRaisesRegex(UserError, "paid in the meantime"):
            self.session._receive(self.bills)

    def test_two_accounts_need_two_receipts(self):
        other = self._bill(self._account(name="2"))
        with self.assertRaisesRegex(UserError, "for one account"):
            self.session._receive(self.bills | other)
        self.assertEqual(self.bills.mapped("state"), ["open", "open"])

    def test_numbers_go_on(self):
        first = self.session._receive(self.bills[0])
        second = self.session._receive(self.bills[1])
        self.assertEqual(second.number, first.number + 1)
        self.assertEqual(first.register_entry_id.res_id, first.id)

    def test_dialog_finds_what_was_scanned(self):
        bill = self.bills[0]
        texts = [bill.number, self.account.number, "99/1", bill._qr_payload(),
                 self.biller._barcode_text(self.account.number, bill.number, "40.00")]  # fmt: skip
        for text in texts:
            form = Form(
                self.env["lgo.cash.take"]
                .with_user(self.cashier)
                .with_context(default_session_id=self.session.id)
            )
            form.search = text
            self.assertEqual(form.account_id, self.account, text)
            self.assertIn(bill, form.bill_ids[:], text)
        form.given = 20.0
        take = form.save()
        with self.assertRaisesRegex(UserError, "less than the bills"):
            take.action_receive()
        take.given = 1000.0
        self.assertEqual(take.change, 1000.0 - take.total)
        self.assertEqual(take.action_receive()["res_model"], "lgo.receipt")
        form.search = "does not exist"
        self.assertIn("Nothing was found", form.message)

    def test_close_and_hand_over(self):
        self.session._receive(self.bills)
        self._count(self.session, v100=1)
        self.session.action_close()
        self.assertEqual((self.session.state, self.session.difference), ("closed", 0.0))
        action = self.session.action_remit()
        remittance = self.env["lgo.remittance"].browse(action["res_id"])
        self.assertEqual((remittance.amount, remittance.counted), (100.0, 100.0))
        with self.assertRaises(UserError):
            remittance.with_user(self.cashier).action_receive()
        remittance.with_user(self.finance).action_receive()
        deposits = self.env["lgo.cash.deposit"].with_user(self.finance)
        deposit = deposits._deposit(remittance.with_user(self.finance), self.biller, "S1", False)
        self.assertEqual((deposit.amount, remittance.state), (100.0, "deposited"))
        self.assertEqual(self._balance("cash"), Decimal("0.00"))
        with self.assertRaisesRegex(UserError, "Choose remittances"):
            deposits._deposit(remittance.with_user(self.finance), self.biller, "S2", False)

    def test_difference_needs_a_reason(self):
        self.session._receive(self.bills)
        self._count(self.session, v50=1, v20=2)
        with self.assertRaisesRegex(UserError, "differs from the receipts by -10.00"):
            self.session.action_close()
        self.session.explanation = "ทอนเงินผิด"
        self.session.action_close()
        self.assertEqual(self._balance("short"), Decimal("10.00"))
        self.assertEqual(self._balance("cash"), Decimal("90.00"))
        with self.assertRaisesRegex(UserError, "is closed"):
            self.session.count_ids[0].quantity = 5
        with self.assertRaisesRegex(UserError, "Open your till"):
            self.session._receive(self._bill(self.account))

    def test_roles(self):
        with self.assertRaises(AccessError):
            self.env["lgo.cash.session"].with_user(self.finance).create({})
        with self.assertRaises(AccessError):
            self.session.with_user(self.cashier2).explanation = "x"
        self.assertFalse(
            self.env["lgo.cash.session"]
            .with_user(self.cashier2)
            .search([("id", "=", self.session.id)])
        )
        receipt = self.session._receive(self.bills)
        for user in (self.cashier, self.finance, self.approver):
            with self.assertRaises(AccessError):
                receipt.with_user(user).write({"amount": 1})
            with self.assertRaises(AccessError):
                receipt.with_user(user).unlink()
        with self.assertRaises(AccessError):
            receipt.with_user(self.outsider).read(["amount"])
        self.assertEqual(receipt.with_user(self.auditor).amount, 100.0)

    def test_cancel_gives_the_money_back(self):
        receipt = self.session._receive(self.bills)
        requests = self.env["lgo.payment.request"]
        request = requests.with_user(self.cashier)._request(
            "cancel_receipt", "รับเงินผิดราย", receipt_id=receipt.id
        )
        with self.assertRaises(AccessError):
            request.with_user(self.cashier).action_approve()
        request.with_user(self.approver).action_approve()
        self.assertEqual(receipt.state, "cancelled")
        self.assertEqual(self.bills.mapped("state"), ["open", "open"])
        self.assertEqual(self._balance("cash"), Decimal("0.00"))
        again = self.session._receive(self.bills)
        self.assertEqual(again.number, receipt.number + 1)
        with self.assertRaisesRegex(UserError, "decided already"):
            request.with_user(self.approver).action_approve()

    def test_replace_keeps_the_payment(self):
        receipt = self.session._receive(self.bills)
        request = self.env["lgo.payment.request"].with_user(self.cashier)._request(
            "cancel_receipt", "พิมพ์ชื่อผิด", receipt_id=receipt.id, is_replaced=True,
            payer="นางถูกต้อง ชื่อจริง",
        )  # fmt: skip
        request.with_user(self.approver).action_approve()
        self.assertEqual(receipt.replaced_by_id.payer, "นางถูกต้อง ชื่อจริง")
        self.assertEqual(receipt.replaced_by_id.amount, 100.0)
        self.assertEqual(self.bills.mapped("state"), ["paid", "paid"])

    def test_day_balances(self):
        receipt = self.session._receive(self.bills)
        self._count(self.session, v100=1)
        day = self.env["lgo.payment.day"].with_user(self.finance).create({"date": receipt.date})
        self.assertEqual((day.cash_receipts, day.cash_difference), (100.0, 0.0))
        with self.assertRaisesRegex(UserError, "still open"):
            day.action_close()
        self.session.action_close()
        day.action_close()
        self.assertEqual(day.state, "closed")
        with self.assertRaises(UserError):
            day.explanation = "x"
