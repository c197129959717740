# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class LgoCaseMixin(models.AbstractModel):
    _inherit = "lgo.case.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        """Tie a case that was opened from the counter panel to its ticket."""
        cases = super().create(vals_list)
        ticket_id = self.env.context.get("lgo_queue_ticket_id")
        if ticket_id and len(cases) == 1:
            self.env["lgo.oss.ticket"]._link_case(ticket_id, cases)
        return cases

    def _drop_ties(self):  # pylint: disable=missing-return
        """No ticket says who came to the counter with a case that is kept apart."""
        super()._drop_ties()
        tickets = self.env["lgo.oss.ticket"].sudo()
        tickets.search([("res_model", "=", self._name), ("res_id", "in", self.ids)]).write(
            {"res_model": False, "res_id": False}
        )

    def _forget_messages(self):
        """The visit to the counter no longer says who came."""
        count = super()._forget_messages()
        tickets = self.env["lgo.oss.ticket"].sudo()
        tickets.search([("res_model", "=", self._name), ("res_id", "=", self.id)]).write(
            {"partner_id": False}
        )
        return count
