# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.lgo_payment.tests import bank

from .bank_server import BankServer
from .common import OnlineCase


@tagged("post_install", "-at_install")
class TestHook(OnlineCase):
    """What a bank reports at once: a hint, stored once, asked about, never booked."""

    def setUp(self):
        super().setUp()
        self.server = BankServer()
        self.addCleanup(self.server.stop)
        self.biller.sudo().write(
            {
                "hook_protocol": "scb", "api_url": self.server.url, "api_key": "key",
                "api_secret": "secret",
            }
        )  # fmt: skip
        self.biller.sudo().state = "approved"
        self.biller.sudo().hook_token = "t" * 43
        self.notices = self.env["lgo.payment.notice"]

    def _body(self, bill, **other):
        return {
            "transactionId": "202611271234", "billPaymentRef1": bill.account_id.number,
            "billPaymentRef2": bill.number, "amount": f"{bill.amount:.2f}",
            "transactionDateandTime": "2026-11-27T10:15:00.000+07:00", "payerName": "เกษม",
            **other,
        }  # fmt: skip

    def _send(self, body, status=200, token="t" * 43, protocol="scb"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.url_open(
            f"/lgo/pay/{protocol}/{token}", data=data, headers={"Content-Type": "application/json"}
        )
        self.assertEqual(response.status_code, status, response.text[:500])
        return response.json() if status == 200 else None

    def _found(self):
        return self.notices.search([("biller_id", "=", self.biller.id)])

    def _bank_knows(self, body):
        self.server.payments.append(body)

    def test_confirmed(self):
        bill = self.bills[0]
        body = self._body(bill)
        answer = self._send(body)
        self.assertEqual((answer["resCode"], answer["transactionId"]), ("00", "202611271234"))
        notice = self._found()
        self.assertEqual((notice.state, notice.amount, notice.ref2), ("received", 40, bill.number))
        self._bank_knows(body)
        notice._ask()
        self.assertEqual(notice.state, "verified")
        self.assertEqual(bill.state, "open", "a notice books nothing")
        self.assertEqual(bill._payment_progress(bill)["state"], "reported")

    def test_replay(self):
        body = self._body(self.bills[0])
        first, second = self._send(body), self._send(body)
        self.assertEqual(first, second)
        self.assertEqual(len(self._found()), 1)

    def test_forged_amount(self):
        bill = self.bills[0]
        self._send(self._body(bill, amount="0.01"))
        self._bank_knows(self._body(bill))
        notice = self._found()
        notice._ask()
        self.assertEqual(notice.state, "rejected")
        self.assertEqual(bill._payment_progress(bill)["state"], "waiting")

    def test_forged_payment(self):
        """Nobody paid: the bank knows nothing, and after three days the notice is put aside."""
        self._send(self._body(self.bills[0]))
        notice = self._found()
        notice._ask()
        self.assertEqual(notice.state, "received")
        self.env.cr.execute(
            "UPDATE lgo_payment_notice SET received_at = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(hours=73), notice.id],
        )
        notice.invalidate_recordset()
        notice._ask()
        self.assertEqual(notice.state, "rejected")

    def test_bank_is_down(self):
        self._send(self._body(self.bills[0]))
        notice = self._found()
        self.server.broken = True
        notice._ask()
        self.assertEqual(notice.state, "received")
        self.assertTrue(notice.message)
        self.server.broken = False
        self._bank_knows(self._body(self.bills[0]))
        notice._ask()
        self.assertEqual(notice.state, "verified")

    def test_settled_by_the_file(self):
        bill = self.bills[0]
        self._send(self._body(bill, transactionDateandTime=fields.Datetime.now().isoformat()))
        order = bank.Order(self.biller.biller_code, bill.account_id.number, bill.number, 40)
        file = self._file(bank.day_file(self.biller.bank_account, [order]))
        file.action_check()
        file.action_import()
        self.assertEqual(bill.state, "paid")
        notice = self._found()
        notice._link_lines()
        self.assertEqual((notice.state, notice.bank_line_id.file_id), ("settled", file))
        self.assertEqual(len(bill.allocation_ids), 1, "paid once")

    def test_bad_bodies(self):
        bill = self.bills[0]
        for body in (
            b"{", b"[]", b"null", b"\xff\xfe", b"[" * 60000,
            self._body(bill, amount="40.005"), self._body(bill, amount="-40"),
            self._body(bill, amount="0"), self._body(bill, amount="1e99"),
            self._body(bill, amount=None), self._body(bill, amount="NaN"),
            self._body(bill, transactionId=""), self._body(bill, transactionId="x' OR 1=1"),
            self._body(bill, billPaymentRef1="ก"), self._body(bill, billPaymentRef2="1" * 21),
            self._body(bill, transactionDateandTime="yesterday"),
        ):  # fmt: skip
            with self.subTest(body=body if isinstance(body, dict) else body[:20]):
                self.assertEqual(self._send(body)["resCode"], "99")
        self.assertFalse(self._found())

    def test_too_long(self):
        self._send(b"x" * (10 * 1024 * 1024), 413)
        self.assertFalse(self._found())

    def test_unknown_address(self):
        body = self._body(self.bills[0])
        self._send(body, 404, token="u" * 43)
        self._send(body, 404, token="")
        self._send(body, 404, protocol="bbl")
        self.biller.sudo().state = "draft"
        self._send(body, 404)
        self.assertFalse(self._found())

    def test_networks(self):
        self.biller.sudo().hook_addresses = "203.0.113.0/24\n"
        self._send(self._body(self.bills[0]), 404)
        self.biller.sudo().hook_addresses = "203.0.113.0/24\n127.0.0.0/8"
        self._send(self._body(self.bills[0]))
        with self.assertRaises(ValidationError):
            self.biller.sudo().hook_addresses = "everywhere"

    def test_other_bank(self):
        self.biller.sudo().hook_protocol = "bbl"
        self.biller.sudo().state = "approved"
        bill = self.bills[0]
        body = {
            "bankRef": "B1", "reference1": bill.account_id.number, "reference2": bill.number,
            "amount": "40.00", "transDate": "20261127", "transTime": "101500", "txnType": "C",
        }  # fmt: skip
        self.assertEqual(self._send(body, protocol="bbl")["responseCode"], "000")
        self.assertEqual(
            self._send({**body, "amount": "40.005"}, protocol="bbl")["responseCode"], "213"
        )
        self.assertEqual(
            self._send({**body, "reference1": ""}, protocol="bbl")["responseCode"], "331"
        )
        taken_back = self._send({**body, "txnType": "D"}, protocol="bbl")
        self.assertEqual(taken_back["responseCode"], "000")
        self.assertEqual(sorted(self._found().mapped("kind")), ["C", "D"])

    def test_rights(self):
        self._send(self._body(self.bills[0]))
        notice = self._found()
        self.assertEqual(notice.with_user(self.finance).amount, 40)
        with self.assertRaises(AccessError):
            notice.with_user(self.finance).read(["raw"])
        for user in (self.cashier, self.outsider, self.citizen):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                notice.with_user(user).read(["amount"])
        with self.assertRaises(AccessError):
            self.biller.with_user(self.finance).read(["hook_token"])
        with self.assertRaises(UserError):
            self.biller.with_user(self.finance).action_new_hook()
        admin = new_test_user(
            self.env, "pay_admin", groups="lgo_base.group_admin",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        before = self.biller.sudo().hook_token
        self.biller.with_user(admin).action_new_hook()
        self.assertNotEqual(self.biller.sudo().hook_token, before)
        self.assertFalse(self.biller.with_user(admin).api_secret, "never shown again")
        with self.assertRaises(AccessError):
            notice.with_user(admin).write({"state": "verified"})
