# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.exceptions import TooManyRequests

from odoo import fields, http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit
from odoo.addons.lgo_base.tools import thai

#: Wrong tokens of one address: enough for a mistyped one, too little for guessing.
GUESSES = Limit("queue_guess", 30, 60)


def device_of(token, kind):
    """The device behind an address, or an error page.

    :raises werkzeug.exceptions.HTTPException: 404 for a wrong or revoked token, 429 for many
    """
    device = request.env["lgo.oss.device"]._by_token(token, kind)
    if not device:
        refuse()
    return device


def refuse():
    """Answer a wrong token; only wrong ones count, so a working device is never shut out.

    :raises werkzeug.exceptions.HTTPException: always
    """
    if not allows(GUESSES):
        raise TooManyRequests
    raise request.not_found()


def allows(limit, key=None):
    """Count a call of a device or, without ``key``, of a network address."""
    limits = request.env["lgo.rate.limit"]
    return limits._allows((limit, key or limits._address(request.httprequest.remote_addr)))


def plain(text, status):
    """A short answer in words, kept by nobody."""
    return private(request.make_response(text, status=status))


def private(response):
    """Mark a page as one that no cache and no search engine keeps."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class QueueBoard(http.Controller):
    """The screen on the wall: numbers and counters, never names."""

    @http.route(
        "/queue/board/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def board(self, token, **kwargs):
        """The page; from then on it follows the bus."""
        device = device_of(token, "board")
        return private(
            request.render(
                "lgo_oss_queue.board",
                {
                    "device": device,
                    "token": token,
                    "state": device._board_state(),
                    "today": thai.format_date(
                        thai.local_date(fields.Datetime.now()), digits="arabic"
                    ),
                },
            )
        )

    @http.route(
        "/queue/board/<string:token>/state",
        type="http",
        auth="public",
        sitemap=False,
        methods=["GET"],
    )
    def state(self, token, **kwargs):
        """All that the board shows, as JSON: after the network was away it starts from here."""
        return private(request.make_json_response(device_of(token, "board")._board_state()))
