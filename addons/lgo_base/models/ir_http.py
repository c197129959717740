# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """The address of the card reader program on the officer's own computer."""
        info = super().session_info()
        if self.env.user._is_internal():
            parameters = self.env["ir.config_parameter"].sudo()
            info["lgo_card_reader_url"] = parameters.get_param("lgo_base.card_reader_url") or ""
        return info

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The citizens' pages load the Thai of our own scripts, too."""
        return super()._get_translation_frontend_modules_name() + ["lgo_base"]
