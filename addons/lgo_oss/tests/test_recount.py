# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import OssCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 03:00:00")
class TestRecount(OssCase):
    """The cabinet changes the holidays while cases are on their way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls._make_service(
            "TEST2",
            time_limit=3,
            time_unit="working_day",
            step_ids=[Command.create({"name": "ซ่อม", "duration": 3})],
        )
        cls.manager = new_test_user(cls.env, "oss_keeper", "lgo_base.group_service_manager")
        cls.Holiday = cls.env["lgo.holiday"].with_user(cls.manager)

    def _recount(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
            self.env["lgo.case.clock"]._cron_recount_due()
        self.env.invalidate_all()

    def _lines(self, case):
        return case.event_ids.filtered(lambda event: event.code == "recount")

    def test_a_new_holiday_moves_the_due_day_and_says_so(self):
        case = self._make_case()
        case.with_user(self.clerk)._transition("accept")
        # Monday 23 November plus three working days
        self.assertEqual(case.date_due, date(2026, 11, 26))
        jobs = self.env["ir.cron.trigger"].search_count([])
        special = self.Holiday.create({"name": "วันหยุดพิเศษ", "date": date(2026, 11, 25)})
        self._recount()
        self.assertEqual(case.date_due, date(2026, 11, 26), "proposed days do not count")
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), jobs)
        special.action_confirm()
        self.assertGreater(self.env["ir.cron.trigger"].search_count([]), jobs, "the job is woken")
        self._recount()
        self.assertEqual(case.date_due, date(2026, 11, 27))
        clock = case.clock_ids.filtered(lambda clock: clock.kind == "decision")
        self.assertEqual(clock.date_due, date(2026, 11, 27))
        line = self._lines(case)
        self.assertEqual(len(line), 1)
        self.assertTrue(line.public)
        self.assertIn("26", line.text)
        self.assertIn("27", line.text)
        row = self.env["lgo.audit.log"].search(
            [
                ("action", "=", "case.recount"),
                ("res_model", "=", case._name),
                ("res_id", "=", case.id),
            ]
        )
        self.assertEqual(len(row), 1)
        self._recount()
        self.assertEqual(len(self._lines(case)), 1, "nothing moved, nothing is said")

    def test_taken_back_moved_and_removed(self):
        case = self._make_case()
        case.with_user(self.clerk)._transition("accept")
        special = self.Holiday.create(
            {"name": "วันหยุดพิเศษ", "date": date(2026, 11, 25), "state": "confirmed"}
        )
        for change, due in (
            (lambda: None, date(2026, 11, 27)),
            (special.action_propose_again, date(2026, 11, 26)),
            (special.action_confirm, date(2026, 11, 27)),
            (lambda: special.write({"date": date(2026, 12, 1)}), date(2026, 11, 26)),
            (lambda: special.write({"date": date(2026, 11, 24)}), date(2026, 11, 27)),
            (special.unlink, date(2026, 11, 26)),
        ):
            change()
            self._recount()
            self.assertEqual(case.date_due, due)

    def test_the_first_estimate_moves_too(self):
        case = self._make_case()
        self.assertEqual(case.date_due, date(2026, 11, 26))
        self.Holiday.create({"name": "วันหยุดพิเศษ", "date": date(2026, 11, 25), "state": "confirmed"})
        self._recount()
        self.assertEqual(case.date_due, date(2026, 11, 27))

    def test_closed_cases_keep_their_day(self):
        case = self._make_case()
        case.with_user(self.clerk)._transition("accept")
        case.with_user(self.clerk)._transition("reject", reason="นอกเขต")
        due = case.date_due
        self.Holiday.create({"name": "วันหยุดพิเศษ", "date": date(2026, 11, 25), "state": "confirmed"})
        self._recount()
        self.assertEqual(case.date_due, due)
        self.assertFalse(self._lines(case))

    def test_another_organisation_keeps_its_days(self):
        case = self._make_case()
        case.with_user(self.clerk)._transition("accept")
        other = self.env["res.company"].create({"name": "เทศบาลข้างเคียง"})
        self.manager.company_ids = [Command.link(other.id)]
        self.env["lgo.holiday"].create(
            {
                "name": "ปิดทำการ",
                "date": date(2026, 11, 25),
                "state": "confirmed",
                "scope": "local",
                "company_id": other.id,
            }
        )
        self._recount()
        self.assertEqual(case.date_due, date(2026, 11, 26))

    def test_two_pauses_count_once_each(self):
        case = self._make_case()
        Clock = self.env["lgo.case.clock"].sudo()
        clock = Clock._start(case, "step", 5, "working_day")
        self.assertEqual(clock.date_due, date(2026, 11, 30))
        for paused, resumed, due in (
            # one day spent, two days of standstill
            ("2026-11-24 03:00:00", "2026-11-26 03:00:00", date(2026, 12, 2)),
            # one more spent, three days of standstill over the weekend
            ("2026-11-27 03:00:00", "2026-11-30 03:00:00", date(2026, 12, 3)),
        ):
            clock._pause(self._utc(paused))
            clock._resume(self._utc(resumed))
            self.assertEqual(clock.date_due, due)
        self.Holiday.create({"name": "วันหยุดพิเศษ", "date": date(2026, 12, 1), "state": "confirmed"})
        self._recount()
        self.assertEqual(clock.date_due, date(2026, 12, 4))

    def test_late_at_the_pause_is_as_late_afterwards(self):
        clock = self.env["lgo.case.clock"]._start(self._make_case(), "step", 1, "working_day")
        self.assertEqual(clock.date_due, date(2026, 11, 24))
        clock._pause(self._utc("2026-11-27 03:00:00"))
        clock._resume(self._utc("2026-11-30 03:00:00"))
        self.assertEqual(clock.date_due, date(2026, 11, 27))

    @staticmethod
    def _utc(text):
        return datetime.fromisoformat(text)
