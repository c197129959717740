# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Rules of keeping that differ or are not sure; all of them settings."""

    _inherit = "res.company"

    lgo_electronic_years = fields.Integer(
        string="Electronic documents older than (years)",
        default=10,
        help="Only older ones may be deleted, by order of the head (Saraban Regulation (No. 4) "
        "B.E. 2564).",
    )
    lgo_archives_days = fields.Integer(
        string="Days the archives have to answer",
        default=60,
        help="No answer within these days counts as consent (ข้อ ๖๙).",
    )
    lgo_committee_members = fields.Integer(
        string="Least members of a destruction committee",
        default=3,
        help="A chair and at least two members (ข้อ ๖๗).",
    )
    lgo_loan_days = fields.Integer(string="Days of a loan", default=15)

    _lgo_keeping_positive = models.Constraint(
        "CHECK (lgo_electronic_years >= 1 AND lgo_archives_days >= 1"
        " AND lgo_committee_members >= 3 AND lgo_loan_days >= 1)",
        "Years and days must be positive; a committee has at least three members.",
    )
