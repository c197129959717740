# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from lxml import html
from PIL import Image

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OnlineCase


def picture(colour="white"):
    """A slip of a made-up app."""
    out = io.BytesIO()
    Image.new("RGB", (90, 120), colour).save(out, "PNG")
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestClaim(OnlineCase):
    """The slip of a citizen: looked into, never booked."""

    def setUp(self):
        super().setUp()
        self.env["lgo.rate.limit"].search([]).unlink()
        self.authenticate("pay_citizen", "pay_citizen")

    def _send(self, bills, content, status=200, name="slip.png"):
        data = {"csrf_token": http.Request.csrf_token(self), "note": "27 พ.ย. 10.15 น. 💸"}
        response = self.url_open(
            "/my/bills/claim",
            data={**data, "bill": [str(one) for one in bills]},
            files={"slip": (name, content)} if content is not None else None,
        )
        self.assertEqual(response.status_code, status, self._alert(response.text))
        return response.text

    @staticmethod
    def _alert(text):
        """What the page complains about."""
        return " ".join(html.fromstring(text).xpath("//*[@role='alert']//text()"))

    def _found(self):
        return self.env["lgo.payment.claim"].search([("company_id", "=", self.company.id)])

    def test_sent(self):
        self._send(self.bills.ids, picture())
        claim = self._found()
        self.assertEqual((claim.state, claim.amount, claim.bill_ids), ("new", 100.5, self.bills))
        self.assertEqual(claim.partner_id, self.citizen.partner_id)
        self.assertEqual(set(self.bills.mapped("state")), {"open"}, "a slip books nothing")

    def test_same_slip_twice(self):
        self._send(self.bills.ids, picture())
        self.assertIn("สลิปนี้ส่งแล้ว", self._send(self.bills.ids, picture(), 400))
        self._send(self.bills.ids, picture("red"))
        self.assertEqual(len(self._found()), 2)

    def test_bad_files(self):
        for content in (b"", b"%PDF-1.7", b"<svg/>", b"GIF89a", picture()[:60]):
            with self.subTest(content=content[:8]):
                self._send(self.bills.ids, content, 400)
        self._send(self.bills.ids, None, 400)
        self.assertFalse(self._found())

    def test_bills_of_others(self):
        self._send(self.foreign.ids, picture(), 400)
        self._send([], picture(), 400)
        self._send([self.bills[0].id, self.foreign.id], picture())
        self.assertEqual(self._found().bill_ids, self.bills[0])

    def test_not_without_end(self):
        for number in range(10):
            self._send(self.bills.ids, picture((number, 0, 0)))
        self._send(self.bills.ids, picture((99, 0, 0)), 400)

    def test_finance_decides(self):
        self._send(self.bills.ids, picture())
        claim = self._found().with_user(self.finance)
        with self.assertRaises(UserError):
            claim.action_found()
        with self.assertRaises(UserError):
            claim.action_refuse()
        claim.answer = "ไม่พบรายการที่ธนาคาร"
        claim.action_refuse()
        self.assertEqual((claim.state, claim.decided_by_id), ("refused", self.finance))
        with self.assertRaises(UserError):
            claim.action_refuse()
        for user in (self.cashier, self.outsider, self.citizen, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                claim.with_user(user).read(["slip"])
        with self.assertRaises(AccessError):
            claim.write({"state": "found"})
