# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # The id is valid in our own channel only; who knows it can do nothing without its token.
    lgo_line_user = fields.Char(copy=False, exportable=False, groups=fields.NO_ACCESS)

    _lgo_line_user_idx = models.Index("(lgo_line_user) WHERE lgo_line_user IS NOT NULL")

    def _lgo_disconnect_line(self):
        """Forget the LINE account and end the consent."""
        self.ensure_one()
        self.sudo().lgo_line_user = False
        self.env["lgo.consent"].sudo().search(
            [
                ("partner_id", "=", self.id),
                ("purpose_id.code", "=", "line"),
                ("revoked_at", "=", False),
            ]
        )._revoke()
        self.env["lgo.audit.log"]._log("citizen.line.disconnect", self)
