# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import xmlrpc.client

from odoo import api, models

from ..tools import delivery_report, mail_reader

_logger = logging.getLogger(__name__)

LETTER = "lgo.eoffice.letter"
#: Bytes of files that are taken out of one e-mail unless the organisation says otherwise.
MEGABYTE = 1024 * 1024


class Incoming:
    """The raw message that the gateway works on; an object, so that no remote call can send it."""

    def __init__(self, raw, message=None):
        self.raw, self.message, self._mail = raw, message, None

    def mail(self, megabytes=30):
        """What is in it (:class:`~..tools.mail_reader.Mail`), read once."""
        if self._mail is None:
            self._mail = mail_reader.read(self.raw, max_bytes=megabytes * MEGABYTE)
        return self._mail


class MailThread(models.AbstractModel):
    """Which e-mails are letters, answers to our letters, or nothing that a person must see."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Keep the message as it came within reach of whoever takes it in."""
        raw = message.data if isinstance(message, xmlrpc.client.Binary) else message
        raw = raw.encode() if isinstance(raw, str) else raw
        if not isinstance(raw, bytes | bytearray):
            # bytes() of a number that a remote call sends would fill the memory
            raise TypeError("message")
        incoming = Incoming(bytes(raw))
        return super(MailThread, self.with_context(lgo_incoming=incoming)).message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    @api.model
    def _lgo_incoming(self, message=None):
        incoming = self.env.context.get("lgo_incoming")
        if isinstance(incoming, Incoming):
            incoming.message = message if message is not None else incoming.message
            return incoming
        return Incoming(message.as_bytes(), message) if message is not None else None

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Take reports and answers to our letters; let through what becomes a letter."""
        incoming = self._lgo_incoming(message)
        if self._lgo_take_report(message, incoming):
            return []
        recipient = self._lgo_answered_recipient(message_dict)
        if recipient:
            reason = self._lgo_automatic(message, message_dict)
            return self._lgo_route_answer(recipient, incoming, reason)
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        return [
            route
            for route in routes
            if route[0] != LETTER or route[1] or self._lgo_is_letter(route, message, message_dict)
        ]

    # ------------------------------------------------------------ what it is
    @api.model
    def _lgo_take_report(self, message, incoming):
        """Note what a mail server reports of a mail of ours; whether it was about one."""
        if message.get_content_type() != "multipart/report":
            return False
        ids, outcomes = delivery_report.read(incoming.raw)
        if not ids or not outcomes:
            return False
        dispatch = self.env["lgo.eoffice.dispatch"]._find_sent(ids)[-1:]
        if not dispatch:
            return False
        mail = incoming.mail()
        Mail = self.env["lgo.eoffice.mail"]
        if not Mail._find(dispatch.company_id, mail, incoming.raw):
            Mail._keep(
                dispatch.company_id,
                "report",
                mail,
                incoming.raw,
                recipient_id=dispatch.recipient_id.id,
                letter_id=dispatch.letter_id.id,
            )
            dispatch._take_outcomes(outcomes)
        return True

    @api.model
    def _lgo_answered_recipient(self, message_dict):
        """The recipient of our letter whose e-mail this one answers, in sudo."""
        found = mail_reader.MESSAGE_ID.findall(
            f"{message_dict.get('references') or ''} {message_dict.get('in_reply_to') or ''}"
        )
        return self.env["lgo.eoffice.dispatch"]._find_sent(found[-50:])[-1:].recipient_id

    @api.model
    def _lgo_route_answer(self, recipient, incoming, automatic):
        """Take in an answer to our letter.

        :param str automatic: why it was not written by a person
        :return: routes; none when it is taken care of
        """
        company = recipient.letter_id.company_id
        mail = incoming.mail(company.lgo_mail_max_mb)
        Mail = self.env["lgo.eoffice.mail"]
        if Mail._find(company, mail, incoming.raw):
            return []
        data = mail.data if mail.data_depth == 0 else None
        if data and data["type"] == "acknowledgement":
            kind = "acknowledgement"
        elif automatic and not mail.files:
            kind = "automatic"
        elif not mail.files and not data:
            kind = "answer"
        else:
            # an answer that is a letter of its own
            values = {"company_id": company.id, "reply_to_id": recipient.letter_id.id}
            return [(LETTER, 0, values, self.env.uid, None)]
        Mail._keep(
            company,
            kind,
            mail,
            incoming.raw,
            recipient_id=recipient.id,
            letter_id=recipient.letter_id.id,
            note=mail.text[:2000],
        )
        if kind == "acknowledgement":
            recipient._take_acknowledgement(data)
        elif kind == "answer":
            recipient._take_words(mail.text)
        return []

    @api.model
    def _lgo_is_letter(self, route, message, message_dict):
        """Whether a mail to the saraban address becomes a letter; else it is taken care of."""
        company = self._lgo_company_of_route(route)
        incoming = self._lgo_incoming(message)
        mail = incoming.mail(company.lgo_mail_max_mb)
        Mail = self.env["lgo.eoffice.mail"]
        if Mail._find(company, mail, incoming.raw):
            _logger.info("E-mail %s to the saraban address came again", mail.message_id)
            return False
        data = mail.data if mail.data_depth == 0 else None
        if data and data["type"] == "acknowledgement":
            recipient = self.env["lgo.eoffice.recipient"]._find_acknowledged(
                company, data, mail.sender
            )
            Mail._keep(
                company,
                "acknowledgement",
                mail,
                incoming.raw,
                recipient_id=recipient.id,
                letter_id=recipient.letter_id.id,
                note=mail.text[:2000],
            )
            recipient._take_acknowledgement(data)
            return False
        submitted = str(message.get("Auto-Submitted") or "").strip().lower()
        if submitted.startswith("auto-replied") and not mail.files and not data:
            Mail._keep(company, "automatic", mail, incoming.raw, note=mail.text[:2000])
            return False
        if mail.sender and mail.sender in company._lgo_saraban_addresses():
            _logger.info("E-mail %s to the saraban address is our own", mail.message_id)
            return False
        return True

    @api.model
    def _lgo_company_of_route(self, route):
        number = (route[2] or {}).get("company_id")
        return self.env["res.company"].browse(number) if number else self.env.company
