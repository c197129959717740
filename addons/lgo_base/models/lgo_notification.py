# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

#: The key in an address: what ``secrets.token_urlsafe`` makes of twelve bytes and more.
KEY = re.compile(r"(?<=[=/])[A-Za-z0-9_-]{16,}")


class LgoNotification(models.Model):
    """One message to one citizen by one channel, with what became of it.

    Administrative Procedure Act B.E. 2539, sections 69-71: the authority must be able to show
    what it told the person, when and how.
    """

    _name = "lgo.notification"
    _description = "Notification"
    _order = "id desc"
    _rec_name = "subject"

    channel_id = fields.Many2one(
        "lgo.notification.channel", required=True, readonly=True, index=True, ondelete="restrict"
    )
    template_id = fields.Many2one("lgo.notification.template", readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    unit_id = fields.Many2one("hr.department", readonly=True, index=True)
    res_model = fields.Char(string="Record model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record ID", model_field="res_model", readonly=True, aggregator=None
    )
    record_name = fields.Char(string="Record", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    # The text holds the link with which the citizen acts without signing in: who reads it is the
    # citizen. The office reads the same text without it.
    body = fields.Html(readonly=True, sanitize="email_outgoing", groups=fields.NO_ACCESS)
    body_shown = fields.Html(
        string="Text",
        compute="_compute_body_shown",
        compute_sudo=True,
        sanitize=False,
        groups="lgo_base.group_clerk,lgo_base.group_auditor",
        help="What was sent, without the personal link of the citizen.",
    )
    state = fields.Selection(
        [("queued", "Queued"), ("sent", "Sent"), ("failed", "Failed"), ("skipped", "Skipped")],
        required=True,
        default="queued",
        readonly=True,
        index=True,
    )
    error = fields.Char(string="Reason", readonly=True)
    sent_at = fields.Datetime(readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, index="btree_not_null")

    message_ref = fields.Char(
        string="Message-Id",
        readonly=True,
        index="btree_not_null",
        help="By it an answer finds its record, when the e-mail itself is deleted.",
    )

    _creator_idx = models.Index("(create_uid)")
    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("body")
    def _compute_body_shown(self):
        for notification in self:
            notification.body_shown = KEY.sub("…", notification.body or "")

    @api.model
    def _notify(self, record, template_code, partner=None, email=None, phone=None, values=None):
        """Queue a message by each active channel that has a text for the occasion.

        The messages belong to the caller's transaction and leave after its commit. Nothing that
        goes wrong here stops the business: a failure is a row that says so.

        :param record: the one record the message is about
        :param str template_code: code of ``lgo.notification.template``
        :param partner: ``res.partner``; its addresses serve when none are given
        :param str email: e-mail address
        :param str phone: telephone number
        :param dict values: more variables for the text
        :return: ``lgo.notification`` rows, in sudo; empty when there is no text
        """
        notifications = self.sudo()
        templates = (
            self.env["lgo.notification.template"]
            .sudo()
            .search([("code", "=", template_code), ("channel_id.active", "=", True)])
        )
        if not templates:
            _logger.warning("no notification text %s on an active channel", template_code)
        for template in templates:
            try:
                with self.env.cr.savepoint():
                    base = self._prepare_vals(record, template, partner, email, phone)
                    notification = self.sudo().create(base)
                    notification._compose_and_send(record, values or {})
            except Exception as error:  # noqa: BLE001 (must not stop the business transaction)
                _logger.warning("notification %s failed", template_code, exc_info=True)
                notification = self.sudo().create(
                    {
                        "channel_id": template.channel_id.id,
                        "template_id": template.id,
                        "company_id": self.env.company.id,
                        "res_model": record._name,
                        "res_id": record.id,
                        "state": "failed",
                        "error": str(error)[:500],
                    }
                )
            notifications |= notification
        return notifications

    @api.model
    def _prepare_vals(self, record, template, partner, email, phone):
        record_sudo = record.sudo()
        company = "company_id" in record._fields and record_sudo.company_id
        unit = "unit_id" in record._fields and record_sudo.unit_id
        return {
            "channel_id": template.channel_id.id,
            "template_id": template.id,
            "company_id": (company or self.env.company).id,
            "unit_id": unit.id if unit else False,
            "res_model": record._name,
            "res_id": record.id,
            "record_name": record_sudo.display_name,
            "partner_id": partner.id if partner else False,
            "email": email or (partner.sudo().email if partner else False),
            "phone": phone or (partner.sudo().phone if partner else False),
        }

    def _compose_and_send(self, record, values):
        self.ensure_one()
        self.subject, self.body = self.template_id._compose(record, values)
        self._send()

    def _send(self):
        """Hand the message to its channel: ``_send_<code>`` sets the state."""
        self.ensure_one()
        send = getattr(self, f"_send_{self.channel_id.code}", None)
        if send is None:
            self._skip(self.env._("The channel is not connected."))
        else:
            send()

    def _skip(self, reason):
        self.write({"state": "skipped", "error": reason})

    def _send_email(self):
        """Queue the e-mail; Odoo's mail queue sends it after the commit."""
        self.ensure_one()
        address = email_normalize(self.email or "")
        if not address:
            self._skip(self.env._("There is no valid e-mail address."))
            return
        reply_to = self._reply_to()
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": self.subject,
                    "body_html": self.body,
                    "email_to": address,
                    "email_from": self.company_id.email_formatted
                    or self.env.user.sudo().email_formatted,
                    **({"reply_to": reply_to} if reply_to else {}),
                    # RFC 3834: a program does not answer what a program has written
                    "headers": repr({"Auto-Submitted": "auto-generated"}),
                    "auto_delete": True,
                }
            )
        )
        self.write(
            {
                "state": "queued",
                "mail_id": mail.id,
                "message_ref": mail.message_id,
                "error": False,
            }
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _reply_to(self):
        """Address to which answers go; ``""`` for the usual one of the office."""
        self.ensure_one()
        return ""

    def action_retry(self):
        """Send failed or skipped messages again."""
        self.check_access("read")
        if not self.env.user.has_groups("lgo_base.group_clerk,lgo_base.group_admin"):
            raise UserError(self.env._("Only the service centre sends messages again."))
        for notification in self.sudo():
            if notification.state not in ("failed", "skipped"):
                raise UserError(self.env._("Only failed or skipped messages are sent again."))
            if not notification.body:
                raise UserError(
                    self.env._("The message has no text: its template failed. Correct it first.")
                )
            if not notification.email and notification.partner_id:
                notification.email = notification.partner_id.email
            notification._send()

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Messages that went to the person."""
        messages = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        names = ["create_date", "channel_id", "record_name", "subject", "email", "phone", "state"]
        return self._lgo_holding(messages, names)

    @api.model
    def _lgo_forget_person(self, partner):
        return self.sudo().search([("partner_id", "=", partner.id)])._forget()

    def _forget(self):
        """Keep that something was sent, when and about which case; forget to whom and what."""
        self.sudo().mail_id.unlink()
        self.sudo().write(
            {
                "partner_id": False,
                "email": False,
                "phone": False,
                "subject": False,
                "body": False,
                "error": False,
                "message_ref": False,
            }
        )
        return len(self)
