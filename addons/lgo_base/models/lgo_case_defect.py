# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class LgoCaseDefect(models.Model):
    """The record of defects and missing documents of a request.

    Act B.E. 2558, s. 8: written once, with the date to cure, signed by the officer and the
    applicant, a copy for the applicant; nothing may be asked for later. A second record needs
    the head of the unit, a reason, and leaves a critical audit row.
    """

    _name = "lgo.case.defect"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Record of Defects"
    _order = "number"

    number = fields.Integer(default=1, readonly=True)
    defects = fields.Text(help="What must be corrected, one a line.")
    missing_documents = fields.Text(help="Documents to be added, one a line.")
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)
    date_cure = fields.Date(string="To be cured until", required=True, readonly=True)
    officer_id = fields.Many2one(comodel_name="res.users", required=True, readonly=True)
    acknowledged_at = fields.Datetime(
        readonly=True, help="When the applicant signed: at the counter, or while signed in."
    )
    acknowledged_how = fields.Selection(
        selection=[
            ("portal", "On the website"),
            ("paper", "On paper at the counter"),
            ("post", "Deemed received by registered mail"),
        ],
        readonly=True,
    )
    cured_at = fields.Datetime(readonly=True)
    override_reason = fields.Text(readonly=True)

    _once = models.UniqueIndex(
        "(res_model, res_id, number)", "The defects of this request were recorded already."
    )

    @api.model
    def _record(self, case, defects, missing_documents, override_reason=None):
        """Write the record of ``case`` and start the applicant's time.

        :raises UserError: when a record exists and no override was given
        :raises AccessError: override by someone who is not head of a unit
        """
        case.ensure_one()
        case.check_access("write")
        if not (defects or "").strip() and not (missing_documents or "").strip():
            raise ValidationError(self.env._("Write what is wrong or which documents are missing."))
        earlier = self.sudo().search_count(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        if earlier and case.law_version_id.single_defect_record:
            if not (override_reason or "").strip():
                raise UserError(
                    self.env._(
                        "The defects of this request were recorded already; the law does not"
                        " allow a second record (Act B.E. 2558, section 8)."
                    )
                )
            if not self.env.user.has_group("lgo_base.group_unit_head"):
                raise AccessError(
                    self.env._("Only the head of the unit may order a second record of defects.")
                )
        days = case.law_version_id.cure_days
        date_cure = case.company_id._lgo_deadline(fields.Datetime.now(), days, "day", "person")
        record = self.sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "number": earlier + 1,
                "defects": defects,
                "missing_documents": missing_documents,
                "date_cure": date_cure,
                "officer_id": self.env.uid,
                "override_reason": override_reason if earlier else False,
            }
        )
        self.env["lgo.audit.log"]._log(
            "case.defect_override" if earlier else "case.defect",
            case,
            detail={"number": earlier + 1, "reason": override_reason or ""},
            severity="critical" if earlier else "info",
        )
        return record

    def action_sign_on_paper(self):
        """Button: the applicant signed the printed record at the counter (s. 8)."""
        self.ensure_one()
        user = self.env.user
        if not user.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head"):
            raise AccessError(self.env._("Only the service centre notes that a record was signed."))
        case = self._case()
        case.check_access("write")
        self._acknowledge("paper")
        self.env["lgo.audit.log"]._log("case.defect_signed", case, detail={"number": self.number})
        return True

    def _acknowledge(self, how):
        """The applicant has signed the record (``portal``, ``paper`` or ``post``)."""
        self.filtered(lambda record: not record.acknowledged_at).sudo().write(
            {"acknowledged_at": fields.Datetime.now(), "acknowledged_how": how}
        )
