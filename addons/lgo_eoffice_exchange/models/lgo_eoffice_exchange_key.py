# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lgo_base.tools import identity_vault

from ..tools import signing

KEEPERS = "lgo_eoffice.group_saraban,lgo_base.group_admin"
VAULT = "lgo exchange key"


class LgoEofficeExchangeKey(models.Model):
    """The key with which the organisation signs what it sends to other offices.

    Electronic Transactions Act B.E. 2544, s. 26 (a signature that is linked to the signer and
    shows every change). The private half is sealed with the key of the server and never leaves it.
    """

    _name = "lgo.eoffice.exchange.key"
    _inherit = ["lgo.action.only.mixin"]
    _description = "Own Key of the Exchange"
    _order = "id desc"
    _rec_name = "fingerprint"

    _action_only = frozenset({"company_id", "keyid", "public_key", "fingerprint", "state"})

    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, readonly=True, index=True
    )
    keyid = fields.Char(string="Key ID", required=True, readonly=True)
    public_key = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(
        required=True, readonly=True,
        help="Read it out to the other office on the telephone; there it must be the same.",
    )  # fmt: skip
    private_cipher = fields.Char(
        required=True, readonly=True, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )
    state = fields.Selection(
        [("active", "In use"), ("retired", "Retired")],
        required=True,
        default="active",
        readonly=True,
    )
    made_at = fields.Datetime(
        string="Made on", required=True, readonly=True, default=fields.Datetime.now
    )

    _keyid_uniq = models.UniqueIndex("(keyid)", "This key exists already.")
    _active_uniq = models.UniqueIndex(
        "(company_id) WHERE state = 'active'", "The organisation has a key already."
    )

    @api.model
    def _active(self, company):
        """The key in use of an organisation, in sudo, or an empty recordset."""
        return self.sudo().search([("company_id", "=", company.id), ("state", "=", "active")])

    @api.model
    def _make(self, company):
        """Make a key; an older one is retired.

        :raises UserError: the server has no key of its own to seal it with
        """
        self.env["res.partner"]._lgo_vault_keys()
        old = self._active(company)
        if old:
            old.state = "retired"
            old.flush_recordset()
        private, public = signing.make_key()
        key = self.sudo().create(
            {
                "company_id": company.id,
                "keyid": signing.key_id(public),
                "public_key": public,
                "fingerprint": signing.fingerprint(public),
                "private_cipher": identity_vault.lock(private, VAULT),
            }
        )
        self.env["lgo.audit.log"]._log("exchange.key", key, severity="warning")
        return key

    def _private(self):
        """The private key in clear.

        :raises UserError: the key of the server was changed
        """
        self.ensure_one()
        try:
            return identity_vault.unlock(self.sudo().private_cipher, VAULT)
        except identity_vault.VaultError as error:
            raise UserError(
                self.env._("The key of the exchange cannot be opened; make a new one.")
            ) from error

    def action_make(self):
        """Button: make a new key for the organisation that is chosen."""
        if not self.env.user.has_groups(KEEPERS):
            raise AccessError(
                self.env._("The central registrar or an administrator makes the key.")
            )
        key = self._make(self.env.company).with_env(self.env)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": key.id,
            "views": [[False, "form"]],
        }
