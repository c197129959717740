# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Notes and coins in circulation, in baht (Bank of Thailand; Treasury Department).
DENOMINATIONS = ("1000", "500", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.25")


class LgoCashCount(models.Model):
    """How many notes or coins of a denomination lie in the till."""

    _name = "lgo.cash.count"
    _description = "Counted Notes and Coins"
    _order = "session_id, value desc"

    session_id = fields.Many2one("lgo.cash.session", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="session_id.currency_id")
    value = fields.Monetary(string="Denomination", required=True)
    quantity = fields.Integer(aggregator=None)
    amount = fields.Monetary(compute="_compute_amount", store=True)

    _value_uniq = models.UniqueIndex("(session_id, value)", "This denomination is there already.")

    @api.model
    def _blank(self):
        """Return the commands of an empty count."""
        return [fields.Command.create({"value": float(value)}) for value in DENOMINATIONS]

    @api.depends("value", "quantity")
    def _compute_amount(self):
        for count in self:
            count.amount = count.value * count.quantity

    @api.constrains("quantity", "value")
    def _check_quantity(self):
        for count in self:
            if not 0 <= count.quantity <= 100_000 or count.value <= 0:
                raise ValidationError(self.env._("Write how many notes or coins, from 0 on."))

    def write(self, vals):
        if any(count.session_id.state != "open" for count in self):
            raise UserError(self.env._("The till is closed: its count stays as it was."))
        return super().write(vals)
