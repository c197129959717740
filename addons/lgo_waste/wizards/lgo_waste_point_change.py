# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoWastePointChange(models.TransientModel):
    """Change what the fee of service points depends on, from a day on."""

    _name = "lgo.waste.point.change"
    _description = "Change a Service Point"

    point_ids = fields.Many2many(
        "lgo.waste.point", string="Service points", required=True, readonly=True
    )
    date_effective = fields.Date(
        string="From", required=True, default=lambda self: self._default_date_effective()
    )
    reason = fields.Char(required=True)
    change_class = fields.Boolean(string="Other class")
    tariff_id = fields.Many2one("lgo.waste.tariff", string="Class")
    change_volume = fields.Boolean(string="Other quantity")
    volume = fields.Float(string="Quantity", digits=(12, 3))
    change_units = fields.Boolean(string="Other number of rooms or households")
    unit_count = fields.Integer(string="Rooms or households", default=1)

    @api.model
    def _default_date_effective(self):
        first = fields.Date.start_of(fields.Date.context_today(self), "month")
        return fields.Date.add(first, months=1)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        ids = self.env.context.get("active_ids") or []
        points = self.env["lgo.waste.point"].browse(ids).exists()
        values["point_ids"] = [fields.Command.set(points.ids)]
        if len(points) == 1:
            values |= {
                "tariff_id": points.tariff_id.id,
                "volume": points.volume,
                "unit_count": points.unit_count,
            }
        return values

    def action_apply(self):
        """Write the change with its day into the history of each service point."""
        self.ensure_one()
        values = {}
        if self.change_class:
            values["tariff_id"] = self.tariff_id.id
        if self.change_volume:
            values["volume"] = self.volume
        if self.change_units:
            values["unit_count"] = self.unit_count
        if not values or (self.change_class and not self.tariff_id):
            raise UserError(self.env._("Tick what changes and enter the new value."))
        self.point_ids._change(values, self.date_effective, self.reason)
        return {"type": "ir.actions.act_window_close"}
