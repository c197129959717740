# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import re

from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import unfold_references

_logger = logging.getLogger(__name__)

#: A tracking number somewhere in a subject.
NUMBER = re.compile(r"[A-Z0-9]{1,10}-\d{4}-[A-Z0-9]{2,8}-\d{5,9}-\d", re.IGNORECASE)


class MailThread(models.AbstractModel):
    """Which mails become a case or belong to one."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Answers to our messages go to their case; machines are not answered.

        RFC 3834 (automatic responses): nothing is filed for, and no answer is sent to, what was
        sent by a program, so that two programs never write to each other without end.
        """
        case = None if message_dict.get("is_bounce") else self._lgo_answered_case(message_dict)
        routes = (
            [(case._name, case.id, None, self.env.uid, None)]
            if case
            else super().message_route(message, message_dict, model, thread_id, custom_values)
        )
        names = {case_model._name for case_model in self.env["lgo.case.register"]._case_models()}
        if not any(route[0] in names for route in routes):
            return routes
        why = self._lgo_automatic(message, message_dict)
        if why:
            _logger.info("Ignored mail %s: %s", message_dict["message_id"], why)
            return [route for route in routes if route[0] not in names]
        return [
            route
            for route in routes
            if route[0] not in names or route[1] or self._lgo_mail_is_open(message_dict)
        ]

    @api.model
    def _lgo_answered_case(self, message_dict):
        """The case that a mail answers: by the message it answers, or by the number it names.

        A number can be guessed, so it counts only from the address of the applicant. Whether the
        mail is taken for one of the applicant is another question (``_mail_is_citizen``).

        :return: the case in sudo, or an empty value
        """
        Register = self.env["lgo.case.register"]
        models_of_cases = {model._name: model for model in Register._case_models()}
        notification = self._lgo_answered_mails(message_dict, list(models_of_cases))[:1]
        if notification:
            return self.env[notification.res_model].sudo().browse(notification.res_id).exists()
        found = NUMBER.search(str(message_dict.get("subject") or ""))
        address = email_normalize(message_dict.get("email_from") or "")
        for case_model in models_of_cases.values() if found and address else ():
            case = case_model.sudo()._find_by_number(found[0])
            if case and email_normalize(case.applicant_email or "") == address:
                return case
        return None

    @api.model
    def _lgo_answered_mails(self, message_dict, case_models):
        """Our mails that a mail answers, by their Message-ID, in sudo.

        :param list case_models: names of the models that they must be about
        """
        Notification = self.env["lgo.notification"].sudo()
        references = [
            reference.strip()
            for text in (message_dict.get("references"), message_dict.get("in_reply_to"))
            for reference in unfold_references(text or "")
        ]
        if not references:
            return Notification
        return Notification.search(
            [("message_ref", "in", references[-32:]), ("res_model", "in", case_models)]
        )

    @api.model
    def _lgo_mail_is_open(self, message_dict):
        """Whether a request may come by e-mail now; the sender is told when it may not."""
        company = self.env.company
        service = company.lgo_general_service_id
        if service and not service._filing_problems("email", guest=False):
            return True
        self.env["lgo.notification"]._notify(
            company, "email_closed", email=email_normalize(message_dict["email_from"])
        )
        return False
