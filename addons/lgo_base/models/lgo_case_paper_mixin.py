# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ..tools import thai


class LgoCasePaperMixin(models.AbstractModel):
    """What the printed papers of a case ask for: Thai dates, limits, signers, details, QR."""

    _name = "lgo.case.paper.mixin"
    _inherit = ["lgo.paper.mixin"]
    _description = "Papers of a Case"

    #: ``module.action_report_…`` of the papers of this model; the kind is appended.
    _case_report_prefix = ""

    # ------------------------------------------------------------ issuing
    def _case_paper(self, kind):
        """The report that prints the paper ``kind`` for this case; empty when it gets none.

        A model overrides it to say which of its cases get no paper.

        :param str kind: code of ``lgo.document.kind``
        :return: ``ir.actions.report``
        """
        self.ensure_one()
        name = f"{self._case_report_prefix}_{kind}"
        report = self._case_report_prefix and self.env.ref(name, raise_if_not_found=False)
        return report or self.env["ir.actions.report"]

    def _issue_document(self, kind, signers=(), replaces=None):
        """Issue the paper ``kind`` of this case; empty recordset when the model has none.

        :param str kind: code of ``lgo.document.kind``
        :param signers: see ``lgo.issued.document._issue``
        :param replaces: the valid document that this one corrects
        """
        self.ensure_one()
        if not self._case_paper(kind):
            return self.env["lgo.issued.document"]
        report = f"{self._case_report_prefix}_{kind}"
        if not signers and self.env["lgo.document.kind"]._find(kind).signer == "officer":
            signers = self._officer_signers()
        return self.env["lgo.issued.document"]._issue(
            self, kind=kind, report=report, signers=signers, replaces=replaces
        )

    # ------------------------------------------------------------ what the templates ask for
    def _paper_applicant(self):
        """The applicant, and who acts for them: both stand on the receipt."""
        agent = self._agent_display_name()
        if not agent:
            return self.applicant_name
        return f"{self.applicant_name} โดย {agent} ผู้รับมอบอำนาจ"

    def _received_later(self):
        """Whether the case counts as received at another time than it was sent.

        Electronic Administration Act B.E. 2565, s.10: what comes in outside office hours is
        received when the office opens next.
        """
        self.ensure_one()
        if not self.submitted_at or not self.deemed_received_at:
            return False
        return self.deemed_received_at - self.submitted_at >= timedelta(minutes=1)

    def _paper_limit(self):
        """The time of the manual in words: ๕ วันทำการ."""
        limit, unit, _duty = self._clock_limit("decision")
        units = {"minute": "นาที", "hour": "ชั่วโมง", "day": "วัน", "working_day": "วันทำการ"}
        return f"{thai.to_thai_digits(str(limit))} {units.get(unit, 'วัน')}"

    def _paper_details(self):
        """Rows (label, text) that the concrete model adds to the acknowledgement."""
        return []

    def _paper_notice(self):
        """The late notice that is being printed, else the newest."""
        notice_id = self.env.context.get("lgo_notice_id")
        notices = self.notice_ids
        return notices.filtered(lambda notice: notice.id == notice_id) or notices[-1:]

    def _paper_defect(self):
        """The record of defects that is being printed, else the newest."""
        defect_id = self.env.context.get("lgo_defect_id")
        records = self.defect_ids
        return records.filtered(lambda record: record.id == defect_id) or records[-1:]

    def _paper_letter(self):
        """The letter that is being printed, else the newest."""
        letter_id = self.env.context.get("lgo_letter_id")
        letters = self.letter_ids
        return letters.filtered(lambda letter: letter.id == letter_id) or letters[-1:]

    # ------------------------------------------------------------ who signs
    def _post_of_kind(self, kind):
        """The post of the organisation of this kind that comes first, in sudo."""
        domain = [("company_id", "=", self.company_id.id), ("kind", "=", kind)]
        return self.env["lgo.post"].sudo().search(domain, limit=1)

    def _executive_post(self):
        """The post of the executive (นายก), in sudo."""
        return self._post_of_kind("executive")

    def _unit_head_post(self):
        """The post that heads the responsible unit or the nearest unit above it, in sudo."""
        Post = self.env["lgo.post"].sudo()
        unit = self.sudo().unit_id
        while unit:
            post = Post.search(
                [("unit_id", "=", unit.id), ("kind", "in", ["director", "head"])],
                order="kind, sequence, id",
                limit=1,
            )
            if post:
                return post
            unit = unit.parent_id
        return Post.browse()

    def _paper_post(self, kind):
        """The post whose power signs papers of ``kind`` (``lgo.document.kind``) of this case."""
        self.ensure_one()
        if kind.signer == "unit_head":
            return self._unit_head_post() or self._executive_post()
        if kind.signer == "executive":
            return self._executive_post()
        return self.env["lgo.post"].sudo()

    # ------------------------------------------------------------ letters
    def _is_bound_by_law(self):
        """Whether the law of the case demands its notices and letters (Act B.E. 2558, s. 3)."""
        self.ensure_one()
        return self.law_version_id.covers_services or self.service_id.kind == "licence"

    def _papers_to_sign(self):
        """Whether something of this case waits for a signature."""
        self.ensure_one()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("state", "=", "to_sign"),
        ]
        return any(
            self.env[model].sudo().search_count(domain, limit=1)
            for model in ("lgo.case.notice", "lgo.case.letter")
        )

    def _guard_letter(self, kind):
        """A licence is refused, or its request returned, in writing and signed.

        Act B.E. 2558, s. 9; Administrative Procedure Act B.E. 2539, ss. 34-40.

        :param str kind: code of ``lgo.document.kind``
        :raises UserError: there is no signed letter
        """
        self.ensure_one()
        if not self._is_bound_by_law() or not self._case_paper(kind):
            return
        letters = self.sudo().letter_ids.filtered(
            lambda letter: letter.kind == kind and letter.state == "signed"
        )
        if not letters:
            raise UserError(
                self.env._(
                    "The law wants a signed letter with the reasons. Press “Write a letter”; when"
                    " it is signed, the step is done by itself."
                )
            )

    def _write_result_letter(self):
        """Prepare the result letter when the service has a text for it."""
        self.ensure_one()
        if self.service_id.result_letter_text and self._case_paper("decision_notice"):
            return self.env["lgo.case.letter"]._prepare_result(self)
        return self.env["lgo.case.letter"]

    def action_write_letter(self):
        """Open a new letter of this case.

        :raises UserError: nobody gets letters in this case
        """
        self.ensure_one()
        kind = "return_of_request" if self.state == "incomplete" else "refusal"
        if not self._case_paper(kind):
            raise UserError(self.env._("This case gets no letters."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter"),
            "res_model": "lgo.case.letter",
            "views": [(False, "form")],
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_kind": kind,
            },
        }
