# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

MINUTES = 10
MAX_TRIES = 5
DIGITS = 6


class LgoAuthCode(models.Model):
    """A code that was sent to an e-mail address or a phone, to be typed once.

    The browser's session holds a token; here are its hash and a hash of the code with the token
    as key, so that neither a reader of the database nor somebody with another browser can use or
    find out a code. Source: NIST SP 800-63B s.5.1.3 (out-of-band authenticators: six digits, ten
    minutes, limited tries, used once).
    """

    _name = "lgo.auth.code"
    _description = "One-time code"
    _order = "id desc"
    _rec_name = "channel"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("phone", "Phone")], required=True, readonly=True
    )
    token_hash = fields.Char(required=True, readonly=True, copy=False, groups=fields.NO_ACCESS)
    code_hash = fields.Char(required=True, readonly=True, copy=False, groups=fields.NO_ACCESS)
    tries = fields.Integer(required=True, default=0, readonly=True)
    expires_at = fields.Datetime(string="Valid until", required=True, readonly=True, index=True)
    used_at = fields.Datetime(string="Used on", readonly=True)

    _token_uniq = models.UniqueIndex("(token_hash)")

    @api.model
    def _hash_token(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _hash_code(self, token, channel, target, code):
        message = f"{channel}|{target}|{code}".encode()
        return hmac.new(token.encode(), message, hashlib.sha256).hexdigest()

    @api.model
    def _issue(self, channel, target):
        """Make a code.

        :param str channel: ``email`` or ``phone``
        :param str target: normalised address
        :return: ``(record, token for the session, code for the message)``
        """
        token = secrets.token_urlsafe(32)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        record = self.sudo().create(
            {
                "company_id": self.env.company.id,
                "channel": channel,
                "token_hash": self._hash_token(token),
                "code_hash": self._hash_code(token, channel, target, code),
                "expires_at": fields.Datetime.now() + timedelta(minutes=MINUTES),
            }
        )
        return record, token, code

    @api.model
    def _check(self, token, channel, target, code):
        """Whether the code is right. Each try counts, the right code works once.

        :return: ``ok``, ``wrong`` or ``over`` (too late, used, too many tries)
        """
        record = self.sudo().search([("token_hash", "=", self._hash_token(token))], limit=1)
        # the row is locked by the update: tries that come together are counted one by one
        counted = record and self.env.execute_query(
            SQL(
                "UPDATE lgo_auth_code SET tries = tries + 1 WHERE id = %s AND tries < %s"
                " AND used_at IS NULL AND expires_at > %s RETURNING code_hash",
                record.id,
                MAX_TRIES,
                fields.Datetime.now(),
            )
        )
        record.invalidate_recordset(["tries"], flush=False)
        if not counted:
            return "over"
        if not hmac.compare_digest(counted[0][0], self._hash_code(token, channel, target, code)):
            return "over" if record.tries >= MAX_TRIES else "wrong"
        record.used_at = fields.Datetime.now()
        return "ok"

    @api.model
    def _with_phone(self):
        """The channel for short messages when it is on and connected, else empty."""
        channel = self.env["lgo.notification.channel"].sudo().search([("code", "=", "sms")])
        connected = channel and hasattr(channel, "_deliver_sms") and channel._is_connected()
        return channel if connected else channel.browse()

    def _send(self, target, code):
        """Send the code; it stands in no record that an officer can read."""
        self.ensure_one()
        Template = self.env["lgo.notification.template"].sudo()
        channel = "sms" if self.channel == "phone" else "email"
        template = Template.search(
            [("code", "=", "sign_in_code"), ("channel_id.code", "=", channel)], limit=1
        )
        subject, body = template._compose(self, {"code": code, "minutes": MINUTES})
        if self.channel == "phone":
            self._with_phone()._deliver_sms(target, body)
            return
        company = self.company_id.sudo()
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "email_to": target,
                "email_from": company.email_formatted or self.env.user.sudo().email_formatted,
                # RFC 3834: a program does not answer what a program has written
                "headers": repr({"Auto-Submitted": "auto-generated"}),
                "auto_delete": True,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.autovacuum
    def _gc_codes(self):
        before = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("expires_at", "<", before)], limit=10000).unlink()
