# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ..tools import thai
from .lgo_case_signing_mixin import UNSIGNED

_logger = logging.getLogger(__name__)


class LgoCaseNotice(models.Model):
    """A written notice that a decision is late, with its cause.

    Act B.E. 2558, s. 10: every seven days until the decision, with a copy to the OPDC (ก.พ.ร.)
    each time. The daily job prepares it on the day it is owed and gives it to who may sign;
    signed, it is issued, sent, and its copy queued. An organisation whose executive has so
    ordered lets the job issue it in the name of the office. Number and day follow the law
    version of the case; the unique index makes the job safe to run twice.
    """

    _name = "lgo.case.notice"
    _inherit = ["lgo.case.signing.mixin"]
    _description = "Late Notice"
    _order = "res_id, number"

    _forgotten = ("cause",)

    number = fields.Integer(required=True, readonly=True)
    date_owed = fields.Date(required=True, readonly=True)
    date_expected = fields.Date(string="Expected until", readonly=True)
    cause = fields.Text(readonly=True)
    sent_at = fields.Datetime(readonly=True)
    escalated_at = fields.Datetime(
        string="Reported to the chief administrator",
        readonly=True,
        help="Nobody had signed on the day it was owed.",
    )
    copy_owed = fields.Boolean(string="Copy to OPDC owed", readonly=True)
    copy_how = fields.Selection(
        selection=[("email", "By e-mail"), ("print", "To print and post")],
        string="Copy goes",
        readonly=True,
    )
    copy_mail_id = fields.Many2one(comodel_name="mail.mail", readonly=True, index="btree_not_null")
    copy_sent_at = fields.Datetime(string="Copy to OPDC sent", readonly=True)

    _number_uniq = models.UniqueIndex(
        "(res_model, res_id, number)", "This late notice was written already."
    )

    _copy_owed_idx = models.Index("(date_owed) WHERE copy_owed IS TRUE AND copy_sent_at IS NULL")
    _to_sign_idx = models.Index("(date_owed) WHERE state = 'to_sign'")

    # ------------------------------------------------------------ buttons
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
            if notice.state != "signed":
                raise UserError(self.env._("A notice is signed before its copy is sent."))
        owed.sudo().write({"copy_sent_at": fields.Datetime.now()})
        for notice in owed:
            self.env["lgo.audit.log"]._log(
                "case.late_notice_copy", notice._case(), detail={"number": notice.number}
            )
        return True

    def action_sign(self):
        """Ask for the cause of each delay, then sign."""
        self.check_access("read")
        self._check_open()
        for notice in self:
            notice._signing_capacity()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign late notices"),
            "res_model": "lgo.case.notice.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_ids": self.ids},
        }

    # ------------------------------------------------------------ daily job
    @api.model
    def _cron_late_notices(self):
        """Daily: prepare the late notices that are owed today, case by case; report the unsigned.

        Each case is a transaction of its own: killed in between, the next run goes on where
        this one stopped; a case that fails does not keep the others from their notice.
        """
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
        unsigned = self.search(
            [("state", "=", "to_sign"), ("date_owed", "<", today), ("escalated_at", "=", False)]
        )
        total = len(clocks) + len(unsigned)
        self.env["ir.cron"]._commit_progress(remaining=total)
        todo = [(self._write_owed, clock, today) for clock in clocks]
        todo += [(notice._escalate,) for notice in unsigned]
        for method, *arguments in todo:
            try:
                with self.env.cr.savepoint():
                    method(*arguments)
            except Exception:
                _logger.exception("late notices: %s failed", arguments or method)
            total -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=total):
                break

    @api.model
    def _write_owed(self, clock, today):
        """Prepare the notices of one late case that are owed until ``today`` and not there yet."""
        clock = clock.try_lock_for_update()  # another run, or a decision, is at it
        clock.invalidate_recordset(["stopped_at", "paused_at", "date_due"])
        case = clock._case().exists() if clock else None
        if not case or clock.stopped_at or clock.paused_at:
            return self.browse()
        if not case._is_bound_by_law():
            return self.browse()
        if not case._case_paper("late_notice"):  # nobody to write to, or a closed matter
            return self.browse()
        law = case.law_version_id
        written = self.search([("res_model", "=", case._name), ("res_id", "=", case.id)])
        last = max(written.mapped("date_owed"), default=None)
        missing = [
            day
            for day in law._late_notice_dates(clock.date_due, today)
            if last is None or day > last
        ]
        notices = self.create(
            [
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "number": number,
                    "date_owed": day,
                    "copy_owed": law.copy_to_opdc,
                }
                for number, day in enumerate(missing, start=len(written) + 1)
            ]
        )
        for notice in notices:
            if case.company_id.lgo_late_notice_mode == "auto":
                notice._issue_by_order(case)
            else:
                notice._ask_signer()
                self.env["lgo.audit.log"]._log(
                    "case.late_notice_due", case, detail={"number": notice.number}
                )
        return notices

    def _escalate(self):
        """Tell the chief administrator that a notice was not signed on its day.

        Act B.E. 2558, s. 10: an officer who does not notify is deemed to act to the damage of
        another; so the head of the officers learns of it the day after.
        """
        for notice in self.filtered(lambda row: row.state == "to_sign"):
            case = notice._case().sudo()
            post = case._post_of_kind("top_officer")
            Delegation = self.env["lgo.delegation"].with_company(case.company_id)
            user = Delegation._signer(post)
            notice.sudo().escalated_at = fields.Datetime.now()
            self.env["lgo.audit.log"]._log(
                "case.late_notice_unsigned",
                case,
                detail={"number": notice.number},
                severity="warning",
            )
            if not user:
                _logger.info("no chief administrator to tell of late notice %s", notice.id)
                continue
            if case.with_user(user).has_access("read"):
                case.activity_schedule(
                    UNSIGNED,
                    user_id=user.id,
                    summary=self.env._(
                        "Late notice %(number)s is not signed", number=notice.number
                    ),
                )
            self.env["lgo.notification"]._notify(
                case,
                "late_notice_unsigned",
                partner=user.partner_id,
                email=user.email,
                values={"notice": notice},
            )

    @api.model
    def _drop_open(self, case):
        """The case is decided: what was prepared and not signed is not sent any more."""
        notices = self.sudo().search(
            [
                ("res_model", "=", case._name),
                ("res_id", "=", case.id),
                ("state", "=", "to_sign"),
            ]
        )
        if notices:
            notices.state = "dropped"
            notices._end_sign_task()

    # ------------------------------------------------------------ signing
    def _signing_kind(self):
        return "late_notice"

    def _signing_post(self, case):
        return case.company_id.lgo_late_notice_post_id or super()._signing_post(case)

    def _sign_deadline(self):
        return self.date_owed

    def _sign(self, cause, date_expected=False):
        """Sign as the user, issue and send.

        :param str cause: why the decision is late
        :param date_expected: ``date`` or False
        :raises AccessError: the user has not the power
        :raises UserError: no cause, or signed already
        """
        self.ensure_one()
        self.check_access("read")
        if not (cause or "").strip():
            raise UserError(self.env._("Write the cause of the delay: the law asks for it."))
        capacity = self._signing_capacity()
        self._lock_open()
        self.sudo().write({"signed_by_id": self.env.uid})
        self._issue_and_send([capacity], cause.strip(), date_expected)

    def _issue_by_order(self, case):
        """Issue in the name of the office, by the order of the executive in the settings."""
        company = case.company_id.sudo()
        order = self.env._(
            "by order no. %(number)s of %(date)s",
            number=company.lgo_late_notice_order_no,
            date=thai.format_date(company.lgo_late_notice_order_date),
        )
        signer = {
            "name": company.name,
            "capacity": order,
            "order_no": company.lgo_late_notice_order_no,
        }
        cause = case.late_cause or self.env._("The request is still being considered.")
        self._issue_and_send([signer], cause, case.date_expected)

    def _issue_and_send(self, signers, cause, date_expected):
        """Number and store the paper, tell the applicant, queue the copy."""
        self.ensure_one()
        notice = self.sudo()
        case = self._case()
        now = fields.Datetime.now()
        notice.write(
            {
                "state": "signed",
                "signed_at": now,
                "sent_at": now,
                "cause": cause,
                "date_expected": date_expected,
            }
        )
        case.sudo().write({"late_cause": cause, "date_expected": date_expected})
        notice._end_sign_task()
        case._notify_applicant("case_late_notice", {"notice": notice})
        self.env["lgo.case.event"]._add(
            case,
            "late_notice",
            self.env._(
                "The decision is late (notice %(number)s): %(cause)s",
                number=self.number,
                cause=cause,
            ),
            public=True,
        )
        self.env["lgo.audit.log"]._log("case.late_notice", case, detail={"number": self.number})
        notice.document_id = case.with_context(lgo_notice_id=self.id)._issue_document(
            "late_notice", signers=signers
        )
        notice._check_document()
        notice._queue_copy(case)

    def _queue_copy(self, case):
        """The copy for the OPDC: by e-mail when the settings name an address, else to print."""
        self.ensure_one()
        company = case.company_id.sudo()
        address = email_normalize(company.lgo_opdc_email or "")
        if not self.copy_owed:
            return
        if not address or not self.document_id:
            self.copy_how = "print"
            return
        template = (
            self.env["lgo.notification.template"]
            .sudo()
            .search([("code", "=", "late_notice_copy"), ("channel_id.code", "=", "email")], limit=1)
        )
        subject, body = template._compose(case.sudo(), {"notice": self})
        mail = (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": subject,
                    "body_html": body,
                    "email_to": address,
                    "email_from": company.email_formatted or self.env.user.sudo().email_formatted,
                    "attachment_ids": [fields.Command.link(self.document_id.attachment_id.id)],
                    "auto_delete": False,
                }
            )
        )
        self.write({"copy_how": "email", "copy_mail_id": mail.id})
