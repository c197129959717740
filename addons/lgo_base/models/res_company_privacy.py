# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    lgo_dpo_name = fields.Char(
        string="Personal data officer",
        help="Shown on the privacy page (PDPA s.23(5) and s.41).",
    )
    lgo_dpo_email = fields.Char(string="E-mail of the personal data officer")
    lgo_dpo_phone = fields.Char(string="Phone of the personal data officer")
    lgo_privacy_request_days = fields.Integer(
        string="Days to answer a request on personal data",
        default=30,
        help="PDPA s.30: not later than 30 days after the request was received.",
    )
    lgo_privacy_breach_hours = fields.Integer(
        string="Hours to report a breach",
        default=72,
        help="PDPA s.37(4): without delay, within 72 hours of knowing.",
    )

    _lgo_privacy_request_days_range = models.Constraint(
        "CHECK (lgo_privacy_request_days BETWEEN 1 AND 60)",
        "The days to answer a request must be between 1 and 60.",
    )
    _lgo_privacy_breach_hours_range = models.Constraint(
        "CHECK (lgo_privacy_breach_hours BETWEEN 1 AND 168)",
        "The hours to report a breach must be between 1 and 168.",
    )

    def _lgo_dpo_contact(self):
        """Return name, e-mail and phone of the officer on one line, ``""`` without any."""
        self.ensure_one()
        company = self.sudo()
        if not (company.lgo_dpo_email or company.lgo_dpo_phone):
            return ""
        return ", ".join(
            filter(None, (company.lgo_dpo_name, company.lgo_dpo_email, company.lgo_dpo_phone))
        )
