# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

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

    _forgotten = (
        "defects", "missing_documents", "override_reason", "registered_number", "signature",
        "scan_attachment_id", "acknowledged_by_id",
    )  # fmt: skip

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
            ("portal", "On the website, signed in"),
            ("link", "By the link of the case, confirmed"),
            ("drawn", "Signed on the screen at the counter"),
            ("paper", "On paper at the counter"),
            ("post", "Deemed received by registered mail"),
        ],
        readonly=True,
    )
    acknowledged_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Signed or noted by",
        readonly=True,
        help="The applicant who was signed in, or the officer at the counter.",
    )
    signature = fields.Binary(string="Applicant's signature", attachment=True, readonly=True)
    scan_attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="Signed paper", readonly=True, ondelete="restrict"
    )
    registered_number = fields.Char(readonly=True)
    registered_date = fields.Date(string="Posted on", readonly=True)
    date_deemed_received = fields.Date(readonly=True)
    document_id = fields.Many2one(
        comodel_name="lgo.issued.document", readonly=True, ondelete="restrict"
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

    def action_sign(self):
        """Button: the applicant signs at the counter, or the record was sent by post."""
        self.ensure_one()
        self._check_counter()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signature of the applicant"),
            "res_model": "lgo.case.defect.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_defect_id": self.id},
        }

    def _check_counter(self):
        """
        :raises AccessError: the user does not serve at the counter, or the case is not theirs
        """
        self.ensure_one()
        if not self.env.user.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head"):
            raise AccessError(self.env._("Only the service centre notes that a record was signed."))
        self._case().check_access("write")

    def _issue_record(self):
        """Issue the record as it stands; what was issued before is replaced, not changed."""
        self.ensure_one()
        case = self._case()
        earlier = self.sudo().document_id
        document = case.with_context(lgo_defect_id=self.id)._issue_document(
            "defect_record",
            signers=case._officer_signers(self.sudo().officer_id),
            replaces=earlier if earlier.state == "valid" else None,
        )
        self.sudo().document_id = document
        return document

    def _acknowledge(self, how, **values):
        """The applicant has signed the record, or it counts as received (Act B.E. 2558, s. 8).

        The first signature stands; a later one changes nothing.

        :param str how: a value of ``acknowledged_how``
        :param values: more fields of this model that prove it
        """
        for record in self.filtered(lambda record: not record.acknowledged_at):
            record.sudo().write(
                {
                    "acknowledged_at": fields.Datetime.now(),
                    "acknowledged_how": how,
                    "acknowledged_by_id": self.env.uid,
                    **values,
                }
            )
            self.env["lgo.audit.log"]._log(
                "case.defect_signed",
                record._case(),
                detail={"number": record.number, "how": how},
            )
            if record.document_id and how != "paper":
                record._issue_record()

    def _post(self, number, day):
        """The record was not acknowledged and went by registered post.

        Administrative Procedure Act B.E. 2539, s. 71: deemed received 7 days after posting; the
        applicant's time counts from there.
        """
        self.ensure_one()
        case = self._case().sudo()
        law = case.law_version_id
        received = day + timedelta(days=law.post_received_days)
        cure = case.company_id._lgo_deadline(received, law.cure_days, "day", "person")
        if not self.acknowledged_at and cure > self.date_cure:
            self.sudo().date_cure = cure
            case.clock_ids.filtered(
                lambda clock: clock.kind == "citizen" and not clock.stopped_at
            )._move_due(cure)
        self._acknowledge(
            "post",
            registered_number=number,
            registered_date=day,
            date_deemed_received=received,
        )
