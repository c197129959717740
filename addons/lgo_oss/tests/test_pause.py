# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import OssCase

#: Accepted on 5 October with ten days: due at the end of 15 October.
START = "2026-10-05 03:00:00"
IN_TIME = "2026-10-12 03:00:00"
TOO_LATE = "2026-10-18 03:00:00"
MUCH_LATER = "2026-11-20 03:00:00"


@tagged("post_install", "-at_install")
class TestPausedClock(OssCase):
    """While the law lets the time stand still, nobody reads that the case is late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._make_service("TEST8", time_limit=10)
        with freeze_time(START):
            cls.case = cls._make_case(user_id=cls.officer.id)
            cls.case._transition("accept")
        law = cls.case.law_version_id
        law.write({"wait_pauses_clock": True, "wait_legal_reference": "ม. 9"})

    def _seen(self, moment, user=None):
        """Colour, days left and lateness on the case, in the register and by both searches."""
        with freeze_time(moment):
            self.env.invalidate_all()
            case = self.case.with_user(user or self.clerk)
            row = case.env["lgo.case.register"].search([("name", "=", case.name)])
            late = [
                (case.is_late, bool(case.search([("is_late", "=", True), ("id", "=", case.id)]))),
                (row.is_late, bool(row.search([("is_late", "=", True), ("id", "=", row.id)]))),
            ]
            self.assertEqual(len({value for pair in late for value in pair}), 1, late)
            self.assertEqual(case.clock_colour, row.clock_colour)
            return case.clock_colour, case.days_left, case.is_late

    def _wait(self, moment):
        with freeze_time(moment):
            self.case._wait_for("กรมทางหลวง")

    def test_running_clock_gets_late(self):
        self.assertEqual(self._seen(IN_TIME), ("amber", 3, False))
        self.assertEqual(self._seen(TOO_LATE), ("red", -3, True))

    def test_paused_in_time_stays_so(self):
        self._wait(IN_TIME)
        self.assertEqual(self._seen(MUCH_LATER), ("amber", 3, False))
        self.assertEqual(self._seen(MUCH_LATER, self.officer), ("amber", 3, False))
        with freeze_time(MUCH_LATER):
            self.case._transition("start")
        self.assertEqual(self._seen(MUCH_LATER), ("amber", 3, False))

    def test_paused_when_late_stays_late(self):
        self._wait(TOO_LATE)
        self.assertEqual(self._seen(MUCH_LATER), ("red", -3, True))

    def test_wait_that_does_not_pause(self):
        with freeze_time(IN_TIME):
            self.case._wait_for("หลอดไฟ", is_agency=False)
        self.assertTrue(self._seen(TOO_LATE)[2])

    def test_one_question_for_a_list(self):
        cases = self.case
        for _number in range(5):
            cases |= self._make_case()
        rows = self.env["lgo.case.register"].search(
            [("case_model", "=", cases._name), ("case_id", "in", cases.ids)]
        )
        rows.mapped("company_id.lgo_amber_percent")
        rows.read(["date_due", "decided_at", "completed_at", "closed_at"])
        with self.assertQueryCount(2):
            rows.mapped("clock_colour")
            rows.mapped("is_late")


@tagged("post_install", "-at_install")
class TestCloseJob(OssCase):
    """The job that closes what the citizen left unanswered, case by case."""

    def setUp(self):
        super().setUp()
        self.env["lgo.oss.request"].search([("state", "=", "resolved")]).resolved_at = False
        self.cases = self.env["lgo.oss.request"]
        for _number in range(3):
            case = self._make_case()
            case._transition("accept")
            case.outcome = "ซ่อมแล้ว"
            case._transition("resolve")
            case.resolved_at = fields.Datetime.now() - timedelta(days=8)
            self.cases |= case

    def _run(self, seconds):
        """Run the job with so many seconds left after each commit; :return: what it reported."""
        told, times = [], iter(seconds)

        def progress(_cron, processed=0, *, remaining=None, **_kwargs):
            told.append((processed, remaining))
            return next(times)

        self.patch(type(self.env["ir.cron"]), "_commit_progress", progress)
        self.env["lgo.oss.request"]._cron_close_resolved()
        return told

    def test_goes_on_where_it_stopped(self):
        self.assertEqual(self._run([60, 60, 0]), [(0, 3), (1, 2), (1, 1)])
        self.assertEqual(self.cases.mapped("state"), ["completed", "completed", "resolved"])
        self.assertEqual(self._run([60, 60]), [(0, 1), (1, 0)])
        self.assertEqual(self.cases[2].state, "completed")

    def test_one_that_fails_holds_up_nobody(self):
        broken, sync = self.cases[1], type(self.cases)._clock_sync

        def fail(case, state):
            if case == broken:
                raise ValueError("broken")
            return sync(case, state)

        self.patch(type(self.cases), "_clock_sync", fail)
        with mute_logger("odoo.addons.lgo_oss.models.lgo_case_field_mixin"):
            self._run([60] * 4)
        self.assertEqual(self.cases.mapped("state"), ["completed", "resolved", "completed"])
