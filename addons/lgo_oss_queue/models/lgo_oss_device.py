# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.fields import Domain

#: What a page sends as the name of a channel; the rest is a token that is checked.
CHANNEL = "lgo_oss_queue:"


class LgoOssDevice(models.Model):
    """A kiosk or a display board: a browser on a wall that signs in by its own secret address.

    The token is the only key and opens nothing but its one page; an administrator revokes it.
    """

    _name = "lgo.oss.device"
    _description = "Queue Device"
    _order = "kind, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(
        [("kiosk", "Ticket kiosk"), ("board", "Display board")], required=True, default="kiosk"
    )
    group_ids = fields.Many2many(
        "lgo.oss.counter.group",
        string="Counter groups",
        help="What this device offers or shows. Empty: all groups of the organisation.",
    )
    auto_print = fields.Boolean(
        string="Print at once",
        help="The kiosk prints the ticket without asking (browser in kiosk printing mode).",
    )
    speak = fields.Boolean(string="Voice", default=True, help="The board reads the call aloud.")
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self._new_token(),
        groups="lgo_base.group_admin",
    )
    url = fields.Char(string="Address", compute="_compute_url", groups="lgo_base.group_admin")
    revoked_at = fields.Datetime(readonly=True, copy=False)

    _token_uniq = models.UniqueIndex("(token)", "The token of a device must be unique.")

    @api.model
    def _new_token(self):
        return secrets.token_urlsafe(24)

    @api.depends("token", "kind")
    def _compute_url(self):
        for device in self:
            device.url = f"{device.get_base_url()}/queue/{device.kind}/{device.token}"

    def action_revoke(self):
        """Close the address for good: a lost or stolen device shows nothing any more."""
        self.check_access("write")
        groups = self._groups()
        self.write({"active": False, "revoked_at": fields.Datetime.now()})
        for device in self.sudo():
            device.token = self._new_token()
        self.env["lgo.audit.log"]._log("queue.device.revoke", self, severity="warning")
        groups._send_change()
        return True

    def action_renew(self):
        """Give a new address; the old one stops at once."""
        self.check_access("write")
        for device in self.sudo():
            device.write({"token": self._new_token(), "active": True, "revoked_at": False})
        self.env["lgo.audit.log"]._log("queue.device.renew", self, severity="warning")
        return True

    def action_open(self):
        """Open the page of the device in a new tab."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    @api.model
    def _by_token(self, token, kind=None):
        """The device of a token as superuser, or nothing.

        :param str token: from the address
        :param str kind: ``kiosk`` or ``board``; one device's token opens no page of the other
        """
        if not token or not isinstance(token, str) or len(token) > 64 or "\x00" in token:
            return self.sudo().browse()
        domain = Domain("token", "=", token)
        if kind:
            domain &= Domain("kind", "=", kind)
        return self.sudo().search(domain, limit=1)

    def _groups(self):
        """Groups of these devices, as superuser."""
        groups = self.env["lgo.oss.counter.group"].sudo()
        for device in self.sudo():
            groups |= device.group_ids or groups.search([("company_id", "=", device.company_id.id)])
        return groups.filtered("active")

    @api.model
    def _groups_of_channel(self, channel):
        """Groups that the holder of a channel name may follow; none for a wrong token.

        :param str channel: ``lgo_oss_queue:<board|ticket|panel>:<token>``
        """
        groups = self.env["lgo.oss.counter.group"].sudo()
        kind, _separator, token = channel.removeprefix(CHANNEL).partition(":")
        if kind == "board":
            return self._by_token(token, "board")._groups()
        if kind == "ticket":
            return self.env["lgo.oss.ticket"]._by_token(token)._last().group_id
        if kind == "panel" and self.env.user.has_group("lgo_base.group_clerk"):
            return groups.search([("company_id", "in", self.env.user.company_ids.ids)])
        return groups

    def _board_state(self):
        """What the board shows: numbers and counters only."""
        self.ensure_one()
        groups = self._groups()
        tickets = (
            self.env["lgo.oss.ticket"]
            .sudo()
            .search(
                Domain("group_id", "in", groups.ids)
                & Domain("day", "=", groups._today())
                & Domain("state", "in", ("called", "serving")),
                order="called_at desc, id desc",
                limit=12,
            )
        )
        counts = groups._waiting_counts()
        return {
            "calls": [ticket._call_values() for ticket in tickets],
            "groups": [
                {"id": g.id, "prefix": g.prefix, "name": g.name, "waiting": counts.get(g.id, 0)}
                for g in groups
            ],
        }
