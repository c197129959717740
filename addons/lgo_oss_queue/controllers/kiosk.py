# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import secrets

from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.report_weasyprint.tools.qr import qr_svg

from .board import allows, device_of, private

#: What ``secrets.token_urlsafe`` makes; the keys of the system itself have blanks.
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")

# One kiosk: a new person every second is more than any hall sees.
ISSUES = Limit("queue_issue", 60, 60)


class QueueKiosk(http.Controller):
    """The touch screen at the door. It works by plain forms, so a slow device is enough."""

    ROUTE = {"type": "http", "auth": "public", "website": True, "sitemap": False}

    @http.route("/queue/kiosk/<string:token>", methods=["GET"], **ROUTE)
    def kiosk(self, token, group=None, service=None, error="", **kwargs):
        """What do you want to do? Then, if the group asks: are you one of these?"""
        device = device_of(token, "kiosk")
        chosen = self._group(device, group)
        values = {
            "device": device,
            "token": token,
            "error": "",
            "key": secrets.token_urlsafe(16),
        }
        if chosen and chosen.ask_priority:
            values |= {
                "group": chosen,
                "service": self._service(chosen, service),
                "priorities": request.env["lgo.oss.priority"].sudo().search([]),
            }
            return private(request.render("lgo_oss_queue.kiosk_priority", values))
        groups = device._groups()
        values |= {"tiles": groups._kiosk_tiles(), "appointments": any(groups.mapped("bookable"))}
        if error == "closed":
            values["error"] = request.env._("No tickets are given now. Please ask an officer.")
        elif error == "code":
            values["error"] = request.env._("There is no appointment today with this code.")
        elif error == "often":
            values["error"] = request.env._("Please wait a moment and try again.")
        return private(request.render("lgo_oss_queue.kiosk", values))

    # The address of the device is the key and no cookie gives any right, so there is nothing
    # that a forged request could misuse; a kiosk that stands for days would have an old token.
    @http.route("/queue/kiosk/<string:token>/ticket", methods=["POST"], csrf=False, **ROUTE)
    def take(self, token, group=None, service=None, priority=None, key="", **kwargs):
        """Give a ticket; the same form sent twice gives the same one."""
        device = device_of(token, "kiosk")
        start = f"/queue/kiosk/{token}"
        chosen = self._group(device, group)
        if not chosen:
            return request.redirect(start)
        if not allows(ISSUES, str(device.id)):
            return request.redirect(f"{start}?error=often")
        if not chosen._is_open():
            return request.redirect(f"{start}?error=closed")
        found = request.env["lgo.oss.priority"].sudo()
        if chosen.ask_priority and (priority or "").isdecimal():
            found = found.search([("id", "=", int(priority[:9]))])
        ticket = request.env["lgo.oss.ticket"]._issue(
            chosen,
            self._service(chosen, service),
            found,
            key=key if KEY.fullmatch(key) else None,
        )
        return request.redirect(f"{start}/ticket/{ticket.token}")

    @http.route("/queue/kiosk/<string:token>/checkin", methods=["POST"], csrf=False, **ROUTE)
    def check_in(self, token, code="", **kwargs):
        """Turn an appointment of today into a ticket, by its code or QR code."""
        device = device_of(token, "kiosk")
        start = f"/queue/kiosk/{token}"
        if not allows(ISSUES, str(device.id)):
            return request.redirect(f"{start}?error=often")
        booking = request.env["resource.booking"]._lgo_find(code, device._groups())
        if not booking:
            return request.redirect(f"{start}?error=code")
        return request.redirect(f"{start}/ticket/{booking._lgo_check_in().token}")

    @http.route(
        "/queue/kiosk/<string:token>/ticket/<string:ticket_token>", methods=["GET"], **ROUTE
    )
    def given(self, token, ticket_token, **kwargs):
        """The ticket on the screen: number, people in front, QR code, print."""
        device = device_of(token, "kiosk")
        ticket = request.env["lgo.oss.ticket"]._by_token(ticket_token)
        if not ticket or ticket.group_id not in device._groups():
            return request.redirect(f"/queue/kiosk/{token}")
        return private(
            request.render(
                "lgo_oss_queue.kiosk_ticket",
                {
                    "device": device,
                    "token": token,
                    "ticket": ticket,
                    "state": ticket._follow_values(),
                    "qr": qr_svg(ticket._url(), size="11rem"),
                },
            )
        )

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _group(device, group):
        """The chosen group when this device offers it."""
        number = int(group[:9]) if (group or "").isdecimal() else 0
        return device._groups().filtered(lambda record: record.id == number)

    @staticmethod
    def _service(group, service):
        number = int(service[:9]) if (service or "").isdecimal() else 0
        return group.service_ids.filtered(
            lambda record: record.id == number and record.state == "published"
        )
