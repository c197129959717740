# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class LgoCaseRegister(models.Model):
    _inherit = "lgo.case.register"

    def _case_select(self, model):
        """Restricted complaints stand in no common list; their group has its own."""
        select = super()._case_select(model)
        if model._name == "lgo.oss.complaint":
            return SQL("%s AND restricted IS NOT TRUE", select)
        return select
