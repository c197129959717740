# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class LgoCaseEscalationRung(models.Model):
    _inherit = "lgo.case.escalation.rung"

    def _people(self, case, at):
        """A rung whose holder may not see a restricted complaint falls to the group itself."""
        people = super()._people(case, at)
        if not people and case._name == "lgo.oss.complaint" and case.restricted:
            return case._restricted_members()
        return people
