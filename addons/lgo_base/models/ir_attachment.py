# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

ISSUED = "lgo.issued.document"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_issued(self, vals_list=()):
        """Refuse to touch the file of an issued document, for everyone, also in sudo."""
        if self.env[ISSUED]._is_append_only_permitted():
            return
        touched = any(vals.get("res_model") == ISSUED for vals in vals_list)
        if touched or any(attachment.res_model == ISSUED for attachment in self.sudo()):
            raise AccessError(self.env._("The file of an issued document never changes."))

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_issued(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_issued([vals])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self._check_issued()
