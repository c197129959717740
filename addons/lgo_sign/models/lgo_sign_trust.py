# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import key_file

MAX_BYTES = 1024 * 1024


class LgoSignTrust(models.Model):
    """A certification authority that the organisation trusts when it judges signatures.

    Electronic Transactions Act B.E. 2544, s. 28: who relies on a certificate looks at who issued
    it. Nothing is trusted by itself: not the list of the operating system, and not what a file
    brings along. An administrator uploads the certificate of the authority (for example the
    national root) after comparing its fingerprint with the published one.
    """

    _name = "lgo.sign.trust"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Trusted Certification Authority"
    _order = "name, id"

    _action_only = frozenset(
        {"subject", "issuer_name", "fingerprint", "valid_from", "valid_to", "certificate_pem"}
    )

    name = fields.Char(help="Empty: the name in the certificate.")
    active = fields.Boolean(string="Trusted", default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    file = fields.Binary(
        string="Certificate file",
        compute="_compute_file",
        inverse="_inverse_file",
        exportable=False,
        help="The certificate of the authority (.cer, .crt, .pem).",
    )
    certificate_pem = fields.Text(string="Certificate", copy=False, readonly=True)
    subject = fields.Char(string="Full subject", copy=False, readonly=True)
    issuer_name = fields.Char(string="Issued by", copy=False, readonly=True)
    fingerprint = fields.Char(
        string="SHA-256 fingerprint",
        copy=False,
        readonly=True,
        help="Compare it with the one that the authority publishes before you trust it.",
    )
    valid_from = fields.Datetime(copy=False, readonly=True)
    valid_to = fields.Datetime(string="Valid until", copy=False, readonly=True)

    _fingerprint_uniq = models.UniqueIndex(
        "(company_id, fingerprint)", "This authority is recorded already."
    )

    def _compute_file(self):
        self.file = False

    def _inverse_file(self):
        for one in self.filtered("file"):
            one._take_file(one.file)
        self.invalidate_recordset(["file"], flush=False)

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        for one in found:
            if not one.fingerprint:
                raise UserError(self.env._("Choose the certificate of the authority."))
        self.env["lgo.audit.log"]._log("trust.record", found, severity="warning")
        return found

    def write(self, vals):
        if "active" in vals:
            self.env["lgo.audit.log"]._log(
                "trust.change", self, detail={"active": bool(vals["active"])}, severity="warning"
            )
        return super().write(vals)

    def _take_file(self, encoded):
        """Read the first certificate of a file.

        :raises UserError: no certificate of an authority
        """
        self.ensure_one()
        if self.fingerprint:
            raise UserError(self.env._("Record another authority instead of changing this one."))
        try:
            content = base64.b64decode(encoded, validate=False)[:MAX_BYTES]
            certificate = key_file.read_certificates(content)[0]
            is_authority = key_file.problem(certificate) == "ca"
        except (binascii.Error, ValueError, TypeError, key_file.KeyFileError) as error:
            raise UserError(self.env._("This is no certificate (.cer, .crt or .pem).")) from error
        if not is_authority:
            raise UserError(self.env._("This is the certificate of a signer, not of an authority."))
        known = key_file.facts(certificate)
        values = {name: known[name] for name in self._action_only & known.keys()}
        values["certificate_pem"] = key_file.to_pem([certificate])
        if not self.name:
            values["name"] = known["subject_name"]
        self.sudo().write(values)

    @api.model
    def _roots(self, company=None):
        """Trusted certificates of an organisation, as ``cryptography`` certificates."""
        company = company or self.env.company
        found = self.sudo().search([("company_id", "=", company.id)])
        return [one for text in found.mapped("certificate_pem") for one in key_file.from_pem(text)]
