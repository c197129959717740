# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import thai


class LgoCaseNotice(models.Model):
    """A written notice that a decision is late, with its cause.

    Act B.E. 2558, s. 10: every seven days until the decision, with a copy to the OPDC (ก.พ.ร.)
    each time. Number and day follow the law version of the case; the unique index makes the
    daily job safe to run twice.
    """

    _name = "lgo.case.notice"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Late Notice"
    _order = "res_id, number"

    number = fields.Integer(required=True, readonly=True)
    date_owed = fields.Date(required=True, readonly=True)
    date_expected = fields.Date(string="Expected until")
    cause = fields.Text(required=True)
    sent_at = fields.Datetime(readonly=True)
    copy_owed = fields.Boolean(string="Copy to OPDC owed", readonly=True)
    copy_sent_at = fields.Datetime(string="Copy to OPDC sent", readonly=True)
    document_id = fields.Many2one(comodel_name="lgo.issued.document", readonly=True)

    case_name = fields.Char(string="Number of the case", compute="_compute_case_name")

    _number_uniq = models.UniqueIndex(
        "(res_model, res_id, number)", "This late notice was written already."
    )

    _copy_owed_idx = models.Index("(date_owed) WHERE copy_owed IS TRUE AND copy_sent_at IS NULL")

    @api.depends("res_model", "res_id")
    def _compute_case_name(self):
        for model, notices in self.grouped("res_model").items():
            cases = self.env[model].browse(notices.mapped("res_id"))
            names = {case.id: case.display_name for case in cases}
            for notice in notices:
                notice.case_name = names[notice.res_id]

    # ------------------------------------------------------------ buttons
    def action_open_case(self):
        """Open the case of this notice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_copy_sent(self):
        """Say that the copies to the OPDC have been sent (Act B.E. 2558, s. 10).

        A notice is a paper of record: this is all that may change in it, and only once.

        :raises AccessError: the user heads no unit, or the case is not the user's
        """
        if not self.env.user.has_group("lgo_base.group_unit_head"):
            raise AccessError(self.env._("Only the head of a unit sends the copies to the OPDC."))
        self.check_access("read")
        owed = self.filtered(lambda notice: notice.copy_owed and not notice.copy_sent_at)
        for notice in owed:
            notice._case().check_access("write")
        owed.sudo().write({"copy_sent_at": fields.Datetime.now()})
        for notice in owed:
            self.env["lgo.audit.log"]._log(
                "case.late_notice_copy", notice._case(), detail={"number": notice.number}
            )
        return True

    # ------------------------------------------------------------ daily job
    @api.model
    def _cron_late_notices(self):
        """Daily: write the late notices that are owed today, case by case."""
        today = thai.local_date(fields.Datetime.now())
        clocks = self.env["lgo.case.clock"].search(
            [
                ("kind", "=", "decision"),
                ("stopped_at", "=", False),
                ("paused_at", "=", False),
                ("date_due", "<=", today),
            ],
            order="date_due, id",
        )
        total = len(clocks)
        self.env["ir.cron"]._commit_progress(remaining=total)
        for clock in clocks:
            self._write_owed(clock, today)
            total -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=total):
                break

    @api.model
    def _write_owed(self, clock, today):
        """Notices of one late case that are owed until ``today`` and not written yet."""
        case = clock._case().exists()
        law = case.law_version_id
        if not case or not (law.covers_services or case.service_id.kind == "licence"):
            return self.browse()
        owed = law._late_notice_dates(clock.date_due, today)
        written = self.search([("res_model", "=", case._name), ("res_id", "=", case.id)])
        missing = owed[len(written) :]
        notices = self.browse()
        for number, day in enumerate(missing, start=len(written) + 1):
            notices += self.create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "number": number,
                    "date_owed": day,
                    "cause": case.late_cause
                    or self.env._("The request is still being considered."),
                    "date_expected": case.date_expected,
                    "copy_owed": law.copy_to_opdc,
                }
            )
        for notice in notices:
            notice._send()
        return notices

    def _send(self):
        """Tell the applicant, on paper of record and by the chosen channel."""
        self.ensure_one()
        case = self._case()
        self.document_id = case.with_context(lgo_notice_id=self.id)._issue_document("late_notice")
        case._notify_applicant("case_late_notice", {"notice": self})
        self.sent_at = fields.Datetime.now()
        self.env["lgo.case.event"]._add(
            case,
            "late_notice",
            self.env._(
                "The decision is late (notice %(number)s): %(cause)s",
                number=self.number,
                cause=self.cause,
            ),
            public=True,
        )
        self.env["lgo.audit.log"]._log("case.late_notice", case, detail={"number": self.number})
