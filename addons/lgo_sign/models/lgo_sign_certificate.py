# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import contextlib
import hashlib
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import identity_vault, thai

from ..tools import grant, key_file, pades, token

_logger = logging.getLogger(__name__)

#: Keys of the office that are open in this process: opening one takes longer than signing.
_open_seals = {}
MAX_OPEN = 8
#: Days before the end of a certificate at which its owner is reminded.
REMIND_DAYS = 30
FACTS = frozenset(
    {
        "subject_name",
        "subject",
        "issuer_name",
        "issuer",
        "serial",
        "fingerprint",
        "valid_from",
        "valid_to",
        "key_kind",
        "certificate_pem",
        "chain_pem",
    }
)
#: What may still be written when the certificate is there.
CHANGEABLE = frozenset({"name", "active"})


def lock_secret(env, plain, context):
    """Seal a secret with the key of the server.

    :raises UserError: the server has no key; nothing is stored
    """
    try:
        return identity_vault.lock(plain, context)
    except identity_vault.VaultError as error:
        _logger.error("secrets cannot be stored: %s", error)
        raise UserError(
            env._(
                "Nothing was stored: the server has no valid key to encrypt it with. Ask the "
                "system administrator to set lgo_secret_key (32 bytes in base64) in the section "
                "[lgo] of the configuration file."
            )
        ) from error


