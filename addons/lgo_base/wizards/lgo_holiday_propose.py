# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import holidays

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import thai

# the library keeps วันพืชมงคล, announced yearly, apart from the other days
CATEGORIES = ("public", "government")


class LgoHolidayPropose(models.TransientModel):
    """Proposes the holidays of a year; an officer checks and confirms them.

    The proposal is computed by the ``holidays`` library (MIT). It knows no special day that the
    cabinet adds later, hence the confirmation.
    """

    _name = "lgo.holiday.propose"
    _description = "Propose Official Holidays"

    year_be = fields.Integer(
        string="Year (B.E.)",
        required=True,
        default=lambda self: thai.buddhist_year(fields.Datetime.now()) + 1,
        help="Buddhist calendar year, for example 2570.",
    )

    def action_propose(self):
        """Add the days of the year that are not in the list yet, as proposals."""
        self.ensure_one()
        if not 2500 <= self.year_be <= 2699:
            raise UserError(self.env._("Type the year in the Buddhist era, for example 2570."))
        self._propose()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_holiday_action"),
            "domain": [("year_be", "=", self.year_be)],
            "context": {},
        }

    def _propose(self):
        model = self.env["lgo.holiday"]
        known = set(model.search([("year_be", "=", self.year_be)]).mapped("date"))
        return model.create(
            [
                {
                    "name": name,
                    "date": day,
                    "source": self.env._("Proposal of the holidays library, to be checked"),
                }
                for day, name in self._library_days(self.year_be - thai.BUDDHIST_OFFSET)
                if day not in known
            ]
        )

    @api.model
    def _library_days(self, year):
        """``(date, name)`` of a Gregorian year in order, without what government does not keep."""
        excluded = self.env["lgo.holiday.exclusion"].search([]).mapped("name")  # pylint: disable=no-search-all
        days = holidays.country_holidays("TH", years=year, language="th", categories=CATEGORIES)
        return [
            (day, name)
            for day, name in sorted(days.items())
            if not any(words in name for words in excluded)
        ]
