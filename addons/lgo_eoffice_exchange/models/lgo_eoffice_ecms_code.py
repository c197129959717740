# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeEcmsCode(models.Model):
    """A code of e-CMS and what it means here."""

    _name = "lgo.eoffice.ecms.code"
    _description = "e-CMS Code"
    _order = "ecms_id, kind, code"

    ecms_id = fields.Many2one(
        comodel_name="lgo.eoffice.ecms", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection([("speed", "Urgency"), ("secret", "Secrecy")], required=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    value = fields.Selection(
        [
            ("normal", "Normal"),
            ("urgent", "Urgent"),
            ("very_urgent", "Very urgent"),
            ("most_urgent", "Most urgent"),
            ("secret", "Secret"),
            ("very_secret", "Very secret"),
            ("top_secret", "Most secret"),
        ],
        string="Means",
        help="Set it by hand where the name was not recognised.",
    )

    _code_uniq = models.UniqueIndex("(ecms_id, kind, code)", "This code is there already.")
