# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from decimal import Decimal

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import billpay256
from .common import DATA, FixtureCase, PaymentCase


@tagged("post_install", "-at_install")
class TestRequests(FixtureCase):
    """Nobody corrects money alone."""

    def setUp(self):
        super().setUp()
        self.file = self._import("billpay_256_ktb_20261105.txt")
        self.requests = self.env["lgo.payment.request"].with_user(self.finance)

    def _line(self, outcome):
        return self.file.line_ids.filtered(lambda one: one.outcome == outcome)

    def test_suggestion(self):
        line = self._line("review_account")
        before = self._money()
        line.with_user(self.finance).action_suggest()
        request = self.requests.search([("bank_line_id", "=", line.id)])
        self.assertEqual(request.bill_ids.mapped("number"), ["170000001302"])
        with self.assertRaises(AccessError):
            request.with_user(self.finance2).action_approve()
        request.with_user(self.approver).action_approve()
        self.assertEqual(self.bills["170000001302"].state, "paid")
        self.assertEqual(line.state, "posted")
        self.assertEqual(line.receipt_ids.amount, 40.0)
        after = self._money()
        self.assertEqual(after["bill"] - before["bill"], Decimal("40.00"))
        self.assertEqual(before["suspense"] - after["suspense"], Decimal("40.00"))
        self.assertEqual(self._balance("suspense"), -after["suspense"])
        with self.assertRaisesRegex(UserError, "no money that waits"):
            line.with_user(self.finance).action_suggest()
            self.requests.search([("bank_line_id", "=", line.id)])[0].with_user(
                self.approver
            ).action_approve()

    def test_who_asks_never_approves(self):
        self.approver.group_ids |= self.env.ref("lgo_base.group_finance")
        line = self._line("duplicate")
        request = (
            self.env["lgo.payment.request"]
            .with_user(self.approver)
            ._request("to_advance", "ผู้ชำระขอเก็บเป็นเครดิต", bank_line_id=line.id)
        )
        with self.assertRaisesRegex(UserError, "must not be who asked"):
            request.action_approve()

    def test_duplicate_is_paid_back(self):
        line = self._line("duplicate")
        part = line.allocation_ids
        self.assertEqual((part.kind, part.amount), ("refund", 40.0))
        request = self.requests._request("refund", "ชำระซ้ำ", allocation_id=part.id)
        with self.assertRaisesRegex(UserError, "Only an approved"):
            request._pay_out(self.biller, "ฎ.1/2570", date(2026, 11, 10))
        request.with_user(self.approver).action_approve()
        request.with_user(self.finance)._pay_out(self.biller, "ฎ.1/2570", date(2026, 11, 10))
        self.assertEqual((request.state, part.state), ("paid", "paid_out"))
        self.assertEqual(self._balance("refund"), Decimal("0.00"))
        with self.assertRaises(UserError):
            request.with_user(self.finance)._pay_out(self.biller, "again", date(2026, 11, 11))

    def test_duplicate_is_kept(self):
        line = self._line("duplicate")
        request = self.requests._request("to_advance", "ขอเก็บไว้", bank_line_id=line.id)
        request.with_user(self.approver).action_approve()
        self.assertEqual(line.account_id.amount_advance, 40.0)
        self.assertEqual(line.receipt_ids.amount, 40.0)

    def test_reversal_asks_for_the_receipt(self):
        line = self._line("reversed")
        receipt = line.reverses_id.receipt_ids
        self.assertEqual(self.bills["170000000526"].state, "open")
        request = self.env["lgo.payment.request"].search([("receipt_id", "=", receipt.id)])
        self.assertEqual(request.state, "requested")
        request.sudo().requester_id = self.finance
        request.with_user(self.approver).action_approve()
        self.assertEqual(receipt.state, "cancelled")

    def test_refuse(self):
        request = self.requests._request(
            "write_off", "ผู้ชำระเสียชีวิต", bill_id=self.bills["170000000526"].id
        )
        request.with_user(self.approver)._refuse("ยังมีทายาท")
        self.assertEqual((request.state, request.refuse_reason), ("refused", "ยังมีทายาท"))
        self.assertEqual(self.bills["170000000526"].state, "open")
        with self.assertRaisesRegex(UserError, "stays as it was"):
            request.with_user(self.finance).reason = "x"
        with self.assertRaises(AccessError):
            request.with_user(self.finance).write({"state": "approved"})
        with self.assertRaises(UserError):
            request.sudo().unlink()

    def test_bad_requests(self):
        bill = self.bills["170000000526"]
        for kind, vals in (
            ("adjust", {"bill_id": bill.id, "amount": 0}),
            ("adjust", {"bill_id": bill.id, "amount": -5}),
            ("adjust", {"bill_id": bill.id, "amount": 40.01}),
            ("adjust", {}),
            ("assign", {"bank_line_id": self._line("duplicate").id}),
            ("refund", {}),
        ):
            with self.assertRaises(ValidationError):
                self.requests._request(kind, "x", **vals)
        with self.assertRaises(AccessError):
            self.env["lgo.payment.request"].with_user(self.outsider)._request(
                "write_off", "x", bill_id=bill.id
            )


