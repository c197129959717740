# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .lgo_oss_device import CHANNEL

#: A page follows one device or ticket; more names than this are somebody trying.
MOST = 5


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Let pages without a log-in follow their queue when they know a valid token.

        The name that the page sends is never a channel itself: it is replaced by the counter
        groups that its token stands for, or by nothing.
        """
        asked = [name for name in channels if isinstance(name, str) and name.startswith(CHANNEL)]
        channels = [name for name in channels if name not in asked]
        for name in asked[:MOST]:
            channels.extend(self.env["lgo.oss.device"]._groups_of_channel(name))
        return super()._build_bus_channel_list(channels)
