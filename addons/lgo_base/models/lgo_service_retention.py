# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoService(models.Model):
    _inherit = "lgo.service"

    retention_months = fields.Integer(
        string="Months to keep cases",
        help="After a case was closed its personal data are made anonymous. 0: as the record of "
        "processing says.",
    )

    _retention_months_positive = models.Constraint(
        "CHECK (retention_months >= 0)", "The months to keep cases cannot be negative."
    )

    def _retention(self):
        """Months after which a closed case is made anonymous; 0 while nobody has decided.

        The service comes before the activity of its code, that before the general activities, of
        which the longest counts (PDPA B.E. 2562, s. 37(3) and s. 39(4)).
        """
        self.ensure_one()
        service = self.sudo()
        if service.retention_months:
            return service.retention_months
        activities = (
            self.env["lgo.processing.activity"]
            .sudo()
            .search(
                [
                    ("company_id", "=", service.company_id.id),
                    ("service_code", "in", [False, service.code]),
                    ("retention_months", ">", 0),
                ]
            )
        )
        own = activities.filtered("service_code")
        return max((own or activities).mapped("retention_months"), default=0)
