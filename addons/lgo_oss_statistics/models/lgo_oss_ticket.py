# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.lgo_base.tools import thai


class LgoOssTicket(models.Model):
    _inherit = "lgo.oss.ticket"

    def _survey_facts(self):
        """What a survey response keeps of the ticket: nothing that leads back to it."""
        self.ensure_one()
        last = self._last()
        return {
            "company_id": self.company_id.id,
            "service_id": last.service_id.id,
            "unit_id": last.service_id.unit_id.id,
            "channel": "counter",
        }

    def _survey_open(self):
        """Whether the holder of this (first) ticket may fill in the survey."""
        self.ensure_one()
        if self._last().state != "done":
            return False
        return not self.env["lgo.oss.survey.spent"]._is_spent(self)

    def _by_number_today(self, number, company):
        """The first ticket of today with this number, in sudo.

        :param str number: as printed, such as A012; spaces, dashes and small letters are fine
        """
        clean = "".join(char for char in (number or "")[:20].upper() if char.isalnum())
        tickets = self.sudo()
        day = tickets._today()
        return tickets.search(
            [
                ("name", "=", clean),
                ("day", "=", day),
                ("hop", "=", 0),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )

    def _today(self):
        """Today in Bangkok."""
        return thai.local_date(fields.Datetime.now())
