# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoEofficeVersion(models.Model):
    """What a letter said before: rounds of review, and corrections of a registered letter.

    Saraban Regulation B.E. 2526, ข้อ ๑๓-๑๔ forms: a wrong line of a register is struck out and stays
    readable.
    """

    _name = "lgo.eoffice.version"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.append.only.mixin"]
    _description = "Version of a Letter"
    _order = "letter_id, number desc, id desc"

    _append_only_key = "lgo_eoffice_version"

    letter_id = fields.Many2one(readonly=True, ondelete="restrict")
    number = fields.Integer(string="Version", required=True, readonly=True, aggregator=None)
    kind = fields.Selection(
        [("review", "Round of review"), ("correction", "Correction")], required=True, readonly=True
    )
    content = fields.Json(readonly=True, help="Values before the change.")
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime(required=True, readonly=True)

    _number_uniq = models.UniqueIndex("(letter_id, kind, number)")

    def _append_only_message(self):
        return self.env._("Versions of a letter never change.")
