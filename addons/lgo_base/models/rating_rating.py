# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError


class RatingRating(models.Model):
    """A rating of a case comes from its citizen.

    Odoo lets each internal user make and change ratings of any record; an officer could praise
    the own work or read the token with which a citizen rates.
    """

    _inherit = "rating.rating"

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._check_from_citizen()
        return ratings

    def write(self, vals):
        self._check_from_citizen()
        result = super().write(vals)
        self._check_from_citizen()
        return result

    def _check_from_citizen(self):
        """Refuse that somebody writes the rating of a case by hand."""
        if self.env.su:
            return
        case_models = {model._name for model in self.env["lgo.case.register"]._case_models()}
        if any(rating.res_model in case_models for rating in self.sudo()):
            raise AccessError(self.env._("Only the citizen rates a case."))
