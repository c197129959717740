# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoWasteLegalBasis(models.Model):
    """What allows or limits a rate: an act, a ministerial regulation, an ordinance.

    Two laws compete for the waste fee, and the Cabinet has suspended rates of one for a year
    (17 พ.ย. 2568 - 16 พ.ย. 2569): hence dates, never constants (dossier section 1.1).
    """

    _name = "lgo.waste.legal.basis"
    _inherit = ["mail.thread"]
    _description = "Legal Basis of the Waste Fee"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [
            ("act", "Act"),
            ("regulation", "Ministerial regulation"),
            ("ordinance", "Ordinance of the organisation"),
            ("notification", "Notification"),
        ],
        required=True,
        default="ordinance",
    )
    gazette_date = fields.Date(string="Published in the Royal Gazette")
    date_from = fields.Date(string="In force from", tracking=True)
    date_to = fields.Date(string="In force until", tracking=True)
    suspended_from = fields.Date(
        tracking=True, help="Between these days its floors and ceilings do not bind."
    )
    suspended_to = fields.Date(string="Suspended until", tracking=True)
    suspension_reason = fields.Char(help="For example the decision of the Cabinet.")
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    limit_ids = fields.One2many("lgo.waste.fee.limit", "basis_id", string="Floors and ceilings")
    active = fields.Boolean(default=True)

    @api.constrains("date_from", "date_to", "suspended_from", "suspended_to")
    def _check_dates(self):
        for basis in self:
            for first, last in (
                (basis.date_from, basis.date_to),
                (basis.suspended_from, basis.suspended_to),
            ):
                if first and last and last < first:
                    raise ValidationError(self.env._("The last day comes before the first."))

    def _is_suspended(self, date):
        """True when its limits do not bind on ``date``."""
        self.ensure_one()
        return bool(
            self.suspended_from
            and self.suspended_from <= date
            and (not self.suspended_to or date <= self.suspended_to)
        )
