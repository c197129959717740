# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class LgoOssTicket(models.Model):
    """Who is next, and the steps of a ticket at a counter."""

    _inherit = "lgo.oss.ticket"

    # ------------------------------------------------------------ order
    @api.model
    def _line_ids(self, groups, counter=None):
        """Ids of waiting tickets in the order in which they are called.

        1. who was transferred or put back goes first, by the time of arrival;
        2. appointments from their time less the tolerance on;
        3. who was passed over by a later priority ticket longer ago than the group allows;
        4. all others by arrival less the head start of their priority class.

        :param groups: ``lgo.oss.counter.group``
        :param counter: only what this ``lgo.oss.counter`` may call now; without it the whole line
        """
        self.flush_model()
        now = fields.Datetime.now()
        for_counter = SQL()
        if counter:
            for_counter = SQL(
                "AND (t.only_counter_id IS NULL OR t.only_counter_id = %s)"
                " AND (t.callable_from IS NULL OR t.callable_from <= %s)",
                counter.id,
                now,
            )
        rows = self.env.execute_query(
            SQL(
                """
                WITH line AS (
                    SELECT t.id, t.front, t.appointment_at, t.queued_at, t.order_at,
                           t.issued_at, t.callable_from, t.number,
                           (SELECT min(o.first_called_at) FROM lgo_oss_ticket o
                             WHERE o.group_id = t.group_id AND o.day = t.day
                               AND o.priority_id IS NOT NULL
                               AND (o.queued_at, o.id) > (t.queued_at, t.id))
                           + g.guard_minutes * interval '1 minute' AS guarded_from
                      FROM lgo_oss_ticket t
                      JOIN lgo_oss_counter_group g ON g.id = t.group_id
                     WHERE t.state = 'waiting' AND t.day = %(day)s
                       AND t.group_id = ANY(%(groups)s) %(for_counter)s)
                SELECT id FROM line
                 ORDER BY CASE WHEN front THEN 0
                               WHEN callable_from > %(now)s THEN 4
                               WHEN appointment_at IS NOT NULL THEN 1
                               WHEN guarded_from <= %(now)s THEN 2
                               ELSE 3 END,
                          CASE WHEN front THEN issued_at
                               WHEN guarded_from <= %(now)s THEN queued_at
                               ELSE order_at END,
                          number, id
                """,
                day=self.env["lgo.oss.counter.group"]._today(),
                groups=groups.ids,
                for_counter=for_counter,
                now=now,
            )
        )
        return [ticket_id for (ticket_id,) in rows]

    @api.model
    def _take_next(self, counter):
        """Claim the next ticket for ``counter``, once and for all in this transaction.

        ``FOR UPDATE SKIP LOCKED`` passes over what another counter is just calling. A ticket
        that another counter called after our snapshot was made raises a serialisation error
        (REPEATABLE READ); that one is passed over too, instead of doing the whole request again.

        :return: a waiting ``lgo.oss.ticket`` in sudo, locked, or an empty recordset
        """
        for ticket_id in self._line_ids(counter.group_ids, counter):
            if self._lock_waiting(ticket_id):
                return self.sudo().browse(ticket_id)
        return self.sudo().browse()

    @api.model
    def _lock_waiting(self, ticket_id):
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM lgo_oss_ticket WHERE id = %s AND state = 'waiting'"
                    " FOR UPDATE SKIP LOCKED",
                    ticket_id,
                ),
                log_exceptions=False,
            )
            locked = bool(self.env.cr.fetchone())
        except errors.SerializationFailure:
            savepoint.close(rollback=True)
            return False
        except BaseException:
            savepoint.close(rollback=True)
            raise
        savepoint.close(rollback=False)
        return locked

    # ------------------------------------------------------------ steps
    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            words = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Ticket %(number)s is “%(state)s” by now: this step is not possible.",
                    number=self.name,
                    state=words[self.state],
                )
            )

    def _call(self, counter):
        """Call a waiting ticket to ``counter``."""
        self._check_state("waiting")
        now = fields.Datetime.now()
        vals = {
            "state": "called",
            "counter_id": counter.id,
            "user_id": self.env.uid,
            "called_at": now,
            "call_count": 1,
        }
        if not self.first_called_at:
            wait = self._minutes(max(self.queued_at, self.appointment_at or self.queued_at), now)
            vals |= {
                "first_called_at": now,
                "wait_minutes": wait,
                "is_late": wait > self.group_id.target_minutes,
            }
        self.write(vals)
        self.flush_recordset()
        self.group_id._send_change()

    def _recall(self):
        """Call the same number again, at most as often as the group allows."""
        self._check_state("called")
        if self.call_count > self.group_id.recall_limit:
            raise UserError(
                self.env._(
                    "%(number)s was called again %(count)s times. Mark the person absent.",
                    number=self.name,
                    count=self.group_id.recall_limit,
                )
            )
        self.write({"called_at": fields.Datetime.now(), "call_count": self.call_count + 1})
        self.group_id._send_change()

    def _serve(self):
        """The person is at the counter: the time of the service runs."""
        self._check_state("called")
        self.write({"state": "serving", "started_at": fields.Datetime.now()})
        self.group_id._send_change()

    def _finish(self):
        """The service is over."""
        self._check_state("called", "serving")
        self.write({"state": "done", **self._prepare_end_vals()})
        self.group_id._send_change()

    def _prepare_end_vals(self):
        """Times of a service that ends now; who was never marked as served came when called."""
        now = fields.Datetime.now()
        start = self.started_at or self.called_at
        return {
            "started_at": start,
            "ended_at": now,
            "service_minutes": self._minutes(start, now),
        }

    def _mark_absent(self):
        """Nobody came."""
        self._check_state("called")
        self.write({"state": "no_show", "ended_at": fields.Datetime.now()})
        self.group_id._send_change()

    def _undo_absent(self):
        """The person came after all: back to the front, while the group allows it."""
        self._check_state("no_show")
        now = fields.Datetime.now()
        if self.ended_at < now - timedelta(minutes=self.group_id.undo_minutes):
            raise UserError(
                self.env._(
                    "%(number)s was marked absent more than %(minutes)s minutes ago. Give a new "
                    "ticket.",
                    number=self.name,
                    minutes=self.group_id.undo_minutes,
                )
            )
        self.write(
            {
                "state": "waiting",
                "front": True,
                "counter_id": False,
                "user_id": False,
                "ended_at": False,
                "called_at": False,
            }
        )
        self.group_id._send_change()

    def _transfer(self, group, counter=None):
        """End here and go on in another line with the same number and time of arrival.

        :param group: ``lgo.oss.counter.group`` that goes on
        :param counter: ``lgo.oss.counter`` that alone may call, or None
        :return: the continuation
        """
        self._check_state("called", "serving")
        if group.company_id != self.company_id:
            raise UserError(self.env._("Choose a counter group of the same organisation."))
        if counter and group not in counter.group_ids:
            raise UserError(
                self.env._(
                    "%(counter)s does not serve %(group)s.", counter=counter.name, group=group.name
                )
            )
        now = fields.Datetime.now()
        old = self.group_id
        vals = self._prepare_vals(group, self.service_id, self.priority_id, now)
        vals |= {
            "series_id": self.series_id.id,
            "number": self.number,
            "name": self.name,
            "hop": self.hop + 1,
            "token": self.token,
            "issued_at": self.issued_at,
            "day": self.day,
            "hour": self.hour,
            "front": group.transfer_front,
            "only_counter_id": counter.id if counter else None,
            "origin": self.origin,
            "parent_id": self.id,
            "partner_id": self.partner_id.id or None,
            "res_model": self.res_model or None,
            "res_id": self.res_id or None,
        }
        self.write({"state": "transferred", **self._prepare_end_vals()})
        self.flush_recordset()
        continuation = self._try_insert(vals)
        self.invalidate_recordset(["child_ids"])
        (old | group)._send_change()
        return continuation
