# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import OnlineCase


@tagged("post_install", "-at_install")
class TestPay(OnlineCase):
    """Somebody without an account, from any telephone."""

    def setUp(self):
        super().setUp()
        self.env["lgo.rate.limit"].search([]).unlink()

    def _find(self, number=None, check="99/1", status=200):
        return self._page("/pay", {"number": number or self.account.number, "check": check}, status)

    def _qr_of(self, bills, check="99/1", status=200):
        data = {"number": self.account.number, "check": check, "bill": [str(one) for one in bills]}
        return self._page("/pay/qr", data, status)

    def test_shows_amounts_and_no_names(self):
        page = self._find()
        text = self._text(page)
        self.assertIn("100.50", text)
        self.assertIn("เก***", text)
        self.assertIn("ที่***", text)
        self.assertNotIn("เกษม", text)
        self.assertEqual(
            sorted(map(int, page.xpath("//input[@name='bill']/@value"))), sorted(self.bills.ids)
        )

    def test_other_ways_to_write_the_answers(self):
        number = self.account.number
        for typed, check in (
            (f" {number[:4]} {number[4:]} ", "99 / 1"),
            (number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")), "๙๙/๑"),
            (number, self.bills[1].number),
        ):
            with self.subTest(typed=typed, check=check):
                self.assertIn("100.50", self._text(self._find(typed, check)))

    def test_one_answer_for_every_mistake(self):
        texts = set()
        unknown = str(int(self.account.number) - 97)
        for number, check in (
            (self.account.number, "7"),
            (self.account.number, self.foreign.number),
            (unknown, "99/1"),
            ("x💩", "99/1"),
            (self.account.number, " "),
        ):
            page = self._find(number, check, 404)
            texts.add(self._text(page))
            self.assertFalse(page.xpath("//input[@name='bill']"))
        self.assertEqual(len(texts), 1)

    def test_guessing_ends(self):
        for number in range(8):
            self._find(check=f"{number + 200}", status=404)
        self.assertIn("ลองหลายครั้งเกินไป", self._text(self._find(status=429)))
        self.assertEqual(
            self._rpc("/pay/status", number=self.account.number, check="99/1", bills=[]),
            {"state": "unknown"},
        )

    def test_pay_all(self):
        page = self._qr_of(self.bills.ids)
        group = self.env["lgo.payment.group"].search([("account_id", "=", self.account.id)])
        payload = self.biller._qr_payload(self.account.number, group.number, "100.50")
        self.assertEqual(self._qr(page), payload)
        self.assertNotIn("เกษม", self._text(page))
        form = page.xpath("//form[@action='/pay/qr.png']")[0]
        data = [(one.get("name"), one.get("value")) for one in form.xpath(".//input")]
        picture = self.url_open("/pay/qr.png", data=data)
        self.assertEqual(self._read(picture.content), payload)
        self.assertIn(group.number, picture.headers["Content-Disposition"])

    def test_bills_of_others_are_left_out(self):
        page = self._qr_of([self.bills[0].id, self.foreign.id])
        self.assertEqual(self._qr(page), self.bills[0]._qr_payload())
        page = self._qr_of(self.foreign.ids, status=400)
        self.assertIn("ไม่มียอดที่ต้องชำระแล้ว", self._text(page))
        self.assertFalse(page.xpath("//img[contains(@class, 'lgo_pay_qr')]"))

    def test_qr_needs_both_answers(self):
        self._qr_of(self.bills.ids, check="98", status=404)
        data = {"number": self.account.number, "check": "98", "bill": str(self.bills[0].id)}
        self.assertEqual(self.url_open("/pay/qr.png", data=data).status_code, 404)

    def test_status(self):
        ask = {"number": self.account.number, "check": self.bills[0].number}
        answer = self._rpc("/pay/status", **ask, bills=self.bills.ids)
        self.assertEqual(answer, {"state": "waiting", "left": "100.50"})
        self._take_cash(self.bills[0])
        answer = self._rpc("/pay/status", **ask, bills=self.bills.ids)
        self.assertEqual(answer, {"state": "partial", "left": "60.50"})
        self._take_cash(self.bills[1])
        answer = self._rpc("/pay/status", **ask, bills=self.bills.ids)
        self.assertEqual(answer, {"state": "paid", "left": "0.00"})
        self.assertIn("ไม่มียอดที่ต้องชำระ", self._text(self._find()))

    def test_old_qr_still_finds_the_bills(self):
        """The amount changed after the picture was kept: a new number, the old one stays known."""
        first = self._qr(self._qr_of(self.bills.ids))
        extra = self._bill(self.account, "10.00")
        second = self._qr(self._qr_of([*self.bills.ids, extra.id]))
        self.assertNotEqual(first, second)
        states = self.env["lgo.payment.group"].search([("account_id", "=", self.account.id)])
        self.assertEqual(sorted(states.mapped("state")), ["open", "replaced"])

    def test_no_session_is_kept(self):
        response = self.url_open("/pay")
        self.assertNotIn("session_id", response.headers.get("Set-Cookie", ""))
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_in_the_menu(self):
        self.assertIn("/pay", self.website.menu_id.child_id.mapped("url"))
