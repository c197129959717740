# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, time, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai

#: Setting and unit of time by urgency of a letter.
TARGETS = {
    "normal": ("lgo_target_normal", "working_day"),
    "urgent": ("lgo_target_urgent", "working_day"),
    "very_urgent": ("lgo_target_very_urgent", "hour"),
    "most_urgent": ("lgo_target_most_urgent", "hour"),
}


class ResCompany(models.Model):
    """How long a letter may lie in front of somebody.

    Saraban Regulation B.E. 2526, ข้อ ๒๘, says only that urgent letters go before others; the
    times are the organisation's own.
    """

    _inherit = "res.company"

    lgo_target_normal = fields.Integer(string="Normal letters (working days)", default=3)
    lgo_target_urgent = fields.Integer(string="Urgent letters (working days)", default=1)
    lgo_target_very_urgent = fields.Integer(string="Very urgent letters (office hours)", default=4)
    lgo_target_most_urgent = fields.Integer(string="Most urgent letters (office hours)", default=1)
    lgo_take_back_minutes = fields.Integer(
        string="A step can be taken back for (minutes)", default=15,
        help="By who did it, as long as nobody has opened the letter. 0: never.",
    )  # fmt: skip
    lgo_circular_remind_days = fields.Integer(
        string="Remind readers of circulars after (days)", default=3
    )

    _lgo_letter_times = models.Constraint(
        "CHECK (lgo_target_normal >= 0 AND lgo_target_urgent >= 0 AND lgo_target_very_urgent >= 0"
        " AND lgo_target_most_urgent >= 0 AND lgo_take_back_minutes >= 0"
        " AND lgo_circular_remind_days >= 0)",
        "Times must not be negative.",
    )

    def _lgo_letter_target(self, urgency, start):
        """Until when a letter should be passed on.

        :param str urgency: of ``lgo.eoffice.letter``
        :param datetime start: naive UTC
        :return: naive UTC ``datetime``; False without a target, or while the holidays of the
            year are not confirmed (a target must not hold up a letter)
        """
        self.ensure_one()
        name, unit = TARGETS[urgency]
        if not self[name]:
            return False
        try:
            due = self._lgo_deadline(start, self[name], unit, "agency")
        except UserError:
            return False
        if isinstance(due, datetime):
            return due
        return self._lgo_closing(due)

    def _lgo_closing(self, day):
        """When the office closes on ``day``, as naive UTC."""
        self.ensure_one()
        closes = datetime.combine(day, time(), thai.BANGKOK) + timedelta(
            minutes=round(self.lgo_office_close * 60)
        )
        return closes.astimezone(UTC).replace(tzinfo=None)
