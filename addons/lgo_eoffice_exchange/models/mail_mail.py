# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Tell the sendings what became of their e-mail, before the mail is deleted."""
        rows = (
            self.env["lgo.eoffice.dispatch"]
            .sudo()
            .search([("mail_id", "in", self.ids), ("state", "=", "queued")])
        )
        if rows and (failure_type or failure_reason):
            rows._failed(failure_reason or failure_type)
        elif rows:
            rows._done()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
