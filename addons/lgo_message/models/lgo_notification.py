# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import plaintext2html

from .lgo_notification_channel import DeliveryError

#: Minutes before the second, third … try.
WAITS = (1, 5, 30, 120, 480)
BATCH = 100


class LgoNotification(models.Model):
    """Short messages: queued in the business transaction, handed over by a job."""

    _inherit = "lgo.notification"

    text = fields.Text(
        string="Short text", readonly=True, groups="lgo_base.group_clerk,lgo_base.group_auditor"
    )
    tries = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(string="Next try", readonly=True)
    retry_key = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _waiting_idx = models.Index("(next_try_at) WHERE state = 'queued' AND next_try_at IS NOT NULL")

    def _compose_and_send(self, record, values):
        if self.channel_id.code not in ("sms", "line"):
            return super()._compose_and_send(record, values)
        self.ensure_one()
        subject, text = self.template_id._compose(record, values)
        self.write({"subject": subject, "text": text, "body": plaintext2html(text or "")})
        return self._send()

    def _send_sms(self):
        self._queue_short("sms")

    def _send_line(self):
        self._queue_short("line")

    def _queue_short(self, code):
        self.ensure_one()
        reason = self._short_problem(code)
        if reason:
            self._skip(reason)
            return
        self.write(
            {
                "state": "queued",
                "error": False,
                "tries": 0,
                "next_try_at": fields.Datetime.now(),
                "retry_key": str(uuid.uuid4()),
            }
        )
        self.env.ref("lgo_message.ir_cron_short_messages").sudo()._trigger()

    def _short_problem(self, code):
        """Why the message must not or cannot go out; ``""`` when it may."""
        if not self.channel_id._is_connected():
            return self.env._("The channel is not connected.")
        if not self.partner_id or not self.env["lgo.consent"]._has(
            self.partner_id, code, self.company_id
        ):
            return self.env._("The person has not agreed to messages by this channel.")
        if code == "line" and not self.partner_id.sudo().lgo_line_user:
            return self.env._("The person has not connected LINE.")
        if code == "sms" and not self.phone:
            return self.env._("There is no phone number.")
        if not self.text:
            return self.env._("The message is empty.")
        return ""

    def _hand_over(self):
        """Try once; the row says what became of it."""
        self.ensure_one()
        code = self.channel_id.code
        reason = self._short_problem(code)  # a consent may have been revoked meanwhile
        if reason:
            self._skip(reason)
            return
        target = self.phone if code == "sms" else self.partner_id.sudo().lgo_line_user
        try:
            getattr(self.channel_id, f"_deliver_{code}")(target, self.text, self.retry_key)
        except DeliveryError as error:
            tries = self.tries + 1
            last = error.permanent or tries > len(WAITS)
            wait = max(error.wait, WAITS[min(tries, len(WAITS)) - 1] * 60)
            self.write(
                {
                    "tries": tries,
                    "error": str(error)[:500],
                    "state": "failed" if last else "queued",
                    "next_try_at": False
                    if last
                    else fields.Datetime.now() + timedelta(seconds=wait),
                }
            )
            return
        self.write(
            {
                "state": "sent",
                "sent_at": fields.Datetime.now(),
                "error": False,
                "next_try_at": False,
                "tries": self.tries + 1,
            }
        )

    @api.model
    def _due_short(self):
        return self.search(
            [("state", "=", "queued"), ("next_try_at", "<=", fields.Datetime.now())],
            order="next_try_at, id",
            limit=BATCH,
        )

    @api.model
    def _cron_short_messages(self):
        """Hand over what is due; each message is committed, so that none goes out twice."""
        due = self.sudo()._due_short()
        Cron = self.env["ir.cron"]
        Cron._commit_progress(remaining=len(due))
        for notification in due:
            if not notification.try_lock_for_update():
                continue
            notification._hand_over()
            if not Cron._commit_progress(1):
                break
