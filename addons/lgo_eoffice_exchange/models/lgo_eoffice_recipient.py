# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, escape_psql

from odoo.addons.lgo_base.tools import thai

from ..tools import subject_line
from ..tools.charset import clean

SENDERS = "lgo_eoffice.group_saraban,lgo_eoffice.group_unit_saraban"
ELECTRONIC = ("email", "exchange", "ecms")
#: What an acknowledgement makes of a recipient; a later, weaker one changes nothing.
RANK = ("draft", "queued", "failed", "sent", "delivered", "received", "invalid", "rejected",
        "accepted")  # fmt: skip
#: A receive number in the words of another office: เลขทะเบียนรับ ๑๒๓, เลขรับที่ 45/2569.
THEIR_NUMBER = re.compile(
    r"(?:เลข(?:ทะเบียน)?(?:หนังสือ)?รับ(?:ที่)?|ลง(?:ทะเบียน)?รับ(?:ที่|เลขที่)|รับที่)"
    r"\s*:?\s*([0-9๐-๙]{1,9}(?:/[0-9๐-๙]{2,4})?)"
)


class LgoEofficeRecipient(models.Model):
    """Sending to a recipient electronically, and what comes back."""

    _inherit = "lgo.eoffice.recipient"

    _action_only = frozenset(
        {
            "state", "sent_at", "delivered_at", "acknowledged_at", "ack_no", "ack_date", "read_at",
            "error", "their_words",
        }
    )  # fmt: skip

    state = fields.Selection(
        selection_add=[("queued", "Waiting to be sent"), ("sent",)],
        ondelete={"queued": "set default"},
    )
    company_id = fields.Many2one(related="letter_id.company_id")
    their_words = fields.Text(
        string="Their answer", readonly=True, copy=False, help="What the recipient wrote back."
    )
    dispatch_ids = fields.One2many(
        "lgo.eoffice.dispatch", "recipient_id", string="Sendings", readonly=True
    )
    is_late = fields.Boolean(
        string="Not acknowledged in time", compute="_compute_is_late", search="_search_is_late"
    )
    can_resend = fields.Boolean(compute="_compute_can_resend")

    @api.depends("agency_id", "unit_id", "email")
    def _compute_channel(self):  # pylint: disable=missing-return
        """Directly, where both offices have confirmed each other's keys."""
        super()._compute_channel()
        agencies = self.agency_id._origin
        if not agencies:
            return
        keys = self.env["lgo.eoffice.exchange.key"].sudo().search([("state", "=", "active")])
        peers = self.env["lgo.eoffice.peer"].sudo().search(
            [
                ("agency_id", "in", agencies.ids),
                ("company_id", "in", keys.company_id.ids),
                ("state", "=", "confirmed"),
            ]
        )  # fmt: skip
        pairs = {(peer.company_id, peer.agency_id) for peer in peers}
        for row in self:
            company = row.letter_id.company_id or self.env.company
            if (company, row.agency_id._origin) in pairs:
                row.channel = "exchange"

    @api.depends("channel", "state", "sent_at", "letter_id.company_id.lgo_ack_days")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for row in self:
            days = timedelta(days=row.letter_id.company_id.lgo_ack_days)
            row.is_late = bool(
                row.channel in ELECTRONIC
                and row.state in ("sent", "delivered")
                and row.sent_at
                and row.sent_at < now - days
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        late = Domain.OR(
            Domain("letter_id.company_id", "=", company.id)
            & Domain("sent_at", "<", now - timedelta(days=company.lgo_ack_days))
            for company in self.env.companies.sudo()
        )
        return (
            late
            & Domain("channel", "in", ELECTRONIC)
            & Domain("state", "in", ("sent", "delivered"))
        )

    @api.depends("state", "channel", "letter_id.state")
    def _compute_can_resend(self):
        for row in self:
            row.can_resend = row._may_be_sent()

    def _may_be_sent(self):
        self.ensure_one()
        return (
            self.channel in ELECTRONIC
            and self.letter_id.sudo().state in ("numbered", "sent", "closed")
            and self.state not in ("accepted", "queued")
        )

    # ------------------------------------------------------------ out
    def _send_electronic(self):
        """Bring the letter to these recipients by their electronic way."""
        for row in self:
            getattr(row, f"_send_{row.channel}")()

    def _check_sendable(self):
        """Refuse what must not leave by an electronic way.

        ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔; ลับที่สุด is excepted from the electronic way.

        :raises UserError: secret, unsigned, or no address to send from
        """
        for letter in self.letter_id.sudo():
            company = letter.company_id
            if letter.secrecy == "top_secret" or (
                letter.secrecy != "normal" and not company.lgo_mail_secret
            ):
                raise UserError(
                    self.env._(
                        "A secret letter does not leave by e-mail or over the network. Choose "
                        "“On paper” for its recipients."
                    )
                )
            if not letter._exchange_files():
                raise UserError(
                    self.env._("The letter has no signed paper yet; sign and number it first.")
                )

    def _send_email(self):
        self.ensure_one()
        self._check_sendable()
        letter = self.letter_id.sudo()
        if not letter.company_id._lgo_saraban_sender():
            raise UserError(
                self.env._(
                    "The organisation has no saraban e-mail. An administrator enters it in the "
                    "profile of the organisation."
                )
            )
        address = email_normalize(self.email or "")
        if not address:
            self.sudo()._sending_failed(
                self.env._("“%(email)s” is no e-mail address.", email=self.email or "")
            )
            return
        files = letter._exchange_files()
        data = letter._exchange_data(self, files)
        attachments = self.env["ir.attachment"].sudo().union(*(found for found, _role in files))
        attachments |= self.env["ir.attachment"]._create_letter_data(self, data)
        body = self.env["ir.qweb"]._render(
            "lgo_eoffice_exchange.mail_letter",
            {
                "letter": letter,
                "recipient": self,
                "format_date": thai.format_date,
                "format_time": thai.format_time,
            },
        )
        source = letter.reply_to_id.source_mail_ids[-1:]
        self.env["lgo.eoffice.dispatch"]._send_mail(
            letter,
            "letter",
            address,
            subject_line.build(letter.subject, letter.doc_no, letter.urgency),
            body,
            attachments,
            recipient=self,
            references=source._message_id() if source.email_from == address else False,
        )
        self.sudo().write({"state": "queued", "error": False})

    def _send_exchange(self):
        """Queue the call to the system of the other office."""
        self.ensure_one()
        self._check_sendable()
        letter = self.letter_id.sudo()
        company = letter.company_id
        if not self.env["lgo.eoffice.exchange.key"]._active(company):
            raise UserError(
                self.env._(
                    "The organisation has no key to sign with. Make one under Configuration > "
                    "Saraban > Own key."
                )
            )
        peer = self.env["lgo.eoffice.peer"]._of_agency(self.agency_id, company)
        if not peer:
            raise UserError(
                self.env._(
                    "The key of %(name)s was not confirmed yet. Choose another way, or let the "
                    "registrar confirm it.",
                    name=self.name,
                )
            )
        self.env["lgo.eoffice.dispatch"]._queue_call(letter, "letter", "exchange", recipient=self)
        self.sudo().write({"state": "queued", "error": False})

    def _send_ecms(self):
        """Queue the call to e-CMS."""
        self.ensure_one()
        self._check_sendable()
        letter = self.letter_id.sudo()
        if not self.env["lgo.eoffice.ecms"]._of(letter.company_id):
            raise UserError(self.env._("e-CMS is not switched on."))
        if not self.agency_id.ecms_department:
            raise UserError(
                self.env._("Enter the e-CMS code of %(name)s at the agency.", name=self.name)
            )
        again = self.state in ("rejected", "invalid")
        self.env["lgo.eoffice.dispatch"]._queue_call(
            letter, "letter", "ecms", recipient=self, values={"again": again}
        )
        self.sudo().write({"state": "queued", "error": False})

    def action_resend(self):
        """Button: send the letter to this recipient again."""
        if not self.env.user.has_groups(SENDERS):
            raise AccessError(self.env._("Letters are sent by the saraban officers."))
        self.check_access("write")
        for row in self:
            if not row._may_be_sent():
                raise UserError(
                    self.env._(
                        "%(name)s has the letter already, or it is being sent.", name=row.name
                    )
                )
            self.env["lgo.audit.log"]._log(
                "letter.resend", row.letter_id, detail={"recipient": row.name}
            )
        self._send_electronic()
        return True

    # ------------------------------------------------------------ back
    def _sending_failed(self, error):
        """Nothing arrived: the officer of the letter is told, unless it was acknowledged."""
        for row in self:
            if RANK.index(row.state) > RANK.index("delivered"):
                continue
            row.write({"state": "failed", "error": error})
            row._tell_officer(self.env._("Not delivered: %(name)s", name=row.name), row.error or "")

    def _tell_officer(self, summary, note):
        letter = self.letter_id.sudo()
        users = letter.owner_user_id
        if letter.is_secret:
            # the officer of a letter that became secret may not even know of it
            named = letter._who_may_open()
            users = users & named or named
        for user in users.filtered("active"):
            letter.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=Markup("<p>%s</p>") % note,
                user_id=user.id,
            )

    def _take_delivery(self, action):
        """A mail server or mail program says how far the e-mail came."""
        now = fields.Datetime.now()
        for row in self:
            if action == "displayed":
                row.read_at = row.read_at or now
            if action in ("delivered", "displayed") and row.state in ("queued", "sent", "failed"):
                row.write({"state": "delivered", "delivered_at": now, "error": False})

    @api.model
    def _find_acknowledged(self, company, data, sender):
        """The recipient that an acknowledgement is from, in sudo: by letter and address.

        :param dict data: checked acknowledgement
        :param str sender: address that it came from
        """
        rows = self.sudo()
        if data.get("message_id"):
            found = self.env["lgo.eoffice.dispatch"]._find_sent([data["message_id"]])[-1:]
            if found.recipient_id and found.company_id == company:
                return found.recipient_id
        if not data.get("uid") or not sender:
            return rows
        return rows.search(
            [
                ("letter_id.exchange_uid", "=", data["uid"]),
                ("letter_id.company_id", "=", company.id),
                ("email", "=ilike", escape_psql(sender)),
            ],
            limit=1,
        )

    @api.model
    def _find_exchanged(self, peers, uid):
        """The recipient that a signed acknowledgement is from, in sudo.

        :param peers: the confirmed keys that signed it
        """
        rows = self.sudo()
        if not uid:
            return rows
        found = rows.search([("letter_id.exchange_uid", "=", uid), ("channel", "=", "exchange")])
        pairs = {(peer.company_id, peer.agency_id) for peer in peers}
        return found.filtered(lambda row: (row.letter_id.company_id, row.agency_id) in pairs)[:1]

    def _take_acknowledgement(self, data):
        """Note what the recipient's system says; a repetition changes nothing.

        :param dict data: checked acknowledgement of ``letter_data``
        """
        now = fields.Datetime.now()
        for row in self:
            status = data["status"]
            if RANK.index(status) <= RANK.index(row.state):
                continue
            moment = data.get("received_at")
            values = {"state": status, "acknowledged_at": now, "error": False}
            if status == "accepted":
                values["ack_no"] = data.get("receive_no") or False
                values["ack_date"] = thai.local_date(moment or now)
            elif status in ("rejected", "invalid"):
                values["error"] = data.get("reason") or False
            row.write(values)
            if status in ("rejected", "invalid"):
                row._tell_officer(
                    self.env._("Refused by %(name)s", name=row.name), data.get("reason") or ""
                )

    def _take_words(self, text):
        """A person of the other office answered without attaching anything.

        The words are kept; where they name a receive number the letter counts as accepted.
        """
        for row in self:
            row.their_words = clean(text, 2000)
            found = THEIR_NUMBER.search(text or "")
            row._take_acknowledgement(
                {
                    "status": "accepted" if found else "received",
                    "receive_no": thai.to_arabic_digits(found[1]) if found else "",
                }
            )
