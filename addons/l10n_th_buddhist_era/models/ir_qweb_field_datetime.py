# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .ir_qweb_field_date import _gregorian_element


class IrQwebFieldDatetime(models.AbstractModel):
    """A date and time that was edited in place is read back in the era it is shown in."""

    _inherit = "ir.qweb.field.datetime"

    @api.model
    def from_html(self, model, field, element):
        return super().from_html(model, field, _gregorian_element(self.env, element))
