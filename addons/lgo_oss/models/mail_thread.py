# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import re

from odoo import api, models
from odoo.tools import email_normalize, escape_psql
from odoo.tools.mail import unfold_references

_logger = logging.getLogger(__name__)

#: A tracking number somewhere in a subject.
NUMBER = re.compile(r"[A-Z0-9]{1,10}-\d{4}-[A-Z0-9]{2,8}-\d{5,9}-\d", re.IGNORECASE)
#: Local parts of addresses that nobody reads.
NOBODY = re.compile(
    r"(mailer-daemon|postmaster|bounces?|(no|do-?not)[-_.]?reply)([+=-].*)?", re.IGNORECASE
)


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
    def _lgo_automatic(self, message, message_dict):
        """Why a mail was not written by a person, ``""`` when it was."""
        submitted = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
        if submitted != "no":
            return f"Auto-Submitted: {submitted}"
        if str(message.get("Precedence") or "").strip().lower() in ("bulk", "junk", "auto_reply"):
            return "Precedence"
        for header in ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "List-Id"):
            if str(message.get(header) or "none").strip().lower() not in ("none", "no"):
                return header
        if str(message.get("Return-Path") or "").strip() == "<>":
            return "Return-Path"
        address = email_normalize(message_dict.get("email_from") or "")
        if not address:
            return "no address to answer to"
        if NOBODY.fullmatch(address.partition("@")[0]):
            return "an address that nobody reads"
        if self._lgo_is_own_address(address):
            return "our own address"
        return ""

    @api.model
    def _lgo_is_own_address(self, address):
        """Whether we write from this address, or a program of ours reads there."""
        local, _at, domain = address.partition("@")
        domains = (
            self.env["mail.alias.domain"].sudo().search([("name", "=ilike", escape_psql(domain))])
        )
        ours = {
            *domains.mapped("catchall_alias"),
            *domains.mapped("bounce_alias"),
            *domains.mapped("default_from"),
        }
        if domains and local in ours:
            return True
        alias = [("alias_full_name", "=ilike", escape_psql(address))]
        company = [("partner_id.email_normalized", "=", address)]
        return bool(
            self.env["mail.alias"].sudo().search_count(alias, limit=1)
            or self.env["res.company"].sudo().search_count(company, limit=1)
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
