# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import contextlib
import io
import struct
from email.message import EmailMessage

import pikepdf

from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from odoo.addons.lgo_eoffice.tests.common import EofficeCase

OURS = "saraban_05730201@office.example.com"
THEIRS = "saraban@amphoe.example.go.th"
#: Words of a rule that some office may have.
REFUSAL = "ไม่รับ"
UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


def pdf(pages=1, password=None):
    """A real PDF."""
    stream = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(stream, encryption=encryption)
    return stream.getvalue()


def winmail(*files):
    """A winmail.dat ([MS-OXTNEF]) with these (name in cp874, content)."""

    def attribute(level, name, kind, data):
        head = struct.pack("<BHHI", level, name, kind, len(data))
        return head + data + struct.pack("<H", sum(data) & 0xFFFF)

    found = struct.pack("<IH", 0x223E9F78, 1)
    found += attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    found += attribute(1, 0x9007, 6, struct.pack("<II", 874, 0))
    for name, content in files:
        found += attribute(2, 0x9002, 6, b"\x01\x00" + b"\xff" * 4 + b"\0" * 8)
        found += attribute(2, 0x8010, 1, name + b"\0")
        found += attribute(2, 0x800F, 6, content)
    return found


class ExchangeCase(EofficeCase):
    """An office with a saraban mailbox, and another office that writes to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "office.example.com"})
        cls.company.write(
            {
                "alias_domain_id": domain.id,
                "name": "เทศบาลตำบลทดสอบ",
                "lgo_saraban_email": OURS,
                "lgo_saraban_alias": "saraban_05730201",
            }
        )
        cls.company.lgo_saraban_alias_id.alias_domain_id = domain
        cls.number = 0

    # ------------------------------------------------------------ in
    @classmethod
    def _message(cls, text="โปรดดูไฟล์แนบ", subject="ขอความร่วมมือ", files=(), **headers):
        cls.number += 1
        message = EmailMessage()
        message["From"] = headers.pop("From", f"ที่ว่าการอำเภอทดสอบ <{THEIRS}>")
        message["To"] = headers.pop("To", OURS)
        message["Subject"] = subject
        message["Date"] = "Wed, 25 Nov 2026 09:00:00 +0700"
        message["Message-ID"] = headers.pop("Message_ID", f"<{cls.number}@amphoe.example.go.th>")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        for name, data in files:
            subtype = "pdf" if name.endswith(".pdf") else "octet-stream"
            message.add_attachment(data, maintype="application", subtype=subtype, filename=name)
        return message

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def _receive(self, message):
        """The letters that come of a message."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        before = self._letters()
        self.env["mail.thread"].message_process(None, raw)
        return self._letters() - before

    def _letters(self):
        return self.env["lgo.eoffice.letter"].search([("receive_channel", "=", "email")])

    def _mails(self, **values):
        return self.env["lgo.eoffice.mail"].search(
            [(name, "=", value) for name, value in values.items()]
        )

    # ------------------------------------------------------------ out
    @classmethod
    def _make_paper(cls):
        """A plain paper for letters, so that one can be signed here."""
        cls.env["ir.ui.view"].create(
            {
                "name": "t_letter",
                "type": "qweb",
                "key": "lgo_eoffice_exchange.t_letter",
                "arch": """
                <t t-name="lgo_eoffice_exchange.t_letter"><t t-foreach="docs" t-as="o">
                    <t t-call="report_weasyprint.document">
                        <p>ที่ <t t-out="issued.name" /></p><div t-out="o.body" />
                    </t>
                </t></t>""",
            }
        )
        cls._kind("EXT").report_id = cls.env["ir.actions.report"].create(
            {
                "name": "t_letter",
                "model": "lgo.eoffice.letter",
                "report_type": "qweb-pdf",
                "report_name": "lgo_eoffice_exchange.t_letter",
            }
        )

    def _signed(self, recipients, **vals):
        """An own letter that was signed, with these recipients (dicts)."""
        letter = self._draft(recipient_ids=[Command.create(row) for row in recipients], **vals)
        # over HTTP printing is allowed anyway
        http = isinstance(self, HttpCase)
        with contextlib.nullcontext() if http else self.allow_pdf_render():
            letter.with_user(self.mayor)._sign()
        return letter.with_user(self.registrar)

    @staticmethod
    def _leave(mails):
        """What Odoo's mail queue says when the mails have left."""
        mails._postprocess_sent_message(success_pids=[], success_emails=[])
