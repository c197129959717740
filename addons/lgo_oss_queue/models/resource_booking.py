# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from base64 import b64encode
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import moment, thai

#: No letters and digits that look alike, since people type the code at the kiosk.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
CODE_LENGTH = 8
KEEP_PARAMETER, KEEP_DAYS = "lgo_oss_queue.keep_contact_days", 30
REMIND_BEFORE = timedelta(hours=24)
#: Appointments that a job changes in one transaction.
REMIND_BATCH, FORGET_BATCH = 50, 1000


class ResourceBooking(models.Model):
    """An appointment of a citizen at a counter group, made without an account.

    Only what is needed to find and to reach the person is kept (Personal Data Protection Act
    B.E. 2562, section 22), and no longer than the days of the parameter
    ``lgo_oss_queue.keep_contact_days`` after the appointment (section 37 (3)).
    """

    _inherit = "resource.booking"

    lgo_group_id = fields.Many2one(
        "lgo.oss.counter.group",
        string="Counter group",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    lgo_service_id = fields.Many2one(
        "lgo.service", string="Service", readonly=True, index="btree_not_null"
    )
    lgo_code = fields.Char(string="Appointment code", readonly=True, copy=False)
    lgo_token = fields.Char(readonly=True, copy=False, groups="lgo_base.group_admin")
    lgo_contact_name = fields.Char(string="Name of the person", readonly=True)
    lgo_contact_phone = fields.Char(string="Phone", readonly=True)
    lgo_contact_email = fields.Char(string="E-mail", readonly=True)
    lgo_ticket_id = fields.Many2one(
        "lgo.oss.ticket", string="Ticket", readonly=True, copy=False, index="btree_not_null"
    )
    lgo_reminded_at = fields.Datetime(string="Reminded on", readonly=True, copy=False)

    _lgo_code_uniq = models.UniqueIndex("(lgo_code)", "The code of an appointment must be unique.")
    _lgo_token_uniq = models.UniqueIndex("(lgo_token)", "The token must be unique.")
    # No place is given twice, whatever happens above.
    _lgo_place_uniq = models.UniqueIndex(
        "(combination_id, start) WHERE active AND lgo_group_id IS NOT NULL AND start IS NOT NULL",
        "This time has just been taken.",
    )

    # ------------------------------------------------------------ free times
    @api.model
    def _lgo_context(self):
        """Superuser with the clock of Bangkok, under the limits of a citizen, without messages."""
        return self.sudo().with_context(
            using_portal=True,
            tz="Asia/Bangkok",
            lang="th_TH",
            tracking_disable=True,
            mail_create_nosubscribe=True,
            no_mail_to_attendees=True,
        )

    @api.model
    def _lgo_free(self, group, first=None, last=None):
        """Free times of a counter group by day.

        Office hours and holidays come with the calendar of the group. Days of a year whose
        holidays nobody has confirmed yet are not offered: they may turn out to be holidays.

        :param group: ``lgo.oss.counter.group``
        :param date first: first day; today by default
        :param date last: last day; as many days ahead as the group allows by default
        :return: ``{date: [aware datetime in Asia/Bangkok, …]}``
        """
        group = group.sudo()
        if not group.bookable or not group.booking_type_id:
            return {}
        today = group._today()
        first = max(first or today, today)
        last = min(last or first + timedelta(days=366), today + timedelta(days=group.booking_days))
        if first > last:
            return {}
        booking = self._lgo_context().new({"type_id": group.booking_type_id.id})

        def midnight(day):
            start = datetime.combine(day, time.min, tzinfo=thai.BANGKOK).astimezone(UTC)
            return fields.Datetime.context_timestamp(booking, start.replace(tzinfo=None))

        slots = booking._get_available_slots(midnight(first), midnight(last + timedelta(days=1)))
        holidays = self.env["lgo.holiday"]
        known = {
            year: holidays._is_year_confirmed(year + thai.BUDDHIST_OFFSET, group.company_id)
            for year in {day.year for day in slots}
        }
        return {day: times for day, times in slots.items() if known[day.year]}

    @api.model
    def _lgo_check_free(self, group, start):
        """Refuse a time that is not offered; a form can say anything.

        :param datetime start: naive UTC
        """
        day = thai.local_date(start)
        free = self._lgo_free(group, day, day).get(day, [])
        if start not in [slot.astimezone(UTC).replace(tzinfo=None) for slot in free]:
            raise self._lgo_not_free()

    def _lgo_not_free(self):
        return UserError(self.env._("This time is no longer free. Please choose another one."))

    @contextmanager
    def _lgo_placing(self):
        """Block that writes a place; what the calendar refuses is told in our words."""
        try:
            with self.env.cr.savepoint():
                yield
        except ValidationError as error:
            raise self._lgo_not_free() from error

    # ------------------------------------------------------------ booking
    @api.model
    def _lgo_book(self, group, start, name, phone="", email="", service=None):
        """Book a time for a citizen and tell them.

        :param group: ``lgo.oss.counter.group``
        :param datetime start: naive UTC, one of the free times
        :param service: ``lgo.service`` of the group, or None
        :return: the booking as superuser
        :raises UserError: the time was taken, or the person has too many appointments
        """
        group = group.sudo()
        self._lgo_take_turn(group)
        self._lgo_check_free(group, start)
        self._lgo_check_person(group, phone, email)
        bookings = self._lgo_context().with_company(group.company_id)
        title = service.name if service else group.name
        vals = {
            "type_id": group.booking_type_id.id,
            "name": f"นัดหมาย {title} {group.company_id.name}",
            "start": start,
            "user_id": False,
            "lgo_group_id": group.id,
            "lgo_service_id": service.id if service else False,
            "lgo_code": "".join(secrets.choice(ALPHABET) for _i in range(CODE_LENGTH)),
            "lgo_token": secrets.token_urlsafe(24),
            "lgo_contact_name": name,
            "lgo_contact_phone": phone,
            "lgo_contact_email": email,
        }
        with self._lgo_placing():
            booking = bookings.create(vals)
            booking.flush_recordset()
        booking._lgo_tell("appointment_confirmed")
        return booking

    @api.model
    def _lgo_take_turn(self, group):
        """Let the bookings of a group go one after the other.

        Who comes at the same moment waits, fails to serialise and is done again by the request
        handler, which then sees what the first one took: the next place, or no time at all, or
        that the person has too many appointments already.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE resource_booking_type SET write_date = %s WHERE id = %s",
                fields.Datetime.now(),
                group.booking_type_id.id,
            ),
            log_exceptions=False,
        )

    @api.model
    def _lgo_check_person(self, group, phone, email):
        same = Domain.FALSE
        if phone:
            same |= Domain("lgo_contact_phone", "=", phone)
        if email:
            same |= Domain("lgo_contact_email", "=", email)
        future = Domain("start", ">", fields.Datetime.now()) & Domain("lgo_group_id", "!=", False)
        if self.sudo().search_count(same & future) >= group.booking_per_person:
            raise UserError(
                self.env._(
                    "You have %(count)s appointments already. Cancel one of them first.",
                    count=group.booking_per_person,
                )
            )

    def _lgo_change(self, start):
        """Move to another free time.

        :param datetime start: naive UTC
        :raises UserError: too late, or the time was taken
        """
        self.ensure_one()
        booking = self._lgo_modifiable()
        booking._lgo_take_turn(booking.lgo_group_id)
        booking._lgo_check_free(booking.lgo_group_id, start)
        with self._lgo_placing():
            booking.write({"start": start, "lgo_reminded_at": False})
            booking.flush_recordset()
        booking._lgo_tell("appointment_changed")

    def _lgo_cancel(self):
        """Give the time back.

        :raises UserError: too late
        """
        self.ensure_one()
        booking = self._lgo_modifiable()
        booking._lgo_tell("appointment_cancelled")
        booking.action_cancel()

    def _lgo_modifiable(self):
        booking = self._lgo_context().browse(self.id)
        if not booking.active or not booking.start or booking.lgo_ticket_id:
            raise UserError(self.env._("This appointment is over or was cancelled."))
        if not booking.is_modifiable:
            raise UserError(
                self.env._(
                    "It is too late to change this appointment. Please call us: %(phone)s",
                    phone=booking.lgo_group_id.company_id.phone or "-",
                )
            )
        return booking

    def action_lgo_cancel(self):
        """An officer cancels for somebody who called."""
        if not self.env.user.has_group("lgo_base.group_clerk"):
            raise AccessError(self.env._("Only the service centre cancels appointments."))
        self.check_access("read")
        for booking in self.sudo().filtered(lambda record: record.lgo_group_id and record.active):
            booking._lgo_tell("appointment_cancelled")
            # whoever answers the phone is not bound by the hours that bind the citizen
            booking.with_user(SUPERUSER_ID).action_cancel()
            self.env["lgo.audit.log"]._log("queue.appointment.cancel", booking)
        return True

    # ------------------------------------------------------------ check-in
    @api.model
    def _lgo_find(self, text, groups):
        """The appointment of today behind a typed code or a scanned QR code.

        :param str text: code, or the address in the QR code of the appointment
        :param groups: counter groups of the kiosk
        """
        text = (text or "").replace("\x00", "").strip().rstrip("/").rsplit("/", 1)[-1]
        if not text or len(text) > 64:
            return self.sudo().browse()
        code = text.upper().replace("-", "").replace(" ", "")
        bookings = self.sudo().search(
            Domain("lgo_group_id", "in", groups.ids)
            & (Domain("lgo_code", "=", code) | Domain("lgo_token", "=", text))
        )
        today = groups._today()
        return bookings.filtered(
            lambda booking: booking.start and thai.local_date(booking.start) == today
        )[:1]

    def _lgo_check_in(self):
        """Turn the appointment into a ticket; a second time gives the same ticket."""
        self.ensure_one()
        if not self.lgo_ticket_id:
            self.lgo_ticket_id = self.env["lgo.oss.ticket"]._issue(
                self.lgo_group_id,
                self.lgo_service_id,
                origin="appointment",
                key=f"appointment {self.id} {self.start}",
                slot=self.start,
            )
        return self.lgo_ticket_id

    @api.model
    def _lgo_by_token(self, token):
        """The appointment of a link, cancelled ones too, or nothing."""
        if not token or len(token) > 64 or "\x00" in token:
            return self.sudo().browse()
        return (
            self._lgo_context()
            .with_context(active_test=False)
            .search([("lgo_token", "=", token), ("lgo_group_id", "!=", False)], limit=1)
        )

    # ------------------------------------------------------------ messages
    def _lgo_tell(self, occasion):
        """Send the text of an occasion, with a calendar file when there is a time to keep."""
        self.ensure_one()
        notifications = (
            self.env["lgo.notification"]
            .with_company(self.lgo_group_id.company_id)
            ._notify(self, occasion, email=self.lgo_contact_email, phone=self.lgo_contact_phone)
        )
        if occasion != "appointment_cancelled" and notifications.mail_id:
            content = self._lgo_ics()
            if content:
                notifications.mail_id.attachment_ids = [
                    Command.create(
                        {
                            "name": "appointment.ics",
                            "datas": b64encode(content),
                            "mimetype": "text/calendar",
                        }
                    )
                ]

    def _lgo_ics(self):
        """The appointment as an iCalendar file (RFC 5545), bytes."""
        self.ensure_one()
        return self.meeting_id._get_ics_file().get(self.meeting_id.id, b"")

    def _lgo_url(self):
        """Link with which the citizen changes or cancels."""
        self.ensure_one()
        return f"{self.get_base_url()}/queue/appointment/{self.sudo().lgo_token}"

    def _lgo_when(self):
        """Day and time in words."""
        self.ensure_one()
        return thai.format_datetime(self.start, digits="arabic") if self.start else ""

    @api.model
    def _cron_lgo_remind(self):
        """Remind of the appointments of the next 24 hours, once each.

        Each batch is a transaction of its own: killed in between, nobody is reminded twice.
        """
        now = fields.Datetime.now()
        domain = [
            ("lgo_group_id", "!=", False),
            ("lgo_reminded_at", "=", False),
            ("start", ">", now),
            ("start", "<=", now + REMIND_BEFORE),
            # who booked just now knows it
            ("create_date", "<=", now - timedelta(hours=2)),
        ]
        progress = self.env["ir.cron"]._commit_progress
        left = self._lgo_context().search_count(domain)
        while left:
            bookings = self._lgo_context().search(domain, limit=REMIND_BATCH, order="start, id")
            for booking in bookings:
                booking._lgo_tell("appointment_reminder")
            bookings.write({"lgo_reminded_at": now})
            left = max(left - len(bookings), 0) if bookings else 0
            if not progress(len(bookings), remaining=left):
                return

    @api.autovacuum
    def _gc_lgo_contacts(self):
        """Forget who came, once nobody needs to know any more.

        :return: ``(done, remaining)``; the cleaner calls again while something remains
        """
        days = self.env["ir.config_parameter"].sudo().get_param(KEEP_PARAMETER)
        before = fields.Datetime.now() - timedelta(
            days=int(days) if (days or "").isdecimal() else KEEP_DAYS
        )
        old = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("lgo_contact_name", "!=", False),
                    ("lgo_group_id", "!=", False),
                    ("create_date", "<", before),
                    "|",
                    ("start", "<", before),
                    ("start", "=", False),
                ],
                limit=FORGET_BATCH,
            )
        )
        old.write(
            {"lgo_contact_name": False, "lgo_contact_phone": False, "lgo_contact_email": False}
        )
        return len(old), int(len(old) == FORGET_BATCH)

    @api.model
    def _lgo_clean_phone(self, phone):
        """Digits of a phone number, or an empty text when it is none."""
        digits = moment.phone_digits(thai.to_arabic_digits(phone or ""))
        return digits if 9 <= len(digits) <= 15 else ""
