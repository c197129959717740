# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .lgo_service_builder import ASSURANCE


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

    lgo_privacy_extension_days = fields.Integer(
        string="More days for a difficult request",
        default=0,
        help="Once a request, with a reason that the person is told. 0: no longer time.",
    )
    lgo_export_days = fields.Integer(
        string="Days to keep a copy of personal data",
        default=7,
        help="Then the archive is deleted; a new one can be made.",
    )
    lgo_export_assurance = fields.Selection(
        [
            ("otp", "One-time code"),
            ("thaid", "ThaID"),
            ("counter", "Seen at the counter"),
        ],
        string="A citizen takes out the own data when proven by",
        default="thaid",
        required=True,
        help="With less the citizen files a request, and an officer checks the identity.",
    )

    lgo_openings_named = fields.Boolean(
        string="Tell citizens the names of officers who looked",
        help="Otherwise only the unit is shown on the page of the citizen.",
    )

    _lgo_privacy_extension_days_range = models.Constraint(
        "CHECK (lgo_privacy_extension_days BETWEEN 0 AND 60)",
        "The days by which the time is made longer must be between 0 and 60.",
    )
    _lgo_export_days_range = models.Constraint(
        "CHECK (lgo_export_days BETWEEN 1 AND 30)",
        "A copy of personal data is kept between 1 and 30 days.",
    )
    _lgo_privacy_request_days_range = models.Constraint(
        "CHECK (lgo_privacy_request_days BETWEEN 1 AND 60)",
        "The days to answer a request must be between 1 and 60.",
    )
    _lgo_privacy_breach_hours_range = models.Constraint(
        "CHECK (lgo_privacy_breach_hours BETWEEN 1 AND 168)",
        "The hours to report a breach must be between 1 and 168.",
    )

    def _lgo_export_allowed(self, user):
        """Whether it is sure enough who ``user`` is to hand out the own data without an officer."""
        self.ensure_one()
        level = ASSURANCE.index(user._lgo_assurance())
        return level >= ASSURANCE.index(self.sudo().lgo_export_assurance)

    def _lgo_dpo_contact(self):
        """Return name, e-mail and phone of the officer on one line, ``""`` without any."""
        self.ensure_one()
        company = self.sudo()
        if not (company.lgo_dpo_email or company.lgo_dpo_phone):
            return ""
        return ", ".join(
            filter(None, (company.lgo_dpo_name, company.lgo_dpo_email, company.lgo_dpo_phone))
        )
