# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools import thai


class LgoPrivacyBreach(models.Model):
    """Breach register (ทะเบียนเหตุละเมิดข้อมูลส่วนบุคคล) with its clock.

    Source: PDPA B.E. 2562 s.37(4): the Office is told without delay and within 72 hours of
    knowing, unless there is no risk; with a high risk the persons are told too.
    """

    _name = "lgo.privacy.breach"
    _description = "Personal data breach"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "known_at desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="What happened", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    known_at = fields.Datetime(
        string="Known since", required=True, default=fields.Datetime.now, tracking=True
    )
    happened_at = fields.Datetime(string="Happened on")
    kind = fields.Selection(
        [
            ("confidentiality", "Confidentiality: disclosed or seen"),
            ("integrity", "Integrity: changed"),
            ("availability", "Availability: lost or out of reach"),
        ],
        required=True,
        default="confidentiality",
        tracking=True,
    )
    data_items = fields.Text(string="Data concerned")
    person_count = fields.Integer(string="Persons concerned", tracking=True)
    description = fields.Text(required=True)
    risk = fields.Selection(
        [
            ("unknown", "Not assessed"),
            ("none", "No risk to persons"),
            ("risk", "Risk"),
            ("high", "High risk"),
        ],
        required=True,
        default="unknown",
        tracking=True,
    )
    risk_reason = fields.Text(string="Reason of the assessment")
    actions = fields.Text(string="Measures taken")
    deadline_at = fields.Datetime(
        string="Report by", compute="_compute_deadline_at", store=True, index=True
    )
    reported_at = fields.Datetime(string="Reported to the Office on", tracking=True)
    late_reason = fields.Text(string="Reason for a late report")
    persons_notified_at = fields.Datetime(string="Persons told on", tracking=True)
    hours_left = fields.Integer(compute="_compute_hours_left")
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_hours_left", search="_search_is_overdue"
    )
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False, tracking=True)

    _person_count_positive = models.Constraint(
        "CHECK (person_count >= 0)", "The number of persons cannot be negative."
    )

    @api.depends("known_at", "company_id")
    def _compute_deadline_at(self):
        for breach in self:
            hours = breach.company_id.sudo().lgo_privacy_breach_hours
            breach.deadline_at = breach.known_at and breach.known_at + timedelta(hours=hours)

    @api.depends("deadline_at", "reported_at", "risk")
    def _compute_hours_left(self):
        now = fields.Datetime.now()
        for breach in self:
            waits = not breach.reported_at and breach.risk != "none" and breach.deadline_at
            seconds = (breach.deadline_at - now).total_seconds() if waits else 0
            breach.hours_left = int(seconds // 3600)
            breach.is_overdue = bool(waits) and seconds < 0

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            Domain("reported_at", "=", False)
            & Domain("risk", "!=", "none")
            & Domain("deadline_at", "<", fields.Datetime.now())
        )

    @api.constrains("known_at", "reported_at", "persons_notified_at", "happened_at")
    def _check_order(self):
        now = fields.Datetime.now()
        for breach in self:
            later = [breach.known_at, breach.reported_at, breach.persons_notified_at]
            if any(moment and moment > now + timedelta(minutes=5) for moment in later):
                raise ValidationError(self.env._("A time in the future cannot be recorded."))
            if breach.happened_at and breach.happened_at > breach.known_at:
                raise ValidationError(self.env._("It cannot be known before it happened."))
            if any(moment and moment < breach.known_at for moment in later):
                raise ValidationError(self.env._("It cannot be reported before it was known."))

    def action_close(self):
        """Close the case when what s.37(4) asks for was done."""
        self.check_access("write")
        for breach in self:
            if breach.risk == "unknown":
                raise UserError(self.env._("Assess the risk first."))
            if breach.risk == "none" and not breach.risk_reason:
                raise UserError(self.env._("Write why there is no risk to the persons."))
            if breach.risk in ("risk", "high") and not breach.reported_at:
                raise UserError(self.env._("Report it to the Office and enter the time."))
            if breach.risk == "high" and not breach.persons_notified_at:
                raise UserError(self.env._("With a high risk the persons must be told too."))
            late = breach.reported_at and breach.reported_at > breach.deadline_at
            if late and not breach.late_reason:
                raise UserError(self.env._("The report was late: write the reason."))
        self.sudo().write({"closed_at": fields.Datetime.now()})
        self.env["lgo.audit.log"]._log("privacy.breach.close", self)

    def write(self, vals):
        if not self.env.su and ("closed_at" in vals or any(self.mapped("closed_at"))):
            raise UserError(self.env._("A closed breach is not rewritten."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The breach register is kept."))

    # ------------------------------------------------------------ paper
    def _paper_rows(self):
        """Rows (label, text) of the notice to the Office, as s. 37(4) and its announcement ask."""
        self.ensure_one()
        moment = thai.format_datetime
        lines = self.env["lgo.case.paper.mixin"]._paper_text
        kinds = {
            "confidentiality": "การละเมิดความลับของข้อมูลส่วนบุคคล",
            "integrity": "การละเมิดความถูกต้องครบถ้วนของข้อมูลส่วนบุคคล",
            "availability": "การละเมิดความพร้อมใช้งานของข้อมูลส่วนบุคคล",
        }
        risks = {
            "unknown": "อยู่ระหว่างการประเมิน",
            "none": "ไม่มีความเสี่ยงที่จะกระทบต่อสิทธิและเสรีภาพของบุคคล",
            "risk": "มีความเสี่ยงที่จะกระทบต่อสิทธิและเสรีภาพของบุคคล",
            "high": "มีความเสี่ยงสูงที่จะกระทบต่อสิทธิและเสรีภาพของบุคคล",
        }
        rows = [
            ("เหตุ", self.name),
            ("ทราบเหตุเมื่อ", moment(self.known_at)),
            ("เกิดเหตุเมื่อ", moment(self.happened_at) if self.happened_at else "ไม่ทราบ"),
            ("ประเภทของเหตุ", kinds[self.kind]),
            ("รายละเอียด", lines(self.description)),
            ("ข้อมูลที่เกี่ยวข้อง", lines(self.data_items)),
            (
                "จำนวนเจ้าของข้อมูล",
                f"{thai.to_thai_digits(str(self.person_count))} คน" if self.person_count else "",
            ),
            (
                "การประเมินความเสี่ยง",
                "\n".join(filter(None, (risks[self.risk], lines(self.risk_reason)))),
            ),
            ("มาตรการที่ดำเนินการ", lines(self.actions)),
            (
                "การแจ้งเจ้าของข้อมูล",
                moment(self.persons_notified_at) if self.persons_notified_at else "",
            ),
            ("เหตุที่แจ้งล่าช้า", lines(self.late_reason)),
        ]
        return [(label, text or "-") for label, text in rows if text or label != "เหตุที่แจ้งล่าช้า"]
