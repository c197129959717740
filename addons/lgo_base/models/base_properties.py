# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Base(models.AbstractModel):
    """A question of a service knows whether and when it must be answered, and a line of help."""

    _inherit = "base"

    def _additional_allowed_keys_properties_definition(self):
        keys = super()._additional_allowed_keys_properties_definition()
        return (*keys, "required", "help", "condition", "group")