@tagged("post_install", "-at_install")
class TestBills(PaymentCase):
    def test_issue_in_one_go(self):
        accounts = [self._account(name=str(n)) for n in range(30)]
        specs = [
            {"account": account, "key": f"k{account.id}",
             "lines": [{"revenue": self.revenue, "name": "x", "amount": Decimal("40.25")}]}
            for account in accounts
        ]  # fmt: skip
        bills = self.env["lgo.payment.bill"]._issue(self.company, specs)
        self.assertEqual(set(bills.mapped("state")), {"open"})
        self.assertEqual(set(bills.move_id.mapped("state")), {"posted"})
        self.assertEqual(set(bills.mapped("residual")), {40.25})
        self.assertEqual(bills.mapped("number"), bills.move_id.mapped("name"))
        self.assertEqual(self._balance("receivable"), Decimal("1207.50"))
        self.assertEqual(self._balance("fee"), Decimal("-1207.50"))

    def test_queries_do_not_grow(self):
        def spec(account):
            line = {"revenue": self.revenue, "name": "x", "amount": Decimal("40.00")}
            return {"account": account, "lines": [line]}

        accounts = [self._account(name=str(n)) for n in range(61)]
        self.env["lgo.payment.bill"]._issue(self.company, [spec(accounts.pop())])
        counts = []
        for size in (10, 50):
            self.env.flush_all()
            chosen = [accounts.pop() for _n in range(size)]
            start = self.env.cr.sql_log_count
            self.env["lgo.payment.bill"]._issue(self.company, [spec(one) for one in chosen])
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLess(counts[1], counts[0] + 40, counts)

    def test_billed_once(self):
        account = self._account()
        first = self._bill(account, key="point:1:2569-11")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._bill(account, key="point:1:2569-11")
        first._close("cancelled", first.date)
        self.assertEqual(first.state, "cancelled")
        self.assertEqual(self._bill(account, key="point:1:2569-11").state, "open")

    def test_nothing_by_hand(self):
        bill = self._bill(self._account())
        for user in (self.finance, self.cashier, self.approver):
            with self.assertRaises(AccessError):
                bill.with_user(user).write({"amount": 1})
        with self.assertRaisesRegex(UserError, "belongs to a bill"):
            bill.move_id.button_draft()
        with self.assertRaisesRegex(UserError, "belongs to a bill"):
            bill.move_id.button_cancel()
        with self.assertRaises(UserError):
            bill.sudo().unlink()
        for amount in ("0", "-1"):
            with self.assertRaisesRegex(UserError, "above zero"):
                self._bill(self._account(), amount)

    def test_group(self):
        account = self._account()
        bills = self._bill(account) | self._bill(account, "60.00")
        groups = self.env["lgo.payment.group"]
        group = groups._for_bills(bills)
        self.assertEqual(group.amount, 100.0)
        self.assertEqual(groups._for_bills(bills), group)
        bills[0]._reduce(10.0, "adjusted", bills[0].date)
        other = groups._for_bills(bills)
        self.assertNotEqual(other, group)
        self.assertEqual((group.state, other.amount), ("replaced", 90.0))
        with self.assertRaisesRegex(UserError, "one account"):
            groups._for_bills(bills | self._bill(self._account()))

    def test_biller_four_eyes(self):
        self.biller.with_user(self.finance).account_name = "บัญชีอื่น"
        self.assertEqual(self.biller.state, "draft")
        self.assertFalse(self._bill(self._account())._qr_payload())
        with self.assertRaises(UserError):
            self.biller.with_user(self.finance).action_approve()
        with self.assertRaises(AccessError):
            self.biller.with_user(self.finance).write({"state": "approved"})
        self.biller.with_user(self.approver).action_approve()
        self.assertTrue(self._bill(self._account())._qr_payload())

    def test_citizens_see_their_own(self):
        portal = self.env.ref("base.group_portal")
        people = []
        for name in ("one", "two"):
            account = self._account(name=name)
            user = self.env["res.users"].create(
                {
                    "name": name,
                    "login": f"pay_portal_{name}",
                    "partner_id": account.partner_id.id,
                    "group_ids": [(6, 0, portal.ids)],
                    "company_id": self.company.id,
                    "company_ids": [(6, 0, self.company.ids)],
                }
            )
            people.append((user, self._bill(account)))
        (one, bill), (two, _other) = people
        bills = self.env["lgo.payment.bill"]
        self.assertEqual(bills.with_user(one).search([]), bill)
        for method in ("read", "search_read"):
            with self.subTest(method):
                if method == "read":
                    with self.assertRaises(AccessError):
                        bill.with_user(two).read(["amount"])
                else:
                    rows = bills.with_user(two).search_read([("id", "=", bill.id)], ["amount"])
                    self.assertEqual(rows, [])
        with self.assertRaises(AccessError):
            self.env["lgo.bank.line"].with_user(one).search([])

    def test_bad_bytes(self):
        good = (DATA / "billpay_256_ktb_20261105.txt").read_bytes()
        for ending in (b"\r\n", b"\n", b"\r"):
            data = good.replace(b"\r\n", ending) + b"\x1a"
            self.assertEqual(len(billpay256.parse(data, "A").lines), 32)
        thai = "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))))
        for start in range(0, len(thai), 50):
            name = thai[start : start + 50]
            rows = good.split(b"\r\n")
            rows[1] = rows[1][:34] + name.encode("cp874").ljust(50) + rows[1][84:]
            self.assertEqual(billpay256.parse(b"\r\n".join(rows)).lines[0].name, name)
        cut = billpay256.parse(b"\r\n".join(good.split(b"\r\n")[:10]))
        self.assertIn("NO_TRAILER", [problem.code for problem in cut.problems])
        self.assertFalse(billpay256.parse(b"").ok)
        utf8 = good.decode("cp874").encode("utf-8")
        self.assertFalse(billpay256.parse(utf8).ok)
