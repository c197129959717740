# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from email.message import EmailMessage

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, html2plaintext, plaintext2html
from odoo.tools.mail import email_split_tuples

from odoo.addons.lgo_base.tools.upload import check_upload, safe_name

#: Limits of one mail: characters of the text that is shown, of the body that is kept, files.
MAX_TEXT = 3900
MAX_BODY = 200_000
MAX_FILES = 10
#: Signatures of a mail program: no documents of the citizen.
SIGNATURES = (".p7s", ".asc")


class LgoOssMailMixin(models.AbstractModel):
    """What comes by e-mail becomes a case, or a message of the citizen in the case it answers.

    Stands before ``lgo.case.mixin`` in the ``_inherit`` of a model. Which mails get here is
    decided in ``mail.thread.message_route``.
    """

    _name = "lgo.oss.mail.mixin"
    _inherit = ["mail.thread"]
    _description = "Case That Takes Mail"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """File what was written to the address for requests.

        The sender of a mail proves nothing: the case is that of a guest with this address.
        """
        company = self.env.company
        service = company.lgo_general_service_id
        name, address = (email_split_tuples(msg_dict.get("email_from") or "") or [("", "")])[0]
        subject = self._mail_clean(msg_dict.get("subject"))[:200]
        text = self._mail_clean(html2plaintext(msg_dict.get("body") or ""))
        files, refused = self._mail_take_files(msg_dict)
        case = self.create(
            {
                **(custom_values or {}),
                "service_id": service.id,
                "company_id": company.id,
                "channel": "email",
                "preferred_channel": "email",
                "applicant_name": (self._mail_clean(name) or address.partition("@")[0])[:120],
                "applicant_email": email_normalize(address),
                "description": self._mail_cut("\n\n".join(filter(None, (subject, text))) or "-"),
            }
        )
        case._mail_prepare(msg_dict)
        self.env["lgo.case.document"]._create_checklist(case)
        case._mail_keep(msg_dict, files)
        case._transition("submit")
        case._mail_answer_refused(address, refused)
        return case

    def message_update(self, msg_dict, update_vals=None):
        """Keep an answer to a mail of the case, and say in the timeline that it came.

        Whoever cannot show our own mail to the applicant is a stranger: the office reads it as
        an internal note, the citizen's page shows neither words nor files.
        """
        result = super().message_update(msg_dict, update_vals)
        address = email_normalize(msg_dict.get("email_from") or "")
        for case in self:
            files, refused = self._mail_take_files(msg_dict)
            mine = case._mail_is_citizen(msg_dict)
            case._mail_prepare(msg_dict, mine)
            case._mail_keep(msg_dict, files, mine)
            self.env["lgo.case.event"]._add(
                case,
                "mail_in",
                self.env._("A message of the applicant came by e-mail.")
                if mine
                else self.env._("A message of an unverified sender came by e-mail."),
                public=mine,
                note=None if mine else "\n".join(refused),
            )
            if case.user_id:
                case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Read the message of the applicant")
                    if mine
                    else self.env._("Read the message of an unverified sender"),
                    user_id=case.user_id.id,
                )
            if mine:
                case._mail_answer_refused(address, refused)
        return result

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Requests of this sender by e-mail: too many in a short time are a machine."""
        return [
            ("submitted_at", ">=", fields.Datetime.now() - timedelta(days=1)),
            ("channel", "=", "email"),
            ("applicant_email", "=", email_from_normalized),
        ]

    # ------------------------------------------------------------ helpers
    def _mail_is_citizen(self, msg_dict):
        """Whether a mail is taken for one of the applicant or agent.

        The sender of a mail is easily forged (RFC 5321 section 7.1). It counts only together
        with the Message-ID of a mail that we sent about this case to that very address: nobody
        else has seen it, and its random part cannot be guessed.
        """
        self.ensure_one()
        address = email_normalize(msg_dict.get("email_from") or "")
        known = (
            (self.partner_id.email,)  # the address of the case is that of the former agent
            if self._agent_ended()
            else (self.applicant_email, self.partner_id.email, self.agent_partner_id.email)
        )
        if not address or address not in {email_normalize(mail or "") for mail in known}:
            return False
        answered = self._lgo_answered_mails(msg_dict, [self._name])
        return address in {
            email_normalize(mail.email or "") for mail in answered if mail.res_id == self.id
        }

    @api.model
    def _mail_clean(self, text):
        """Text without what a database or a page stumbles over."""
        kept = "".join(c for c in str(text or "") if c in "\n\t" or c.isprintable())
        return kept.strip()

    @api.model
    def _mail_cut(self, text):
        if len(text) <= MAX_TEXT:
            return text
        more = self.env._("… (the whole message stands below in the messages of the case)")
        return f"{text[:MAX_TEXT]}\n{more}"[:4000]

    @api.model
    def _mail_take_files(self, msg_dict):
        """The attachments of a mail as checked files, and a sentence for each refused one.

        :return: (list of (name, bytes, mimetype), list of text)
        """
        files, refused = [], []
        for attachment in msg_dict.get("attachments") or []:
            name, content = attachment[0], attachment[1]
            # the words and files of a mail inside a mail are in the list already
            if isinstance(content, EmailMessage) or str(name).lower().endswith(SIGNATURES):
                continue
            data = content.encode() if isinstance(content, str) else content
            if len(files) >= MAX_FILES:
                refused.append(
                    self.env._(
                        "“%(name)s”: only %(number)s files are taken from one e-mail.",
                        name=safe_name(name, ""),
                        number=MAX_FILES,
                    )
                )
                continue
            try:
                files.append(check_upload(name, data, kind="document", env=self.env))
            except ValidationError as error:
                refused.append(str(error))
        return files, refused

    def _mail_prepare(self, msg_dict, mine=True):
        """Make the message that the gateway posts afterwards fit to keep.

        :param bool mine: it is of the citizen; else it becomes a note that only the office reads
        """
        self.ensure_one()
        body = str(msg_dict.get("body") or "").replace("\x00", "")
        if len(body) > MAX_BODY:
            body = plaintext2html(html2plaintext(body)[:MAX_BODY])
        people = (self.partner_id | self.agent_partner_id) if mine else self.env["res.partner"]
        msg_dict.update(
            body=body,
            subject=self._mail_clean(msg_dict.get("subject"))[:200],
            attachments=[],
            # an address is easily forged: nobody but the citizen of the case is named by it
            author_id=msg_dict["author_id"] if msg_dict.get("author_id") in people.ids else False,
        )
        if not mine:
            # without a parent nobody outside the office is told of it
            msg_dict.update(is_internal=True, parent_id=False)

    def _mail_keep(self, msg_dict, files, mine=True):
        """Keep the checked files with the case and link them to the message.

        :param bool mine: they are of the citizen, who sees them among what was handed in
        """
        self.ensure_one()
        if not files:
            return
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": name,
                    "raw": data,
                    "mimetype": mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for name, data, mimetype in files
            ]
        )
        msg_dict["attachment_ids"] = attachments.ids
        if not mine:
            return
        self.env["lgo.case.document"].sudo().create(
            {
                "res_model": self._name,
                "res_id": self.id,
                "name": self.env._("Files of the e-mail"),
                "sequence": 90,
                "state": "received",
                "attachment_ids": [Command.set(attachments.ids)],
            }
        )
        self.invalidate_recordset(["document_ids"])

    def _mail_answer_refused(self, address, refused):
        """Tell the sender which files were not taken and why."""
        if refused:
            self.env["lgo.notification"]._notify(
                self, "email_refused", email=address, values={"refused": refused}
            )
