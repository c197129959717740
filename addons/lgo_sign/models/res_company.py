# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import api_client, identity_vault

from ..tools import tsa
from .lgo_sign_certificate import lock_secret

_logger = logging.getLogger(__name__)
VAULT = "res.company|lgo_tsa"


class ResCompany(models.Model):
    """How the organisation signs; everything is off until it is set."""

    _inherit = "res.company"

    lgo_sign_seal_id = fields.Many2one(
        comodel_name="lgo.sign.certificate",
        string="Electronic seal in use",
        domain="[('owner', '=', 'seal'), ('company_id', '=', id)]",
        help="The certificate with which the organisation seals what it issues.",
    )
    lgo_sign_level = fields.Selection(
        [
            ("b", "B-B: signature only"),
            ("t", "B-T: with a time stamp"),
            ("lt", "B-LT: with time stamp and revocation information"),
            ("lta", "B-LTA: for the archive, with a time stamp over all of it"),
        ],
        string="Level of the signatures",
        required=True,
        default="b",
        help="PAdES level (ETSI EN 319 142-1). From B-T on a time-stamp authority is needed.",
    )
    lgo_tsa_url = fields.Char(
        string="Time-stamp authority",
        help="Address (RFC 3161) of the authority, https. Empty: no time stamps.",
    )
    lgo_tsa_user = fields.Char(string="User name at the authority")
    lgo_tsa_password = fields.Char(
        string="Password at the authority",
        compute="_compute_lgo_tsa_password",
        inverse="_inverse_lgo_tsa_password",
        exportable=False,
        groups="lgo_base.group_admin",
        help="It is stored encrypted and never shown again.",
    )
    lgo_tsa_password_cipher = fields.Char(
        copy=False, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )
    lgo_sign_visible = fields.Boolean(
        string="Signatures are seen on the paper",
        help="Name, capacity and time in the place that the paper keeps free, else in the lower "
        "margin of the last page.",
    )
    lgo_sign_confirm = fields.Boolean(
        string="Ask for the password before every signature",
        help="Also where nobody signs with a certificate: who signs a paper proves again who they "
        "are (Electronic Transactions Act B.E. 2544, s. 9).",
    )

    def _compute_lgo_tsa_password(self):
        """Write-only: what was typed is never read back."""
        self.lgo_tsa_password = False

    def _inverse_lgo_tsa_password(self):
        for company in self.filtered("lgo_tsa_password"):
            company.sudo().lgo_tsa_password_cipher = lock_secret(
                self.env, company.lgo_tsa_password, VAULT
            )
        self.invalidate_recordset(["lgo_tsa_password"], flush=False)

    @api.constrains("lgo_tsa_url")
    def _check_lgo_tsa_url(self):
        for company in self:
            if company.lgo_tsa_url and not api_client.is_address(company.lgo_tsa_url):
                raise ValidationError(
                    self.env._("The time-stamp authority must be an address with https://")
                )

    @api.constrains("lgo_sign_level", "lgo_tsa_url")
    def _check_lgo_sign_level(self):
        for company in self:
            if company.lgo_sign_level != "b" and not company.lgo_tsa_url:
                raise ValidationError(
                    self.env._("From level B-T on the address of a time-stamp authority is needed.")
                )

    @api.constrains("lgo_sign_seal_id")
    def _check_lgo_sign_seal(self):
        for company in self:
            seal = company.lgo_sign_seal_id
            if seal and (seal.owner != "seal" or seal.company_id != company):
                raise ValidationError(
                    self.env._("Choose a certificate that belongs to this organisation.")
                )

    def _lgo_seal(self):
        """The seal in use, in sudo.

        :raises UserError: none is set
        """
        self.ensure_one()
        seal = self.sudo().lgo_sign_seal_id
        if not seal:
            raise UserError(
                self.env._(
                    "This kind of document gets the electronic seal of the organisation, but none "
                    "is set. The administrator sets it under Configuration > Electronic signatures."
                )
            )
        return seal

    def _lgo_timestamper(self):
        """The client of the time-stamp authority, or None when there is none."""
        self.ensure_one()
        company = self.sudo()
        if not company.lgo_tsa_url:
            return None
        password = ""
        if company.lgo_tsa_password_cipher:
            try:
                password = identity_vault.unlock(company.lgo_tsa_password_cipher, VAULT)
            except identity_vault.VaultError as error:
                _logger.warning("the password of the time-stamp authority is lost: %s", error)
        return tsa.client(company.lgo_tsa_url, company.lgo_tsa_user or "", password)

    @api.model
    def _lgo_action_sign(self):
        """Open the settings of the organisation chosen above."""
        view = self.env.ref("lgo_sign.res_company_view_form_sign")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settings of electronic signatures"),
            "res_model": "res.company",
            "res_id": self.env.company.id,
            "views": [(view.id, "form")],
        }
