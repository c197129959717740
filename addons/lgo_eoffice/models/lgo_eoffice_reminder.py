# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
#: Kinds of task: a letter waits, and a circular is to be noted.
WAITS = "lgo_eoffice.mail_activity_type_letter"
NOTES = "lgo_eoffice.mail_activity_type_circular"
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
        told = self._rungs_told(copies)
        return copies.filtered(lambda copy: self._rungs_due(copy, now, told))

    @api.model
    def _late_readers(self, now):
        """Readers of circulars who have not taken note after the days that were set."""
        rows = self.env["lgo.eoffice.reader"].search(
            [
                ("noted_at", "=", False),
                ("reminded_at", "=", False),
                ("copy_id.state", "=", "open"),
            ]
        )
        return rows.filtered(
            lambda row: (
                row.create_date
                <= now - timedelta(days=row.letter_id.company_id.lgo_circular_remind_days)
            )
        )

    @api.model
    def _rungs_told(self, copies):
        """Rungs that were reminded of, by copy and ``step`` of the copy."""
        told = defaultdict(set)
        rows = self._read_group([("copy_id", "in", copies.ids)], ["copy_id", "step", "rung"])
        for copy, step, rung in rows:
            told[copy, step].add(rung)
        return told

    @api.model
    def _rungs_due(self, copy, now, told):
        """Rungs that a copy has reached, without those in ``told``."""
        reached = []
        if copy.color in (1, 3):
            reached.append("near")
        if now >= copy.limit_at:
            reached.append("due")
        if now >= copy.limit_at + timedelta(days=1):
            reached.append("late")
        return [rung for rung in reached if rung not in told[copy, copy.step]]

    @api.model
    def _remind(self, record):
        """Remind of one copy or one reader.

        :return: the new reminders
        """
        if record._name == "lgo.eoffice.reader":
            record.letter_id._remind_readers(record)
            return self
        now = fields.Datetime.now()
        rungs = self._rungs_due(record, now, self._rungs_told(record))
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
        kind = self.env.ref(WAITS)
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
                letter.activity_schedule(WAITS, summary=words, user_id=person.id)

    def _clear_reminders(self):
        """The letter moved on: tasks of who had it, or has taken note of it, are done."""
        letter = self.letter_id.sudo()
        waits, notes = self.env.ref(WAITS), self.env.ref(NOTES)
        tasks = letter.activity_ids.filtered(lambda row: row.activity_type_id in waits | notes)
        if not tasks:
            return
        lying = letter.copy_ids.filtered(lambda row: row.state == "open")
        unnoted = lying.reader_ids.filtered(lambda row: not row.noted_at)
        still = {
            waits: self.env["res.users"].union(*(row._people() for row in lying)),
            notes: unnoted.user_id,
        }
        tasks.filtered(lambda row: row.user_id not in still[row.activity_type_id]).unlink()
