# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How far received papers are read."""

    _inherit = "res.company"

    lgo_scan_active = fields.Boolean(
        string="Read received letters",
        default=True,
        help="Text of the paper for searching; number, date, subject and sender proposed.",
    )
    lgo_scan_pages = fields.Integer(
        string="Pages read of a paper",
        default=300,
        help="Pages behind are kept but not read.",
    )
    lgo_scan_seconds = fields.Integer(
        string="Seconds for a scanned page",
        default=90,
        help="A page that takes longer is left unread.",
    )
    lgo_scan_confidence = fields.Integer(
        string="“Use all” from (%)",
        default=60,
        help="“Use all” takes over what was read at least this surely, into empty fields only.",
    )

    @api.constrains("lgo_scan_pages", "lgo_scan_seconds", "lgo_scan_confidence")
    def _check_lgo_scan(self):
        for company in self:
            if not 1 <= company.lgo_scan_pages <= 2000:
                raise ValidationError(self.env._("Pages read of a paper: give 1 to 2,000."))
            if not 10 <= company.lgo_scan_seconds <= 600:
                raise ValidationError(self.env._("Seconds for a scanned page: give 10 to 600."))
            if not 0 <= company.lgo_scan_confidence <= 100:
                raise ValidationError(self.env._("“Use all” from: give 0 to 100 per cent."))
