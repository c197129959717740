# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

LONGEST_BODY = 1024 * 1024
TRIES = Limit("line.code", 10, 600)


class LineController(http.Controller):
    """The webhook of LINE, and the citizen's page to connect the own account."""

    @http.route("/line/webhook", type="http", auth="public", methods=["POST"], csrf=False)
    def webhook(self, **kwargs):
        """Events of the chat; only what LINE has signed is read."""
        channel = self._channel()
        length = request.httprequest.content_length or 0
        body = request.httprequest.get_data() if length <= LONGEST_BODY else b""
        signature = request.httprequest.headers.get("X-Line-Signature")
        if not channel or not channel._is_signed_by_line(body, signature):
            return request.make_response("", status=403)
        try:
            events = json.loads(body).get("events") or []
        except (ValueError, AttributeError):
            return request.make_response("", status=400)
        for event in events if isinstance(events, list) else []:
            if isinstance(event, dict):
                self._event(channel, event)
        return request.make_response("", status=200)

    @http.route("/my/line", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def line(self, **kwargs):
        """Whether LINE is connected, and how to."""
        return self._page("")

    @http.route("/my/line", type="http", auth="user", website=True, methods=["POST"])
    def change(self, action="", agree=None, **kwargs):
        """Give the consent and get a code, or end both."""
        channel = self._channel()
        if not channel:
            raise request.not_found()
        partner = request.env.user.partner_id
        if action == "disconnect":
            partner._lgo_disconnect_line()
            return request.redirect("/my/line", 303)
        if not agree:
            return self._page("", request.env._("Tick that you agree first."), 400)
        purpose = self._purpose()
        request.env["lgo.consent"]._give(partner, purpose, "web")
        return self._page(request.env["lgo.line.link"]._issue(partner))

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _channel():
        channel = request.env["lgo.notification.channel"].sudo().search([("code", "=", "line")])
        return channel if channel and channel._is_connected() else None

    @staticmethod
    def _purpose():
        return request.env["lgo.consent.purpose"].sudo().search([("code", "=", "line")], limit=1)

    def _event(self, channel, event):
        source = event.get("source") if isinstance(event.get("source"), dict) else {}
        line_user = source.get("userId")
        if not isinstance(line_user, str):
            return
        Link = request.env["lgo.line.link"]
        if event.get("type") == "unfollow":
            Link._disconnect(line_user)
            return
        message = event.get("message") if isinstance(event.get("message"), dict) else {}
        if event.get("type") != "message" or not isinstance(message.get("text"), str):
            return
        if not request.env["lgo.rate.limit"]._allows((TRIES, line_user)):
            return
        if Link._connect(message["text"], line_user) and isinstance(event.get("replyToken"), str):
            channel._reply(
                event["replyToken"],
                request.env._("Connected. We tell you here how your requests go on."),
            )

    def _page(self, code, error="", status=200):
        channel = self._channel()
        if not channel:
            raise request.not_found()
        partner = request.env.user.partner_id
        agreed = request.env["lgo.consent"]._has(partner, "line")
        response = request.render(
            "lgo_message.line",
            {
                "code": code,
                "error": error,
                "connected": agreed and bool(partner.sudo().lgo_line_user),
                "purpose": self._purpose(),
                "friend_url": channel.line_friend_url,
                "page_name": "line",
            },
        )
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        return response
