# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PaymentCase

#: Noon of these days; the bill is due on the last of October.
DUE = date(2026, 10, 31)


def after(days):
    return freeze_time(f"{DUE + timedelta(days=days)} 05:00:00")


@tagged("post_install", "-at_install")
class TestDunning(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account()
        with freeze_time("2026-10-01 05:00:00"):
            cls.bills = cls._bills(cls.account, "40.00", "40.00")

    @classmethod
    def _bills(cls, account, *amounts):
        specs = [
            {
                "account": account,
                "date": date(2026, 10, 1),
                "date_due": DUE,
                "period_from": date(2026, 10, 1),
                "period_to": date(2026, 10, 31),
                "lines": [{"revenue": cls.revenue, "name": "ค่าขยะ ต.ค. 2569", "amount": amount}],
            }
            for amount in amounts
        ]
        return cls.env["lgo.payment.bill"]._issue(cls.company, specs)

    @property
    def letters(self):
        return self.env["lgo.payment.dunning"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def prepare(self):
        self.env["lgo.payment.dunning"].with_user(self.finance).action_prepare()
        return self.letters

    def step(self, name):
        return self.env.ref(f"lgo_payment.lgo_payment_dunning_step_{name}")

    def issue(self, letter):
        letter.with_user(self.finance).action_issue()

    def test_ladder(self):
        """30, 60, 90 days; each step only after the days to pay of the one before."""
        with after(29):
            self.assertFalse(self.prepare())
        with after(30):
            letter = self.prepare()
            self.assertEqual((letter.step_id, letter.amount), (self.step("first"), 80.0))
            self.assertEqual(self.prepare(), letter, "prepared once")
            self.issue(letter)
        with after(59):
            self.assertEqual(len(self.prepare()), 1)
        with after(60):
            second = self.prepare()[1:]
            self.assertEqual(second.step_id, self.step("second"))
        with after(95):
            self.assertEqual(len(self.prepare()), 2, "the second is not issued yet")
            self.issue(second)
        with after(110):
            self.assertEqual(len(self.prepare()), 2, "its days to pay are not over")
        with after(111):
            third = self.prepare()[2:]
            self.assertEqual(third.step_id, self.step("demand"))
            self.issue(third)
        with after(400):
            self.assertEqual(len(self.prepare()), 3, "the ladder has an end")

    def test_numbers_and_dates(self):
        other = self._account(name="บ้านเลขที่ 2")
        with freeze_time("2026-10-01 05:00:00"):
            self._bills(other, "60.00")
        with after(30):
            letters = self.prepare()
            self.issue(letters)
        self.assertEqual(letters.mapped("name"), ["1/2569", "2/2569"])
        self.assertEqual(set(letters.mapped("date")), {DUE + timedelta(days=30)})
        self.assertEqual(set(letters.mapped("date_due")), {DUE + timedelta(days=45)})
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.issue(letters)

    def test_paid_before_it_was_issued(self):
        with after(30):
            letter = self.prepare()
            till = self.env["lgo.cash.session"].with_user(self.cashier).create({})
            till._receive(self.bills[0])
            self.issue(letter)
            self.assertEqual((letter.amount, len(letter.rows)), (40.0, 1), "what is left only")
            till._receive(self.bills[1])
            self.prepare()
        self.assertEqual((letter.state, letter.amount_left), ("settled", 0.0))
        self.assertEqual(letter.amount, 40.0, "the letter says what it said")

    def test_all_paid_before_it_was_issued(self):
        with after(30):
            letter = self.prepare()
            self.env["lgo.cash.session"].with_user(self.cashier).create({})._receive(self.bills)
            with self.assertRaisesRegex(UserError, "Nothing is left"):
                self.issue(letter)
            self.prepare()
        self.assertEqual(letter.state, "cancelled")
        self.assertFalse(letter.name)

    def test_new_debt_begins_at_the_first_step(self):
        with after(60):
            self.issue(self.prepare())
            self.env["lgo.cash.session"].with_user(self.cashier).create({})._receive(self.bills)
            self._bills(self.account, "40.00")
            self.assertEqual(self.prepare()[1:].step_id, self.step("first"))

    def test_own_steps_of_an_organisation(self):
        self.env["lgo.payment.dunning.step"].create(
            {
                "name": "เตือน",
                "company_id": self.company.id,
                "overdue_days": 5,
                "subject": "เตือน",
                "text": "{org} {amount}",
            }
        )
        with after(5):
            letter = self.prepare()
        self.assertEqual(letter._paragraphs(), [f"{self.company.name} ๘๐.๐๐"])

    def test_words_that_do_not_exist(self):
        for text in ("{nothing}", "{org", "org}", "{0}", "{org.env}"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.step("first").text = text

    def test_not_sent_needs_a_reason(self):
        with after(30):
            letter = self.prepare().with_user(self.finance)
            with self.assertRaises(UserError):
                letter.action_cancel()
            letter.note = "ผู้ชำระเสียชีวิต"
            letter.action_cancel()
            self.assertEqual(letter.state, "cancelled")

    def test_rights(self):
        with after(30):
            letter = self.prepare()
        for user in (self.cashier, self.approver, self.auditor):
            self.assertEqual(letter.with_user(user).amount, 80.0)
            with self.assertRaises(AccessError):
                letter.with_user(user).action_issue()
            with self.assertRaises(AccessError):
                letter.with_user(user).note = "x"
        with self.assertRaises(AccessError):
            letter.with_user(self.outsider).read(["amount"])
        with self.assertRaises(AccessError):
            letter.with_user(self.finance).amount = 1
        with self.assertRaises(UserError):
            letter.with_user(self.finance).sudo().unlink()

    def test_queries_do_not_grow_with_payers(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["lgo.payment.dunning"]._prepare(self.company, DUE + timedelta(days=30))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        one = count()
        with freeze_time("2026-10-01 05:00:00"):
            for number in range(10, 30):
                self._bills(self._account(name=str(number)), "40.00")
        self.assertLessEqual(count(), one + 6)
        self.assertEqual(len(self.letters), 21)

    def test_paper(self):
        with after(30):
            letter = self.prepare()
            self.issue(letter)
            content = self.env["ir.actions.report"].with_context(
                force_report_rendering=True
            )._render_qweb_pdf("lgo_payment.action_report_dunning", letter.ids)[0]  # fmt: skip
        self.assertTrue(content.startswith(b"%PDF"))
        paragraphs = " ".join(letter._paragraphs())
        self.assertIn("แปดสิบบาทถ้วน", paragraphs)
        self.assertIn("ตุลาคม ๒๕๖๙", paragraphs)
        self.assertIn("๘๐.๐๐", paragraphs)
