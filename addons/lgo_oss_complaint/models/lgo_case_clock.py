# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoCaseClock(models.Model):
    _inherit = "lgo.case.clock"

    kind = fields.Selection(
        selection_add=[("answer", "First answer")], ondelete={"answer": "cascade"}
    )
