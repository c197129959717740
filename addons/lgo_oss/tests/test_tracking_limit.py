# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, TransactionCase, freeze_time, tagged

from odoo.addons.lgo_oss.controllers.tracking import PER_ADDRESS, PER_NUMBER, TrackingController

from .common import OssCommon
from .test_leaks import http_csrf


@tagged("post_install", "-at_install")
class TestTrackingLimit(TransactionCase):
    """Guesses on the tracking page, without the page."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()  # no row is left behind

    def _guess(self, address, number):
        """Whether a wrong guess is heard."""
        return self.env["lgo.rate.limit"]._allows(*TrackingController._calls(address, number))

    def test_ten_thousand_guesses_from_one_address(self):
        heard = sum(self._guess("192.0.2.1", f"DS-{guess}") for guess in range(10_000))
        self.assertEqual(heard, PER_ADDRESS.count)

    def test_a_stranger_does_not_lock_the_owner_out(self):
        # as fast as allowed, for a day
        for minute in range(0, 24 * 60, 5):
            with freeze_time(f"2026-11-25 {minute // 60:02d}:{minute % 60:02d}:00"):
                for _i in range(10):
                    self._guess("192.0.2.1", "DS-1")
                calls = TrackingController._calls("198.51.100.7", "DS-1")
                self.assertFalse(self.env["lgo.rate.limit"]._is_full(*calls), minute)

    def test_many_addresses_together_are_limited(self):
        heard = sum(self._guess(f"192.0.2.{host}", "DS-1") for host in range(200))
        self.assertEqual(heard, PER_NUMBER.count)


@tagged("post_install", "-at_install")
class TestTrackingLimitPage(OssCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()

    def test_the_page_refuses_then_answers_again(self):
        case = self._make_case()
        token = http_csrf(self)

        def track(number, phone):
            data = {"number": number, "phone": phone, "csrf_token": token}
            return self.url_open("/track", data=data).status_code

        wrong = [track(f"DS-{guess}", "0000") for guess in range(PER_ADDRESS.count + 1)]
        self.assertEqual(wrong, [404] * PER_ADDRESS.count + [429])
        right = "5678"
        self.assertEqual(track(case.name, right), 429)
        self.env["lgo.rate.limit"].search([("scope", "=like", "track.%")]).unlink()
        self.assertEqual(track(case.name, right), 200)
