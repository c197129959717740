# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import uuid

from psycopg2 import DataError

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lgo_base.tools import thai

from ..tools import ecms, letter_data
from .lgo_eoffice_dispatch import CallError

#: Names of letters of e-CMS as our own (RFC 9562 version 5).
SPACE = uuid.UUID("5f0c7d1e-6f3b-5a0c-9a67-2f6b5a9d1c42")


class LgoEofficeEcmsItem(models.Model):
    """What was taken from the e-CMS queue: a letter, or news about one of ours.

    The same letter is known by the department that sent it, its number and its date; the same
    news by its kind and process number. So a second delivery changes nothing.
    """

    _name = "lgo.eoffice.ecms.item"
    _inherit = ["lgo.eoffice.trail.mixin"]
    _description = "Item of the e-CMS Queue"
    _order = "id desc"
    _rec_name = "letter_number"

    _trail_words = frozenset({"note"})

    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, readonly=True, index=True
    )
    ecms_id = fields.Many2one(
        comodel_name="lgo.eoffice.ecms", required=True, readonly=True, index=True,
        ondelete="restrict",
    )  # fmt: skip
    kind = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    process_id = fields.Char(string="Process number", required=True, readonly=True)
    letter_number = fields.Char(string="Number", readonly=True)
    letter_date = fields.Date(string="Dated", readonly=True)
    accept_number = fields.Char(string="Their receive number", readonly=True)
    received_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    answer = fields.Char(
        string="Answer to send", readonly=True, help="Kind of the notifier that is sent back."
    )
    state = fields.Selection(
        [("stored", "Stored"), ("answered", "Answered"), ("deleted", "Taken from the queue")],
        required=True,
        default="stored",
        readonly=True,
    )
    note = fields.Char(readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="Whole message", readonly=True, ondelete="set null",
        index="btree_not_null",
    )  # fmt: skip

    _key_uniq = models.UniqueIndex("(company_id, key)", "This item came already.")

    @api.model
    def _store(self, connection, reply):
        """Store what came, once.

        :param connection: ``lgo.eoffice.ecms``
        :param reply: ``Reply`` with a letter or a notice
        """
        company = connection.company_id
        found = reply.letter or reply.notice
        if reply.letter:
            kind = "GovernmentDocument"
            key = f"{found.sender.department}|{found.letter_id}|{found.day or ''}"
        else:
            kind = reply.notice.kind
            key = f"{kind}|{reply.process_id}"
        items = self.sudo()
        item = items.search([("company_id", "=", company.id), ("key", "=", key)])
        if item:
            item.write({"process_id": reply.process_id})
            if item.state == "deleted":
                item._come_again(reply)
            # else it was not taken from the queue yet
            return item
        item = items.create(
            {
                "company_id": company.id,
                "ecms_id": connection.id,
                "kind": kind,
                "key": key,
                "process_id": reply.process_id,
                "letter_number": found.letter_id,
                "letter_date": found.day,
                "accept_number": getattr(found, "accept_id", False) or False,
            }
        )
        if reply.letter:
            item._take_letter(reply.letter, reply.raw)
        else:
            item._take_notice(reply.notice)
        return item

    def _come_again(self, reply):
        """It had left the queue: the other side has sent it once more."""
        self.ensure_one()
        if reply.letter and not self.letter_id:
            # what was refused as faulty, or for a class that was unknown, may be right now
            self.write({"state": "stored", "answer": False, "note": False})
            self._take_letter(reply.letter, reply.raw)
            return
        self.state = "answered"
        if reply.letter:
            self.letter_id._add_note(self.env._("The letter was sent a second time."))

    # ------------------------------------------------------------ letters
    def _take_letter(self, found, raw):
        self.ensure_one()
        company, connection = self.company_id, self.ecms_id
        secrecy = connection._value("secret", found.secret_code)
        if secrecy == "top_secret" or not secrecy:
            # ลับที่สุด is excepted from the electronic way; an unknown class may be that
            self.write(
                {
                    "answer": "RejectLetterNotifier",
                    "note": self.env._("Refused because of its class of secrecy."),
                }
            )
            return
        Letter = (
            self.env["lgo.eoffice.letter"]
            .with_context(lang=company._lgo_mail_lang(), default_direction="in")
            .with_company(company)
        )
        agency = self._agency(found.sender)
        notes = []
        files, refused = ecms.files_of(found)
        notes += [
            Letter.env._("“%(name)s” was not kept: broken, or a program.", name=name)
            for name in refused
        ]
        try:
            data = self._data(found, secrecy, notes, Letter)
        except letter_data.DataError as error:
            self.write({"answer": "InvalidLetterNotifier", "note": str(error)})
            return
        values = {
            "agency_id": agency.id,
            "from_text": agency.name or found.sender.job_title or found.sender.department,
            "summary": "\n".join(filter(None, (found.attachment, found.description))),
        }
        try:
            with self.env.cr.savepoint():
                letter = Letter._receive(
                    company, "ecms", data, files, f"ecms:{self.key}", notes, values
                )
        except (UserError, DataError) as error:
            # the queue must go on; the sender is told, the message is kept
            self.write({"answer": "InvalidLetterNotifier", "note": str(error)[:300]})
            if secrecy == "normal":
                self._keep_raw(raw)
            return
        self.write({"letter_id": letter.id, "answer": "ReceiveLetterNotifier"})
        if Letter._may_keep_content(company, data):
            self._keep_raw(raw)

    def _keep_raw(self, raw):
        """Keep the message as it came: evidence of origin and time (ETA B.E. 2544, ss. 10, 12)."""
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.attachment_id = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.id}.xml",
                    "raw": raw,
                    "mimetype": "application/octet-stream",
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        )

    def _data(self, found, secrecy, notes, Letter):
        """The letter as checked data."""
        urgency = self.ecms_id._value("speed", found.speed_code)
        if urgency not in letter_data.URGENCY:
            notes.append(
                Letter.env._("The class of urgency %(code)s is unknown.", code=found.speed_code)
            )
            urgency = "normal"
        return letter_data.check(
            letter_data.write(
                "letter",
                {
                    "uid": str(uuid.uuid5(SPACE, self.key)),
                    "doc_no": found.letter_id,
                    "doc_date": found.day,
                    "subject": found.subject,
                    "urgency": urgency,
                    "secrecy": secrecy,
                    "references": [
                        {"doc_no": number, "doc_date": day} for number, day, _s in found.references
                    ],
                },
            )
        )

    def _agency(self, party):
        agencies = self.env["lgo.eoffice.agency"].sudo()
        if not party.department:
            return agencies
        return agencies.search(
            [
                ("ecms_department", "=", party.department),
                ("company_id", "in", (self.company_id.id, False)),
            ],
            limit=1,
        )

    # ------------------------------------------------------------ news
    def _take_notice(self, notice):
        self.ensure_one()
        Letter = self.env["lgo.eoffice.letter"].sudo()
        key = Letter._normalise_no(notice.letter_id)
        domain = [("company_id", "=", self.company_id.id), ("doc_no_key", "=", key)]
        if notice.day:
            domain.append(("doc_date", "=", notice.day))
        if notice.kind == "InvalidAcceptIDNotifier":
            letter = Letter.search([*domain, ("receive_channel", "=", "ecms")], limit=1)
            letter._add_note(
                self.env._("The sender calls our receive number wrong: %(no)s", no=notice.accept_id)
            )
            self.letter_id = letter
            return
        rows = Letter.search([*domain, ("direction", "!=", "in")]).recipient_ids.filtered(
            lambda row: row.channel == "ecms"
        )
        if notice.accept_department:
            rows = rows.filtered(
                lambda row: row.agency_id.ecms_department == notice.accept_department
            )
        if len(rows) != 1:
            self.note = self.env._("It belongs to no letter, or to more than one.")
            return
        self.letter_id = rows.letter_id
        status = ecms.NOTIFIERS[notice.kind]
        if status == "accepted" and not notice.accept_id:
            self.answer = "InvalidAcceptIDNotifier"
            return
        rows._take_acknowledgement({"status": status, "receive_no": notice.accept_id})

    # ------------------------------------------------------------ afterwards
    def _answer_and_delete(self):
        """Answer, then take the item from the queue; called after the commit of the storing.

        :raises CallError: e-CMS did not take it; the next run tries again
        """
        for item in self:
            connection = item.ecms_id
            if item.answer and item.state == "stored":
                connection._call(
                    ecms.notifier(
                        ecms.Notice(
                            item.answer,
                            item.letter_number or "",
                            item.letter_date or None,
                            item._subject(),
                            item.accept_number or "",
                        )
                    )
                )
            item.state = "answered"
            connection._call(ecms.delete(item.process_id))
            item.state = "deleted"

    def _subject(self):
        """Subject for the answer; none where the letter was refused or is secret."""
        letter = self.letter_id
        return letter.subject if letter and letter.secrecy == "normal" else ""

    @api.model
    def _answer_call(self, connection, letter, data):
        """Tell the sender of a received letter that it was registered or refused.

        :param dict data: acknowledgement for JSON
        """
        item = self.sudo().search([("letter_id", "=", letter.id)], order="id", limit=1)
        kinds = {state: kind for kind, state in ecms.NOTIFIERS.items() if state}
        if not item:
            raise CallError(self.env._("The letter did not come by e-CMS."), permanent=True)
        connection._call(
            ecms.notifier(
                ecms.Notice(
                    kinds[data["status"]],
                    item.letter_number or "",
                    item.letter_date or None,
                    item._subject(),
                    thai.to_arabic_digits(data.get("receive_no") or ""),
                )
            )
        )
