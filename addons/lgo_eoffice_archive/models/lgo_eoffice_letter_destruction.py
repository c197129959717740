# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.lgo_base.tools import thai


class LgoEofficeLetter(models.Model):
    """Which letters may be destroyed, and destroying them with proof."""

    _inherit = "lgo.eoffice.letter"

    @api.model
    def _destroyable_domain(self, year_be, electronic, company):
        """Letters that the survey of a calendar year finds.

        Paper: its years were over by the end of the year before (a letter of 2559 kept ten years
        stands in the survey of 2570). Electronic: closed more than the set years ago.

        :param int year_be: calendar year of the survey, in พ.ศ.
        :param bool electronic: the regime
        """
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("closed_at", "!=", False)
            & Domain("state", "=", "closed")
            & Domain("destroyed_at", "=", False)
            & Domain("transferred_at", "=", False)
            & Domain("is_archival", "=", False)
            & Domain("legal_hold", "=", False)
            & Domain("secrecy", "=", "normal")
            # decided by a committee or the archives, whatever the class says
            & Domain("extended_until_be", "<", year_be)
        )
        if electronic:
            last = year_be - 1 - company.lgo_electronic_years
            return (
                domain
                & Domain("medium", "=", "electronic")
                & Domain("closed_year_be", ">", 0)
                & Domain("closed_year_be", "<=", last)
                & Domain("retention_id.keep_forever", "=", False)
            )
        return (
            domain
            & Domain("medium", "!=", "electronic")
            & Domain("keep_until_year_be", ">", 0)
            & Domain("keep_until_year_be", "<", year_be)
            # what was lent is not there to be destroyed
            & ~Domain("loan_ids", "any", [("state", "=", "lent"), ("way", "=", "loan")])
            & (Domain("retention_id.needs_audit", "=", False) | Domain("audited_by_sao", "=", True))
        )

    def _hide_traces(self):  # pylint: disable=missing-return
        """The lists of destruction keep their line and show no subject any more."""
        super()._hide_traces()
        lines = self.env["lgo.eoffice.destruction.line"].sudo()
        for line in lines.search([("letter_id", "=", self.id)]):
            line._from_round().write({"subject": line.letter_id.open_subject})

    def _keeping_files(self):
        """Every file that belongs to the letter: its paper, enclosures, what its notes carry.

        A file that the letter only names, because it lies at another letter, stays there.
        """
        self.ensure_one()
        files = self.env["ir.attachment"].sudo()
        for model, ids in self._file_owners():
            owned = Domain("res_model", "=", model) & Domain("res_id", "in", ids)
            files |= files.search(owned & Domain("res_field", "!=", None))
            files |= files.search(owned)
        named = self.sudo().main_attachment_id | self.sudo().enclosure_ids.attachment_id
        return files | named.filtered(lambda file: not file.res_id)

    def _keeping_documents(self):
        """Every paper that was issued of the letter: signed, replaced, certified copies."""
        self.ensure_one()
        documents = self.env["lgo.issued.document"].sudo()
        own = Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
        return documents.search(own) | self.sudo().document_id

    def _leave_to_others(self, files):
        """Letters that stay and name one of ``files`` get a copy of their own."""
        self.ensure_one()
        others = self.sudo().search(
            Domain("main_attachment_id", "in", files.ids) & Domain("id", "!=", self.id)
        )
        rows = self.env["lgo.eoffice.enclosure"].sudo().search(
            Domain("attachment_id", "in", files.ids) & Domain("letter_id", "!=", self.id)
        )  # fmt: skip
        for record, name in (*((other, "main_attachment_id") for other in others),
                             *((row, "attachment_id") for row in rows)):  # fmt: skip
            owner = {"res_model": record._name, "res_id": record.id, "res_field": False}
            record[name] = record[name].copy(owner)

    def _forget_text(self):
        """Take the text out of the letter and its versions; what the register shows stays."""
        text = dict.fromkeys(("body", "summary", "content_text"), False)
        self._from_machine().sudo().write(
            {
                **text,
                "main_attachment_id": False,
                "destroyed_at": fields.Datetime.now(),
            }
        )
        for version in self.sudo().version_ids:
            if text.keys() & (version.content or {}).keys():
                kept = {name: old for name, old in version.content.items() if name not in text}
                version._append_only_permitted().write({"content": kept})

    def _destroy(self):
        """Delete text and files for good; line of the register, day and hashes stay.

        :return: list of dicts with name, size and SHA-256 of every file that was deleted
        """
        self.ensure_one()
        documents = self._keeping_documents()
        files = self._keeping_files() - documents.attachment_id
        everything = files | documents.attachment_id
        proof = []
        for file in everything:
            content = file.raw or b""
            proof.append(
                {
                    "name": file.name,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            )
        self._leave_to_others(everything)
        self._forget_text()
        self.sudo().enclosure_ids.write({"attachment_id": False})
        files.unlink()
        documents._forget()
        self.env["lgo.audit.log"]._log(
            "letter.destroy",
            self,
            detail={"files": len(proof), "year": thai.buddhist_year(fields.Datetime.now())},
            severity="warning",
        )
        return proof


class LgoEofficeVersion(models.Model):
    """The text of a destroyed letter goes from its versions too; corrected columns stay."""

    _inherit = "lgo.eoffice.version"

    _append_only_writable = frozenset({"content"})
