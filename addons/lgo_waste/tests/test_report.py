# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import date, datetime

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.lgo_payment.tests import bank
from odoo.addons.lgo_payment.tests.common import BILLER

from .common import WasteCase

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@tagged("post_install", "-at_install")
class TestReport(WasteCase):
    """Workbooks of finance, read back as somebody opens them."""

    def _make(self, kind, user=None, **vals):
        reports = self.env["lgo.payment.report"].with_user(user or self.finance)
        report = reports.create(
            {
                "kind": kind, "date_from": FIRST, "date_to": LAST, "company_id": self.company.id,
                **vals,
            }
        )  # fmt: skip
        report.action_make()
        return openpyxl.load_workbook(io.BytesIO(base64.b64decode(report.file)))

    def _rows(self, book):
        """Rows below the titles, as dicts by title."""
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[3]]
        return [
            dict(zip(titles, row, strict=True))
            for row in sheet.iter_rows(min_row=4, values_only=True)
        ]

    def _bill_on(self, point, day, amount, due=None):
        return self._bill(point.account_id, amount, date=day, date_due=due or day)

    def _pay(self, bills, day, amounts=None):
        company, account = self.company, self.company._lgo_payment_account("clearing")
        amounts = amounts or bills.mapped("residual")
        specs = [
            {"kind": "bill", "bill": bill, "amount": amount, "account": bill.account_id}
            for bill, amount in zip(bills, amounts, strict=True)
        ]
        debits = [(account, sum(amounts), "ทดสอบ")]
        self.env["lgo.payment.allocation"]._post(company, day, debits, specs, "ทดสอบ")

    def test_efficiency(self):
        """The test oracle of X3 in the dossier: 500 left, 71.43 and 62.96 percent."""
        points = [self._point(str(number)) for number in range(3)]
        old = self._bill_on(points[0], date(2026, 8, 1), "400.00")
        new = self._bill_on(points[1], FIRST, "600.00") | self._bill_on(points[2], FIRST, "400.00")
        old._reduce(30, "adjusted", date(2026, 10, 5))
        new[1]._reduce(20, "adjusted", date(2026, 10, 5))
        self._pay(new, date(2026, 10, 20), [600.0, 100.0])
        self._pay(old, date(2026, 10, 20), [150.0])
        # what comes after the last day is not counted
        self._pay(new[1], date(2026, 11, 2), [50.0])
        row, total = self._rows(self._make("efficiency"))[:2]
        self.assertEqual((row["เขต"], row["จำนวนราย"]), ("เขต 1", 2))
        values = [
            row[title]
            for title in (
                "ตั้งเก็บ (ก)", "ยกมา (ข)", "ปรับลด/จำหน่าย (ค)", "เก็บได้งวดนี้ (ง)", "เก็บได้หนี้เก่า (จ)",
                "คงค้าง", "% เก็บได้งวด", "% รวม",
            )
        ]  # fmt: skip
        self.assertEqual(values, [1000, 400, 50, 700, 150, 500, 71.43, 62.96])
        self.assertEqual((total["เขต"], total["คงค้าง"]), ("รวม", 500))

    def test_zones(self):
        for number, zone, route in ((1, self.zone, self.route), (2, self.zone2, self.route2)):
            point = self._point(str(number), zone_id=zone.id, route_id=route.id)
            self._bill_on(point, FIRST, "40.00")
        book = self._make("efficiency", zone_ids=[(6, 0, self.zone2.ids)])
        self.assertEqual([row["เขต"] for row in self._rows(book)][:2], ["เขต 2", "รวม"])
        facts = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
        self.assertEqual(facts["เขต"], "เขต 2")
        self.assertEqual(facts["จัดทำโดย"], self.finance.name)
        self.assertEqual(facts["ถึง"], "31 ตุลาคม 2569")

    def test_ageing(self):
        point = self._point("=1+1")
        days = (
            ("2026-10-31", "ยังไม่ครบกำหนด"), ("2026-10-30", "1-30 วัน"), ("2026-10-01", "1-30 วัน"),
            ("2026-09-30", "31-90 วัน"), ("2026-08-01", "91-180 วัน"), ("2026-02-01", "181-365 วัน"),
            ("2025-10-30", "เกิน 1 ปี"), ("2023-10-01", "เกิน 3 ปี"),
        )  # fmt: skip
        expected = {}
        for number, (due, column) in enumerate(days):
            amount = 2**number
            self._bill_on(point, FIRST, f"{amount}.00", date.fromisoformat(due))
            expected[column] = expected.get(column, 0) + amount
        paid = self._bill_on(point, FIRST, "500.00", date(2026, 10, 1))
        self._pay(paid, date(2026, 11, 3))
        expected["1-30 วัน"] += 500  # it was open on the last day
        [row, total, words] = self._rows(self._make("ageing"))
        self.assertEqual({key: row[key] for key in expected}, expected)
        self.assertEqual(row["รวม"], 755)
        self.assertEqual(row["บ้านเลขที่"], "=1+1", "text, not a formula")
        self.assertEqual(total["รวม"], 755)
        self.assertEqual(words["เขต"], "(เจ็ดร้อยห้าสิบห้าบาทถ้วน)")

    def test_receipts(self):
        point = self._point("9")
        bills = self._bill(point.account_id) | self._bill(point.account_id, "60.00")
        till = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        receipt = till._receive(bills)
        book = self._make("receipts", date_to=receipt.date, date_from=receipt.date)
        rows = self._rows(book)
        self.assertEqual([row["รวม"] for row in rows[:3]], [40, 60, 100])
        self.assertEqual(rows[0]["เลขที่ใบเสร็จ"], receipt.name)
        self.assertEqual(rows[0]["วันที่รับ"].date(), receipt.date)
        self.assertIn("256", rows[0]["วันที่รับ (พ.ศ.)"])

    def test_discounts_and_waiting_are_made(self):
        point = self._point("5")
        exemption = (
            self.env["lgo.waste.exemption"]
            .with_user(self.registrar)
            .create({"point_id": point.id, "date_from": FIRST, "percent": 50, "reason": "ทดสอบ"})
        )
        exemption.with_user(self.manager).action_approve()
        [row] = self._rows(self._make("discounts", user=self.manager))
        self.assertEqual(
            (row["รหัสผู้ใช้บริการ"], row["ส่วนลดหรือผลตรวจล่าสุด"]), (point.number, "ร้อยละ 50")
        )
        self.assertEqual(self._rows(self._make("waiting"))[0]["วันที่ชำระ"], "รวม")

    def test_card(self):
        point = self._point("77")
        bill = self._bill_on(point, date(2026, 9, 1), "100.00")
        self._pay(bill, date(2026, 9, 20), [30.0])
        later = self._bill_on(point, FIRST, "40.00")
        later._reduce(15, "adjusted", date(2026, 10, 7))
        till = self.env["lgo.cash.session"].with_user(self.cashier).create({})
        receipt = till._receive(bill)
        book = self._make("card", account_id=point.account_id.id, date_to=receipt.date)
        rows = self._rows(book)
        self.assertEqual([row["คงเหลือ"] for row in rows[:4]], [70, 110, 95, 25])
        self.assertEqual(rows[0]["รายการ"], "ยอดยกมา")
        self.assertEqual(rows[3]["เลขที่"], receipt.name)
        with self.assertRaises(UserError):
            self._make("card")

    def test_collector_sheet(self):
        for house, place in (("1", 2), ("2", 1)):
            self._bill_on(self._point(house, route_sequence=place), FIRST, "40.00")
        rows = self._rows(self._make("sheet"))
        self.assertEqual([row["บ้านเลขที่"] for row in rows[:2]], ["2", "1"])
        self.assertEqual(rows[2]["จำนวนเงิน"], 80)

    def test_elaas(self):
        point = self._point("8")
        old = self._bill_on(point, date(2026, 9, 1), "25.00")
        new = self._bill_on(point, date(2026, 10, 5), "40.00")
        self.revenue.elaas_code = "41210008"
        receipt = (
            self.env["lgo.cash.session"].with_user(self.cashier).create({})._receive(old | new)
        )
        [row, total] = self._rows(
            self._make("elaas", date_from=receipt.date, date_to=receipt.date)
        )[:2]
        self.assertEqual(row["รหัสรายรับ"], "41210008")
        self.assertEqual((row["ปีปัจจุบัน"], row["ปีก่อน"], row["จำนวนเงิน"]), (40, 25, 65))
        self.assertEqual(total["จำนวนเงิน"], 65)

    def test_banks(self):
        bill = self._bill_on(self._point("6"), FIRST, "40.00")
        order = bank.Order(BILLER, bill.account_id.number, bill.number, bill.amount)
        moment = datetime(2026, 10, 20, 9, 30)  # noqa: DTZ001 - the clock of the bank's file
        file = self._file(bank.day_file("9990000011", [order], moment=moment))
        file.action_check()
        file.action_import()
        [row] = self._rows(self._make("banks"))[:1]
        self.assertEqual((row["จำนวนรายการ"], row["ยอดไฟล์"], row["ยอดใบเสร็จ"]), (1, 40, 40))
        self.assertEqual(row["ไฟล์"], file.name)

    def test_who_may(self):
        for user in (self.collector, self.registrar, self.cashier, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._make("efficiency", user=user)
        with self.assertRaises(UserError):
            self._make("efficiency", date_from=LAST, date_to=FIRST)
        other = self.env["res.company"].sudo().create({"name": "อีกหน่วยงานหนึ่ง"})
        with self.assertRaises(AccessError):
            self._make("efficiency", company_id=other.id)
