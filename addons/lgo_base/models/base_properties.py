# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class Base(models.AbstractModel):
    """A question of a service knows whether it must be answered, and a line of help."""

    _inherit = "base"

    def _additional_allowed_keys_properties_definition(self):
        return (*super()._additional_allowed_keys_properties_definition(), "required", "help")
