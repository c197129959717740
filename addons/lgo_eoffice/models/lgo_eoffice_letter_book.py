# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.lgo_base.models.lgo_issued_document import LgoIssuedDocument as Issued
from odoo.addons.lgo_base.models.lgo_register_entry import LgoRegisterEntry as Entry

LETTER = "lgo.eoffice.letter"


class LgoRegisterEntry(models.Model):
    """A line of the book whose letter became secret keeps its number and loses its label."""

    _inherit = "lgo.register.entry"

    _append_only_writable = Entry._append_only_writable | {"label"}


class LgoIssuedDocument(models.Model):
    """The signed paper of a secret letter: reading the file is an opening of the letter."""

    _inherit = "lgo.issued.document"

    _append_only_writable = Issued._append_only_writable | {"record_name"}

    def _content(self):
        """The file of a secret letter: an opening of the letter."""
        content = super()._content()
        row = self.sudo()
        if row.res_model == LETTER and self.env.uid != self.env.ref("base.user_root").id:
            letter = self.env[LETTER].browse(row.res_id)
            letter.with_env(letter.env(su=False))._note_opening()
        return content


class LgoDocumentKind(models.Model):
    """The page behind the QR code says of a secret letter that it is genuine, and nothing else."""

    _inherit = "lgo.document.kind"

    def _public_values(self, record):
        if record._name == LETTER and record.sudo().is_secret:
            return []
        return super()._public_values(record)


class LgoAuditLog(models.Model):
    """The trail is read by who administers the system: it names letters by number only."""

    _inherit = "lgo.audit.log"

    @api.model
    def _log(self, action, records, detail=None, severity="info"):
        if records is not None:
            records = records.with_context(lgo_without_subject=True)
        return super()._log(action, records, detail, severity)
