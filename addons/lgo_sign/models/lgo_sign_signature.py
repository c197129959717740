# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class LgoSignSignature(models.Model):
    """What was written down when a document was signed with a certificate.

    The proof is the signature in the file; this row says the same for lists, for the public page
    and for who has no program to read it.
    """

    _name = "lgo.sign.signature"
    _inherit = ["lgo.append.only.mixin", "lgo.sign.paper.mixin"]
    _description = "Electronic Signature"
    _order = "document_id, sequence, id"
    _rec_name = "signer_name"

    # created with the document, by the permit of the document
    _append_only_key = "lgo_issue"

    document_id = fields.Many2one(
        "lgo.issued.document", required=True, readonly=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(readonly=True)
    role = fields.Selection(
        [("seal", "Seal of the organisation"), ("signer", "Signer")], required=True, readonly=True
    )
    certificate_id = fields.Many2one(
        "lgo.sign.certificate", readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="Account", readonly=True, index=True)
    field_name = fields.Char(string="Field in the file", readonly=True)
    signer_name = fields.Char(string="Name in the certificate", required=True, readonly=True)
    issuer_name = fields.Char(string="Certification authority", readonly=True)
    serial = fields.Char(string="Serial number", readonly=True)
    fingerprint = fields.Char(string="SHA-256 of the certificate", required=True, readonly=True)
    signed_at = fields.Datetime(string="Signed on", required=True, readonly=True)
    stamped_at = fields.Datetime(string="Time stamp", readonly=True)
    level = fields.Selection(
        [("b", "B-B"), ("t", "B-T"), ("lt", "B-LT"), ("lta", "B-LTA")],
        required=True,
        readonly=True,
    )
    wanted_level = fields.Selection(
        [("b", "B-B"), ("t", "B-T"), ("lt", "B-LT"), ("lta", "B-LTA")],
        required=True,
        readonly=True,
    )
    is_short = fields.Boolean(
        string="Level not reached",
        readonly=True,
        help="The time-stamp authority or the information on revocation was not to be had. An "
        "archive copy with it is made later; the issued file stays as it is.",
    )

    _short_idx = models.Index("(document_id) WHERE is_short IS TRUE")

    def _append_only_message(self):
        return self.env._("Signatures on an issued document never change.")
