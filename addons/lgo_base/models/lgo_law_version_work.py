# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoLawVersion(models.Model):
    """Whether the time stands still while another agency is asked."""

    _inherit = "lgo.law.version"

    wait_pauses_clock = fields.Boolean(
        string="Time stands still while another agency is asked",
        help="Only where the law says so. The decision clock pauses while the case waits for "
        "another agency and goes on afterwards.",
    )
    wait_legal_reference = fields.Char(
        string="Legal reference of the pause",
        help="Act and section by which the time stands still; kept with each pause.",
    )

    _wait_has_reference = models.Constraint(
        "CHECK (wait_pauses_clock IS NOT TRUE OR COALESCE(TRIM(wait_legal_reference), '') != '')",
        "Name the law and section by which the time stands still.",
    )
