# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _secret_rules(self):
        """What came with a secret letter is kept as the letter is."""
        return (
            *super()._secret_rules(),
            "lgo_eoffice_exchange.lgo_eoffice_mail_rule_secret",
            "lgo_eoffice_exchange.lgo_eoffice_ecms_item_rule_secret",
        )
