# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError

#: Files that only the system makes and nobody changes.
KEPT = frozenset({"lgo.sign.archive", "lgo.sign.round"})


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_issued(self, vals_list=()):
        """Archive copies, and papers that are being signed, are kept like issued files."""
        super()._check_issued(vals_list)
        if self.env["lgo.issued.document"]._is_append_only_permitted():
            return
        touched = any(vals.get("res_model") in KEPT for vals in vals_list)
        if touched or any(attachment.res_model in KEPT for attachment in self.sudo()):
            raise AccessError(self.env._("The file of a signed document never changes."))
