# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import file_open

from ..models.lgo_waste_round import GROUP

WORKER = "lgo_waste_collector/static/src/app/worker.js"
#: A phone names itself with the mark that it made at random.
DEVICE = re.compile(r"[0-9a-f-]{36}")


class Collect(http.Controller):
    """The collector's page: an app on the phone that works without signal.

    The page itself holds nothing about anybody, so the phone may keep it; what it shows comes from
    ``/collect/package`` and stays in the database of the browser until the round ends.
    """

    @http.route("/collect", type="http", auth="user", methods=["GET"])
    def page(self, **kw):
        """The app."""
        if not request.env.user.has_group(GROUP):
            return request.redirect("/odoo")
        response = request.render(
            "lgo_waste_collector.app",
            {
                "user": request.env.user,
                "language": (request.env.lang or "th_TH").replace("_", "-"),
                "title": request.env._("Waste fee collection"),
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @http.route("/collect/worker.js", type="http", auth="none", methods=["GET"], save_session=False)
    def worker(self, **kw):
        """The service worker, allowed to serve ``/collect`` and nothing else."""
        with file_open(WORKER, "rb") as file:
            content = file.read()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Cache-Control", "no-cache"),
                ("Service-Worker-Allowed", "/collect"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route("/collect/app.webmanifest", type="http", auth="user", methods=["GET"])
    def manifest(self, **kw):
        """Name and icons, so that the page can stand on the phone's home screen."""
        name = request.env._("Waste fee collection")
        content = {
            "id": "/collect",
            "name": name,
            "short_name": name[:30],
            "lang": (request.env.lang or "th_TH").replace("_", "-"),
            "start_url": "/collect",
            "scope": "/collect",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0b4f8a",
            "icons": [
                {"src": f"/lgo_base/static/img/icon-{size}.png", "sizes": f"{size}x{size}",
                 "type": "image/png", "purpose": "any"}
                for size in (192, 512)
            ],
        }  # fmt: skip
        return request.make_response(
            json.dumps(content, ensure_ascii=False),
            headers=[("Content-Type", "application/manifest+json; charset=utf-8")],
        )

    @http.route("/collect/package", type="jsonrpc", auth="user")
    def package(self, device=""):
        """Begin or go on with the round of the user on this phone.

        :return: dict package, or error: a sentence for the collector
        """
        if not isinstance(device, str) or not DEVICE.fullmatch(device):
            return {"error": request.env._("This phone did not name itself; open the page again.")}
        return self._answer(lambda rounds: {"package": rounds._open(device)._package()})

    @http.route("/collect/sync", type="jsonrpc", auth="user")
    def sync(self, device="", round=0, rows=(), now=0):  # noqa: A002 (name of the wire)
        """Take in what the phone has written.

        :return: dict results (one a row), or error
        """
        own = self._own(device, round)
        if not own:
            return {"error": request.env._("This round is not of this phone.")}
        rows = rows if isinstance(rows, list) else []
        take_in = request.env["lgo.waste.collection"]._take_in
        return self._answer(lambda _rounds: {"results": take_in(own, rows, now)})

    @http.route("/collect/close", type="jsonrpc", auth="user")
    def close(self, device="", round=0):  # noqa: A002 (name of the wire)
        """End the round; the page calls it when nothing waits on the phone any more."""
        own = self._own(device, round)
        if not own:
            return {"error": request.env._("This round is not of this phone.")}
        return self._answer(lambda _rounds: {"closed": own._close_round() is None})

    def _own(self, device, number):
        """The round of the user on this phone, in sudo; empty when it is not."""
        rounds = request.env["lgo.waste.round"]
        if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
            return rounds
        found = rounds.search([("id", "=", number), ("user_id", "=", request.env.uid)]).sudo()
        return found.filtered(lambda one: one.device == device)

    def _answer(self, action):
        try:
            return action(request.env["lgo.waste.round"])
        except UserError as error:
            request.env.cr.rollback()
            return {"error": str(error)}
