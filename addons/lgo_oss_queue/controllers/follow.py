# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

from .board import allows, plain, private, refuse

# Printing costs the server most; a hall full of people behind one address prints less.
PRINTS = Limit("queue_print", 60, 60)


class QueueTicket(http.Controller):
    """A person follows the own number by the QR code of the slip; the token is the only key."""

    @staticmethod
    def _ticket(token):
        ticket = request.env["lgo.oss.ticket"]._by_token(token)
        if not ticket:
            refuse()
        return ticket

    @http.route(
        "/queue/ticket/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def ticket(self, token, **kwargs):
        """Position, expected wait and the call."""
        ticket = self._ticket(token)
        return private(
            request.render(
                "lgo_oss_queue.follow",
                {"ticket": ticket, "token": token, "state": ticket._follow_values()},
            )
        )

    @http.route(
        "/queue/ticket/<string:token>/state",
        type="http",
        auth="public",
        sitemap=False,
        methods=["GET"],
    )
    def state(self, token, **kwargs):
        """The same as JSON."""
        return private(request.make_json_response(self._ticket(token)._follow_values()))

    @http.route(
        "/queue/ticket/<string:token>/pdf",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def pdf(self, token, **kwargs):
        """The slip for an 80 mm printer."""
        ticket = self._ticket(token)
        if not allows(PRINTS):
            return plain(request.env._("Please wait a minute."), 429)
        # the rights were given by the token
        content, _kind = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("lgo_oss_queue.action_report_ticket", ticket.ids)
        )
        return private(
            request.make_response(
                content,
                headers=[
                    ("Content-Type", "application/pdf"),
                    ("Content-Length", str(len(content))),
                    ("Content-Disposition", f'inline; filename="{ticket.name}.pdf"'),
                    ("X-Content-Type-Options", "nosniff"),
                ],
            )
        )
