# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWastePause(models.Model):
    """The service stops for a while, e.g. the house stands empty (บ้านว่าง).

    Another outcome than the end of the service; debts stay (dossier section 1.6).
    """

    _name = "lgo.waste.pause"
    _inherit = "lgo.waste.decision.mixin"
    _description = "Pause of the Service"
    _decided_fields = frozenset({"point_id", "date_from", "reason"})

    reason = fields.Char(required=True, tracking=True)
