# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import errors

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tools import thai

from ..controllers import booking as controller
from ..models import resource_booking
from .common import MORNING, QueueCommon

PERSON = {"name": "สมหญิง ใจดี", "phone": "0812345678", "email": "somying@example.com"}
TUESDAY = date(2026, 11, 24)


class BookingCommon(QueueCommon):
    @classmethod
    def _set_up_booking(cls):
        cls._set_up_queue()
        year = fields.Datetime.now().year
        for day in (date(year, 12, 31), date(year + 1, 12, 31)):
            if not cls.env["lgo.holiday"].search([("date", "=", day), ("company_id", "=", False)]):
                cls.env["lgo.holiday"].create({"name": "วันสิ้นปี", "date": day})
        cls.env["lgo.holiday"].search([]).write({"state": "confirmed"})
        cls.group.write({"bookable": True, "slot_minutes": 30})
        cls.Booking = cls.env["resource.booking"]

    def _free(self, day=TUESDAY):
        return [
            slot.astimezone(UTC).replace(tzinfo=None)
            for slot in self.Booking._lgo_free(self.group, day, day).get(day, [])
        ]


@tagged("post_install", "-at_install")
class TestBooking(BookingCommon, TransactionCase):
    """Appointments: times that are offered, limits, changes, check-in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(MORNING):
            cls._set_up_booking()

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(MORNING))

    def _book(self, start=None, **values):
        return self.Booking._lgo_book(self.group, start or self._free()[0], **{**PERSON, **values})

    def test_times_are_office_hours(self):
        free = self._free()
        local = [slot + timedelta(hours=7) for slot in free]
        self.assertEqual((local[0].hour, local[0].minute), (8, 30))
        self.assertEqual((local[-1].hour, local[-1].minute), (16, 0))
        self.assertEqual(len(free), 16)
        self.assertFalse(self._free(date(2026, 11, 28)), "Saturday")

    def test_holidays_are_not_offered(self):
        self.env["lgo.holiday"].create(
            {
                "name": "วันหยุดทดสอบ",
                "date": TUESDAY,
                "scope": "local",
                "company_id": self.company.id,
                "state": "confirmed",
            }
        )
        self.assertFalse(self._free())

    def test_year_without_confirmed_holidays_is_not_offered(self):
        self.group.booking_days = 60
        days = self.Booking._lgo_free(self.group)
        self.assertIn(2027, {day.year for day in days})
        self.env["lgo.holiday"].search([("year_be", "=", 2570)]).write({"state": "proposed"})
        days = self.Booking._lgo_free(self.group)
        self.assertEqual({day.year for day in days}, {2026})

    def test_notice_and_days_ahead(self):
        monday = MORNING.date()
        first = self._free(monday)[0]
        self.assertGreaterEqual(first, MORNING + timedelta(hours=2))
        last = max(self.Booking._lgo_free(self.group))
        self.assertLessEqual(last, monday + timedelta(days=30))

    def test_capacity(self):
        self.group.booking_capacity = 2
        start = self._free()[0]
        self._book(start)
        self.assertIn(start, self._free())
        self._book(start, phone="0899999999", email="")
        self.assertNotIn(start, self._free())
        with self.assertRaises(UserError):
            self._book(start, phone="0877777777", email="")
        self.group.booking_capacity = 1
        self.assertNotIn(start, self._free())

    def test_places_follow_the_setting(self):
        for capacity in (3, 1, 2):
            self.group.booking_capacity = capacity
            self.assertEqual(len(self.group.booking_type_id.combination_rel_ids), capacity)

    def test_only_offered_times(self):
        start = self._free()[0]
        for bad in (
            start + timedelta(minutes=7),
            start - timedelta(days=3),
            start.replace(hour=20),
            start + timedelta(days=400),
        ):
            with self.assertRaises(UserError):
                self._book(bad)
        self.assertFalse(self.Booking.search([("lgo_group_id", "=", self.group.id)]))

    def test_no_place_is_given_twice(self):
        """Should all checks fail, the index still refuses."""
        first, second = (self._book(slot) for slot in self._free()[:2])
        self.assertEqual(first.combination_id, second.combination_id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE resource_booking SET start = %s WHERE id = %s", [first.start, second.id]
            )

    def test_calendar_refuses_in_our_words(self):
        start = self._free()[0]
        self._book(start)
        self.patch(type(self.Booking), "_lgo_check_free", lambda *args: None)
        with self.assertRaises(UserError) as refused:
            self._book(start, phone="0899999999", email="")
        self.assertEqual(str(refused.exception), str(self.Booking._lgo_not_free()))
        self.assertEqual(self.Booking.search_count([("start", "=", start)]), 1)

    def test_limit_for_one_person(self):
        for slot in self._free()[:2]:
            self._book(slot)
        with self.assertRaises(UserError):
            self._book(self._free()[0], email="")
        with self.assertRaises(UserError):
            self._book(self._free()[0], phone="")
        self._book(self._free()[0], phone="0800000000", email="other@example.com")

    def test_mail_with_calendar_file(self):
        booking = self._book()
        row = self.env["lgo.notification"].search(
            [("res_model", "=", booking._name), ("res_id", "=", booking.id)]
        )
        self.assertEqual((row.state, row.email), ("queued", PERSON["email"]))
        self.assertIn(booking.lgo_code, row.body)
        self.assertIn(booking.lgo_token, row.body)
        file = row.mail_id.attachment_ids
        self.assertEqual(file.mimetype, "text/calendar")
        text = file.raw.decode()
        self.assertIn("DTSTART:20261124T013000Z", text)
        self.assertNotIn(PERSON["phone"], text)

    def test_no_account_and_no_contact_is_made(self):
        partners = self.env["res.partner"].search_count([])
        booking = self._book()
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertFalse(booking.partner_ids)

    def test_change_and_cancel(self):
        first, second = self._free()[0], self._free()[4]
        booking = self._book(first)
        booking._lgo_change(second)
        self.assertEqual((booking.start, booking.meeting_id.start), (second, second))
        self.assertIn(first, self._free())
        self.assertNotIn(second, self._free())
        booking._lgo_cancel()
        self.assertFalse(booking.active)
        self.assertIn(second, self._free())
        for step in (booking._lgo_cancel, lambda: booking._lgo_change(first)):
            with self.assertRaises(UserError):
                step()
        codes = self.env["lgo.notification"].search(
            [("res_model", "=", booking._name), ("res_id", "=", booking.id)], order="id"
        )
        self.assertEqual(
            codes.template_id.mapped("code"),
            ["appointment_confirmed", "appointment_changed", "appointment_cancelled"],
        )

    def test_too_late_for_the_citizen_not_for_the_clerk(self):
        booking = self._book()
        self.clock.move_to(booking.start - timedelta(hours=1))
        with self.assertRaises(UserError):
            booking._lgo_cancel()
        plain = booking.with_context(using_portal=False)
        with self.assertRaises(AccessError):
            plain.with_user(self.staff).action_lgo_cancel()
        plain.with_user(self.clerk).action_lgo_cancel()
        self.assertFalse(booking.active)
        self.assertFalse(booking.meeting_id)

    def test_check_in_gives_one_ticket_with_its_time(self):
        booking = self._book()
        code = f" {booking.lgo_code[:4].lower()}-{booking.lgo_code[4:].lower()} "
        self.assertFalse(self.Booking._lgo_find(code, self.group), "not today")
        self.clock.move_to(booking.start - timedelta(minutes=20))
        self.assertFalse(self.Booking._lgo_find(code, self.other), "another line")
        found = self.Booking._lgo_find(code, self.group)
        self.assertEqual(found, booking)
        self.assertEqual(self.Booking._lgo_find(booking._lgo_url(), self.group), booking)
        ticket = found._lgo_check_in()
        self.assertEqual(found._lgo_check_in(), ticket)
        self.assertEqual((ticket.origin, ticket.appointment_at), ("appointment", booking.start))
        with self.assertRaises(UserError):
            booking._lgo_cancel()

    def test_reminder_once(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60)
        booking = self._book()
        rows = [("res_id", "=", booking.id), ("template_id.code", "=", "appointment_reminder")]
        self.Booking._cron_lgo_remind()
        self.assertFalse(self.env["lgo.notification"].search(rows), "booked just now")
        self.env.cr.execute(
            "UPDATE resource_booking SET create_date = %s WHERE id = %s",
            [MORNING - timedelta(days=2), booking.id],
        )
        for _turn in range(2):
            self.Booking._cron_lgo_remind()
        self.assertEqual(self.env["lgo.notification"].search_count(rows), 1)

    def test_reminders_go_out_in_batches(self):
        """What one transaction reminded of is kept when the time of the job is over."""
        bookings = self.Booking
        for slot in self._free()[:2]:
            bookings |= self._book(slot)
        self.env.cr.execute(
            "UPDATE resource_booking SET create_date = %s WHERE id = ANY(%s)",
            [MORNING - timedelta(days=2), bookings.ids],
        )
        self.patch(resource_booking, "REMIND_BATCH", 1)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0)
        self.Booking._cron_lgo_remind()
        self.assertEqual(bookings.mapped(lambda row: bool(row.lgo_reminded_at)), [True, False])
        self.Booking._cron_lgo_remind()
        rows = self.env["lgo.notification"].search(
            [("res_id", "in", bookings.ids), ("template_id.code", "=", "appointment_reminder")]
        )
        self.assertEqual(sorted(rows.mapped("res_id")), sorted(bookings.ids))

    def test_contacts_are_forgotten(self):
        booking = self._book()
        self.env.cr.execute(
            "UPDATE resource_booking SET create_date = %s WHERE id = %s",
            [MORNING - timedelta(days=2), booking.id],
        )
        self.clock.move_to(MORNING + timedelta(days=20))
        self.Booking._gc_lgo_contacts()
        self.assertTrue(booking.lgo_contact_name)
        self.clock.move_to(MORNING + timedelta(days=40))
        self.assertEqual(self.Booking._gc_lgo_contacts()[1], 0, "nothing remains")
        self.assertFalse(
            booking.lgo_contact_name or booking.lgo_contact_phone or booking.lgo_contact_email
        )

    def test_who_sees_appointments(self):
        booking = self._book().with_context(using_portal=False)
        self.assertEqual(booking.with_user(self.clerk).lgo_contact_name, PERSON["name"])
        portal = new_test_user(self.env, "q_book_portal", "base.group_portal")
        for user in (self.staff, portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                booking.with_user(user).read(["lgo_contact_name"])


@tagged("post_install", "-at_install")
class TestBookingHttp(BookingCommon, HttpCase):
    """The pages, as a visitor without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_booking()
        cls.env["website"].search([]).company_id = cls.company

    def _slot(self):
        free = self.Booking._lgo_free(self.group)
        return next(iter(free.values()))[0].isoformat()

    def _post(self, path, **data):
        page = self.url_open(path)
        token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        return self.url_open(path, data={"csrf_token": token, **data})

    def _bookings(self):
        return self.Booking.with_context(active_test=False).search(
            [("lgo_group_id", "=", self.group.id)]
        )

    def test_book_change_cancel(self):
        self.assertIn(f"/queue/book/{self.group.id}", self.url_open("/queue/book").text)
        path = f"/queue/book/{self.group.id}"
        page = self._post(path, slot=self._slot(), privacy_shown="1", **PERSON)
        booking = self._bookings()
        self.assertEqual(len(booking), 1)
        self.assertIn(booking.lgo_code, page.text)
        own = f"/queue/appointment/{booking.lgo_token}"
        self.assertIn("BEGIN:VCALENDAR", self.url_open(f"{own}/ics").text)
        self._post(f"{own}/change", slot=self._slot())
        token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        self.assertEqual(self.url_open(f"{own}/cancel").status_code, 405, "never by a link")
        self.url_open(f"{own}/cancel", data={"csrf_token": token})
        self.assertFalse(booking.active)
        self.assertEqual(self.url_open(own).status_code, 200)
        self.assertEqual(self.url_open(f"{own}/ics").status_code, 404)

    def test_page_of_a_service_leads_to_its_times(self):
        service = self.env["lgo.service"].create(
            {
                "code": "QBOOK",
                "name": "แจ้งซ่อมทดสอบ",
                "kind": "complaint",
                "company_id": self.company.id,
            }
        )
        self.assertFalse(service._queue_booking_path())
        self.group.service_ids = service
        path = service.with_user(self.env.ref("base.public_user"))._queue_booking_path()
        self.assertEqual(path, f"/queue/book/{self.group.id}?service={service.id}")

    def test_home_page_leads_to_the_appointments(self):
        self.assertIn('href="/queue/book"', self.url_open("/").text)
        self.group.bookable = False
        self.assertNotIn('href="/queue/book"', self.url_open("/").text)

    def test_errors_stand_at_their_fields(self):
        path = f"/queue/book/{self.group.id}"
        good = {"slot": self._slot(), "privacy_shown": "1", **PERSON}
        for field, value in (
            ("name", ""),
            ("name", "ก" * 200),
            ("phone", "12"),
            ("email", "no"),
            ("slot", ""),
            ("slot", "2026-11-24"),
            ("slot", "<b>"),
            ("slot", "2020-01-01T09:00:00+07:00"),
            ("privacy_shown", ""),
        ):
            with self.subTest(field=field, value=value):
                page = self._post(path, **{**good, field: value})
                self.assertEqual(page.status_code, 400)
        page = self._post(path, **{**good, "phone": "", "email": ""})
        self.assertEqual(page.status_code, 400)
        self.assertFalse(self._bookings())
        page = self._post(path, **{**good, "name": "<script>ก</script>", "slot": ""})
        self.assertNotIn("<script>ก", page.text)

    def test_what_is_not_offered_cannot_be_booked(self):
        self.assertEqual(self.url_open(f"/queue/book/{self.other.id}").status_code, 404)
        self.assertEqual(self.url_open("/queue/book/999999").status_code, 404)
        for path in ("", "/change", "/ics"):
            self.assertEqual(self.url_open(f"/queue/appointment/guess{path}").status_code, 404)

    def test_booking_is_rate_limited(self):
        limits = self.env["lgo.rate.limit"]
        limits._count(*[(controller.BOOKINGS, "127.0.0.1")] * controller.BOOKINGS.count)
        path = f"/queue/book/{self.group.id}"
        page = self._post(path, slot=self._slot(), privacy_shown="1", **PERSON)
        self.assertEqual(page.status_code, 400)
        self.assertFalse(self._bookings())

    def test_check_in_at_the_kiosk(self):
        path = f"/queue/kiosk/{self.kiosk.token}"
        answer = self.url_open(f"{path}/checkin", data={"code": "ACDEFGHJ"})
        self.assertIn("error=code", answer.url)
        booking = self.Booking._lgo_book(
            self.group,
            datetime.fromisoformat(self._slot()).astimezone(UTC).replace(tzinfo=None),
            **PERSON,
        )
        # as if it were today
        self.patch(type(self.group), "_today", lambda _self: thai.local_date(booking.start))
        answer = self.url_open(f"{path}/checkin", data={"code": booking.lgo_code})
        self.env.invalidate_all()
        self.assertIn(booking.lgo_ticket_id.token, answer.url)
        self.assertEqual(booking.lgo_ticket_id.origin, "appointment")
