# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.lgo_base.tools import thai


class LgoPaymentPlanLine(models.Model):
    """One instalment: until when and how much."""

    _name = "lgo.payment.plan.line"
    _description = "Instalment"
    _order = "plan_id, date, id"
    _rec_name = "date"

    plan_id = fields.Many2one("lgo.payment.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date = fields.Date(string="To be paid until", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    state = fields.Selection(
        [("open", "To be paid"), ("paid", "Paid"), ("late", "Overdue")], compute="_compute_state"
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "An instalment is above zero.")

    def _compute_state(self):
        today = thai.local_date(fields.Datetime.now())
        for plan, lines in self.grouped("plan_id").items():
            needed = plan._needed()
            for line in lines:
                if plan.currency_id.compare_amounts(needed.get(line.id, 0.0), plan.paid) <= 0:
                    line.state = "paid"
                else:
                    line.state = "late" if line.date < today else "open"