class LgoSignCertificate(models.Model):
    """A key with its certificate: the seal of the organisation, or the signature of a person.

    Electronic Transactions Act B.E. 2544: s. 26 (a signature is reliable when its key belongs to
    the signer alone, was under the control of the signer alone, and later changes can be found),
    s. 28 (certificate of a certification authority). The key file of a person is stored encrypted
    and opens with the passphrase only, which is typed at each signature and stored nowhere. The
    passphrase of the seal is sealed with the key of the server, which is not in the database.
    Keys on a token (PKCS#11) never leave it. A record is one certificate: a new one is a new
    record, and revoking destroys the stored key.
    """

    _name = "lgo.sign.certificate"
    _inherit = ["lgo.action.only.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Certificate for Signing"
    _order = "owner, valid_to desc, id desc"
    _rec_names_search = ["name", "subject_name"]

    _action_only = FACTS | {"revoked_at", "revoke_reason"}

    name = fields.Char(
        required=True,
        default=lambda self: self.env._("Certificate"),
        help="As the list shows it, for example the post or the year.",
    )
    active = fields.Boolean(default=True)
    owner = fields.Selection(
        [("user", "A person"), ("seal", "The organisation (electronic seal)")],
        string="Belongs to",
        required=True,
        default="user",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Signer",
        index=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    storage = fields.Selection(
        [("file", "Key file (.p12, .pfx)"), ("token", "Token or HSM (PKCS#11)")],
        string="The key lies in",
        required=True,
        default="file",
    )
    # -- what is typed once and never read back
    key_file = fields.Binary(
        compute="_compute_secrets",
        inverse="_inverse_secrets",
        exportable=False,
        help="File with the key and the certificate, as the certification authority issued it. "
        "It is stored encrypted and never shown again.",
    )
    passphrase = fields.Char(
        compute="_compute_secrets",
        inverse="_inverse_secrets",
        exportable=False,
        help="For the seal it is stored encrypted; for a person it is used now and forgotten.",
    )
    key_cipher = fields.Text(copy=False, prefetch=False, exportable=False, groups=fields.NO_ACCESS)
    secret_cipher = fields.Char(
        copy=False, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )
    # -- the place on the token
    token_label = fields.Char(help="Label of the token that holds the key.")
    key_label = fields.Char(
        string="Label of the key", help="Label of the certificate and its key on the token."
    )
    # -- what the certificate says
    certificate_pem = fields.Text(string="Certificate", copy=False, readonly=True)
    chain_pem = fields.Text(string="Certificates above it", copy=False, readonly=True)
    subject_name = fields.Char(string="Name in the certificate", copy=False, readonly=True)
    subject = fields.Char(string="Full subject", copy=False, readonly=True)
    issuer_name = fields.Char(string="Certification authority", copy=False, readonly=True)
    issuer = fields.Char(string="Full issuer", copy=False, readonly=True)
    serial = fields.Char(string="Serial number", copy=False, readonly=True)
    fingerprint = fields.Char(string="SHA-256 fingerprint", copy=False, readonly=True)
    valid_from = fields.Datetime(copy=False, readonly=True)
    valid_to = fields.Datetime(string="Valid until", copy=False, readonly=True, index=True)
    key_kind = fields.Char(string="Kind of key", copy=False, readonly=True)
    revoked_at = fields.Datetime(string="Revoked on", copy=False, readonly=True)
    revoke_reason = fields.Char(string="Reason for revoking", copy=False, readonly=True)
    state = fields.Selection(
        [
            ("early", "Not valid yet"),
            ("valid", "Valid"),
            ("expired", "Expired"),
            ("revoked", "Revoked"),
        ],
        compute="_compute_state",
        search="_search_state",
    )

    _fingerprint_uniq = models.UniqueIndex(
        "(company_id, owner, fingerprint) WHERE revoked_at IS NULL",
        "This certificate is recorded already.",
    )

    # ------------------------------------------------------------ state
    @api.depends("valid_from", "valid_to", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for one in self:
            if one.revoked_at:
                one.state = "revoked"
            elif not one.valid_to or one.valid_to < now:
                one.state = "expired"
            else:
                one.state = "early" if one.valid_from > now else "valid"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        held = Domain("revoked_at", "=", False)
        domains = {
            "revoked": Domain("revoked_at", "!=", False),
            "expired": held & Domain("valid_to", "<", now),
            "early": held & Domain("valid_from", ">", now),
            "valid": held & Domain("valid_from", "<=", now) & Domain("valid_to", ">=", now),
        }
        return Domain.OR(domains[name] for name in value if name in domains)

    # ------------------------------------------------------------ recording
    def _compute_secrets(self):
        """Write-only: what was given is never read back."""
        self.key_file = False
        self.passphrase = False

    def _inverse_secrets(self):
        for one in self.filtered("key_file"):
            one._take_file(one.key_file, one.passphrase or "")
        self.invalidate_recordset(["key_file", "passphrase"], flush=False)

    @api.model_create_multi
    def create(self, vals_list):
        """A record is complete from the beginning: without a certificate there is nothing."""
        for vals in vals_list:
            if vals.get("owner") == "seal":
                vals["user_id"] = False
        found = super().create(vals_list)
        for one in found:
            if one.storage == "token" and not one.fingerprint:
                one._take_token()
            if not one.fingerprint:
                raise UserError(self.env._("Choose the key file (.p12 or .pfx)."))
        self.env["lgo.audit.log"]._log("certificate.record", found)
        return found

    def write(self, vals):
        # what signed must stay what it was
        frozen = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if frozen - CHANGEABLE and not self.env.su and any(one.fingerprint for one in self):
            raise UserError(
                self.env._("A certificate is not changed: revoke it and record the new one.")
            )
        return super().write(vals)

    @api.constrains("owner", "user_id")
    def _check_owner(self):
        for one in self:
            if (one.owner == "user") != bool(one.user_id):
                raise ValidationError(self.env._("Say whose certificate it is."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.env["lgo.sign.signature"].sudo().search_count([("certificate_id", "in", self.ids)]):
            raise UserError(
                self.env._("Something was signed with this certificate. Revoke it instead.")
            )

    def _vault_context(self):
        """What the key of the server binds a sealed text to."""
        return f"{self._name}|{self.id}"

    def _lock(self, plain):
        return lock_secret(self.env, plain, self._vault_context())

    def _unlock(self, sealed):
        try:
            return identity_vault.unlock(sealed, self._vault_context())
        except identity_vault.VaultError as error:
            _logger.warning("the key of certificate %s cannot be opened: %s", self.id, error)
            raise UserError(
                self.env._(
                    "The key of “%(name)s” cannot be opened on this server. Record the "
                    "certificate anew.",
                    name=self.name,
                )
            ) from error

    def _take_file(self, encoded, passphrase):
        """Check a key file, read its certificate and store it encrypted.

        :raises UserError: says what is wrong; nothing is stored
        """
        self.ensure_one()
        if self.fingerprint:
            raise UserError(
                self.env._("A certificate is not changed: revoke it and record the new one.")
            )
        try:
            content = base64.b64decode(encoded, validate=False)
        except (binascii.Error, ValueError, TypeError):
            content = b""
        if len(content) > key_file.MAX_BYTES:
            content = b""
        pair = self._open_file(content, passphrase)
        self._take_certificate(pair.certificate, pair.chain)
        secrets = {"key_cipher": self._lock(base64.b64encode(content).decode())}
        if self.owner == "seal":
            secrets["secret_cipher"] = self._lock(passphrase)
        self.sudo().write(secrets)

    def _take_token(self):
        """Read the certificate from the token; the key stays there."""
        self.ensure_one()
        try:
            certificate, chain = token.certificate(self.token_label, self.key_label)
        except token.TokenError as error:
            raise self._token_error(error) from error
        self._take_certificate(certificate, chain)

    def _take_certificate(self, certificate, chain):
        """Judge a certificate and write down what it says.

        :raises UserError: it cannot sign documents
        """
        problem = key_file.problem(certificate)
        if problem:
            texts = {
                "ca": self.env._("This is the certificate of an authority, not of a signer."),
                "usage": self.env._(
                    "This certificate is not made for signing (key usage). Ask the certification "
                    "authority for one for signing documents."
                ),
                "weak": self.env._("The key is too short: RSA needs 2048 bits at least."),
                "kind": self.env._("This kind of key cannot sign; use RSA or EC."),
            }
            raise UserError(texts[problem])
        values = key_file.facts(certificate)
        if values["valid_to"] < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The certificate expired on %(day)s. Ask the certification authority for a "
                    "new one.",
                    day=thai.format_date(thai.local_date(values["valid_to"]), digits="arabic"),
                )
            )
        values["certificate_pem"] = key_file.to_pem([certificate])
        values["chain_pem"] = key_file.to_pem(chain)
        self.sudo().write(values)

    def _open_file(self, content, passphrase):
        """
        :return: ``KeyPair`` of ``tools.key_file``
        :raises UserError: wrong passphrase, or no key file
        """
        try:
            return key_file.open_pkcs12(content, passphrase)
        except key_file.KeyFileError as error:
            texts = {
                "broken": self.env._("This is no key file (.p12 or .pfx)."),
                "passphrase": self.env._("The passphrase of the key file is wrong."),
                "no_key": self.env._("The file holds no key with its certificate."),
                "legacy": self.env._(
                    "The key file is encrypted in an old way. Export it again with AES."
                ),
            }
            raise UserError(texts[error.code]) from error

    def _token_error(self, error):
        texts = {
            "off": self.env._(
                "The server knows no token: the administrator sets lgo_pkcs11_module in the "
                "section [lgo] of the configuration file."
            ),
            "pin": self.env._("The PIN of the token is wrong."),
            "locked": self.env._("The token is locked after too many wrong PINs."),
            "absent": self.env._("The token or the key on it was not found. Check the labels."),
        }
        return UserError(
            texts.get(error.code) or self.env._("The token does not work: %(why)s", why=error)
        )

    # ------------------------------------------------------------ use
    @api.model
    def _mine(self, user=None, company=None):
        """The valid certificate of a person that lasts longest, in sudo; may be empty."""
        user, company = user or self.env.user, company or self.env.company
        return self.sudo().search(
            [
                ("owner", "=", "user"),
                ("user_id", "=", user.id),
                ("company_id", "=", company.id),
                ("state", "in", ["valid"]),
            ],
            order="valid_to desc, id desc",
            limit=1,
        )

    def _check_usable(self):
        """
        :raises UserError: not valid now; says since when and what to do
        """
        self.ensure_one()
        if self.state == "valid" and self.active:
            return
        day = self.valid_from if self.state == "early" else self.valid_to
        texts = {
            "early": self.env._("is valid from %(day)s on only", day=self._day(day)),
            "expired": self.env._("expired on %(day)s", day=self._day(day)),
            "revoked": self.env._("was revoked"),
            "valid": self.env._("is archived"),
        }
        raise UserError(
            self.env._(
                "Nothing was signed and no number was taken: the certificate “%(name)s” "
                "%(why)s. Record a valid certificate under Documents > Electronic signatures.",
                name=self.name,
                why=texts[self.state],
            )
        )

    def _day(self, moment):
        return thai.format_date(thai.local_date(moment), digits="arabic") if moment else "-"

    @contextlib.contextmanager
    def _signer(self):
        """Open the key for as long as the block lasts.

        A person's key opens with what its owner typed in this very request (``tools.grant``).

        :return: a signer of pyHanko
        :raises AccessError: the key of somebody else
        :raises UserError: not valid, wrong passphrase or PIN
        """
        self.ensure_one()
        one = self.sudo()
        one._check_usable()
        secret = ""
        if one.owner == "user":
            given = grant.granted(self.env)
            if one.user_id.id != self.env.uid or given is None:
                raise AccessError(self.env._("Only its owner signs with this certificate."))
            secret = given.secret
        if one.storage == "token":
            pin = secret if one.owner == "user" else token.unattended_pin()
            pair = key_file.from_pem(one.certificate_pem)[0], key_file.from_pem(one.chain_pem)
            try:
                with token.signer(one.token_label, one.key_label, pin, pair) as found:
                    yield found
            except token.TokenError as error:
                raise self._token_error(error) from error
            return
        if one.owner == "user":
            content = base64.b64decode(one._unlock(one.key_cipher))
            yield pades.KeySigner(one._open_file(content, secret))
            return
        yield one._seal_signer()

    def _seal_signer(self):
        """The seal, opened once in each process."""
        cipher = f"{self.key_cipher}|{self.secret_cipher}"
        key = (self.env.cr.dbname, self.id, hashlib.sha256(cipher.encode()).digest())
        if key not in _open_seals:
            content = base64.b64decode(self._unlock(self.key_cipher))
            pair = self._open_file(content, self._unlock(self.secret_cipher))
            if len(_open_seals) >= MAX_OPEN:
                _open_seals.clear()
            _open_seals[key] = pades.KeySigner(pair)
        return _open_seals[key]

    # ------------------------------------------------------------ life
    def _revoke(self, reason):
        """End a certificate now and destroy its stored key; what it signed stays.

        :raises AccessError: neither the owner nor, for the seal, an administrator
        :raises UserError: no reason
        """
        self.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason for revoking the certificate."))
        left = self.filtered(lambda one: not one.revoked_at)
        left.sudo().write(
            {
                "revoked_at": fields.Datetime.now(),
                "revoke_reason": reason,
                "key_cipher": False,
                "secret_cipher": False,
            }
        )
        left.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self.env["lgo.audit.log"]._log(
            "certificate.revoke", left, detail={"reason": reason}, severity="warning"
        )

    def action_revoke(self):
        """Ask for the reason and revoke."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_sign.lgo_sign_revoke_action")
        action["context"] = {"default_certificate_id": self.id}
        return action

    @api.model
    def _cron_remind(self):
        """Put a task before the owner of each certificate that ends soon."""
        now = fields.Datetime.now()
        ending = self.search(
            [
                ("revoked_at", "=", False),
                ("valid_to", ">=", now),
                ("valid_to", "<=", now + timedelta(days=REMIND_DAYS)),
                ("activity_ids", "=", False),
            ]
        )
        for one in ending:
            user = one.user_id or one.create_uid
            if user.active:
                one.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=thai.local_date(one.valid_to),
                    user_id=user.id,
                    summary=self.env._("The certificate ends: ask for a new one"),
                )
