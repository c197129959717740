# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .lgo_case_work_mixin import ESCALATION

_logger = logging.getLogger(__name__)


class LgoCaseEscalation(models.Model):
    """A case that was brought to a rung because its time is running out; once a rung.

    Act B.E. 2558, s. 10: an officer who is late without telling answers for it, so those above
    learn of it before and when it happens. The unique index makes the job safe to run twice and
    to be killed at any moment.
    """

    _name = "lgo.case.escalation"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Escalation of a Case"
    _order = "at desc, id desc"

    clock_id = fields.Many2one(
        comodel_name="lgo.case.clock", required=True, readonly=True, ondelete="cascade"
    )
    rung_id = fields.Many2one(
        comodel_name="lgo.case.escalation.rung",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    at = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Brought to", readonly=True)
    case_name = fields.Char(string="Number of the case", compute="_compute_case_name")

    _once = models.UniqueIndex("(clock_id, rung_id)", "The case was brought to this rung already.")

    # ------------------------------------------------------------ job
    @api.model
    def _cron_escalate(self):
        """Hourly: bring cases to the rungs that they have reached, case by case."""
        clocks = self._candidates(fields.Datetime.now())
        total = len(clocks)
        self.env["ir.cron"]._commit_progress(remaining=total)
        for clock in clocks:
            try:
                with self.env.cr.savepoint():
                    self._escalate(clock, fields.Datetime.now())
            except Exception:  # noqa: BLE001 (one broken case must not hold up the others)
                _logger.exception("escalation of clock %s failed", clock.id)
            total -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=total):
                break

    @api.model
    def _candidates(self, now):
        """Running decision clocks that have passed the lowest rung, latest first."""
        rungs = self.env["lgo.case.escalation.rung"]._all()
        if not rungs:
            return self.env["lgo.case.clock"]
        self.env["lgo.case.clock"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM lgo_case_clock
                 WHERE kind = 'decision' AND stopped_at IS NULL AND paused_at IS NULL
                   AND due_at IS NOT NULL
                   AND %(now)s - started_at >= (due_at - started_at) * %(part)s
                 ORDER BY due_at, id
                """,
                now=now,
                part=min(rungs.mapped("percent")) / 100.0,
            )
        )
        return self.env["lgo.case.clock"].browse(row[0] for row in rows)

    @api.model
    def _escalate(self, clock, now):
        """Bring the case of ``clock`` to each rung that it has reached and not been at.

        A rung that is vacant and has nobody acting is tried again by the next run.

        :return: the new ``lgo.case.escalation`` rows
        """
        made = self.browse()
        case = clock._case().exists()
        if not case or clock.stopped_at or clock.paused_at or case.is_final:
            return made
        Rung = self.env["lgo.case.escalation.rung"]
        reached = Rung._for_case(case, Rung._all()).filtered(
            lambda rung: (rung._reached_at(clock) or now) <= now and clock.due_at
        )
        done = self.search([("clock_id", "=", clock.id)]).rung_id
        told = self.env["res.users"]
        for rung in reached - done:
            person = rung._people(case.sudo(), now)[:1]
            if not person:
                continue
            made += self.create(
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "clock_id": clock.id,
                    "rung_id": rung.id,
                    "at": now,
                    "user_id": person.id,
                }
            )
            if person not in told:  # one person on two rungs hears of it once
                made[-1:]._tell(case)
            told |= person
        return made

    def _tell(self, case):
        """A task for the person, which reaches them as they chose, and a line for the file."""
        self.ensure_one()
        late = case.date_due and case.date_due < fields.Date.context_today(case)
        text = (
            self.env._("%(case)s is late: due %(date)s", case=case.name, date=self._due_text(case))
            if late
            else self.env._(
                "%(case)s is running out of time: due %(date)s",
                case=case.name,
                date=self._due_text(case),
            )
        )
        case.sudo().activity_schedule(ESCALATION, summary=text, user_id=self.user_id.id)
        case.sudo().message_notify(partner_ids=self.user_id.partner_id.ids, subject=text, body=text)
        self.env["lgo.case.event"]._add(
            case,
            "escalate",
            self.env._(
                "Brought to %(name)s: %(rung)s", name=self.user_id.name, rung=self.rung_id.name
            ),
        )
        self.env["lgo.audit.log"]._log(
            "case.escalate", case, detail={"rung": self.rung_id.id, "user": self.user_id.id}
        )

    @staticmethod
    def _due_text(case):
        return case._paper_date(case.date_due)
