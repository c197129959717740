# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.lgo_waste_point_fees import months_from

#: Service points that are looked at together.
BATCH = 2000


class LgoWasteTariffSimulate(models.TransientModel):
    """What a rate table would bring in a month, beside what is in force (before and after)."""

    _name = "lgo.waste.tariff.simulate"
    _description = "Simulate a Rate Table"

    version_id = fields.Many2one("lgo.waste.tariff.version", string="Rate table", required=True)
    company_id = fields.Many2one(related="version_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(
        required=True, default=fields.Date.context_today, help="Any day of the month."
    )
    line_ids = fields.One2many("lgo.waste.tariff.simulate.line", "wizard_id", readonly=True)
    amount_before = fields.Monetary(string="Now", compute="_compute_amounts")
    amount_after = fields.Monetary(string="With this table", compute="_compute_amounts")
    amount_change = fields.Monetary(string="Difference", compute="_compute_amounts")

    @api.depends("line_ids.amount_before", "line_ids.amount_after")
    def _compute_amounts(self):
        for wizard in self:
            wizard.amount_before = sum(wizard.line_ids.mapped("amount_before"))
            wizard.amount_after = sum(wizard.line_ids.mapped("amount_after"))
            wizard.amount_change = wizard.amount_after - wizard.amount_before

    def action_simulate(self):
        """Compute the fees of every served point twice; nothing is billed."""
        self.ensure_one()
        self.version_id.check_access("read")
        if not self.version_id.line_ids:
            raise UserError(self.env._("The rate table has no rates yet."))
        month = months_from(self.month, 1)
        points = self.env["lgo.waste.point"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("active", "terminating")),
                ("tariff_id", "in", self.version_id.line_ids.tariff_id.ids),
            ]
        )
        rows = {}
        for start in range(0, len(points), BATCH):
            part = points[start : start + BATCH]
            for side, version in enumerate((None, self.version_id)):
                for fee in part._month_fees(month, version):
                    row = rows.setdefault(fee.tariff, [0, 0, 0, 0])
                    row[side] += fee.due
                    row[2] += side
                    row[3] += bool(side and fee.error)
        self.line_ids.unlink()
        self.env["lgo.waste.tariff.simulate.line"].create(
            [
                {
                    "wizard_id": self.id,
                    "tariff_id": class_.id,
                    "amount_before": float(before),
                    "amount_after": float(after),
                    "point_count": count,
                    "error_count": errors,
                }
                for class_, (before, after, count, errors) in rows.items()
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Simulation"),
        }


class LgoWasteTariffSimulateLine(models.TransientModel):
    """One class in the simulation."""

    _name = "lgo.waste.tariff.simulate.line"
    _description = "Class in a Simulation"
    _order = "tariff_id, id"

    wizard_id = fields.Many2one(
        "lgo.waste.tariff.simulate", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    tariff_id = fields.Many2one("lgo.waste.tariff", string="Class")
    point_count = fields.Integer(string="Service points")
    amount_before = fields.Monetary(string="Now")
    amount_after = fields.Monetary(string="With this table")
    error_count = fields.Integer(string="Without a rate")
