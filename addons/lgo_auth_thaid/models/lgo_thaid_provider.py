# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import logging
import secrets
from urllib.parse import quote, urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import api_client, identity_vault

from ..tools import claims as claim_tools
from ..tools import oidc

_logger = logging.getLogger(__name__)

ADDRESSES = (
    "discovery_url",
    "auth_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_url",
)
DEFAULT_NAMES = "\n".join(
    f"{name}={name}"
    for name in (
        [
            "pid",
            "title",
            "given_name",
            "middle_name",
            "family_name",
            "birthdate",
            "gender",
            "address",
            "ial",
        ]
    )
)
ADMIN = "lgo_base.group_admin"


class LgoThaidProvider(models.Model):
    """Where and how citizens are sent to prove who they are.

    Not ``auth.oauth.provider``: core signs in whoever brings an access token to it, also one that
    was issued to another site (RFC 6749 s.10.16), and knows neither PKCE nor nonce. Addresses,
    scopes and names of claims are what the Department of Provincial Administration tells each
    office; the values filled in are those seen in other applications.
    """

    _name = "lgo.thaid.provider"
    _description = "ThaID Provider"
    _order = "sequence, id"

    name = fields.Char(required=True, default="ThaID")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(
        string="In use", default=False, help="Citizens see the button when this is on."
    )
    client_id = fields.Char(string="Client ID", help="From the Department (กรมการปกครอง).")
    client_secret = fields.Char(
        compute="_compute_client_secret",
        inverse="_inverse_client_secret",
        exportable=False,
        groups=ADMIN,
        help="It is stored encrypted and never shown again.",
    )
    client_secret_cipher = fields.Char(
        copy=False, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )
    has_secret = fields.Boolean(
        string="Secret stored", compute="_compute_has_secret", compute_sudo=True
    )
    redirect_uri = fields.Char(
        string="Address to register",
        compute="_compute_redirect_uri",
        help="Give this redirect URI to the Department when you register.",
    )
    discovery_url = fields.Char(
        string="Discovery document", help="Optional; it fills the addresses that are empty."
    )
    auth_endpoint = fields.Char(
        string="Authorisation address",
        default="https://imauth.bora.dopa.go.th/api/v2/oauth2/auth/",
    )
    token_endpoint = fields.Char(
        string="Token address", default="https://imauth.bora.dopa.go.th/api/v2/oauth2/token/"
    )
    userinfo_endpoint = fields.Char(string="Userinfo address")
    jwks_url = fields.Char(string="Key set (JWKS)", help="Keys that sign the ID tokens.")
    issuer = fields.Char(help="Exactly as in the ID token (iss).")
    audience = fields.Char(help="Empty: the client ID.")
    algorithms = fields.Char(string="Signature algorithms", required=True, default="RS256 ES256")
    leeway = fields.Integer(string="Clock difference (seconds)", required=True, default=60)
    scope = fields.Char(
        required=True,
        default="openid pid title given_name family_name birthdate",
        help="Ask only for what the services need (PDPA B.E. 2562, s. 22).",
    )
    use_pkce = fields.Boolean(string="PKCE", default=True)
    require_id_token = fields.Boolean(
        string="ID token needed",
        default=True,
        help="Switch off only when the Department tells you that no signed ID token is issued; "
        "then the answers of the token and userinfo addresses are believed.",
    )
    claim_names = fields.Text(
        string="Names of the claims",
        required=True,
        default=DEFAULT_NAMES,
        help="One a line: our name = name of the claim.",
    )
    min_ial = fields.Char(
        string="Least level (IAL)", help="Such as 2.3; a lower level is refused. Empty: any."
    )
    extra_header = fields.Char(
        string="More header", help="Name of a header that the token address needs, if any."
    )
    extra_header_value = fields.Char(
        string="Its value",
        compute="_compute_client_secret",
        inverse="_inverse_extra_header_value",
        exportable=False,
        groups=ADMIN,
    )
    extra_header_cipher = fields.Char(
        copy=False, prefetch=False, exportable=False, groups=fields.NO_ACCESS
    )

    _one_in_use = models.UniqueIndex(
        "(company_id) WHERE active IS TRUE", "Only one ThaID provider is in use."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """In use only when complete: the secret is stored after the row is there."""
        wanted = [vals.get("active") for vals in vals_list]
        providers = super().create([{**vals, "active": False} for vals in vals_list])
        for provider, active in zip(providers, wanted, strict=True):
            if active:
                provider.active = True
        return providers

    # ------------------------------------------------------------ settings
    def _compute_client_secret(self):
        """Write-only: what was typed is never read back."""
        self.client_secret = False
        self.extra_header_value = False

    def _inverse_client_secret(self):
        for provider in self.filtered("client_secret"):
            provider.sudo().client_secret_cipher = provider._seal(provider.client_secret.strip())
        self.invalidate_recordset(["client_secret"], flush=False)

    def _inverse_extra_header_value(self):
        for provider in self.filtered("extra_header_value"):
            provider.sudo().extra_header_cipher = provider._seal(
                provider.extra_header_value.strip()
            )
        self.invalidate_recordset(["extra_header_value"], flush=False)

    def _seal(self, secret):
        self.env["res.partner"]._lgo_vault_keys()  # says in plain words when there is none
        return identity_vault.lock(secret, self._name)

    def _unseal(self, sealed):
        """The secret that was sealed.

        :raises OidcError: it is missing, or the key of the server was changed
        """
        try:
            return identity_vault.unlock(sealed, self._name)
        except identity_vault.VaultError as error:
            _logger.warning("the secret of ThaID cannot be opened: %s", error)
            raise oidc.OidcError("the client secret must be entered again") from error

    @api.depends("client_secret_cipher")
    def _compute_has_secret(self):
        for provider in self:
            provider.has_secret = bool(provider.client_secret_cipher)

    def _compute_redirect_uri(self):
        for provider in self:
            provider.redirect_uri = f"{provider.get_base_url()}/auth/thaid/callback"

    @api.constrains(*ADDRESSES)
    def _check_addresses(self):
        for provider in self:
            for name in ADDRESSES:
                if provider[name] and not api_client.is_address(provider[name]):
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” must be an address that begins with https://",
                            field=provider._fields[name]._description_string(self.env),
                        )
                    )

    @api.constrains("algorithms", "leeway", "claim_names", "min_ial", "extra_header")
    def _check_settings(self):
        for provider in self:
            names = provider.algorithms.split()
            if not names or set(names) - set(oidc.ALGORITHMS):
                raise ValidationError(
                    self.env._(
                        "Signature algorithms: choose of %(names)s.",
                        names=", ".join(oidc.ALGORITHMS),
                    )
                )
            if not 0 <= provider.leeway <= 300:
                raise ValidationError(self.env._("The clocks may differ by 0 to 300 seconds."))
            if not provider._claim_names().get("pid"):
                raise ValidationError(
                    self.env._("Say on one line which claim holds the ID number: pid=pid")
                )
            if provider.min_ial and not claim_tools.level(provider.min_ial):
                raise ValidationError(self.env._("Write the level like 2.3."))
            header = provider.extra_header or "x"
            if not header.isascii() or not header.replace("-", "").isalnum():
                raise ValidationError(
                    self.env._("The name of a header has letters, digits and dashes only.")
                )

    @api.constrains("active", "client_id", "auth_endpoint", "token_endpoint", "discovery_url")
    def _check_complete(self):
        for provider in self.filtered("active"):
            problems = provider._problems()
            if problems:
                raise ValidationError("\n".join(problems))

    @api.constrains("issuer", "jwks_url", "require_id_token", "userinfo_endpoint")
    def _check_complete_too(self):
        self._check_complete()

    def _problems(self):
        """What is missing before citizens can be sent there."""
        self.ensure_one()
        found = []
        if not self.client_id or not self.sudo().client_secret_cipher:
            found.append(self.env._("Enter the client ID and the secret from the Department."))
        if not self.discovery_url and not (self.auth_endpoint and self.token_endpoint):
            found.append(self.env._("Enter the authorisation and the token address."))
        if self.require_id_token and not self.discovery_url and not (self.jwks_url and self.issuer):
            found.append(self.env._("Enter the key set and the issuer of the ID token."))
        return found

    def _claim_names(self):
        """{our name: name of the claim}"""
        self.ensure_one()
        lines = (line.partition("=") for line in (self.claim_names or "").splitlines())
        return {ours.strip(): theirs.strip() for ours, _equals, theirs in lines if theirs.strip()}

    @api.model
    def _current(self, company=None):
        """The provider in use, in sudo; empty when citizens cannot sign in with ThaID."""
        company = company or self.env.company
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    def action_check(self):
        """Button: fetch what can be fetched without a citizen, and say what is wrong."""
        self.ensure_one()
        self.check_access("write")
        problems = self._problems()
        if not problems:
            try:
                oidc.documents.forget()
                self._setting("auth_endpoint")
                keys_url = self.require_id_token and self._setting("jwks_url")
                if keys_url:
                    oidc.documents.get(keys_url)
            except oidc.OidcError as error:
                problems.append(self.env._("The provider does not answer: %(why)s", why=error))
        if problems:
            raise UserError("\n".join(problems))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The settings are complete. Try it on the log-in page."),
            },
        }

    # ------------------------------------------------------------ the protocol
    def _setting(self, name):
        """An address, or the issuer: as typed, else as the discovery document says.

        :raises OidcError: it is known from neither
        """
        self.ensure_one()
        if self[name]:
            return self[name]
        names = {
            "auth_endpoint": "authorization_endpoint",
            "token_endpoint": "token_endpoint",
            "userinfo_endpoint": "userinfo_endpoint",
            "jwks_url": "jwks_uri",
            "issuer": "issuer",
        }
        if not self.discovery_url:
            raise oidc.OidcError(f"{name} is not set")
        document = oidc.documents.get(self.discovery_url)
        if self.issuer and document.get("issuer") != self.issuer:
            raise oidc.OidcError("the discovery document is of another issuer")
        found = document.get(names[name])
        if not isinstance(found, str) or (name != "issuer" and not api_client.is_address(found)):
            raise oidc.OidcError(f"the discovery document has no {names[name]}")
        return found

    def _begin(self):
        """Begin a sign-in.

        :return: ``(address to send the browser to, state, what the session must keep)``
        :raises OidcError: the settings are not complete
        """
        self.ensure_one()
        state, nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(32), ""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.scope,
            "state": state,
            "nonce": nonce,
        }
        if self.use_pkce:
            verifier = oidc.verifier()
            query["code_challenge"] = oidc.challenge(verifier)
            query["code_challenge_method"] = "S256"
        address = self._setting("auth_endpoint")
        url = f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
        return url, state, {"provider": self.id, "nonce": nonce, "verifier": verifier}

    def _finish(self, code, kept):
        """Exchange the code and learn who it is.

        :param str code: from the provider, by way of the browser
        :param dict kept: from :meth:`_begin`
        :return: :class:`~..tools.claims.Person`
        :raises OidcError: the provider or the answer is not to be trusted
        """
        self.ensure_one()
        tokens = self._exchange(code, kept["verifier"])
        found = {}
        id_token = tokens.get("id_token")
        if id_token:
            found = oidc.check_id_token(
                id_token,
                self._setting("jwks_url"),
                self.audience or self.client_id,
                self._setting("issuer"),
                kept["nonce"],
                self.algorithms.split(),
                self.leeway,
            )
        elif self.require_id_token:
            raise oidc.OidcError("the provider sent no ID token")
        names = self._claim_names()
        pid = names["pid"]
        if not found.get(pid) and self.userinfo_endpoint:
            found = self._with_userinfo(found, tokens)
        elif not found.get(pid) and not id_token:
            found = {**tokens, **found}
        try:
            person = claim_tools.person(found, names)
        except ValueError as error:
            raise oidc.OidcError(str(error)) from error
        if self.min_ial and claim_tools.level(person.ial) < claim_tools.level(self.min_ial):
            raise oidc.OidcError("level")
        return person

    def _exchange(self, code, verifier):
        credentials = f"{quote(self.client_id, safe='')}:" + quote(
            self._unseal(self.client_secret_cipher), safe=""
        )
        headers = {"Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}
        if self.extra_header:
            headers[self.extra_header] = self._unseal(self.extra_header_cipher)
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
        }
        if verifier:
            data["code_verifier"] = verifier
        return self._answer("POST", self._setting("token_endpoint"), headers, data)

    def _with_userinfo(self, claims, tokens):
        access_token = tokens.get("access_token")
        if not isinstance(access_token, str) or not access_token.isascii():
            raise oidc.OidcError("the provider sent no access token")
        found = self._answer(
            "GET", self.userinfo_endpoint, {"Authorization": f"Bearer {access_token}"}
        )
        # OpenID Connect Core s.5.3.4: never use it when it is about somebody else
        if claims and found.get("sub") != claims["sub"]:
            raise oidc.OidcError("userinfo is about another person")
        return {**found, **claims}

    @staticmethod
    def _answer(method, url, headers, data=None):
        try:
            answer = api_client.call(method, url, headers=headers, data=data)
            if answer.status != 200:
                raise oidc.OidcError(f"status {answer.status}")
            return answer.json()
        except api_client.ApiError as error:
            raise oidc.OidcError(str(error)) from error
