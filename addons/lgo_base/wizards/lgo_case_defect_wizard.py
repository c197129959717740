# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class LgoCaseDefectWizard(models.TransientModel):
    """Writes the single record of defects of a request (Act B.E. 2558, s. 8)."""

    _name = "lgo.case.defect.wizard"
    _description = "Write the Record of Defects"

    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    defects = fields.Text(help="What must be corrected, one a line.")
    missing_documents = fields.Text(help="Documents to be added, one a line.")
    earlier = fields.Boolean(compute="_compute_earlier")
    override_reason = fields.Text()

    @api.depends("res_model", "res_id")
    def _compute_earlier(self):
        for wizard in self:
            wizard.earlier = bool(wizard._case().defect_ids)

    def _case(self):
        self.ensure_one()
        return self.env["lgo.case.register"]._case_model(self.res_model).browse(self.res_id)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if values.get("res_model") and values.get("res_id"):
            Register = self.env["lgo.case.register"]
            documents = (
                Register._case_model(values["res_model"]).browse(values["res_id"]).document_ids
            )
            values["defects"] = "\n".join(
                f"{document.name}: {document.note or ''}".rstrip(": ")
                for document in documents
                if document.state == "rejected"
            )
            values["missing_documents"] = "\n".join(
                document.name
                for document in documents
                if document.state == "missing" and document.required
            )
        return values

    def action_confirm(self):
        """Record the defects and hand the request back to the applicant."""
        self.ensure_one()
        case = self._case()
        self.env["lgo.case.defect"]._record(
            case, self.defects, self.missing_documents, self.override_reason
        )
        case.invalidate_recordset(["defect_ids"])
        case._transition("ask_applicant")
        return {"type": "ir.actions.act_window_close"}
