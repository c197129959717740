# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .lgo_issued_document import ISSUE_SENTINEL


class LgoIssuedSignature(models.Model):
    """Who signed an issued document, in which capacity and under which order."""

    _name = "lgo.issued.signature"
    _description = "Signature on an Issued Document"
    _order = "document_id, sequence, id"

    document_id = fields.Many2one(
        "lgo.issued.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    name = fields.Char(string="Name as printed", required=True, readonly=True)
    capacity = fields.Text(
        readonly=True, help="The lines under the name, such as acting for another post."
    )
    order_no = fields.Char(string="Order", readonly=True)
    signed_at = fields.Datetime(string="Signed on", required=True, readonly=True)

    def _check_sentinel(self):
        if self.env.context.get("lgo_issue") is not ISSUE_SENTINEL:
            raise AccessError(self.env._("Signatures on an issued document never change."))

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sentinel()
        return super().create(vals_list)

    def write(self, vals):
        self._check_sentinel()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("Signatures on an issued document never change."))
