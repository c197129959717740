# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.lgo_base.tools import thai


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model
    def _get_display_time(self, start, stop, zduration, zallday):
        """Day and time of a meeting as a Thai letter writes them, in the Buddhist era.

        :param start: ``datetime``, naive UTC
        :param stop: ``datetime``, naive UTC
        :param float zduration: hours
        :param bool zallday: the whole day
        """
        if not (self.env.lang or "").startswith("th"):
            return super()._get_display_time(start, stop, zduration, zallday)
        start, stop = fields.Datetime.to_datetime(start), fields.Datetime.to_datetime(stop)
        if zallday:
            return f"{thai.format_date(start.date(), digits='arabic')} ทั้งวัน"
        text = thai.format_datetime(start, digits="arabic")
        if zduration < 24:
            end = thai.format_time(start + timedelta(minutes=round(zduration * 60)), "arabic")
            return f"{text.removesuffix(' น.')}-{end}"
        return f"{text} ถึง {thai.format_datetime(stop, digits='arabic')}"
