# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: What a text may name; filled by ``lgo.payment.dunning._values``.
PLACEHOLDERS = ("org", "place", "from", "to", "count", "amount", "words", "days", "until")


class LgoPaymentDunningStep(models.Model):
    """A step of the ladder of letters about arrears: when it comes and what it says.

    How many letters, after how many days and with which words is decided by each organisation
    (dossier section 1.6; no law that we know of fixes it), hence data. No text threatens with a
    penalty that no ordinance has.
    """

    _name = "lgo.payment.dunning.step"
    _description = "Step of Letters about Arrears"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for every organisation that has none of its own."
    )
    overdue_days = fields.Integer(
        string="Days overdue",
        required=True,
        default=30,
        help="The letter comes when the oldest bill is overdue by so many days.",
    )
    pay_days = fields.Integer(
        string="Days to pay",
        required=True,
        default=15,
        help="From the day of the letter; the next step never comes before.",
    )
    delivery = fields.Selection(
        [("ordinary", "By hand or ordinary post"), ("registered", "Post with proof of delivery")],
        required=True,
        default="ordinary",
    )
    subject = fields.Char(required=True)
    text = fields.Text(
        required=True,
        help="Paragraphs, each on a line. Known: {org} {place} {from} {to} {count} {amount} "
        "{words} {days} {until}.",
    )

    _days_positive = models.Constraint(
        "CHECK (overdue_days BETWEEN 1 AND 3650 AND pay_days BETWEEN 1 AND 365)",
        "The days overdue are from 1 to 3,650, the days to pay from 1 to 365.",
    )

    @api.constrains("text")
    def _check_text(self):
        for step in self:
            found = PLACEHOLDER.findall(step.text)
            unknown = [name for name in found if name not in PLACEHOLDERS]
            rest = PLACEHOLDER.sub("", step.text)
            if unknown or "{" in rest or "}" in rest:
                raise ValidationError(
                    self.env._(
                        "The text has a placeholder that does not exist. Use {names}.",
                    ).replace("{names}", " ".join(f"{{{name}}}" for name in PLACEHOLDERS))
                )

    @api.model
    def _ladder(self, company):
        """The steps of an organisation in their order: its own, else the common ones."""
        own = self.sudo().search([("company_id", "=", company.id)])
        return own or self.sudo().search([("company_id", "=", False)])
