# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..tools.upload import clean_attachments


class LgoCaseDocument(models.Model):
    """A line of the document checklist of a case."""

    _name = "lgo.case.document"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Case Document"
    _order = "sequence, id"

    _forgotten = ("note", "attachment_ids")

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    service_document_id = fields.Many2one(
        comodel_name="lgo.service.document", ondelete="set null", index="btree_not_null"
    )
    required = fields.Boolean()
    is_photo = fields.Boolean(string="Photo")
    is_attorney = fields.Boolean(string="Power of attorney", readonly=True)
    state = fields.Selection(
        selection=[
            ("missing", "Missing"),
            ("received", "Received"),
            ("accepted", "Accepted"),
            ("rejected", "To be corrected"),
            ("waived", "Not needed"),
        ],
        default="missing",
        required=True,
    )
    note = fields.Char(help="What is wrong, in words the citizen understands.")
    attachment_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Files", bypass_search_access=True
    )
    checked_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    checked_at = fields.Datetime(readonly=True)

    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` names no checker."""
        return self._with_checker(super().default_get(fields_list))

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._with_checker(vals) for vals in vals_list])
        lines._clean_files({})
        return lines

    def write(self, vals):
        before = {}
        if "attachment_ids" in vals:
            before = {line: line.attachment_ids for line in self}
        result = super().write(self._with_checker(vals))
        if "attachment_ids" in vals:
            self._clean_files(before)
        return result

    def _clean_files(self, before):
        """What an officer attaches is judged like what a citizen sends.

        Code that stores files (in sudo) has judged them already.

        :param dict before: line to its files before the change
        :raises ValidationError: a file is neither picture nor PDF, or can act
        """
        if self.env.su:
            return
        for line in self:
            fresh = line.attachment_ids - before.get(line, line.attachment_ids.browse())
            clean_attachments(fresh, "photo" if line.is_photo else "document")

    @api.model
    def _with_checker(self, vals):
        """``vals`` with who checked and when: never as the caller says."""
        if not self.env.su:
            vals = {
                name: value
                for name, value in vals.items()
                if name not in ("checked_by_id", "checked_at")
            }
        if vals.get("state") in ("accepted", "rejected", "waived"):
            vals = {
                **vals,
                "checked_by_id": self.env.uid,
                "checked_at": fields.Datetime.now(),
            }
        return vals

    def action_accept(self):
        """The officer has looked at the document and it is right."""
        self.write({"state": "accepted"})
        return True

    def action_reject(self):
        """The document must be corrected; it goes into the defect record."""
        self.write({"state": "rejected"})
        return True

    @api.model
    def _create_checklist(self, case):
        """Checklist of ``case``: the documents of its service that its answers call for."""
        online = case.channel == "web"
        attorney = [
            {
                "res_model": case._name,
                "res_id": case.id,
                "name": "หนังสือมอบอำนาจ",
                "sequence": 0,
                "required": True,
                "is_attorney": True,
            }
        ]
        documents = case.service_id.sudo()._asked_documents(case._answer_values())
        return self.sudo().create(
            (attorney if case._has_agent() else [])
            + [
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "name": document.name,
                    "sequence": document.sequence,
                    "service_document_id": document.id,
                    "required": document._is_demanded()
                    and not (online and document.obtainable_by_state),
                    "is_photo": document.is_photo,
                }
                for document in documents
            ]
        )
