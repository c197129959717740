# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoWasteExemption(models.Model):
    """A service point pays less or nothing by decision: a temple, a school, a family in need.

    The months are recorded all the same, with the reason (dossier section 1.6).
    """

    _name = "lgo.waste.exemption"
    _inherit = "lgo.waste.decision.mixin"
    _description = "Exemption from the Waste Fee"
    _decided_fields = frozenset({"point_id", "date_from", "reason", "percent", "basis_id"})

    reason = fields.Char(required=True, tracking=True)
    basis_id = fields.Many2one("lgo.waste.legal.basis", string="Legal basis", check_company=True)
    percent = fields.Float(
        string="Percent exempt", digits=(5, 2), required=True, default=100, tracking=True
    )

    _percent = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)",
        "The exemption is above 0 and at most 100 percent.",
    )

    @api.constrains("date_from", "date_to", "point_id", "state")
    def _check_overlap(self):
        for exemption in self.filtered(lambda one: one.state != "rejected"):
            if self.search_count(
                [
                    ("id", "!=", exemption.id),
                    ("point_id", "=", exemption.point_id.id),
                    ("state", "!=", "rejected"),
                    ("date_from", "<=", exemption.date_to or fields.Date.to_date("9999-12-31")),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", exemption.date_from),
                ],
                limit=1,
            ):
                raise ValidationError(
                    self.env._("The service point has an exemption on these days already.")
                )
