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
            & (Domain("retention_id.needs_audit", "=", False) | Domain("audited_by_sao", "=", True))
        )

    def _keeping_files(self):
        """Every file of the letter: its paper, enclosures, and what its notes carry."""
        self.ensure_one()
        files = self.env["ir.attachment"].sudo()
        files |= self.sudo().main_attachment_id | self.sudo().enclosure_ids.attachment_id
        for model, ids in self._file_owners():
            files |= files.search(
                [("res_model", "=", model), ("res_id", "in", ids), ("res_field", "!=", None)]
            )
            files |= files.search([("res_model", "=", model), ("res_id", "in", ids)])
        return files

    def _destroy(self):
        """Delete text and files for good; line of the register, day and hashes stay.

        :return: list of dicts with name, size and SHA-256 of every file that was deleted
        """
        self.ensure_one()
        proof = []
        document = self.sudo().document_id
        files = self._keeping_files() - document.attachment_id
        for file in files | document.attachment_id:
            content = file.raw or b""
            proof.append(
                {
                    "name": file.name,
                    "size": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            )
        self._from_machine().sudo().write(
            {
                "main_attachment_id": False,
                "body": False,
                "summary": False,
                "content_text": False,
                "destroyed_at": fields.Datetime.now(),
            }
        )
        self.sudo().enclosure_ids.write({"attachment_id": False})
        files.unlink()
        if document:
            document._forget()
        self.env["lgo.audit.log"]._log(
            "letter.destroy",
            self,
            detail={"files": len(proof), "year": thai.buddhist_year(fields.Date.today())},
            severity="warning",
        )
        return proof
