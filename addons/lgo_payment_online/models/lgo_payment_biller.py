# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ipaddress
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import api_client, identity_vault

ADMIN = "lgo_base.group_admin"
#: Field that is typed -> field that holds it sealed.
SECRETS = {"api_key": "api_key_cipher", "api_secret": "api_secret_cipher"}


class LgoPaymentBiller(models.Model):
    """Where the bank reports payments at once, and where they are asked about."""

    _inherit = "lgo.payment.biller"

    hook_protocol = fields.Selection(
        [("scb", "SCB Open API"), ("bbl", "BBL Smart Bill Payment")],
        string="The bank reports payments by",
        help="Empty: payments are known when the bank's file comes.",
    )
    hook_token = fields.Char(groups=ADMIN, copy=False, readonly=True, exportable=False)
    hook_url = fields.Char(string="Address for the bank", compute="_compute_hook_url", groups=ADMIN)
    hook_addresses = fields.Text(
        string="Networks of the bank",
        groups=ADMIN,
        help="One a line, e.g. 203.0.113.0/24. Empty: from everywhere.",
    )
    api_url = fields.Char(
        string="Address of the bank's interface",
        groups=ADMIN,
        help="Reported payments are asked about here before they count as confirmed.",
    )
    api_key = fields.Char(
        string="Application key", compute="_compute_api_secrets", inverse="_inverse_api_secrets",
        exportable=False, groups=ADMIN,
        help="It is stored encrypted and never shown again.",
    )  # fmt: skip
    api_key_cipher = fields.Char(prefetch=False, exportable=False, groups=fields.NO_ACCESS)
    api_secret = fields.Char(
        string="Application secret", compute="_compute_api_secrets",
        inverse="_inverse_api_secrets", exportable=False, groups=ADMIN,
        help="It is stored encrypted and never shown again.",
    )  # fmt: skip
    api_secret_cipher = fields.Char(prefetch=False, exportable=False, groups=fields.NO_ACCESS)

    _hook_uniq = models.UniqueIndex("(hook_token) WHERE hook_token IS NOT NULL")

    @api.depends("hook_token", "hook_protocol")
    def _compute_hook_url(self):
        base = self.get_base_url()
        for biller in self:
            known = biller.hook_protocol and biller.hook_token
            biller.hook_url = (
                f"{base}/lgo/pay/{biller.hook_protocol}/{biller.hook_token}" if known else ""
            )

    def _compute_api_secrets(self):
        """Write-only: what was typed is never read back."""
        for name in SECRETS:
            self[name] = False

    def _inverse_api_secrets(self):
        self.env["res.partner"]._lgo_vault_keys()  # says in plain words when there is none
        for biller in self:
            for name, cipher in SECRETS.items():
                if biller[name]:
                    biller.sudo()[cipher] = identity_vault.lock(biller[name].strip(), cipher)
        self.invalidate_recordset(list(SECRETS), flush=False)

    def _api_secret_text(self, name):
        """The clear secret, ``""`` when there is none or the key of the server was changed."""
        stored = self.sudo()[SECRETS[name]]
        try:
            return identity_vault.unlock(stored, SECRETS[name]) if stored else ""
        except identity_vault.VaultError:
            return ""

    @api.constrains("api_url", "hook_addresses")
    def _check_hook(self):
        for biller in self.sudo():
            if biller.api_url and not api_client.is_address(biller.api_url):
                raise ValidationError(
                    self.env._("The address must begin with https://: %(url)s", url=biller.api_url)
                )
            biller._hook_networks()

    def _hook_networks(self):
        try:
            return [
                ipaddress.ip_network(line.strip())
                for line in (self.sudo().hook_addresses or "").splitlines()
                if line.strip()
            ]
        except ValueError as error:
            raise ValidationError(
                self.env._("“%(text)s” is no network, such as 203.0.113.0/24.", text=error)
            ) from error

    def _hook_allows(self, address):
        """Whether the bank may call from this address."""
        networks = self._hook_networks()
        if not networks:
            return True
        try:
            ip = ipaddress.ip_address(address or "")
        except ValueError:
            return False
        ip = getattr(ip, "ipv4_mapped", None) or ip
        return any(ip.version == network.version and ip in network for network in networks)

    def action_new_hook(self):
        """Give the bank a new address; the old one stops working at once."""
        for biller in self:
            biller.check_access("write")
            if not self.env.user.has_group(ADMIN):
                raise UserError(self.env._("Only the administrator makes addresses for banks."))
            if not biller.hook_protocol:
                raise UserError(self.env._("Choose how the bank reports payments first."))
            biller.sudo().hook_token = secrets.token_urlsafe(32)
        self.env["lgo.audit.log"]._log("payment.biller.hook", self, severity="critical")
        return True
