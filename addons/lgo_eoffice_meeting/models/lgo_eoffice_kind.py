# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeKind(models.Model):
    """Which kinds may be shown to everyone."""

    _inherit = "lgo.eoffice.kind"

    can_publish = fields.Boolean(
        string="May stand on the website",
        help="Signed documents of this kind can be put on the public board.",
    )
    is_open = fields.Boolean(
        string="For everyone by nature",
        help="Such as announcements: who publishes on the website may read every signed one. "
        "Others are published by the registrar or by somebody of their unit.",
    )
