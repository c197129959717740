# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PaymentCase

MAY = "2027-05-10 05:00:00"


@tagged("post_install", "-at_install")
class TestPlan(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account()
        with freeze_time("2027-01-01 05:00:00"):
            cls.bills = cls.env["lgo.payment.bill"]._issue(
                cls.company,
                [
                    {
                        "account": cls.account,
                        "date": date(2027, 1, 1),
                        "date_due": date(2027, month, 28),
                        "lines": [{"revenue": cls.revenue, "name": "ค่าขยะ", "amount": amount}],
                    }
                    for month, amount in ((1, "40.00"), (2, "40.00"), (3, "20.01"))
                ],
            )

    def plan(self, **vals):
        return (
            self.env["lgo.payment.plan"]
            .with_user(self.finance)
            .create(
                {
                    "account_id": self.account.id,
                    "reason": "ตกงาน",
                    "date_first": "2027-05-31",
                    "count": 3,
                    "company_id": self.company.id,
                    **vals,
                }
            )
        )

    def approved(self, **vals):
        plan = self.plan(**vals)
        plan.with_user(self.approver).action_approve()
        return plan

    def test_divided_to_the_satang(self):
        with freeze_time(MAY):
            plan = self.approved()
        self.assertEqual(
            [(str(line.date), line.amount) for line in plan.line_ids],
            [("2027-05-31", 33.0), ("2027-06-30", 33.0), ("2027-07-31", 34.01)],
        )
        self.assertEqual((plan.amount, plan.left, plan.paid), (100.01, 100.01, 0.0))

    def test_kept_to_the_end(self):
        with freeze_time(MAY):
            plan = self.approved()
            till = self.env["lgo.cash.session"].with_user(self.cashier).create({})
            till._receive(self.bills[0])
            self.assertEqual(plan.line_ids.mapped("state"), ["paid", "open", "open"])
        with freeze_time("2027-06-30 05:00:00"):
            plan._cron_follow()
            self.assertEqual(plan.state, "approved", "the second is due today")
            till._receive(self.bills[1:])
            plan._cron_follow()
        self.assertEqual((plan.state, plan.left), ("done", 0.0))

    def test_not_kept(self):
        with freeze_time(MAY):
            plan = self.approved()
            letters = self.env["lgo.payment.dunning"]
            self.assertFalse(letters._prepare(self.company, date(2027, 5, 10)), "kept so far")
        with freeze_time("2027-06-01 05:00:00"):
            plan._cron_follow()
            self.assertEqual(plan.state, "broken")
            self.assertTrue(letters._prepare(self.company, date(2027, 6, 1)))

    def test_two_persons(self):
        with freeze_time(MAY):
            plan = self.plan()
            with self.assertRaises(AccessError):
                plan.with_user(self.finance2).action_approve()
            with self.assertRaises(AccessError):
                plan.with_user(self.finance).write({"state": "approved"})
            plan.sudo().requester_id = self.approver
            with self.assertRaisesRegex(UserError, "who asked"):
                plan.with_user(self.approver).action_approve()
            plan.sudo().requester_id = self.finance
            plan.with_user(self.approver).action_refuse()
            with self.assertRaisesRegex(UserError, "decided already"):
                plan.with_user(self.approver).action_approve()
        with self.assertRaises(UserError):
            plan.count = 5
        with self.assertRaises(AccessError):
            plan.with_user(self.outsider).read(["amount"])

    def test_numbers_that_make_no_sense(self):
        for count in (-1, 0, 1, 61, 10**6):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.plan(count=count)
        self.bills[0]._reduce(39.99, "adjusted", date(2027, 5, 1))
        for bill in self.bills[1:]:
            bill._close("cancelled", date(2027, 5, 1))
        plan = self.plan(count=2)
        with self.assertRaisesRegex(UserError, "too small"):
            plan.with_user(self.approver).action_approve()
        self.bills[0]._close("written_off", date(2027, 5, 1))
        with self.assertRaisesRegex(UserError, "Nothing is owed"):
            plan.with_user(self.approver).action_approve()

    def test_screen(self):
        form = Form(self.env["lgo.payment.plan"].with_user(self.finance))
        form.account_id = self.account
        form.reason = "ตกงาน"
        self.assertEqual(form.save().state, "requested")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.plan()
