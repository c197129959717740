# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

ISSUED = "lgo.issued.document"
DELEGATION = "lgo.delegation"
# What makes up a file; a mail may still mark it as its main attachment, for example.
CONTENT = frozenset(
    {"raw", "datas", "db_datas", "store_fname", "name", "type", "url", "mimetype"}
    | {"res_model", "res_id", "res_field"}
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_issued(self, vals_list=()):
        """Refuse to touch the file of an issued document, for everyone, also in sudo."""
        if self.env[ISSUED]._is_append_only_permitted():
            return
        touched = any(vals.get("res_model") == ISSUED for vals in vals_list)
        if touched or any(attachment.res_model == ISSUED for attachment in self.sudo()):
            raise AccessError(self.env._("The file of an issued document never changes."))

    def _check_order_in_force(self):
        """Refuse to touch the file of an order under which somebody may have signed."""
        files = self.sudo().filtered(lambda file: file.res_model == DELEGATION and file.res_id)
        if not files:
            return
        delegations = self.env[DELEGATION].sudo().browse(files.mapped("res_id")).exists()
        if any(delegation.state != "draft" for delegation in delegations):
            raise AccessError(
                self.env._("The files of a delegation that was in force never change.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_issued(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_issued([vals])
        if CONTENT & vals.keys():
            self._check_order_in_force()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self._check_issued()
        self._check_order_in_force()
