# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import ExchangeCase

#: Naive UTC; the office is open from 08:30 to 16:30 in Bangkok, seven hours ahead.
MONDAY = "2026-11-30 01:30:00"
ARRIVALS = (
    # (arrives, counts as received at the next opening)
    ("2026-11-25 03:00:00", "2026-11-25 03:00:00"),  # Wednesday 10:00
    ("2026-11-25 09:29:00", "2026-11-25 09:29:00"),  # Wednesday 16:29
    ("2026-11-25 09:30:00", "2026-11-26 01:30:00"),  # Wednesday 16:30, closed
    ("2026-11-25 17:20:00", "2026-11-26 01:30:00"),  # Thursday 00:20
    ("2026-11-28 13:00:00", MONDAY),  # Saturday 20:00
)


@tagged("post_install", "-at_install")
class TestArrival(ExchangeCase):
    """When an electronic letter counts as received."""

    def test_outside_office_hours_counts_from_the_next_opening(self):
        for arrived, received in ARRIVALS:
            with self.subTest(arrived), freeze_time(arrived):
                letter = self._receive(self._message())
                self.assertEqual(letter.arrived_at, Datetime.to_datetime(arrived))
                self.assertEqual(letter.deemed_received_at, Datetime.to_datetime(received))

    def test_the_head_may_decide_otherwise(self):
        self.assertEqual(self.company.lgo_letter_deemed, "opening")
        self.company.lgo_letter_deemed = "arrival"
        for arrived, _received in ARRIVALS:
            with self.subTest(arrived), freeze_time(arrived):
                letter = self._receive(self._message())
                self.assertEqual(letter.deemed_received_at, Datetime.to_datetime(arrived))

    def test_every_electronic_way(self):
        with freeze_time("2026-11-28 13:00:00"):
            for channel in ("exchange", "ecms"):
                letter = self.env["lgo.eoffice.letter"]._receive(
                    self.company, channel, None, [], False, [], {"subject": "ขอความร่วมมือ"}
                )
                self.assertEqual(letter.deemed_received_at, Datetime.to_datetime(MONDAY))

    def test_registering_later_changes_nothing(self):
        """The book shows when the clerk registered it; a change of the rule is for what follows."""
        with freeze_time("2026-11-28 13:00:00"):
            message = self._message()
            letter = self._receive(message)
        with freeze_time("2026-12-01 02:00:00"):
            self.assertFalse(self._receive(message), "the same e-mail again")
            self.company.lgo_letter_deemed = "arrival"
            letter.with_user(self.registrar)._register_letters()
        self.assertEqual(letter.received_at, Datetime.to_datetime("2026-12-01 02:00:00"))
        self.assertEqual(letter.arrived_at, Datetime.to_datetime("2026-11-28 13:00:00"))
        self.assertEqual(letter.deemed_received_at, Datetime.to_datetime(MONDAY))

    def test_nobody_writes_it_by_hand(self):
        with freeze_time("2026-11-28 13:00:00"):
            letter = self._receive(self._message())
        for name in ("arrived_at", "deemed_received_at"):
            with self.subTest(name), self.assertRaises(AccessError):
                letter.with_user(self.registrar).write({name: "2026-11-01 02:00:00"})

    def test_paper_has_none(self):
        letter = self._received()
        self.assertFalse(letter.arrived_at or letter.deemed_received_at)
