# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError, UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_lgo_prove_at_counter(self):
        """The officer has compared face, card and number: the account counts as proven."""
        self.ensure_one()
        if not self.env.user.has_group("lgo_base.group_clerk"):
            raise AccessError(self.env._("Only the service centre confirms an identity."))
        self.check_access("write")
        if not self.sudo().lgo_identity_hash:
            raise UserError(self.env._("Enter the ID number from the card first."))
        self.env["lgo.identity.proof"]._record(self, "counter", provider=self.env.user.name)
        self.env["lgo.audit.log"]._log("citizen.prove", self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The identity is confirmed."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
