# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import thai

from .test_tools import DEADLINES  # the Act B.E. 2539, s.64, with the holidays of 2569


def utc(text):
    """Naive UTC of a time in Bangkok."""
    local = datetime.fromisoformat(text).replace(tzinfo=thai.BANGKOK)
    return local.astimezone(UTC).replace(tzinfo=None)


@tagged("post_install", "-at_install")
class TestTime(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # an organisation of its own, so that settings of the database do not matter
        cls.company = cls.env["res.company"].create({"name": "เทศบาลตำบลทดสอบเวลา"})
        cls.manager = new_test_user(
            cls.env, "keeper", "lgo_base.group_service_manager", company_id=cls.company.id
        )
        cls.officer = new_test_user(
            cls.env, "officer", "lgo_base.group_staff", company_id=cls.company.id
        )
        cls.Holiday = cls.env["lgo.holiday"]

    def test_the_date_cases(self):
        for start, n, unit, duty, due in DEADLINES:
            with self.subTest(start=start, n=n, unit=unit, duty=duty):
                self.assertEqual(self.company._lgo_deadline(start, n, unit, duty), due)

    def test_online_request_on_saturday_is_received_on_monday(self):
        for sent, received in (
            ("2026-11-28 20:00", "2026-11-30 08:30"),
            ("2026-11-30 08:29", "2026-11-30 08:30"),
            ("2026-11-30 08:30", "2026-11-30 08:30"),
            ("2026-11-30 12:15", "2026-11-30 12:15"),
            ("2026-11-30 16:30", "2026-12-01 08:30"),
            # Friday evening before the weekend and the substitute of 5 December
            ("2026-12-04 20:00", "2026-12-08 08:30"),
            # Songkran
            ("2026-04-10 20:00", "2026-04-16 08:30"),
        ):
            with self.subTest(sent=sent):
                self.assertEqual(self.company._lgo_deemed_received(utc(sent)), utc(received))

    def test_a_start_in_the_night_counts_from_its_bangkok_day(self):
        # 28 September, 01:00 in Bangkok is still the 27th in UTC
        due = self.company._lgo_deadline(utc("2026-09-28 01:00"), 15, "day", "agency")
        self.assertEqual(due, date(2026, 10, 13))

    def test_hours_run_in_office_hours(self):
        for start, n, unit, due in (
            ("2026-11-27 15:30", 2, "hour", "2026-11-30 09:30"),
            ("2026-11-27 15:30", 90, "minute", "2026-11-30 09:00"),
            ("2026-11-28 20:00", 15, "minute", "2026-11-30 08:45"),
            ("2026-04-10 16:00", 1, "hour", "2026-04-16 09:00"),
        ):
            with self.subTest(start=start, n=n, unit=unit):
                self.assertEqual(
                    self.company._lgo_deadline(utc(start), n, unit, "agency"), utc(due)
                )

    def test_lunch_break(self):
        noon = utc("2026-11-30 12:15")
        self.assertTrue(self.company._lgo_is_open(noon))
        self.company.lgo_office_lunch = False
        self.assertFalse(self.company._lgo_is_open(noon))
        self.assertEqual(self.company._lgo_deemed_received(noon), utc("2026-11-30 13:00"))
        self.assertEqual(
            self.company._lgo_deadline(utc("2026-11-30 11:30"), 1, "hour", "agency"),
            utc("2026-11-30 13:30"),
        )

    def test_open(self):
        for moment, is_open in (
            ("2026-11-30 08:30", True),
            ("2026-11-30 08:29", False),
            ("2026-11-30 16:30", False),
            ("2026-11-29 10:00", False),
            ("2026-12-07 10:00", False),
        ):
            with self.subTest(moment=moment):
                self.assertEqual(self.company._lgo_is_open(utc(moment)), is_open)

    def test_hours_of_the_office_must_make_sense(self):
        for vals in (
            {"lgo_office_open": 17},
            {"lgo_office_close": 25},
            {"lgo_office_open": -1},
            {"lgo_office_lunch": False, "lgo_office_lunch_to": 11},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.company.write(vals)
                self.company.flush_recordset()

    def test_a_year_that_nobody_confirmed(self):
        start = date(2026, 12, 28)
        for n, unit, duty in (
            (30, "working_day", "agency"),
            (7, "day", "person"),
        ):
            with self.subTest(unit=unit), self.assertRaisesRegex(UserError, "2570"):
                self.company._lgo_deadline(start, n, unit, duty)
        with self.assertRaisesRegex(UserError, "2570"):
            self.company._lgo_deadline(utc("2026-12-30 16:00"), 2, "hour", "agency")
        # an agency's calendar days need no holidays
        self.assertEqual(self.company._lgo_deadline(start, 7, "day", "agency"), date(2027, 1, 4))

    def test_proposal_then_confirmation(self):
        wizard = self.env["lgo.holiday.propose"].with_user(self.manager).create({"year_be": 2570})
        wizard.action_propose()
        days = self.Holiday.search([("year_be", "=", 2570)])
        self.assertTrue(days)
        self.assertEqual(set(days.mapped("state")), {"proposed"})
        self.assertIn(date(2027, 4, 13), days.mapped("date"))
        # labour day, its substitute and children's day are not kept by government
        for day in (date(2027, 5, 1), date(2027, 5, 3), date(2027, 1, 9)):
            self.assertNotIn(day, days.mapped("date"))
        wizard.action_propose()
        self.assertEqual(self.Holiday.search_count([("year_be", "=", 2570)]), len(days))
        with self.assertRaises(UserError):
            self.company._lgo_deadline(date(2026, 12, 28), 7, "day", "person")
        days[:1].with_user(self.manager).action_confirm()
        # one confirmed day is enough to count, not enough to stop reminding
        self.company._lgo_deadline(date(2026, 12, 28), 7, "day", "person")
        self.assertFalse(self.Holiday._is_year_confirmed(2570, self.company))
        days.with_user(self.manager).action_confirm()
        self.assertTrue(self.Holiday._is_year_confirmed(2570, self.company))
        self.assertEqual(
            self.company._lgo_deadline(date(2026, 12, 28), 7, "day", "person"), date(2027, 1, 4)
        )
        self.assertFalse(self.company._lgo_is_open(utc("2027-04-13 10:00")))

    def test_a_day_proposed_in_the_middle_of_the_year_stops_nothing(self):
        start = date(2026, 11, 24)
        self.assertEqual(
            self.company._lgo_deadline(start, 1, "working_day", "agency"), date(2026, 11, 25)
        )
        special = self.Holiday.create({"name": "วันหยุดพิเศษ", "date": date(2026, 11, 25)})
        self.assertEqual(
            self.company._lgo_deadline(start, 1, "working_day", "agency"), date(2026, 11, 25)
        )
        special.with_user(self.manager).action_confirm()
        self.assertEqual(
            self.company._lgo_deadline(start, 1, "working_day", "agency"), date(2026, 11, 26)
        )

    def test_proposal_knows_the_seed_of_2569(self):
        seed = set(self.Holiday.search([("year_be", "=", 2569)]).mapped("date"))
        library = self.env["lgo.holiday.propose"]._library_days(2026)
        self.assertEqual({day for day, _name in library}, seed)

    def test_proposal_refuses_a_wrong_era(self):
        with self.assertRaises(UserError):
            self.env["lgo.holiday.propose"].create({"year_be": 2027}).action_propose()

    def test_withdrawing_opens_the_day_again(self):
        holiday = self.Holiday.search([("date", "=", date(2026, 10, 23))])
        self.assertFalse(self.company._lgo_is_open(utc("2026-10-23 10:00")))
        holiday.with_user(self.manager).action_propose_again()
        self.assertTrue(self.company._lgo_is_open(utc("2026-10-23 10:00")))
        holiday.action_confirm()
        holiday.unlink()
        self.assertTrue(self.company._lgo_is_open(utc("2026-10-23 10:00")))

    def test_local_day_closes_one_organisation(self):
        other = self.env["res.company"].create({"name": "เทศบาลตำบลข้างเคียง"})
        vals = {"name": "ปิดทำการ", "date": date(2026, 11, 25), "state": "confirmed"}
        with self.assertRaises(ValidationError):
            self.Holiday.create({**vals, "scope": "local"})
        self.Holiday.create({**vals, "scope": "local", "company_id": self.company.id})
        start = date(2026, 11, 24)
        self.assertEqual(
            self.company._lgo_deadline(start, 1, "working_day", "agency"), date(2026, 11, 26)
        )
        self.assertEqual(other._lgo_deadline(start, 1, "working_day", "agency"), date(2026, 11, 25))
        self.assertTrue(other._lgo_is_open(utc("2026-11-25 10:00")))
        self.assertFalse(self.company._lgo_is_open(utc("2026-11-25 10:00")))

    @mute_logger("odoo.sql_db")
    def test_a_day_is_in_the_list_once(self):
        with self.assertRaises(IntegrityError):
            self.Holiday.create({"name": "ซ้ำ", "date": date(2026, 4, 13)})
            self.env.flush_all()

    def test_who_may_change_holidays(self):
        holiday = self.Holiday.search([("date", "=", date(2026, 10, 23))])
        self.assertEqual(holiday.with_user(self.officer).date, date(2026, 10, 23))
        for attempt in (
            lambda: holiday.with_user(self.officer).write({"name": "x"}),
            lambda: holiday.with_user(self.officer).action_propose_again(),
            lambda: holiday.with_user(self.officer).unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        # a citizen gets the right due date without reading the list
        public = self.company.with_user(self.env.ref("base.public_user"))
        self.assertEqual(
            public._lgo_deadline(date(2026, 9, 28), 15, "day", "person"), date(2026, 10, 14)
        )
        self.assertTrue(public._lgo_is_open(utc("2026-11-30 10:00")))

    def test_reminder_comes_once_and_stops(self):
        def asked():
            return self.env["mail.activity"].search_count(
                [("res_model", "=", "lgo.holiday"), ("user_id", "=", self.manager.id)]
            )

        with freeze_time("2026-09-15"):
            self.Holiday._cron_remind_next_year()
            self.assertEqual(asked(), 0)
        with freeze_time("2026-11-25"):
            self.Holiday._cron_remind_next_year()
            self.Holiday._cron_remind_next_year()
            self.assertEqual(asked(), 1)
        self.env["mail.activity"].search([("res_model", "=", "lgo.holiday")]).unlink()
        self.Holiday.create({"name": "วันขึ้นปีใหม่", "date": date(2027, 1, 1), "state": "confirmed"})
        with freeze_time("2026-11-25"):
            self.Holiday._cron_remind_next_year()
            self.assertEqual(asked(), 0)

    def test_reminder_asks_once_for_all_organisations(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.Holiday._remind_year(2570)
            return self.env.cr.sql_log_count - before

        self.Holiday.create({"name": "วันขึ้นปีใหม่", "date": date(2027, 1, 1), "state": "confirmed"})
        queries()
        few = queries()
        self.env["res.company"].create([{"name": f"เทศบาลตำบลที่ {n}"} for n in range(3)])
        self.assertLessEqual(queries(), few)

    def test_one_query_a_year(self):
        self.company._lgo_deadline(date(2026, 1, 5), 200, "working_day", "agency")
        with self.assertQueryCount(2):
            self.company._lgo_deadline(date(2026, 1, 5), 200, "working_day", "agency")
        start, end = utc("2026-11-23 10:00"), utc("2026-12-04 10:00")
        with self.assertQueryCount(1):
            self.assertEqual(self.company._lgo_working_days(start, end), 9)
