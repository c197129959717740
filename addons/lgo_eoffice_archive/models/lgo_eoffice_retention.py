# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoEofficeRetention(models.Model):
    """A class of keeping for paper (อายุการเก็บหนังสือ).

    Saraban Regulation B.E. 2526, ข้อ ๕๗: ten years unless one of the other classes fits. Years are
    counted in calendar years after the one in which the matter was finished.
    """

    _name = "lgo.eoffice.retention"
    _description = "Class of Keeping"
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    years = fields.Integer(help="0: for ever, or as another law says.")
    keep_forever = fields.Boolean(string="Never destroyed")
    needs_audit = fields.Boolean(
        string="Only after the audit",
        help="Papers of finance: only when the State Audit Office has audited without issue.",
    )
    legal_basis = fields.Char()

    _code_uniq = models.UniqueIndex("(code)", "Another class has this code already.")
    _years_positive = models.Constraint("CHECK (years >= 0)", "Years must not be negative.")

    @api.model
    def _default(self):
        """The class that fits when no other does."""
        return self.search([("code", "=", "R10")], limit=1)
