# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Tell the notifications what became of their e-mail, before the mail is deleted."""
        notifications = self.env["lgo.notification"].sudo().search([("mail_id", "in", self.ids)])
        if notifications and (failure_type or failure_reason):
            notifications.write(
                {"state": "failed", "error": str(failure_reason or failure_type)[:500]}
            )
        elif notifications:
            notifications.write({"state": "sent", "sent_at": fields.Datetime.now(), "error": False})
        copies = self.env["lgo.case.notice"].sudo().search([("copy_mail_id", "in", self.ids)])
        if copies and (failure_type or failure_reason):
            copies.write({"copy_how": "print"})
        elif copies:
            copies.write({"copy_sent_at": fields.Datetime.now()})
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
