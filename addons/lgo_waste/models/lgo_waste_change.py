# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoWasteChange(models.Model):
    """What changed at a service point, from which day on; written once.

    A month is billed by what was so on its first day, also when the run comes later.
    """

    _name = "lgo.waste.change"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Change of a Service Point"
    _order = "id desc"

    point_id = fields.Many2one(
        "lgo.waste.point", string="Service point", required=True, index=True, readonly=True,
        ondelete="restrict",
    )  # fmt: skip
    company_id = fields.Many2one(related="point_id.company_id", store=True, index=True)
    field_name = fields.Char(required=True, readonly=True)
    field_label = fields.Char(string="What", compute="_compute_field_label")
    old_value = fields.Char(readonly=True, help="As the programs store it.")
    old_text = fields.Char(string="Before", readonly=True)
    new_text = fields.Char(string="After", readonly=True)
    date_effective = fields.Date(string="From", required=True, readonly=True, index=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True)

    def _append_only_message(self):
        return self.env._("The history of a service point does not change.")

    def _compute_field_label(self):
        labels = self.env["lgo.waste.point"].fields_get(attributes=["string"])
        for change in self:
            label = labels.get(change.field_name, {}).get("string")
            change.field_label = label or change.field_name
