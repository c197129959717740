# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoWasteIncentive(models.Model):
    """A programme that makes the fee smaller for who takes part, e.g. sorts the waste at home.

    Modelled on the practice of Bangkok (dossier section 1.5): enrolment with evidence, random
    inspections, and the discount is lost for some months by who fails one.
    """

    _name = "lgo.waste.incentive"
    _inherit = ["mail.thread"]
    _description = "Incentive Programme"
    _order = "sequence, id"

    name = fields.Char(required=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("alt_rate", "Other rates"),
            ("percent", "Percent off"),
            ("fixed", "A sum off each month"),
            ("free_months", "Free months"),
            ("waive", "No fee"),
        ],
        required=True,
        default="alt_rate",
        tracking=True,
    )
    percent = fields.Float(digits=(5, 2), tracking=True)
    amount = fields.Monetary(string="Off each month", tracking=True)
    free_months = fields.Integer(
        default=1, help="The last so many months of each period since the enrolment are free."
    )
    every_months = fields.Integer(string="Of how many months", default=12)
    collect_rate = fields.Monetary(string="Rate of collection", tracking=True)
    dispose_rate = fields.Monetary(string="Rate of disposal", tracking=True)
    tariff_ids = fields.Many2many(
        "lgo.waste.tariff", string="For classes", help="Empty: for all classes."
    )
    basis_id = fields.Many2one("lgo.waste.legal.basis", string="Legal basis", check_company=True)
    date_from = fields.Date(required=True, tracking=True)
    date_to = fields.Date(tracking=True)
    evidence = fields.Text(string="Evidence asked for")
    penalty_months = fields.Integer(
        default=6, help="The discount is lost for so many months by who fails an inspection."
    )

    _values = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100 AND amount >= 0 AND collect_rate >= 0"
        " AND dispose_rate >= 0 AND free_months >= 0 AND every_months >= 1"
        " AND free_months <= every_months AND penalty_months >= 0)",
        "A percentage is from 0 to 100, amounts and months are not negative, and there are no "
        "more free months than months.",
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for incentive in self:
            if incentive.date_to and incentive.date_to < incentive.date_from:
                raise ValidationError(self.env._("The last day comes before the first."))
