# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.lgo_base.tools import thai

from ..tools import letter_data, subject_line

#: Ways by which a received letter can be acknowledged.
ANSWERED = ("email", "exchange", "ecms")


class LgoEofficeLetter(models.Model):
    """Acknowledging received letters to their senders.

    Saraban Regulation (No. 4) B.E. 2564: whoever receives a letter electronically acknowledges
    it. One acknowledgement a letter goes by itself; a clerk may send it again by hand. RFC 3834:
    programs, lists and servers are never answered.
    """

    _inherit = "lgo.eoffice.letter"

    ack_state = fields.Selection(
        [
            ("none", "Not yet"),
            ("off", "Not sent"),
            ("queued", "Waiting to be sent"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        string="Acknowledgement",
        default="none",
        readonly=True,
        copy=False,
    )
    ack_reason = fields.Char(string="Why not", readonly=True, copy=False)

    def _transition(self, code, *, reason=None, portal=False):
        """Tell the sender when a letter is registered or refused."""
        done = super()._transition(code, reason=reason, portal=portal)
        if code == "register":
            self._acknowledge("accepted")
        elif code == "reject":
            self._acknowledge("rejected", reason)
        return done

    def _answer_recipient(self):
        """An answer goes the way by which the letter came."""
        values = super()._answer_recipient()
        if self.agency_id and self.receive_channel in ANSWERED:
            values["channel"] = self.receive_channel
        elif self.receive_channel == "email":
            # who is not in the directory of agencies is answered where the e-mail came from
            mails = self.sudo().source_mail_ids.filtered(lambda row: row.kind == "letter")
            values["email"] = email_normalize(mails.sorted("id")[:1].email_from or "")
        return values

    def _acknowledge(self, status, reason="", again=False):
        """Send the acknowledgement of one letter, once.

        :param str status: received, accepted, rejected or invalid
        :param str reason: why it is refused
        :param bool again: a clerk wants it sent although it was sent before
        """
        self.ensure_one()
        letter = self.sudo()
        if letter.direction != "in" or letter.receive_channel not in ANSWERED:
            return
        if letter.ack_state not in (False, "none") and not again:
            return
        problem = letter._acknowledge_problem(again)
        if problem:
            letter.write({"ack_state": "off", "ack_reason": problem})
            return
        data = letter._acknowledgement_data(status, reason)
        getattr(letter, f"_acknowledge_{letter.receive_channel}")(data)
        letter.write({"ack_state": "queued", "ack_reason": False})

    def _acknowledge_problem(self, again):
        """Why the sender is not told; ``""`` when it is."""
        self.ensure_one()
        if not self.company_id.lgo_mail_ack and not again:
            return self.env._("Switched off in the settings.")
        if self.receive_channel != "email":
            return ""
        mail = self.source_mail_ids.filtered(lambda row: row.kind == "letter").sorted("id")[:1]
        if mail.no_answer:
            return self.env._("Sent by a program or list: %(why)s", why=mail.no_answer)
        if not email_normalize(mail.email_from or ""):
            return self.env._("There is no address to answer to.")
        if not self.company_id._lgo_saraban_sender():
            return self.env._("The organisation has no saraban e-mail.")
        return ""

    def _acknowledgement_data(self, status, reason=""):
        """The machine-readable acknowledgement."""
        self.ensure_one()
        company = self.company_id
        mail = self.source_mail_ids.filtered(lambda row: row.kind == "letter").sorted("id")[:1]
        received = self.received_at if status == "accepted" else fields.Datetime.now()
        secret = self.secrecy != "normal"
        return letter_data.write(
            "acknowledgement",
            {
                "uid": self.exchange_uid or None,
                "message_id": mail.message_ref or "",
                "doc_no": self.doc_no or "",
                "doc_date": self.doc_date or None,
                "subject": "" if secret else self.subject,
                "status": status,
                "receive_no": str(self.receive_no) if status == "accepted" else "",
                "received_at": received.replace(tzinfo=UTC),
                "office": {
                    "name": company.name,
                    "email": email_normalize(company.lgo_saraban_email or "") or "",
                    "phone": company.phone or "",
                },
                "reason": (reason or "")[:1000],
            },
        )

    def _acknowledge_email(self, data):
        """Answer the e-mail that brought the letter."""
        self.ensure_one()
        mail = self.source_mail_ids.filtered(lambda row: row.kind == "letter").sorted("id")[:1]
        attachment = self.env["ir.attachment"]._create_letter_data(self, data)
        body = self.env["ir.qweb"]._render(
            "lgo_eoffice_exchange.mail_acknowledgement",
            {
                "letter": self,
                "data": data,
                "format_date": thai.format_date,
                "format_time": thai.format_time,
            },
        )
        subject = subject_line.build("" if self.is_secret else self.subject, self.doc_no)
        reference = mail._message_id()
        self.env["lgo.eoffice.dispatch"]._send_mail(
            self,
            "acknowledgement",
            email_normalize(mail.email_from),
            f"ตอบรับ {subject}"[:250],
            body,
            attachment,
            references=reference,
            headers={
                "Auto-Submitted": "auto-replied",
                "X-Auto-Response-Suppress": "All",
                **({"In-Reply-To": reference} if reference else {}),
            },
        )

    def _ack_done(self, _values):
        self.sudo().write({"ack_state": "sent", "ack_reason": False})

    def _ack_failed(self, error):
        self.sudo().write({"ack_state": "failed", "ack_reason": error})

    def action_acknowledge(self):
        """Button: send the acknowledgement again, or although the settings say no."""
        if not self.env.user.has_group("lgo_eoffice.group_saraban"):
            raise AccessError(self.env._("The central registrar acknowledges letters."))
        self.check_access("write")
        for letter in self:
            if letter.receive_channel not in ANSWERED or not letter.register_entry_id:
                raise UserError(
                    self.env._("Only a registered letter that came electronically is acknowledged.")
                )
            if letter.ack_state == "queued":
                raise UserError(self.env._("The acknowledgement waits to be sent already."))
            letter._acknowledge("accepted", again=True)
            if letter.ack_state == "off":
                raise UserError(letter.ack_reason)
        return True
