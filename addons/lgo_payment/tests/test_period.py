# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import date

import openpyxl
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PaymentCase

MARCH = "2027-03-10 05:00:00"
APRIL = "2027-04-05 05:00:00"


@tagged("post_install", "-at_install")
class TestPeriod(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account()
        with freeze_time(MARCH):
            cls.bills = cls.env["lgo.payment.bill"]._issue(
                cls.company,
                [
                    {
                        "account": cls.account,
                        "date": date(2027, 3, 1),
                        "lines": [{"revenue": cls.revenue, "name": "ค่าขยะ", "amount": "40.00"}],
                    }
                    for _number in range(3)
                ],
            )
            cls.till = cls.env["lgo.cash.session"].with_user(cls.cashier).create({})
            cls.till._receive(cls.bills[0])

    def month(self, day="2027-03-15"):
        return (
            self.env["lgo.payment.period"]
            .with_user(self.finance)
            .create({"date": day, "company_id": self.company.id})
        )

    def put_right(self):
        with freeze_time(MARCH):
            self.till.count_ids.filtered(lambda one: one.value == 20).quantity = 2
            self.till.action_close()
            self.till.action_remit()
            day = self.env["lgo.payment.day"].with_user(self.finance).create({"date": "2027-03-10"})
            day.action_close()

    def test_what_must_be_put_right(self):
        with freeze_time(APRIL):
            period = self.month()
            self.assertEqual(str(period.date), "2027-03-01")
            self.assertEqual((period.open_days, period.open_tills), (1, 1))
            self.assertEqual((period.receipt_count, period.receipt_amount), (1, 40.0))
            with self.assertRaisesRegex(UserError, "Days not closed: 1"):
                period.action_close()
            self.put_right()
            with self.assertRaisesRegex(UserError, "explain"):
                period.action_close()  # the money is not in the bank
            period.explanation = "ธนาคารปิด"
            period.action_close()
        self.assertEqual(period.state, "closed")
        self.assertEqual(self.company.fiscalyear_lock_date, date(2027, 3, 31))

    def closed(self):
        self.put_right()
        period = self.month()
        period.explanation = "ธนาคารปิด"
        period.action_close()
        return period

    def test_money_that_comes_later_is_booked_today(self):
        with freeze_time(APRIL):
            self.closed()
            part = self.env["lgo.payment.allocation"]._post(
                self.company,
                date(2027, 3, 20),
                [(self.company._lgo_payment_account("cash"), 40.0, "x")],
                [{"kind": "bill", "bill": self.bills[1], "amount": 40.0, "account": self.account}],
                "x",
            )
            self.assertEqual(part.move_line_id.date, date(2027, 4, 5))
            self.assertEqual(part.date, date(2027, 3, 20))
            self.bills[2]._reduce(10.0, "adjusted", date(2027, 3, 20))
        self.assertEqual((self.bills[1].state, self.bills[2].residual), ("paid", 30.0))

    def test_opened_again_by_another_with_a_reason(self):
        with freeze_time(APRIL):
            period = self.closed()
            for user in (self.finance, self.auditor):
                with self.assertRaises(AccessError):
                    period.with_user(user).action_reopen()
            approver = period.with_user(self.approver)
            with self.assertRaisesRegex(UserError, "Write why"):
                approver.action_reopen()
            approver.reopen_reason = "บันทึกผิดวัน"
            approver.action_reopen()
        self.assertEqual(period.state, "open")
        self.assertEqual(self.company.fiscalyear_lock_date, date(2027, 2, 28))

    def test_in_their_order(self):
        with freeze_time("2027-05-05 05:00:00"):
            self.put_right()
            march = self.month()
            april = self.month("2027-04-30")
            april.explanation = march.explanation = "ธนาคารปิด"
            with self.assertRaisesRegex(UserError, "earlier month"):
                april.action_close()
            march.action_close()
            april.action_close()
            approver = march.with_user(self.approver)
            approver.reopen_reason = "x"
            with self.assertRaisesRegex(UserError, "later month"):
                approver.action_reopen()

    def test_a_number_without_a_receipt(self):
        with freeze_time(MARCH):
            entries = self.env["lgo.register"]._take_numbers(
                "payment_receipt", self.company, ["เครื่อง", "เครื่อง"]
            )
        with freeze_time(APRIL):
            period = self.month()
            self.assertEqual(period.receipt_gaps, 2)
            entries._void("ไม่ได้ใช้")
            period.action_refresh()
            self.assertEqual(period.receipt_gaps, 0)

    def test_books_of_the_year(self):
        """X9 of the dossier: each number of the year is in one column."""
        self.company.lgo_receipt_book_size = 2
        with freeze_time(MARCH):
            entries = self.env["lgo.register"]._take_numbers(
                "payment_receipt", self.company, ["เครื่อง", "เครื่อง"]
            )
            entries[0]._void("ไม่ได้ใช้")
            report = (
                self.env["lgo.payment.report"]
                .with_user(self.finance)
                .create({"kind": "books", "company_id": self.company.id})
            )
            report.action_make()
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(report.file))).worksheets[0]
        titles = [cell.value for cell in sheet[3]]
        first, second = list(sheet.iter_rows(min_row=4, max_row=5, values_only=True))
        self.assertEqual(titles[:2], ["ปีงบประมาณ", "เล่มที่"])
        self.assertEqual(first[:9], (2570, 1, 1, 2, 1, None, 1, None, None))
        self.assertEqual(second[:9], (2570, 2, 3, 3, None, None, None, 1, 1))

    def test_months_that_are_none(self):
        with freeze_time(APRIL):
            for day in ("2027-04-01", "2099-01-01"):
                with self.assertRaises(ValidationError):
                    self.month(day)
            period = self.month()
            with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
                self.month("2027-03-31")
            with self.assertRaises(AccessError):
                period.state = "closed"
            with self.assertRaises(AccessError):
                period.with_user(self.outsider).read(["state"])

    def test_year_end(self):
        with freeze_time("2027-10-05 05:00:00"):
            self.assertTrue(self.month("2027-09-30").is_year_end)
            self.assertEqual(self.month("2027-08-01").display_name, "สิงหาคม 2570")
