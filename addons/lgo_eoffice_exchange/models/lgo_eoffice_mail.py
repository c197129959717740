# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

KINDS = [
    ("letter", "Letter"),
    ("acknowledgement", "Acknowledgement"),
    ("answer", "Answer written by a person"),
    ("report", "Report of a mail server"),
    ("automatic", "Automatic answer"),
]


class LgoEofficeMail(models.Model):
    """An e-mail that came to the saraban address, kept as it came.

    Electronic Transactions Act B.E. 2544, ss. 10, 12 and 22-24: origin, content and time of what
    was received must be shown later, so the raw message stays whatever was made of it. Saraban
    Regulation (No. 4) B.E. 2564: the central e-mail address is a way by which letters come.
    Only the central registrar reads it.
    """

    _name = "lgo.eoffice.mail"
    _inherit = ["lgo.eoffice.trail.mixin", "lgo.append.only.mixin"]
    _description = "Received Saraban E-mail"
    _order = "id desc"
    _rec_name = "subject"

    _trail_plain = frozenset({"message_ref", "no_answer", "sha256"})
    _trail_listed = frozenset({"email_from", "name_from", "subject"})
    _append_only_key = "lgo_eoffice_mail_write"
    _append_only_writable = frozenset({"attachment_id"})

    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, readonly=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    message_ref = fields.Char(
        string="Message-ID", required=True, readonly=True, help="By it a second copy is recognised."
    )
    subject = fields.Char(readonly=True)
    email_from = fields.Char(string="Sender", readonly=True, index="btree_not_null")
    name_from = fields.Char(string="Name of the sender", readonly=True)
    date = fields.Datetime(string="Dated", readonly=True, help="As the message says.")
    received_at = fields.Datetime(
        string="Fetched", required=True, readonly=True, help="When this system got it."
    )
    size = fields.Integer(string="Bytes", readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="Whole message", readonly=True, ondelete="set null",
        index="btree_not_null",
    )  # fmt: skip
    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    recipient_id = fields.Many2one(
        comodel_name="lgo.eoffice.recipient", readonly=True, index="btree_not_null",
        ondelete="set null",
    )  # fmt: skip
    no_answer = fields.Char(
        string="Not answered because", readonly=True,
        help="Why no automatic acknowledgement goes to this sender (RFC 3834).",
    )  # fmt: skip
    note = fields.Text(string="To note", readonly=True)

    _message_uniq = models.UniqueIndex(
        "(company_id, message_ref)", "This e-mail was received already."
    )

    def _append_only_message(self):
        return self.env._("A received e-mail is kept as it came.")

    @api.model
    def _key_of(self, mail, raw):
        """The Message-ID, or a fingerprint of a message that has none."""
        return mail.message_id or f"sha256:{hashlib.sha256(raw).hexdigest()}"

    def _message_id(self):
        """The Message-ID for the header of an answer, ``False`` when the message had none."""
        found = self.message_ref or ""
        return found if found.startswith("<") else False

    @api.model
    def _find(self, company, mail, raw):
        """The row of a message that came before, in sudo."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("message_ref", "=", self._key_of(mail, raw))]
        )

    @api.model
    def _keep(self, company, kind, mail, raw, keep_raw=True, **values):
        """Keep a message.

        :param company: ``res.company``
        :param str kind: what it is
        :param mail: ``Mail`` of the mail reader
        :param bytes raw: the whole message
        :param bool keep_raw: off for what must not enter an electronic system
        :return: the row, in sudo and sealed
        """
        row = (
            self.sudo()
            ._append_only_permitted()
            .create(
                {
                    "company_id": company.id,
                    "kind": kind,
                    "message_ref": self._key_of(mail, raw),
                    "subject": mail.subject if keep_raw else False,
                    "email_from": mail.sender,
                    "name_from": mail.sender_name,
                    "date": mail.date,
                    "received_at": fields.Datetime.now(),
                    "size": len(raw),
                    "sha256": hashlib.sha256(raw).hexdigest(),
                    **values,
                }
            )
        )
        if keep_raw:
            row.attachment_id = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    {
                        "name": f"{row.id}.eml",
                        "raw": raw,
                        "mimetype": "message/rfc822",
                        "res_model": self._name,
                        "res_id": row.id,
                        "company_id": company.id,
                    }
                )
            )
        return row._append_only_sealed()

    def _content(self):
        """The whole message as bytes, compared with its hash of the day it came.

        :raises UserError: it was erased, or the stored file was changed
        """
        self.ensure_one()
        self.check_access("read")
        row = self.sudo()
        if not row.attachment_id:
            raise UserError(self.env._("The message itself is not kept any more."))
        content = row.attachment_id.raw or b""
        if not consteq(hashlib.sha256(content).hexdigest(), row.sha256):
            self.env["lgo.audit.log"]._log("letter.mail_damaged", self, severity="critical")
            raise UserError(
                self.env._("The stored message is not the one that came. Tell the administrator.")
            )
        return content

    def action_download(self):
        """Button: save the whole message, checked against its hash."""
        self._content()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }
