# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

SEAL_MODES = ("seal", "signer_and_seal")
SIGNER_MODES = ("signer", "signer_and_seal")


class LgoDocumentKind(models.Model):
    """Which certificates sign a kind of document."""

    _inherit = "lgo.document.kind"

    sign_mode = fields.Selection(
        [
            ("none", "Name, time and QR code only"),
            ("seal", "Electronic seal of the organisation"),
            ("signer", "Certificate of the signer"),
            ("signer_and_seal", "Seal of the organisation and certificate of the signer"),
        ],
        string="Electronic signature",
        required=True,
        default="none",
        help="Electronic Transactions Act B.E. 2544: a name with time and intent is a signature "
        "(s. 9); one by a key with a certificate is presumed reliable (ss. 26 and 28). Papers that "
        "the system issues by itself have no signer: choose none or the seal.",
    )

    @api.constrains("sign_mode", "signer")
    def _check_sign_mode(self):
        for kind in self:
            if kind.sign_mode in SIGNER_MODES and kind.signer == "none":
                raise ValidationError(
                    self.env._(
                        "Nobody signs “%(name)s”: choose who signs it before you ask for the "
                        "certificate of the signer.",
                        name=kind.name,
                    )
                )
