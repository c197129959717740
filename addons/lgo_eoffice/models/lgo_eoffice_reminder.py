# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
KIND = "lgo_eoffice.mail_activity_type_letter"
#: Rungs: nearly due, due, a day late (then who leads the unit hears of it too).
RUNGS = ("near", "due", "late")


class LgoEofficeReminder(models.Model):
    """A reminder that a letter waits; once for each rung of each place where it lay.

    The unique index makes the job safe to run twice and to be killed at any moment.
    """

    _name = "lgo.eoffice.reminder"
    _description = "Reminder of a Letter"
    _order = "id desc"

    copy_id = fields.Many2one(
        comodel_name="lgo.eoffice.copy", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="copy_id.company_id", store=True, index=True)
    step = fields.Integer(required=True, readonly=True, aggregator=None)
    rung = fields.Selection(
        [("near", "Nearly due"), ("due", "Due"), ("late", "A day late")],
        required=True,
        readonly=True,
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _once = models.UniqueIndex("(copy_id, step, rung)")

    @api.model
    def _cron_remind(self):
        """Hourly: remind of letters that wait, one by one."""
        copies = self._candidates(fields.Datetime.now())
        readers = self._late_readers(fields.Datetime.now())
        total = len(copies) + len(readers)
        self.env["ir.cron"]._commit_progress(remaining=total)
        for record in (*copies, *readers):
            try:
                with self.env.cr.savepoint():
                    self._remind(record)
            except Exception:  # noqa: BLE001 (one letter must not hold up the others)
                _logger.exception("reminder of %s failed", record)
            total -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=total):
                break

    @api.model
    def _candidates(self, now):
        """Open copies with a limit that has a rung which was not reminded of."""
        copies = self.env["lgo.eoffice.copy"].search(
            Domain("state", "=", "open")
            & Domain("limit_at", "!=", False)
            & Domain("letter_id.state", "not in", ("closed", "cancelled", "rejected"))
        )
        return copies.filtered(lambda copy: self._rungs_due(copy, now))

    @api.model
    def _late_readers(self, now):
        """Readers of circulars who have not taken note after the days that were set."""
        rows = self.env["lgo.eoffice.reader"].search(
            [("noted_at", "=", False), ("reminded_at", "=", False)]
        )
        return rows.filtered(
            lambda row: (
                row.create_date
                <= now - timedelta(days=row.letter_id.company_id.lgo_circular_remind_days)
            )
        )

    @api.model
    def _rungs_due(self, copy, now):
        reached = []
        if copy.color in (1, 3):
            reached.append("near")
        if now >= copy.limit_at:
            reached.append("due")
        if now >= copy.limit_at + timedelta(days=1):
            reached.append("late")
        done = self.search([("copy_id", "=", copy.id), ("step", "=", copy.step)]).mapped("rung")
        return [rung for rung in reached if rung not in done]

    @api.model
    def _remind(self, record):
        """Remind of one copy or one reader.

        :return: the new reminders
        """
        if record._name == "lgo.eoffice.reader":
            record.letter_id._remind_readers(record)
            return self
        now = fields.Datetime.now()
        rungs = self._rungs_due(record, now)
        made = self.create(
            [{"copy_id": record.id, "step": record.step, "rung": rung, "at": now} for rung in rungs]
        )
        people = record._people()
        if "late" in rungs and record.unit_id:
            lead = self.env["lgo.post"]._lgo_lead_of(record.unit_id)
            people |= lead.sudo()._in_charge().get(lead.id, people.browse())
        if rungs:
            record._tell_waiting(people, rungs[-1])
        return made


class LgoEofficeCopy(models.Model):
    """Tasks that remind of what lies in front of somebody."""

    _inherit = "lgo.eoffice.copy"

    def _tell_waiting(self, people, rung):
        """One open task a person and letter; its words follow the rung."""
        self.ensure_one()
        letter = self.letter_id.sudo()
        words = {
            "near": self.env._("Letter waits for you; its time is nearly over"),
            "due": self.env._("Letter waits for you; its time is over"),
            "late": self.env._("Letter is a day late"),
        }[rung]
        kind = self.env.ref(KIND)
        for person in people:
            if letter.is_secret:
                # a task would show the subject to who administers the system
                person.partner_id.sudo().message_notify(
                    partner_ids=person.partner_id.ids, subject=words,
                    body=self.env._("A letter waits in your inbox."),
                )  # fmt: skip
                continue
            task = letter.activity_ids.filtered(
                lambda row, p=person: row.user_id == p and row.activity_type_id == kind
            )
            if task:
                task.write({"summary": words})
            else:
                letter.activity_schedule(KIND, summary=words, user_id=person.id)

    def _clear_reminders(self):
        """The letter moved on: tasks of who had it are done."""
        self.ensure_one()
        letter = self.letter_id.sudo()
        waits = self.env.ref(KIND)
        notes = self.env.ref("lgo_eoffice.mail_activity_type_circular")
        tasks = letter.activity_ids.filtered(lambda row: row.activity_type_id in waits | notes)
        if not tasks:
            return
        lying = letter.copy_ids.filtered(lambda row: row.state == "open")
        still = self.env["res.users"].union(*(row._people() for row in lying))
        tasks.filtered(
            lambda row: (
                row.user_id not in still
                if row.activity_type_id == waits
                else row.user_id == self.env.user
            )
        ).unlink()
