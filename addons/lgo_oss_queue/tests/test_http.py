# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from ..controllers import board, kiosk
from .common import QueueCommon


@tagged("post_install", "-at_install")
class TestQueueHttp(QueueCommon, HttpCase):
    """Pages without a log-in: what a device, a phone and a stranger get."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_queue()

    def _take(self, token=None, **values):
        return self.url_open(
            f"/queue/kiosk/{token or self.kiosk.token}/ticket",
            data={"group": self.group.id, "key": "", **values},
        )

    def _tickets(self):
        return self.env["lgo.oss.ticket"].search([("company_id", "=", self.company.id)])

    def test_kiosk_offers_asks_and_gives(self):
        page = self.url_open(f"/queue/kiosk/{self.kiosk.token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("งานทั่วไป", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])
        question = self.url_open(f"/queue/kiosk/{self.kiosk.token}?group={self.group.id}")
        self.assertIn(self.elderly.name, question.text)
        given = self._take(priority=self.elderly.id)
        self.assertIn("A001", given.text)
        self.assertEqual(self._tickets().priority_id, self.elderly)

    def test_double_tap_is_one_ticket(self):
        for _tap in range(2):
            self._take(key="x" * 22)
        self.assertEqual(len(self._tickets()), 1)

    def test_leak_kiosk_takes_the_key_of_an_appointment(self):
        """The system's own keys can be guessed: the ticket would be there before the person."""
        self._take(key="appointment 1 2026-12-01 02:00:00")
        self.assertFalse(self._tickets().request_key)

    def test_closed_kiosk_gives_nothing(self):
        self.group.write({"always_open": False, "calendar_id": self._closed_calendar().id})
        self._take()
        self.assertFalse(self._tickets())

    def _closed_calendar(self):
        return self.env["resource.calendar"].create({"name": "ปิด", "attendance_ids": [(5, 0, 0)]})

    def test_wrong_tokens(self):
        for path in (
            "/queue/kiosk/guess",
            f"/queue/kiosk/{self.board.token}",
            f"/queue/board/{self.kiosk.token}",
            f"/queue/board/{self.kiosk.token}/state",
            "/queue/ticket/guess",
            "/queue/ticket/guess/pdf",
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self._take(token=self.board.token).status_code, 404)
        self.assertFalse(self._tickets())

    def test_guessing_is_slowed_down(self):
        limits = self.env["lgo.rate.limit"]
        limits._count(*[(board.GUESSES, "127.0.0.1")] * board.GUESSES.count)
        for path in ("/queue/board/guess/state", "/queue/ticket/guess", "/queue/kiosk/guess"):
            self.assertEqual(self.url_open(path).status_code, 429, path)
        # who knows the address is not shut out by others behind the same network address
        self.assertEqual(self.url_open(f"/queue/board/{self.board.token}/state").status_code, 200)

    def test_revoked_device(self):
        token = self.kiosk.token
        self.kiosk.action_revoke()
        self.assertEqual(self.url_open(f"/queue/kiosk/{token}").status_code, 404)
        self.assertEqual(self._take(token=token).status_code, 404)

    def test_kiosk_offers_only_its_groups(self):
        self.kiosk.group_ids = self.other
        page = self.url_open(f"/queue/kiosk/{self.kiosk.token}")
        self.assertNotIn("งานทั่วไป", page.text)
        self._take()
        self.assertFalse(self._tickets())

    def test_hostile_input(self):
        for values in (
            {"group": "0"},
            {"group": "-1"},
            {"group": "9" * 40},
            {"group": "๑"},
            {"group": "<b>"},
            {"group": ""},
            {"service": "1 OR 1=1"},
            {"priority": "99999999999"},
            {"key": "ก" * 100},
        ):
            with self.subTest(values):
                self.assertLess(self._take(**values).status_code, 500)

    def test_kiosk_is_rate_limited(self):
        self.patch(kiosk, "ISSUES", kiosk.ISSUES._replace(count=3))
        for _turn in range(5):
            answer = self._take()
        self.assertEqual(len(self._tickets()), 3)
        self.assertIn("error=often", answer.url)

    def test_phone_page_and_slip(self):
        self._take()
        self._take()
        ticket = self._tickets().filtered(lambda t: t.name == "A002")
        page = self.url_open(f"/queue/ticket/{ticket.token}")
        self.assertEqual(page.status_code, 200)
        state = self.url_open(f"/queue/ticket/{ticket.token}/state").json()
        self.assertEqual((state["name"], state["ahead"], state["state"]), ("A002", 1, "waiting"))

    def test_board_state(self):
        self._take()
        self.one.action_sit()
        self.one.action_call_next()
        state = self.url_open(f"/queue/board/{self.board.token}/state").json()
        self.assertEqual(state["calls"][0]["name"], "A001")
        self.assertEqual(state["calls"][0]["counter"], 1)
        page = self.url_open(f"/queue/board/{self.board.token}")
        self.assertEqual(page.status_code, 200)
