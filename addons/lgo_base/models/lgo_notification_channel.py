# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoNotificationChannel(models.Model):
    """A way to reach a citizen. Only e-mail is on by default.

    An add-on that connects another channel adds ``lgo.notification._send_<code>`` and switches
    the channel on; nothing else changes.
    """

    _name = "lgo.notification.channel"
    _description = "Notification Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="A channel that is off sends nothing.")

    _code_uniq = models.UniqueIndex("(code)", "A channel with this code exists already.")
