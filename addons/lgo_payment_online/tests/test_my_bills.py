# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.tests import tagged

from .common import OnlineCase


@tagged("post_install", "-at_install")
class TestMyBills(OnlineCase):
    """A citizen who has signed in."""

    def setUp(self):
        super().setUp()
        self.authenticate("pay_citizen", "pay_citizen")

    def _pay(self, bills, status=200):
        data = {"bill": [str(one) for one in bills], "csrf_token": http.Request.csrf_token(self)}
        return self._page("/my/bills/pay", data, status)

    def test_own_bills_only(self):
        page = self._page("/my/bills")
        text = self._text(page)
        for bill in self.bills:
            self.assertIn(bill.number, text)
        self.assertNotIn(self.foreign.number, text)
        self.assertIn("100.50", text)
        ticks = page.xpath("//input[@name='bill']/@value")
        self.assertEqual(sorted(map(int, ticks)), sorted(self.bills.ids))

    def test_several_bills_one_qr(self):
        page = self._pay(self.bills.ids)
        group = self.env["lgo.payment.group"].search([("account_id", "=", self.account.id)])
        self.assertEqual((group.bill_ids, group.amount), (self.bills, 100.5))
        payload = self.biller._qr_payload(self.account.number, group.number, "100.50")
        self.assertEqual(self._qr(page), payload)
        self.assertIn(self.biller.account_name, self._text(page))
        again = self._qr(self._pay(self.bills.ids[::-1]))
        self.assertEqual(again, payload, "the same bills keep their number")
        [save] = page.xpath("//a[contains(@href, '/my/bills/qr')]/@href")
        picture = self.url_open(save)
        self.assertEqual(picture.headers["Content-Type"], "image/png")
        self.assertEqual(self._read(picture.content), payload)

    def test_one_bill_has_its_own_number(self):
        page = self._pay(self.bills[0].ids)
        self.assertEqual(self._qr(page), self.bills[0]._qr_payload())
        self.assertFalse(
            self.env["lgo.payment.group"].search_count([("account_id", "=", self.account.id)])
        )

    def test_bills_of_others_are_left_out(self):
        page = self._pay([self.bills[0].id, self.foreign.id])
        self.assertEqual(self._qr(page), self.bills[0]._qr_payload())
        self.assertIn("ไม่มียอดที่ต้องชำระแล้ว", self._text(self._pay(self.foreign.ids, 400)))
        self.assertEqual(self.url_open(f"/my/bills/qr?bill={self.foreign.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/my/bills/{self.foreign.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/my/bills/{self.foreign.id}/paper").status_code, 404)
        answer = self._rpc("/my/bills/status", bills=self.foreign.ids)
        self.assertEqual(answer, {"state": "unknown"})

    def test_two_accounts_need_two_payments(self):
        second = self._account(name="ร้าน", partner_id=self.citizen.partner_id.id)
        page = self._pay([*self.bills.ids, self._bill(second).id], 400)
        self.assertIn("ครั้งละหนึ่งผู้ใช้บริการ", self._text(page))

    def test_hostile_ids(self):
        for ids in (["-1"], ["0"], ["๑"], ["999999999999999999999"], ["1 OR 1=1"], ["💩"], []):
            with self.subTest(ids=ids):
                self.assertIn("ไม่มียอดที่ต้องชำระแล้ว", self._text(self._pay(ids, 400)))
        for path in ("qr?bill=", "qr?bill=,,", "0", "999999999"):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(f"/my/bills/{path}").status_code, 404)
        for bills in (None, "x", {"a": 1}, [None, [], {}], [True]):
            with self.subTest(bills=bills):
                self.assertEqual(self._rpc("/my/bills/status", bills=bills), {"state": "unknown"})

    def test_page_of_a_bill(self):
        bill = self.bills[1]
        page = self._page(f"/my/bills/{bill.id}")
        self.assertEqual(self._qr(page), bill._qr_payload())
        paper = self.url_open(f"/my/bills/{bill.id}/paper")
        self.assertEqual(paper.headers["Content-Type"], "application/pdf")
        self.assertIn(bill.number, paper.text)  # tests render papers as HTML
        waiting = {"state": "waiting", "left": "60.50"}
        self.assertEqual(self._rpc("/my/bills/status", bills=bill.ids), waiting)

    def test_paid(self):
        receipt = self._take_cash(self.bills)
        answer = self._rpc("/my/bills/status", bills=self.bills.ids)
        self.assertEqual(answer, {"state": "paid", "left": "0.00"})
        page = self._page(f"/my/bills/{self.bills[0].id}")
        self.assertFalse(page.xpath("//img[contains(@class, 'lgo_pay_qr')]"))
        [link] = page.xpath("//a[contains(@href, '/my/receipts/')]/@href")
        self.assertTrue(self.url_open(link).content.startswith(b"%PDF"))
        text = self._text(self._page("/my/bills"))
        self.assertNotIn("ค้างชำระ:", text)
        self.assertIn(self.bills[0].number, text, "what was paid stays in the list")
        self.authenticate("pay_stranger", "pay_stranger")
        self.assertEqual(self.url_open(f"/my/receipts/{receipt.id}").status_code, 404)
        self.assertEqual(
            self.url_open(f"/my/receipts/{receipt.id}?access_token=x").status_code, 404
        )

    def test_link_with_a_token(self):
        """The link of a message opens one bill without signing in, and nothing else."""
        url = self.bills[0].get_portal_url()
        self.logout()
        page = self._page(url)
        self.assertEqual(self._qr(page), self.bills[0]._qr_payload())
        token = url.partition("access_token=")[2]
        other = f"/my/bills/{self.bills[1].id}?access_token={token}"
        self.assertEqual(self.url_open(other).status_code, 404)

    def test_no_account_in_force(self):
        self.biller.sudo().active = False
        self.assertIn("ยังไม่เปิดรับชำระ", self._text(self._pay(self.bills.ids)))

    def test_number_of_queries_does_not_grow(self):
        partner = self.citizen.partner_id

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = partner._lgo_my_bills()
            return len(rows), self.env.cr.sql_log_count - before

        count()
        few = count()
        for _number in range(8):
            self._bill(self.account)
        many = count()
        self.assertEqual(many[0], few[0] + 8)
        self.assertLessEqual(many[1], few[1])
