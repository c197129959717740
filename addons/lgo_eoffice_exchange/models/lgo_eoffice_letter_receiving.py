# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import email
import email.policy
import hashlib
import logging
import re
from datetime import UTC

from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import plaintext2html

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_base.tools.upload import check_upload

from ..tools import subject_line

_logger = logging.getLogger(__name__)

#: PDF files of one letter that are opened and judged; the others are kept unjudged.
MAX_JUDGED = 10
#: Characters of the text of an e-mail that are shown; the whole message is kept beside it.
MAX_SHOWN = 20_000
MAX_SUMMARY = 4_000
CIRCULAR = re.compile(r"/\s*ว\s*[0-9๐-๙]")


class LgoEofficeLetter(models.Model):
    """Letters that come electronically wait in the state "To register"."""

    _inherit = "lgo.eoffice.letter"

    origin_key = fields.Char(
        readonly=True, copy=False, index="btree_not_null",
        help="Sender and its own name of the letter: the same letter comes in once.",
    )  # fmt: skip
    exchange_uid = fields.Char(
        string="Exchange number", readonly=True, copy=False, index="btree_not_null",
        help="Name of the letter between two systems.",
    )  # fmt: skip
    exchange_note = fields.Text(
        string="Please check", readonly=True, copy=False,
        help="What the system noticed when the letter came in.",
    )  # fmt: skip
    source_mail_ids = fields.One2many(
        "lgo.eoffice.mail", "letter_id", string="E-mails", readonly=True,
        groups="lgo_eoffice.group_saraban,lgo_base.group_auditor",
    )  # fmt: skip

    _origin_uniq = models.UniqueIndex(
        "(company_id, origin_key) WHERE origin_key IS NOT NULL", "This letter came in already."
    )

    # ------------------------------------------------------------ e-mail
    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Take in what came to the saraban address; the clerk checks and registers it."""
        incoming = self._lgo_incoming()
        if incoming is None:
            return super().message_new(msg_dict, custom_values)
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(values.get("company_id")) or self.env.company
        mail = incoming.mail(company.lgo_mail_max_mb)
        Letter = self.with_context(
            lang=company._lgo_mail_lang(), default_direction="in"
        ).with_company(company)
        data = mail.data if mail.data and mail.data["type"] == "letter" else None
        before = Letter.env["lgo.eoffice.mail"]._find(company, mail, incoming.raw).letter_id
        if before:
            letter, again = before.with_env(Letter.env), True
        else:
            letter, again = Letter._take_mail(company, mail, data, incoming, values)
        letter._prepare_chatter(msg_dict, mail, again)
        return letter

    @api.model
    def _take_mail(self, company, mail, data, incoming, values):
        """:return: the letter, and whether it had come before"""
        keep = self._may_keep_content(company, data)
        key = f"mail:{mail.sender}|{data['uid']}" if data and mail.data_depth == 0 else False
        letter = self._find_origin(company, key)
        again = bool(letter)
        notes = self._mail_notes(mail, data)
        if not letter:
            letter = self._letter_of_mail(company, mail, data, keep, key, notes, values)
        self.env["lgo.eoffice.mail"]._keep(
            company,
            "letter",
            mail,
            incoming.raw,
            keep_raw=keep,
            letter_id=letter.id,
            note="\n".join(notes),
            no_answer=self._no_answer(mail, incoming) or False,
        )
        if again:
            letter._add_note(self.env._("The letter was sent a second time."))
        return letter, again

    @api.model
    def _letter_of_mail(self, company, mail, data, keep, key, notes, values):
        """The letter of an e-mail; a poor one rather than none."""
        line = subject_line.read(mail.subject)
        agency = self._agency_of(company, mail.sender)
        values = {
            "subject": line.subject or self.env._("(no subject)"),
            "doc_no": line.doc_no,
            "doc_date": line.doc_date,
            "urgency": line.urgency,
            "agency_id": agency.id,
            "from_text": agency.name or mail.sender_name or mail.sender,
            "summary": mail.text[:MAX_SUMMARY] if keep else False,
            **values,
        }
        files = mail.files if keep else []
        try:
            with self.env.cr.savepoint():
                found = list(notes)
                letter = self._receive(company, "email", data, files, key, found, values)
        except (UserError, DataError) as error:
            # a rule of the office or of the database that the sender could not know
            _logger.warning("e-mail %s: %s", mail.message_id, error)
            notes.append(self.env._("What the e-mail says could not be taken over: %s", error))
            if data:
                values["secrecy"] = data["secrecy"]
            return self._receive(company, "email", None, files, key, notes, values)
        notes[:] = found
        return letter

    def _prepare_chatter(self, msg_dict, mail, again):
        """Make the message that the gateway posts afterwards fit to keep.

        Plain text only: no pictures of other servers, no forms, no links in disguise.
        """
        self.ensure_one()
        shown = "" if self.secrecy != "normal" else mail.text[:MAX_SHOWN]
        msg_dict.update(
            body=plaintext2html(shown) if shown else "",
            subject=False if self.secrecy != "normal" else mail.subject[:200],
            attachments=[],
            author_id=False,
            parent_id=False,
            is_internal=True,
        )

    @api.model
    def _no_answer(self, mail, incoming):
        """Why nothing automatic goes to the sender; ``""`` when it may."""
        message = incoming.message
        if message is None:
            message = email.message_from_bytes(incoming.raw, policy=email.policy.compat32)
        return self._lgo_automatic(message, {"email_from": mail.sender})

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """A province sends dozens of letters a day: no number of letters makes a loop here.

        Nothing is answered before a clerk has registered the letter, so no loop can begin.
        """
        return []

    @api.model
    def _mail_notes(self, mail, data):
        """Sentences for the clerk on what was odd about the e-mail."""
        texts = {
            "program": self.env._("“%s” is a program or web page and was left in the message."),
            "empty": self.env._("The file “%s” is empty."),
            "too_many": self.env._("“%s” was left in the message: too many files."),
            "too_big": self.env._("“%s” was left in the message: it is too large."),
            "winmail": self.env._("“%s” could not be opened; ask the sender to send it as PDF."),
            "deep": self.env._("The message is nested too deeply; parts of it were not opened. %s"),
            "data": self.env._("The machine-readable data are faulty (%s) and were not used."),
            "nested": self.env._("A message was attached: “%s”."),
        }
        notes = [texts[problem.code].replace("%s", problem.name) for problem in mail.problems]
        if not mail.files:
            notes.append(self.env._("The e-mail brought no file."))
        elif not any(file.is_pdf for file in mail.files):
            notes.append(self.env._("None of the files is a PDF."))
        if data and mail.data_depth:
            notes.append(
                self.env._("The data belong to a message that was forwarded; check the sender.")
            )
        if data and data["sender"]["email"].lower() not in ("", mail.sender):
            notes.append(
                self.env._(
                    "The letter names %(named)s as its sender, but came from %(real)s.",
                    named=data["sender"]["email"],
                    real=mail.sender,
                )
            )
        return notes

    # ------------------------------------------------------------ every electronic way
    @api.model
    def _find_origin(self, company, key):
        """The letter that came before under this key, in the language of ``self``."""
        if not key:
            return self.browse()
        return self.sudo().search([("company_id", "=", company.id), ("origin_key", "=", key)])

    @api.model
    def _agency_of(self, company, address):
        """The agency with this saraban address that the organisation knows."""
        agencies = self.env["lgo.eoffice.agency"].sudo().with_company(company)
        agency = agencies._find_by_email(address) if address else agencies
        return agency if agency.company_id in (company, company.browse()) else agencies.browse()

    @api.model
    def _may_keep_content(self, company, data):
        """Whether text and files may be kept (ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔).

        Register data only of what is secret, unless the head decided otherwise; nothing of ลับที่สุด.
        """
        level = data["secrecy"] if data else "normal"
        return level == "normal" or (level != "top_secret" and company.lgo_secret_electronic)

    @api.model
    def _receive(self, company, channel, data, files, key, notes, values):
        """Make the letter that waits to be registered.

        :param company: ``res.company`` that received it
        :param str channel: email, exchange or ecms
        :param dict data: checked machine-readable letter, or ``None``; it wins over ``values``
        :param list files: ``File`` objects with name, data and mimetype
        :param str key: name of the letter at its sender, or ``False``
        :param list notes: sentences for the clerk; more are added
        :param dict values: values of the letter
        """
        values = {
            "company_id": company.id,
            "direction": "in",
            "receive_channel": channel,
            "medium": "electronic",
            "origin_key": key,
            "owner_user_id": False,
            "owner_unit_id": False,
            **values,
            **(self._values_of_data(company, data) if data else {}),
        }
        if values.get("doc_date") and values["doc_date"] > thai.local_date(fields.Datetime.now()):
            notes.append(self.env._("The letter is dated later than today; ask the sender."))
            values["doc_date"] = False
        if not values.get("kind_id"):
            values["kind_id"] = self._kind_of("EXT").id
        if CIRCULAR.search(values.get("doc_no") or ""):
            values["is_circular"] = True
        level = {"secrecy": values.get("secrecy") or "normal"}
        if not self._may_keep_content(company, level):
            values["summary"] = False
            if level["secrecy"] == "top_secret":
                values["subject"] = self.env._("(most secret)")
                values["reference_ids"] = values["enclosure_ids"] = []
        letter = self.sudo().create(values)
        letter._note_arrival()
        if self._may_keep_content(company, level):
            letter._keep_files(files, data, notes)
        else:
            notes.append(
                self.env._("The letter is secret: neither its text nor its files were kept.")
            )
        letter._add_note("\n".join(notes))
        self.env["lgo.audit.log"]._log("letter.receive", letter, detail={"channel": channel})
        return letter

    @api.model
    def _kind_of(self, code):
        kinds = self.env["lgo.eoffice.kind"].sudo()
        domain = [("code", "=", code or "EXT"), ("is_received", "=", True)]
        return kinds.search(domain, limit=1) or kinds.search([("code", "=", "EXT")], limit=1)

    @staticmethod
    def _utc(moment):
        """A moment of the data as fields keep it."""
        return moment and moment.astimezone(UTC).replace(tzinfo=None)

    @api.model
    def _values_of_data(self, company, data):
        """Values of a letter from the machine-readable data of its sender."""
        sender = data["sender"]
        values = {
            "exchange_uid": data["uid"],
            "kind_id": self._kind_of(data["kind"]).id,
            "subject": data["subject"],
            "doc_no": data["doc_no"],
            "doc_date": data["doc_date"],
            "urgency": data["urgency"],
            "secrecy": data["secrecy"],
            "is_circular": data["is_circular"],
            "due_at": self._utc(data["due_at"]),
            "deliver_by": self._utc(data["deliver_by"]),
            "reference_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "org": row["org"],
                        "urgency_text": row["urgency"],
                        "doc_no": row["doc_no"],
                        "doc_date": row["doc_date"],
                        "ref_letter_id": self._own_letter(company, row["doc_no"]).id,
                    }
                )
                for number, row in enumerate(data["references"], start=1)
            ],
            "enclosure_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "name": row["name"],
                        "qty": row["qty"],
                        "unit_name": row["unit"] or "ฉบับ",
                    }
                )
                for number, row in enumerate(data["enclosures"], start=1)
            ],
        }
        if sender["name"]:
            values["from_text"] = sender["name"]
        if data["addressee"]:
            values["to_text"] = data["addressee"]
        return values

    @api.model
    def _own_letter(self, company, doc_no):
        """Our own letter that another office refers to by its number."""
        key = self._normalise_no(doc_no)
        if not key:
            return self.sudo().browse()
        return self.sudo().search(
            [
                ("doc_no_key", "=", key),
                ("company_id", "=", company.id),
                ("direction", "!=", "in"),
                ("secrecy", "=", "normal"),
            ],
            limit=1,
        )

    # ------------------------------------------------------------ files
    def _keep_files(self, files, data, notes):
        """Store the files with the letter: one is its paper, the others are enclosures."""
        self.ensure_one()
        stored = []
        judged = 0
        for file in files:
            sound = True
            if file.is_pdf and judged < MAX_JUDGED:
                judged += 1
                sound = self._judge_pdf(file, notes)
            attachment = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    {
                        "name": file.name,
                        "raw": file.data,
                        "mimetype": file.mimetype,
                        "res_model": self._name,
                        "res_id": self.id,
                        "company_id": self.company_id.id,
                    }
                )
            )
            stored.append((file, attachment, sound))
        said = self._said_of(stored, data, notes)
        main = self._main_of(stored, said)
        if main:
            self.main_attachment_id = main[1]
        self._link_enclosures([row for row in stored if row is not main], data, said)

    def _judge_pdf(self, file, notes):
        """Whether a PDF can be opened; what is wrong with it goes into the notes."""
        try:
            check_upload(
                file.name, file.data, kind="document", max_bytes=len(file.data) + 1, env=self.env
            )
        except ValidationError as error:
            notes.append(str(error))
            return False
        return True

    def _said_of(self, stored, data, notes):
        """What the data say of each file that came, known by its content.

        Not by its name: what is stored has a safe one, and mail programs change names too.

        :return: dict of attachment -> rows of the data
        """
        rows = data["files"] if data else []
        hashes = {
            attachment: hashlib.sha256(file.data).hexdigest() for file, attachment, _sound in stored
        }
        notes += [
            self.env._("“%(name)s” is not the file that was sent.", name=row["name"])
            for row in rows
            if row["sha256"].lower() not in hashes.values()
        ]
        return {
            attachment: [row for row in rows if row["sha256"].lower() == sha256]
            for attachment, sha256 in hashes.items()
        }

    def _main_of(self, stored, said):
        """The file that is the letter itself: as the sender says, else the first sound PDF."""
        for row in stored:
            if any(one["role"] == "main" for one in said[row[1]]):
                return row
        pdfs = [row for row in stored if row[0].is_pdf]
        pdfs.sort(key=lambda row: (not row[2], row[0].depth))
        return pdfs[0] if pdfs else None

    def _link_enclosures(self, stored, data, said):
        """Give the files to the enclosures that name them; make a row for each other file."""
        wanted = data["enclosures"] if data else []
        rows = list(zip(wanted, self.enclosure_ids.sorted("sequence"), strict=False))
        left = []
        for file, attachment, _sound in stored:
            names = {file.name, *(one["name"] for one in said[attachment])} - {""}
            row = next(
                (row for one, row in rows if one["file"] in names and not row.attachment_id), None
            )
            if row:
                row.attachment_id = attachment
            else:
                left.append((file, attachment))
        self.enclosure_ids = [
            Command.create(
                {
                    "sequence": 100 + number,
                    "name": file.name.rpartition(".")[0] or file.name,
                    "attachment_id": attachment.id,
                }
            )
            for number, (file, attachment) in enumerate(left)
        ]

    def _file_owners(self):
        """The raw messages go with the letter; that they came, when and with which hash stays."""
        letter = self.sudo()
        items = self.env["lgo.eoffice.ecms.item"].sudo().search([("letter_id", "=", self.id)])
        return [
            *super()._file_owners(),
            ("lgo.eoffice.mail", letter.source_mail_ids.ids),
            ("lgo.eoffice.ecms.item", items.ids),
            ("lgo.eoffice.recipient", letter.recipient_ids.ids),
        ]

    def _add_note(self, text):
        """Add a sentence to what the clerk is to check."""
        for letter in self:
            parts = filter(None, (letter.exchange_note, text))
            letter.sudo().exchange_note = "\n".join(parts) or False
