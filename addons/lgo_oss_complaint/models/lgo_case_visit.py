# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoCaseVisit(models.Model):
    _inherit = "lgo.case.visit"

    @api.constrains("officer_ids")
    def _check_officers_in_group(self):
        """The place of a restricted complaint is visited by members of its group only."""
        for visit in self.sudo():
            case = visit._case()
            if case._name == "lgo.oss.complaint" and case.restricted:
                case._refuse_outsiders(visit.officer_ids)
