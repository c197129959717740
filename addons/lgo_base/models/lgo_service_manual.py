# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import format_list

from ..tools import form_answers

#: Units of time of one kind, so that steps can be added up: minutes of one.
MINUTES = {"minute": 1, "hour": 60}


class LgoService(models.Model):
    """The public manual: what it holds, what it still lacks, what differs from the last one."""

    _inherit = "lgo.service"

    change_summary = fields.Html(
        string="Changes since publishing", compute="_compute_change_summary", sanitize=False
    )
    has_changes = fields.Boolean(compute="_compute_change_summary")

    @api.depends(
        "name", "name_plain", "description", "unit_id", "law_id", "legal_basis", "criteria", "kind",
        "who_may_apply", "time_limit", "time_unit", "note", "output_name", "complaint_channels",
        "appeal_authority", "appeal_days", "no_fee", "is_licence", "published_version_id",
        "fee_ids", "step_ids", "document_ids", "question_definition",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_change_summary(self):
        for service in self:
            version = service.published_version_id
            found = version and version._differences(service._manual_content()) or []
            service.has_changes = bool(found)
            service.change_summary = version._difference_html(found) if found else False

    # ------------------------------------------------------------ what is missing
    def _publish_problems(self):
        """See the base method; what section 7 of the Act B.E. 2558 wants in full.

        Steps with their time, the whole list of documents, and (B.E. 2539 Act, s. 40) the right
        of appeal belong to the manual of a licence.
        """
        problems = super()._publish_problems()
        formal = self.kind in ("licence", "registration", "notification", "tax", "welfare")
        bound = self.law_id == self.env.ref("lgo_base.law_facilitation", raise_if_not_found=False)
        wanted = [
            (
                self.document_ids or self.no_document or not formal,
                self.env._("List the documents, or confirm that none is needed."),
            ),
            (
                not self.is_licence or bound,
                self.env._(
                    "A licence is bound by the Licensing Facilitation Act: choose this law."
                ),
            ),
            (
                not self.is_licence or self.appeal_authority,
                self.env._("Say to whom a refusal can be appealed."),
            ),
            (
                not bound or all(self.step_ids.mapped("duration")),
                self.env._("Give every step its time."),
            ),
            (
                not self.guest_allowed or self.min_assurance == "none",
                self.env._(
                    "Who files without signing in cannot be identified: choose one of both."
                ),
            ),
            (
                not self._steps_exceed_limit(),
                self.env._("The steps together take longer than the time of the service."),
            ),
        ]
        problems += [sentence for value, sentence in wanted if not value]
        if self.is_prepared_elsewhere:
            problems.append(self.env._("This service is published by the application made for it."))
        return problems

    def _steps_exceed_limit(self):
        """Whether steps in the unit of the service add up to more than its time."""
        self.ensure_one()
        unit, limit = self.time_unit, self.time_limit * MINUTES.get(self.time_unit, 1)
        small = unit in MINUTES
        total = sum(
            step.duration * MINUTES.get(step.duration_unit, 1)
            for step in self.step_ids
            if (step.duration_unit in MINUTES if small else step.duration_unit == unit)
        )
        return bool(limit) and total > limit

    # ------------------------------------------------------------ the frozen manual
    def _prepare_version_vals(self):
        self.ensure_one()
        today = fields.Date.context_today(self)
        definition = self.question_definition or []
        return {
            "service_id": self.id,
            "number": (self.version_ids[:1].number or 0) + 1,
            "name": self.name,
            "law_version_id": self.law_id._version_at(today).id,
            "time_limit": self.time_limit,
            "time_unit": self.time_unit,
            "content": self._manual_content(),
            "question_definition": [q for q in definition if not form_answers.is_group(q)],
            "group_ids": [
                fields.Command.create(
                    {
                        "sequence": index,
                        "code": question["name"],
                        "name": question["string"].rstrip(" *"),
                        "min_rows": question["group"]["min"],
                        "max_rows": question["group"]["max"],
                        "row_definition": question["group"]["questions"],
                    }
                )
                for index, question in enumerate(definition)
                if form_answers.is_group(question)
            ],
        }

    def _manual_content(self):
        """The manual as plain data (JSON), in the order of the OPDC format.

        ชื่อกระบวนงาน, หน่วยงาน, ประเภท, กฎหมาย, ช่องทาง, หลักเกณฑ์, ขั้นตอน, ระยะเวลา, เอกสาร,
        ค่าธรรมเนียม, ช่องทางการร้องเรียน, แบบฟอร์ม, หมายเหตุ (Act B.E. 2558, s. 7).
        """
        self.ensure_one()
        company = self.company_id.sudo()
        return {
            "name": self.name,
            "code": self.code,
            "name_plain": self.name_plain,
            "organisation": company.name,
            "unit": self.unit_id.name,
            "kind": self.kind,
            "is_licence": self.is_licence,
            "law": self.law_id.name,
            "legal_basis": self.legal_basis,
            "channels": [code for code in self._channels() if self[f"channel_{code}"]],
            "in_person_only": self.in_person_only,
            "issuing_system": self.issuing_system,
            "offices": [
                {
                    "name": office.name,
                    "address": office.address,
                    "phone": office.phone,
                    "hours": office.hours or company._lgo_office_hours_text(),
                }
                for office in company.lgo_office_ids
            ]
            or [
                {
                    "name": company.name,
                    "address": company.partner_id._lgo_address_line(),
                    "phone": company.phone,
                    "hours": company._lgo_office_hours_text(),
                }
            ],
            "who_may_apply": self.who_may_apply,
            "criteria": self.criteria,
            "description": self.description,
            "steps": [
                {
                    "name": step.name,
                    "description": step.description,
                    "unit": (step.unit_id or self.unit_id).name,
                    "unit_id": step.unit_id.id,
                    "duration": step.duration,
                    "duration_unit": step.duration_unit,
                }
                for step in self.step_ids
            ],
            "time_limit": self.time_limit,
            "time_unit": self.time_unit,
            "documents": [document._content() for document in self.document_ids],
            "no_fee": self.no_fee,
            "fees": [
                {
                    "name": fee.name,
                    "amount": str(fee.amount),
                    "by_law": fee.legal_reference,
                    "date_from": fields.Date.to_string(fee.date_from),
                }
                for fee in self.fee_ids
            ],
            "output_name": self.output_name,
            "appeal": {"authority": self.appeal_authority, "days": self.appeal_days},
            "complaint_channels": self.complaint_channels,
            "note": self.note,
            "questions": self.question_definition or [],
        }

    @api.model
    def _duration_text(self, number, unit):
        """``3 วันทำการ``; ``""`` without a number."""
        return f"{number} {dict(self._selection_time_unit()).get(unit, '')}" if number else ""

    @api.model
    def _channel_text(self, codes):
        labels = dict(self.env["lgo.case.mixin"]._selection_channel())
        return format_list(self.env, [labels[code] for code in codes if code in labels])

    @api.model
    def _baht_text(self, amount):
        """``20 บาท`` or ``1,250.50 บาท`` from the text that the content keeps."""
        number = Decimal(amount)
        whole = number == number.to_integral_value()
        return f"{number:,.0f} บาท" if whole else f"{number:,.2f} บาท"

    @api.model
    def _form_text(self, document):
        """``PDF, 120 KB`` of a blank form, from the row that the content keeps."""
        kilobytes = max(1, round((document.get("template_size") or 0) / 1024))
        size = f"{kilobytes / 1024:.1f} MB" if kilobytes >= 1024 else f"{kilobytes} KB"
        return f"{document['template'].rpartition('.')[2].upper()}, {size}"

    def action_manual(self):
        """Open the printed manual of the published version."""
        self.ensure_one()
        return self.env.ref("lgo_base.action_report_service_manual").report_action(
            self.published_version_id
        )
