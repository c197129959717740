# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class LgoCaseMixin(models.AbstractModel):
    _inherit = "lgo.case.mixin"

    def _create_case_indexes(self):  # pylint: disable=missing-return
        """The month of a decision is asked for by every statistics page."""
        super()._create_case_indexes()
        self.env.cr.execute(
            SQL(
                "CREATE INDEX IF NOT EXISTS %s ON %s (COALESCE(decided_at, closed_at))"
                " WHERE COALESCE(decided_at, closed_at) IS NOT NULL",
                SQL.identifier(f"{self._table}_finished_idx"),
                SQL.identifier(self._table),
            )
        )

    def _survey_facts(self):
        """What a survey response keeps of the case: nothing that leads back to it."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "service_id": self.service_id.id,
            "unit_id": self.unit_id.id,
            "channel": self.channel,
        }

    def _survey_open(self):
        """Whether the citizen may fill in the survey: the work is done."""
        self.ensure_one()
        return self._citizen_may_rate() and not self.env["lgo.oss.survey.spent"]._is_spent(self)

    def _survey_url(self, token=None):
        """Path of the survey of this case."""
        self.ensure_one()
        query = f"?access_token={token}" if token else ""
        return f"/survey/case/{self._case_type}/{self.id}{query}"
