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
        case._mail_prepare(msg_dict, files)
        self.env["lgo.case.document"]._create_checklist(case)
        case._mail_keep(msg_dict, files)
        case._transition("submit")
        case._mail_answer_refused(address, refused)
        return case

    def message_update(self, msg_dict, update_vals=None):
        """Keep an answer to a mail of the case, and say in the timeline that it came."""
        result = super().message_update(msg_dict, update_vals)
        address = email_normalize(msg_dict.get("email_from") or "")
        for case in self:
            files, refused = self._mail_take_files(msg_dict)
            case._mail_prepare(msg_dict, files)
            case._mail_keep(msg_dict, files)
            mine = case._mail_is_citizen(address)
            self.env["lgo.case.event"]._add(
                case,
                "mail_in",
                self.env._("A message of the applicant came by e-mail.")
                if mine
                else self.env._("A message came by e-mail from another address."),
                public=mine,
            )
            if case.user_id:
                case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Read the message of the applicant"),
                    user_id=case.user_id.id,
                )
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
    def _mail_is_citizen(self, address):
        """Whether a mail from ``address`` is taken for one of the applicant or agent."""
        self.ensure_one()
        known = (
            self.applicant_email,
            self.partner_id.email,
            self.agent_partner_id.email,
        )
        return bool(address) and address in {email_normalize(mail or "") for mail in known}

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

    def _mail_prepare(self, msg_dict, files):
        """Make the message that the gateway posts afterwards fit to keep."""
        self.ensure_one()
        body = str(msg_dict.get("body") or "").replace("\x00", "")
        if len(body) > MAX_BODY:
            body = plaintext2html(html2plaintext(body)[:MAX_BODY])
        people = self.partner_id | self.agent_partner_id
        msg_dict.update(
            body=body,
            subject=self._mail_clean(msg_dict.get("subject"))[:200],
            attachments=[],
            # an address is easily forged: nobody but the citizen of the case is named by it
            author_id=msg_dict["author_id"] if msg_dict.get("author_id") in people.ids else False,
        )

    def _mail_keep(self, msg_dict, files):
        """Keep the checked files with the case and link them to the message."""
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
        msg_dict["attachment_ids"] = attachments.ids

    def _mail_answer_refused(self, address, refused):
        """Tell the sender which files were not taken and why."""
        if refused:
            self.env["lgo.notification"]._notify(
                self, "email_refused", email=address, values={"refused": refused}
            )
