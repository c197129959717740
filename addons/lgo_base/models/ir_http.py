# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The citizens' pages load the Thai of our own scripts, too."""
        return super()._get_translation_frontend_modules_name() + ["lgo_base"]
