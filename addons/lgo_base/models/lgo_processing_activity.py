# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

BASES = [
    ("24_1", "Archive, research or statistics, s.24(1)"),
    ("24_2", "Danger to life or body, s.24(2)"),
    ("24_3", "Contract, s.24(3)"),
    ("24_4", "Public task or official authority, s.24(4)"),
    ("24_5", "Legitimate interest, s.24(5)"),
    ("24_6", "Legal obligation, s.24(6)"),
    ("19", "Consent, s.19"),
]


class LgoProcessingActivity(models.Model):
    """Record of processing activities (บันทึกรายการกิจกรรมการประมวลผล).

    The columns are those of PDPA B.E. 2562 s.39(1)-(8); bases of s.24, sensitive data of s.26.
    """

    _name = "lgo.processing.activity"
    _description = "Processing activity"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(string="Activity", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        string="Controller",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="s.39(3)",
    )
    unit_id = fields.Many2one("hr.department", check_company=True)
    service_code = fields.Char(help="Code of the service it belongs to, if any.")
    subjects = fields.Char(string="Whose data", required=True)
    data_items = fields.Text(string="Data collected", required=True, help="s.39(1)")
    sensitive = fields.Boolean(
        string="Sensitive data",
        tracking=True,
        help="Health, disability, religion, biometrics, criminal record and the like (s.26).",
    )
    sensitive_basis = fields.Char(help="The exception of s.26 that allows it.")
    purpose = fields.Text(required=True, tracking=True, help="s.39(2)")
    legal_basis = fields.Selection(BASES, required=True, default="24_4", tracking=True)
    law = fields.Char(string="Act and section", help="The law that gives the task.")
    retention = fields.Char(required=True, tracking=True, help="s.39(4)")
    retention_months = fields.Integer(
        string="Months to keep cases",
        help="After the case was closed its personal data are made anonymous. 0: not decided "
        "yet, nothing is erased. A service may say another time.",
    )
    access_rights = fields.Text(string="Access and its conditions", help="s.39(5)")
    recipients = fields.Text(
        string="Use and disclosure", help="s.39(6): to whom it is given without consent."
    )
    refusals = fields.Text(
        string="Refusals and objections",
        compute="_compute_refusals",
        help="s.39(7): counted from the requests on personal data.",
    )
    security = fields.Text(string="Security measures", help="s.39(8) and s.37(1)")
    processors = fields.Text(help="Who processes on our behalf (s.40).")
    reviewed_on = fields.Date(string="Reviewed on", tracking=True)
    active = fields.Boolean(default=True)

    _retention_months_positive = models.Constraint(
        "CHECK (retention_months >= 0)", "The months to keep cases cannot be negative."
    )
    _sensitive_basis = models.Constraint(
        "CHECK (NOT sensitive OR length(trim(COALESCE(sensitive_basis, ''))) > 0)",
        "Sensitive data need the exception of s.26 that allows them.",
    )

    @api.depends_context("uid")
    @api.depends("company_id")
    def _compute_refusals(self):
        counts = dict(
            self.env["lgo.privacy.request"]._read_group(
                [("state", "=", "refused"), ("company_id", "in", self.company_id.ids)],
                ["company_id"],
                ["__count"],
            )
        )
        for activity in self:
            activity.refusals = self.env._(
                "%(count)s requests refused; reasons are with the requests.",
                count=counts.get(activity.company_id, 0),
            )

    # ------------------------------------------------------------ buttons
    def action_print_record(self):
        """Print the chosen activities, or the whole record when none is chosen."""
        report = self.env["report.lgo_base.report_processing_record"]
        activities = report._activities(self.ids)
        if not activities:
            raise UserError(self.env._("There is no activity to print yet."))
        return self.env.ref("lgo_base.action_report_processing_record").report_action(activities)

    @api.model
    def action_export_record(self, *_args):
        """Download the whole record as a workbook."""
        return {
            "type": "ir.actions.act_url",
            "url": "/lgo/processing-record.xlsx",
            "target": "self",
        }

    @api.model
    def action_fill_from_services(self, *_args):
        """Add a draft line for each published service that the record does not have yet (s. 39).

        What the service knows is filled in; purpose, basis and retention are the officer's to
        check, so the line says that it was not reviewed.
        """
        self.check_access("create")
        company = self.env.company
        services = self.env["lgo.service"].search(
            [("state", "=", "published"), ("company_id", "=", company.id)]
        )
        known = set(
            self.with_context(active_test=False)
            .search([("company_id", "=", company.id)])
            .mapped("service_code")
        )
        missing = services.filtered(lambda service: service.code not in known)
        if not missing:
            raise UserError(self.env._("Each published service is in the record already."))
        activities = self.create([self._from_service(service) for service in missing])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To be checked"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", activities.ids)],
        }

    @api.model
    def _from_service(self, service):
        """Values of the line of ``service``."""
        items = ["ชื่อและนามสกุล", "หมายเลขโทรศัพท์", "ที่อยู่อีเมล"]
        if service.needs_identity:
            items.append("เลขประจำตัวประชาชน")
        items += [
            question["string"].rstrip(" *")
            for question in service._flat(service.question_definition or [])
            if question["type"] != "separator"
        ]
        items += service.document_ids.mapped("name")
        months = service.retention_months
        return {
            "name": service.name,
            "company_id": service.company_id.id,
            "unit_id": service.unit_id.id,
            "service_code": service.code,
            "subjects": "ผู้ยื่นคำขอ",
            "data_items": "\n".join(dict.fromkeys(items)),
            "purpose": service.description or service.name,
            "law": service.legal_basis or service.law_id.name,
            "retention": f"{months} เดือนนับแต่วันที่ปิดเรื่อง" if months else "ยังไม่กำหนด",
            "retention_months": months,
        }
