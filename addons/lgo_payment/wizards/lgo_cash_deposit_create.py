# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoCashDepositCreate(models.TransientModel):
    """The dialog with which finance brings remittances to the bank."""

    _name = "lgo.cash.deposit.create"
    _description = "Bring to the Bank"

    remittance_ids = fields.Many2many("lgo.remittance", string="Remittances", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount")
    biller_id = fields.Many2one(
        "lgo.payment.biller", string="Bank account", required=True,
        default=lambda self: self.env["lgo.payment.biller"]._active(),
    )  # fmt: skip
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="Slip number", required=True)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "lgo.remittance":
            values["remittance_ids"] = [
                fields.Command.set(self.env.context.get("active_ids") or [])
            ]
        return values

    @api.depends("remittance_ids.counted")
    def _compute_amount(self):
        for create in self:
            create.amount = sum(create.remittance_ids.mapped("counted"))

    def action_deposit(self):
        """Book the deposit."""
        self.ensure_one()
        self.env["lgo.cash.deposit"]._deposit(
            self.remittance_ids, self.biller_id, self.name, self.date
        )
        return {"type": "ir.actions.act_window_close"}
