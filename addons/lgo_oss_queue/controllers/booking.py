# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import thai
from odoo.addons.report_weasyprint.tools.qr import qr_svg

from .board import allows, private, refuse

#: A family behind one address books a few times, a machine thousands of times.
BOOKINGS = Limit("queue_book", 10, 600)
LONGEST_NAME, LONGEST_EMAIL = 120, 120


class QueueBooking(http.Controller):
    """Appointments on the website: choose, confirm, change, cancel; no account needed."""

    ROUTE = {"type": "http", "auth": "public", "website": True}

    @http.route("/queue/book", methods=["GET"], sitemap=True, **ROUTE)
    def choose(self, **kwargs):
        """What can be booked."""
        groups = (
            request.env["lgo.oss.counter.group"]
            .sudo()
            .search([("bookable", "=", True), ("company_id", "=", request.website.company_id.id)])
        )
        return request.render(
            "lgo_oss_queue.book_choose",
            {"tiles": groups._kiosk_tiles(), "page_name": "queue_book"},
        )

    @http.route("/queue/book/<int:group_id>", methods=["GET"], sitemap=False, **ROUTE)
    def form(self, group_id, service=None, day=None, **kwargs):
        """Days and times of a group, and who comes."""
        group = self._group(group_id)
        return self._render_form(group, self._service(group, service), day, {}, {})

    @http.route("/queue/book/<int:group_id>", methods=["POST"], sitemap=False, **ROUTE)
    def book(self, group_id, service=None, slot=None, **post):
        """Book, or show what is wrong at its field; nothing is stored half."""
        group = self._group(group_id)
        chosen = self._service(group, service)
        values, errors = self._clean(post)
        start = self._moment(slot)
        if not start:
            errors["slot"] = request.env._("Please choose a time.")
        if not errors and not allows(BOOKINGS):
            errors[""] = request.env._("Too many bookings from your network. Please wait.")
        if not errors:
            try:
                with request.env.cr.savepoint():
                    booking = request.env["resource.booking"]._lgo_book(
                        group,
                        start,
                        values["name"],
                        values["phone"],
                        values["email"],
                        chosen,
                    )
                    self._acknowledge(group, chosen, booking)
            except UserError as error:
                errors["slot"] = str(error)
            else:
                return request.redirect(f"/queue/appointment/{booking.lgo_token}")
        day = str(thai.local_date(start)) if start else None
        return self._render_form(group, chosen, day, {**post, "slot": slot}, errors)

    @http.route("/queue/appointment/<string:token>", methods=["GET"], sitemap=False, **ROUTE)
    def appointment(self, token, **kwargs):
        """The appointment of a link: time, code, QR code, change, cancel."""
        return self._render_appointment(self._booking(token))

    @http.route(
        "/queue/appointment/<string:token>/cancel", methods=["POST"], sitemap=False, **ROUTE
    )
    def cancel(self, token, **kwargs):
        """Give the time back to others."""
        booking = self._booking(token)
        try:
            with request.env.cr.savepoint():
                booking._lgo_cancel()
        except UserError as error:
            return self._render_appointment(booking, str(error), 400)
        return request.redirect(f"/queue/appointment/{token}")

    @http.route("/queue/appointment/<string:token>/change", methods=["GET"], sitemap=False, **ROUTE)
    def change_form(self, token, day=None, **kwargs):
        """Other times for the appointment."""
        return self._render_change(self._booking(token), day, {})

    @http.route(
        "/queue/appointment/<string:token>/change", methods=["POST"], sitemap=False, **ROUTE
    )
    def change(self, token, slot=None, **kwargs):
        """Move to another time."""
        booking = self._booking(token)
        start = self._moment(slot)
        if not start:
            errors = {"slot": request.env._("Please choose a time.")}
            return self._render_change(booking, None, errors)
        try:
            with request.env.cr.savepoint():
                booking._lgo_change(start)
        except UserError as error:
            return self._render_change(booking, str(thai.local_date(start)), {"slot": str(error)})
        return request.redirect(f"/queue/appointment/{token}")

    @http.route("/queue/appointment/<string:token>/ics", methods=["GET"], sitemap=False, **ROUTE)
    def ics(self, token, **kwargs):
        """The calendar file."""
        booking = self._booking(token)
        if not booking.meeting_id:
            raise request.not_found()
        return private(
            request.make_response(
                booking._lgo_ics(),
                headers=[
                    ("Content-Type", "text/calendar; charset=utf-8"),
                    ("Content-Disposition", 'attachment; filename="appointment.ics"'),
                ],
            )
        )

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _group(group_id):
        group = (
            request.env["lgo.oss.counter.group"]
            .sudo()
            .search(
                [
                    ("id", "=", group_id),
                    ("bookable", "=", True),
                    ("company_id", "=", request.website.company_id.id),
                ]
            )
        )
        if not group:
            raise request.not_found()
        return group

    @staticmethod
    def _service(group, service):
        number = int(service[:9]) if (service or "").isdecimal() else 0
        return group.service_ids.filtered(
            lambda record: record.id == number and record.state == "published"
        )

    @staticmethod
    def _booking(token):
        booking = request.env["resource.booking"]._lgo_by_token(token)
        if not booking:
            refuse()
        return booking

    @staticmethod
    def _moment(slot):
        """Naive UTC of a form value, or None when it is no moment."""
        try:
            value = datetime.fromisoformat(slot or "")
        except ValueError:
            return None
        if not value.tzinfo or not 2000 < value.year < 2200:
            return None
        return value.astimezone(UTC).replace(tzinfo=None)

    @staticmethod
    def _clean(post):
        env = request.env
        errors = {}
        name = " ".join((post.get("name") or "").replace("\x00", "").split())
        if not name:
            errors["name"] = env._("Please enter your name.")
        elif len(name) > LONGEST_NAME:
            errors["name"] = env._(
                "Please shorten this to %(limit)s characters.", limit=LONGEST_NAME
            )
        raw_phone, raw_email = (
            (post.get(field) or "").replace("\x00", "").strip() for field in ("phone", "email")
        )
        phone = env["resource.booking"]._lgo_clean_phone(raw_phone)
        email = email_normalize(raw_email[:LONGEST_EMAIL]) or ""
        if raw_phone and not phone:
            errors["phone"] = env._("Please write the phone number like 08 1234 5678.")
        if raw_email and not email:
            errors["email"] = env._("This is no e-mail address. Example: name@example.com")
        if not raw_phone and not raw_email:
            errors["phone"] = env._("Please enter a phone number or an e-mail address.")
        if not post.get("privacy_shown"):
            errors["privacy_shown"] = env._("Please confirm that you have read the notice.")
        return {"name": name, "phone": phone, "email": email}, errors

    @staticmethod
    def _acknowledge(group, service, booking):
        """Keep which version of the notice was shown."""
        notice = request.env["lgo.privacy.notice"].sudo()._current(group.company_id, service)
        if notice:
            request.env["lgo.privacy.acknowledgement"].sudo()._record(
                notice, booking, ip=request.httprequest.remote_addr
            )

    @staticmethod
    def _days(group, day):
        """Values of the day and time chooser: days with free times, and those of one day."""
        free = request.env["resource.booking"]._lgo_free(group)
        try:
            chosen = date.fromisoformat(day or "")
        except ValueError:
            chosen = None
        if chosen not in free:
            chosen = next(iter(free), None)
        return {
            "days": [
                {
                    "value": str(key),
                    "text": thai.format_date(key, style="short", digits="arabic"),
                    "count": len(times),
                }
                for key, times in free.items()
            ],
            "day": str(chosen or ""),
            "slots": [
                {"value": slot.isoformat(), "text": f"{slot:%H.%M} น."}
                for slot in free.get(chosen, [])
            ],
        }

    def _render_form(self, group, service, day, values, errors):
        notice = request.env["lgo.privacy.notice"].sudo()._current(group.company_id, service)
        response = request.render(
            "lgo_oss_queue.book_form",
            {
                "group": group,
                "service": service,
                "values": values,
                "errors": errors,
                "notice": notice,
                "base": f"/queue/book/{group.id}?service={service.id or ''}",
                "page_name": "queue_book",
                **self._days(group, day),
            },
        )
        response.status_code = 400 if errors else 200
        return private(response)

    def _render_change(self, booking, day, errors):
        if not booking.active:
            return request.redirect(f"/queue/appointment/{booking.lgo_token}")
        response = request.render(
            "lgo_oss_queue.book_change",
            {
                "booking": booking,
                "errors": errors,
                "values": {},
                "base": f"/queue/appointment/{booking.lgo_token}/change?",
                "page_name": "queue_book",
                **self._days(booking.lgo_group_id, day),
            },
        )
        response.status_code = 400 if errors else 200
        return private(response)

    @staticmethod
    def _render_appointment(booking, error="", status=200):
        response = request.render(
            "lgo_oss_queue.book_appointment",
            {
                "booking": booking,
                "error": error,
                "qr": qr_svg(booking._lgo_url(), size="11rem"),
                "modifiable": booking.active
                and booking.is_modifiable
                and not booking.lgo_ticket_id,
                "page_name": "queue_book",
            },
        )
        response.status_code = status
        return private(response)
