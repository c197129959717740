# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import uuid
from datetime import UTC

from odoo import fields, models
from odoo.tools import email_normalize

from ..tools import letter_data
from .lgo_eoffice_recipient import ELECTRONIC


class LgoEofficeLetter(models.Model):
    """Sending own letters electronically."""

    _inherit = "lgo.eoffice.letter"

    dispatch_ids = fields.One2many(
        "lgo.eoffice.dispatch", "letter_id", string="Sendings", readonly=True
    )

    def _send_out(self):
        """Bring the letter to its recipients, each by its own way and message."""
        done = super()._send_out()
        for letter in self:
            rows = letter.recipient_ids.filtered(
                lambda row: row.state in ("draft", "failed") and row.channel in ELECTRONIC
            )
            rows._send_electronic()
        return done

    def _exchange_files(self):
        """The files that leave with the letter.

        :return: list of (``ir.attachment``, main or enclosure); empty when it is not signed
        """
        self.ensure_one()
        main = self.document_id.attachment_id or self.main_attachment_id
        if not main or not self.numbered_at:
            return []
        if self.document_id:
            self.document_id._content()  # compares the file with its hash of the day of issue
        enclosures = self.enclosure_ids.attachment_id - main
        return [(main, "main"), *((found, "enclosure") for found in enclosures)]

    def _exchange_data(self, recipient, files, **more):
        """The machine-readable letter for one recipient.

        :param recipient: ``lgo.eoffice.recipient``
        :param files: what :meth:`_exchange_files` gave
        :param more: further fields of the office that it goes to
        :return: dict for JSON
        """
        self.ensure_one()
        if not self.exchange_uid:
            self.exchange_uid = str(uuid.uuid4())
        company = self.company_id
        names = {found.id: found.name for found, _role in files}
        return letter_data.write(
            "letter",
            {
                "uid": self.exchange_uid,
                "kind": self.kind_id.code,
                "is_circular": self.is_circular,
                "doc_no": self.doc_no,
                "doc_date": self.doc_date or None,
                "subject": self.subject,
                "urgency": self.urgency,
                "deliver_by": self.deliver_by.replace(tzinfo=UTC) if self.deliver_by else None,
                "secrecy": self.secrecy,
                "due_at": self.due_at.replace(tzinfo=UTC) if self.due_at else None,
                "sent_at": fields.Datetime.now().replace(tzinfo=UTC),
                "sender": {
                    "name": self.from_text or company.name,
                    "unit": self.owner_unit_id.name or "",
                    "email": email_normalize(company.lgo_saraban_email or "") or "",
                    "phone": self.contact_phone or company.phone or "",
                },
                "recipient": {
                    "name": recipient.name or "",
                    "email": email_normalize(recipient.email or "") or "",
                    **more,
                },
                "salutation": self.salutation or "",
                "addressee": self.addressee or "",
                "signer": self._exchange_signer(),
                "references": [
                    {
                        "org": row.org or "",
                        "urgency": row.urgency_text or "",
                        "doc_no": row.doc_no or "",
                        "doc_date": row.doc_date or None,
                    }
                    for row in self.reference_ids
                ],
                "enclosures": [
                    {
                        "name": row.name,
                        "qty": max(row.qty, 0),
                        "unit": row.unit_name or "",
                        "file": names.get(row.attachment_id.id, ""),
                    }
                    for row in self.enclosure_ids
                ],
                "files": [
                    {
                        "name": found.name,
                        "role": role,
                        "sha256": hashlib.sha256(found.raw or b"").hexdigest(),
                        "size": found.file_size,
                    }
                    for found, role in files
                ],
            },
        )

    def _exchange_signer(self):
        signature = self.document_id.signature_ids[:1]
        if not signature:
            return {}
        return {
            "name": signature.name or "",
            "lines": [line for line in (signature.capacity or "").splitlines() if line][:10],
        }
