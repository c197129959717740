# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoIssuedSignature(models.Model):
    """Who signed an issued document, in which capacity and under which order."""

    _name = "lgo.issued.signature"
    _inherit = ["lgo.append.only.mixin"]
    _description = "Signature on an Issued Document"
    _order = "document_id, sequence, id"

    # created with the document, by the permit of the document
    _append_only_key = "lgo_issue"

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

    def _append_only_message(self):
        return self.env._("Signatures on an issued document never change.")
