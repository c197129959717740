# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DATA, FixtureCase, rows_of

KTB = "billpay_256_ktb_20261105.txt"
CSV = "corporate_detail_20261105.csv"


@tagged("post_install", "-at_install")
class TestBankFiles(FixtureCase):
    """Every line of the banks' files becomes what an accountant expects of it."""

    def _check_rows(self, file, name):
        wrong = []
        for row in rows_of("expected_results.csv"):
            if row["file"] != name:
                continue
            number = int(row["seq"])
            line = file.line_ids.filtered_domain([("number", "=", number)])
            if name == CSV:
                line = file.line_ids.sorted("id")[number - 1]
            found = self._found(line)
            wanted = self._wanted(row)
            if found != wanted:
                wrong.append(f"{row['seq']} {row['case']}: {found} instead of {wanted}")
        self.assertEqual(wrong, [])

    def _found(self, line):
        allocations = {
            self.env["lgo.payment.bill"].browse(bill).number: Decimal(amount)
            for bill, amount in line.suggestion or []
        }
        credit = sum(
            line.allocation_ids.filtered(lambda part: part.kind != "bill").mapped("amount")
        )
        return (line.outcome, allocations, Decimal(f"{credit:.2f}"), line.queue or "")

    def _wanted(self, row):
        pairs = [text.split("=") for text in row["allocations"].split(";") if text]
        allocations = {number: Decimal(amount) for number, amount in pairs}
        credit = Decimal(row["to_credit"] or 0)
        if row["queue"] in ("suspense", "review_suggested"):
            # nothing is paid yet: the whole amount waits, the bills are a suggestion
            credit = Decimal(row["amount"])
        if row["outcome"] == "suspense" and row["queue"] == "review_suggested":
            allocations = {row["ref2"]: Decimal(row["amount"])}
        return (row["outcome"], allocations, credit, row["queue"])

    def test_ktb(self):
        self._check_rows(self._import(KTB), KTB)

    def test_csv(self):
        self._check_rows(self._import(CSV), CSV)

    def test_other_order(self):
        second = self._import(CSV)
        first = self._import(KTB)
        self._check_rows(second, CSV)
        self._check_rows(first, KTB)

    def test_balance(self):
        file = self._import(KTB)
        self.assertEqual(
            (file.credit_total, file.credit_count, file.debit_total, file.debit_count),
            (2320.25, 31, 40.0, 1),
        )
        # 1,800.00 to bills of which 40.00 were taken back, 140.25 in advance or to be paid back,
        # 80.00 to be looked into, a cheque of 300.00 not booked
        money = self._money()
        self.assertEqual(money["bill"], Decimal("1760.00"))
        waiting = money["advance"] + money["refund"] + money["suspense"]
        self.assertEqual(waiting, Decimal("220.25"))
        self.assertEqual(self._balance("clearing"), Decimal("1980.25"))
        self.assertEqual(self._balance("suspense"), -money["suspense"])
        self.assertEqual(self._balance("advance"), -money["advance"])
        self.assertEqual(self._balance("refund"), -money["refund"])

    def test_same_file_twice(self):
        self._import(KTB)
        before = self._money()
        again = self._file((DATA / KTB).read_bytes(), KTB)
        with self.assertRaisesRegex(UserError, "was taken in on"):
            again.action_import()
        self.assertEqual(self._money(), before)

    def test_lines_sent_again(self):
        self._import(KTB)
        before = self._money()
        receipts = self.env["lgo.receipt"].search_count([])
        rows = (DATA / KTB).read_bytes().split(b"\r\n")
        moved = [
            row[:1] + b"%06d" % (int(row[1:7]) + 100) + row[7:] if row[:1] == b"D" else row
            for row in rows
        ]
        file = self._file(b"\r\n".join(moved), "again.txt")
        file.action_import()
        self.assertEqual((file.new_count, file.repeated_count), (0, 32))
        self.assertEqual(self._money(), before)
        self.assertEqual(self.env["lgo.receipt"].search_count([]), receipts)

    def test_bad_file(self):
        file = self._file((DATA / "billpay_256_bad.txt").read_bytes())
        file.action_check()
        found = [(problem.line, problem.code) for problem in file.problem_ids]
        self.assertEqual(
            found,
            [(3, "LEN"), (4, "AMT"), (5, "SEQ"), (6, "ACC"), (7, "AMT"), (8, "TOTAL"),
             (8, "COUNT")],
        )  # fmt: skip
        self.assertIn("180", file.problem_ids[0].message)
        self.assertEqual(file.state, "refused")
        with self.assertRaisesRegex(UserError, "was not taken in"):
            file.action_import()
        self.assertFalse(file.line_ids)

    def test_statement(self):
        self._import(KTB)
        mapping = self.env["lgo.bank.mapping"].create(
            {
                "name": "รายการเดินบัญชี",
                "purpose": "statement",
                "header_pattern": "วันที่",
                "footer_pattern": "^ยอดยก",
                "column_ids": [
                    (0, 0, {"field": field, "title": title})
                    for field, title in (
                        ("date", "วันที่"), ("name", "รายการ"), ("withdrawal", "ถอน"),
                        ("deposit", "ฝาก"), ("channel", "ช่องทาง"), ("bank_ref", "อ้างอิง"),
                    )
                ],
            }
        )  # fmt: skip
        file = self._file(
            (DATA / "statement_20261106.xlsx").read_bytes(), "s.xlsx", layout="table",
            mapping_id=mapping.id,
        )  # fmt: skip
        file.action_import()
        self.assertEqual(len(file.credit_ids), 8)
        file.credit_ids.with_user(self.finance).action_match()
        matched = file.credit_ids.filtered(lambda one: one.state == "matched")
        self.assertEqual(sorted(matched.mapped("amount")), [-40.0, 2020.25])
        self.assertEqual(self._balance("clearing"), Decimal("0.00"))
        # the cheque is cleared a day later and credited alone
        cheque = self.env["lgo.bank.line"].search([("queue", "=", "cheque")])
        cheque.with_user(self.finance).action_cheque_cleared()
        self.assertEqual(cheque.state, "posted")
        file.credit_ids.with_user(self.finance).action_match()
        cleared = file.credit_ids.filtered(lambda one: one.amount == 300.0)
        self.assertEqual((cleared.state, cleared.value_date), ("matched", date(2026, 11, 5)))
        self.assertEqual(self._balance("clearing"), Decimal("0.00"))

    def test_roles(self):
        for user in (self.cashier, self.approver, self.auditor, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._file(b"x", user=user)
        file = self._import(KTB)
        self.assertEqual(len(file.with_user(self.auditor).line_ids), 32)
        with self.assertRaises(AccessError):
            file.line_ids[0].with_user(self.finance).write({"amount": 1})
        with self.assertRaises(AccessError):
            file.with_user(self.outsider).read(["name"])

    def test_receipts_have_no_gap(self):
        self._import(CSV)
        self._import(KTB)
        receipts = self.env["lgo.receipt"].search([("company_id", "=", self.company.id)])
        numbers = sorted(receipts.mapped("number"))
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        for receipt in receipts:
            self.assertAlmostEqual(sum(receipt.line_ids.mapped("amount")), receipt.amount, 2)
        self.assertTrue(receipts[0].name.endswith(str(receipts[0].fiscal_year)))

    def test_day(self):
        self._import(KTB)
        day = (
            self.env["lgo.payment.day"].with_user(self.finance).create({"date": date(2026, 11, 5)})
        )
        self.assertEqual(day.bank_difference, 0.0)
        self.assertEqual(day.bank_held, 300.0)
        with self.assertRaisesRegex(UserError, "does not balance"):
            day.action_close()
        day.explanation = "เช็ค 300 บาท รอเรียกเก็บ"
        day.action_close()
        self.assertEqual(day.state, "closed")
