# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import hmac
import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.lgo_base.tools import api_client, identity_vault

from ..tools import gateway

ADMIN = "lgo_base.group_admin"
#: Field that is typed -> field that holds it sealed.
SECRETS = {
    "sms_auth_value": "sms_auth_cipher",
    "line_token": "line_token_cipher",
    "line_secret": "line_secret_cipher",
}


class DeliveryError(UserError):
    """The message was not taken. ``permanent``: trying again is of no use; ``wait``: seconds."""

    def __init__(self, message, permanent=False, wait=0):
        super().__init__(message)
        self.permanent, self.wait = permanent, wait


class LgoNotificationChannel(models.Model):
    """Where short messages are handed over. Secrets are sealed with the key of the server."""

    _inherit = "lgo.notification.channel"

    sms_url = fields.Char(string="Address of the gateway", help="From the operator, https only.")
    sms_method = fields.Selection(
        [("POST", "POST"), ("GET", "GET")], string="Method", default="POST"
    )
    sms_kind = fields.Selection(
        [("json", "JSON"), ("form", "Form")], string="Form of the body", default="json"
    )
    sms_body = fields.Text(
        string="Body",
        default='{"to": "{to}", "message": "{text}"}',
        help="As the operator asks for it, with {to}, {text} and {ref}. Form: name=value, one a "
        "line.",
    )
    sms_number = fields.Selection(
        [("0", "0812345678"), ("66", "66812345678"), ("+66", "+66812345678")],
        string="Form of the number",
        default="0",
    )
    sms_auth_header = fields.Char(string="Header", default="Authorization")
    sms_auth_value = fields.Char(
        string="Value of the header",
        compute="_compute_secrets",
        inverse="_inverse_secrets",
        exportable=False,
        groups=ADMIN,
        help="Such as: Bearer and the key. It is stored encrypted and never shown again.",
    )
    sms_auth_cipher = fields.Char(prefetch=False, exportable=False, groups=fields.NO_ACCESS)
    line_endpoint = fields.Char(
        string="Push address", default="https://api.line.me/v2/bot/message/push"
    )
    line_reply_endpoint = fields.Char(
        string="Reply address", default="https://api.line.me/v2/bot/message/reply"
    )
    line_friend_url = fields.Char(
        string="Link to add the account", help="Citizens add the official account with it."
    )
    line_token = fields.Char(
        string="Channel access token",
        compute="_compute_secrets",
        inverse="_inverse_secrets",
        exportable=False,
        groups=ADMIN,
        help="It is stored encrypted and never shown again.",
    )
    line_token_cipher = fields.Char(prefetch=False, exportable=False, groups=fields.NO_ACCESS)
    line_secret = fields.Char(
        string="Channel secret",
        compute="_compute_secrets",
        inverse="_inverse_secrets",
        exportable=False,
        groups=ADMIN,
        help="It is stored encrypted and never shown again.",
    )
    line_secret_cipher = fields.Char(prefetch=False, exportable=False, groups=fields.NO_ACCESS)

    # ------------------------------------------------------------ settings
    def _compute_secrets(self):
        """Write-only: what was typed is never read back."""
        for name in SECRETS:
            self[name] = False

    def _inverse_secrets(self):
        self.env["res.partner"]._lgo_vault_keys()  # says in plain words when there is none
        for channel in self:
            for name, cipher in SECRETS.items():
                if channel[name]:
                    channel.sudo()[cipher] = identity_vault.lock(channel[name].strip(), cipher)
        self.invalidate_recordset(list(SECRETS), flush=False)

    def _secret(self, name):
        """The clear secret, ``""`` when there is none.

        :raises DeliveryError: the key of the server was changed
        """
        cipher = SECRETS[name]
        stored = self.sudo()[cipher]
        if not stored:
            return ""
        try:
            return identity_vault.unlock(stored, cipher)
        except identity_vault.VaultError as error:
            raise DeliveryError(
                self.env._("The key of the channel must be entered again."), permanent=True
            ) from error

    @api.constrains("sms_url", "line_endpoint", "line_reply_endpoint", "line_friend_url")
    def _check_addresses(self):
        for channel in self:
            for name in ("sms_url", "line_endpoint", "line_reply_endpoint", "line_friend_url"):
                if channel[name] and not api_client.is_address(channel[name]):
                    raise ValidationError(
                        self.env._(
                            "The address must begin with https://: %(url)s", url=channel[name]
                        )
                    )

    @api.constrains("sms_body", "sms_kind", "sms_auth_header")
    def _check_body(self):
        for channel in self:
            header = channel.sms_auth_header or "x"
            if not header.isascii() or not header.replace("-", "").isalnum():
                raise ValidationError(
                    self.env._("The name of a header has letters, digits and dashes only.")
                )
            try:
                gateway.fill(
                    channel.sms_body or "{}", channel.sms_kind, {"to": "", "text": "", "ref": ""}
                )
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The body is not well formed. Compare it with the operator's manual."
                    )
                ) from error

    def write(self, vals):
        """Consent is asked for as long as the channel is on (PDPA B.E. 2562 s.19)."""
        result = super().write(vals)
        if "active" in vals:
            Purpose = self.env["lgo.consent.purpose"].sudo().with_context(active_test=False)
            for channel in self.filtered(lambda channel: channel.code in ("sms", "line")):
                Purpose.search([("code", "=", channel.code)]).active = channel.active
        return result

    def _is_connected(self):
        """Whether the settings are there that the channel needs."""
        self.ensure_one()
        if self.code == "sms":
            return bool(self.active and self.sms_url and self.sms_body)
        return bool(self.active and self.sudo().line_token_cipher and self.line_endpoint)

    # ------------------------------------------------------------ handing over
    def _deliver_sms(self, number, text, ref=""):
        """Hand one message to the gateway.

        :param str number: Thai mobile number
        :param str ref: our own number of the message
        :raises DeliveryError: it was not taken
        """
        self.ensure_one()
        digits = gateway.mobile(number)
        if not digits:
            raise DeliveryError(self.env._("This is no mobile number."), permanent=True)
        self._check_text(text)
        to = digits if self.sms_number == "0" else f"{self.sms_number}{digits[1:]}"
        body, content_type = gateway.fill(
            self.sms_body, self.sms_kind, {"to": to, "text": text, "ref": ref}
        )
        headers = {"Content-Type": content_type}
        secret = self._secret("sms_auth_value")
        if secret and self.sms_auth_header:
            headers[self.sms_auth_header] = secret
        url = self.sms_url
        if self.sms_method == "GET":
            url = f"{url}{'&' if '?' in url else '?'}{body.decode()}"
            body = None
        self._hand_over(self.sms_method, url, headers, body)

    def _deliver_line(self, line_user, text, ref=""):
        """Push one text by the LINE Messaging API.

        :param str line_user: user id of our own channel
        :raises DeliveryError: it was not taken
        """
        self.ensure_one()
        self._check_text(text)
        body = {"to": line_user, "messages": [{"type": "text", "text": text[:5000]}]}
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._secret('line_token')}",
        }
        if ref:
            headers["X-Line-Retry-Key"] = ref
        self._hand_over("POST", self.line_endpoint, headers, json.dumps(body).encode())

    def _check_text(self, text):
        if gateway.holds_id_number(text):
            raise DeliveryError(
                self.env._("A short message never holds an ID number."), permanent=True
            )

    def _hand_over(self, method, url, headers, body):
        try:
            answer = api_client.call(method, url, headers=headers, body=body)
        except api_client.ApiError as error:
            raise DeliveryError(
                self.env._("The gateway does not answer: %(why)s", why=error.code)
            ) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if answer.status == 409 and "x-line-accepted-request-id" in headers:
            return  # the first try had been taken after all
        if 200 <= answer.status < 300:
            if b"<html" in answer.body[:500].lower():
                raise DeliveryError(self.env._("The gateway answered with a web page."))
            return
        again = answer.status in (408, 425, 429) or answer.status >= 500
        raise DeliveryError(
            self.env._(
                "The gateway refused the message (status %(status)s).", status=answer.status
            ),
            permanent=not again,
            wait=gateway.wait_seconds(headers.get("retry-after")),
        )

    # ------------------------------------------------------------ webhook of LINE
    def _is_signed_by_line(self, body, signature):
        """Whether LINE sent the body: base64 of its HMAC-SHA256 with the channel secret."""
        self.ensure_one()
        secret = self._secret("line_secret")
        if not secret:
            return False
        expected = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
        return hmac.compare_digest(expected, (signature or "").encode())

    def _reply(self, token, text):
        """Answer in the chat; what goes wrong is of no consequence."""
        body = {"replyToken": token, "messages": [{"type": "text", "text": text}]}
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._secret('line_token')}",
        }
        try:
            self._hand_over("POST", self.line_reply_endpoint, headers, json.dumps(body).encode())
        except DeliveryError:
            return False
        return True
