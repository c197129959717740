# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.http import request

#: Longest body that a bank sends, many times over.
MOST_BYTES = 64 * 1024


class HookController(http.Controller):
    """Where banks report payments (dossier section 4.2): stored first, answered fast."""

    @http.route(
        "/lgo/pay/<string:protocol>/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def hook(self, protocol, token, **kw):
        """Store what the bank sends; who does not know the address hears nothing."""
        biller = self._biller(protocol, token)
        if not biller or not biller._hook_allows(request.httprequest.remote_addr):
            return request.make_response("", status=404)
        length = request.httprequest.content_length
        if length is None or length > MOST_BYTES:
            return request.make_response("", status=413)
        body = request.httprequest.get_data(cache=False)
        address = request.httprequest.remote_addr
        answer = request.env["lgo.payment.notice"].sudo()._receive(biller, body, address)
        return request.make_response(
            json.dumps(answer),
            [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
        )

    @staticmethod
    def _biller(protocol, token):
        if not 20 <= len(token) <= 100:
            return None
        return (
            request.env["lgo.payment.biller"]
            .sudo()
            .search(
                [
                    ("hook_token", "=", token),
                    ("hook_protocol", "=", protocol),
                    ("state", "=", "approved"),
                ],
                limit=1,
            )
        )
