# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class LgoOssSurveySpent(models.Model):
    """That a case or a ticket has answered the survey, and nothing else.

    The id is made of the case (as in ``lgo.case.register``, slot 0 for tickets), not of a
    sequence, and no time is kept: the order of these rows and that of the responses cannot be
    laid side by side.
    """

    _name = "lgo.oss.survey.spent"
    _description = "Survey Answered"
    _log_access = False
    _rec_name = "id"

    @api.model
    def _key(self, source):
        source.ensure_one()
        return source.id * 16 + getattr(source, "_case_type", 0)

    @api.model
    def _is_spent(self, source):
        return bool(self.sudo().browse(self._key(source)).exists())

    @api.model
    def _spend(self, source):
        """Mark; ``False`` when it was marked before, also by a request at the same moment."""
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO lgo_oss_survey_spent (id) VALUES (%s)"
                " ON CONFLICT DO NOTHING RETURNING id",
                self._key(source),
            )
        )
        self.invalidate_model()
        return bool(rows)
