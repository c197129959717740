# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import UTC, timedelta

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

from ..tools import voice

ACTIVE = ("called", "serving")
#: Tickets that the job changes in one transaction.
FORGET_BATCH = 500


class LgoOssTicket(models.Model):
    """One person's place in the line of one day.

    Nobody writes a ticket directly: kiosk, panel and job use the methods, under the rights that
    each of them checks. A transfer closes the ticket and opens its continuation with the same
    number, so that the time at every counter is measured for itself.
    """

    _name = "lgo.oss.ticket"
    _description = "Queue Ticket"
    _order = "day desc, issued_at desc, id desc"

    name = fields.Char(string="Number", required=True, readonly=True, index=True)
    number = fields.Integer(string="Running number", required=True, readonly=True, aggregator=None)
    hop = fields.Integer(
        string="Transfers", readonly=True, aggregator=None, help="How often it was transferred."
    )
    token = fields.Char(required=True, readonly=True, groups="lgo_base.group_admin")
    request_key = fields.Char(readonly=True, groups="lgo_base.group_admin")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    day = fields.Date(required=True, readonly=True, index=True)
    series_id = fields.Many2one(
        "lgo.oss.counter.group", string="Numbered by", required=True, readonly=True, index=True
    )
    group_id = fields.Many2one(
        "lgo.oss.counter.group", required=True, readonly=True, ondelete="restrict"
    )
    service_id = fields.Many2one("lgo.service", readonly=True, index="btree_not_null")
    priority_id = fields.Many2one(
        "lgo.oss.priority",
        readonly=True,
        index="btree_not_null",
        help="Why the person went before others; forgotten after some days.",
    )
    has_priority = fields.Boolean(
        string="With priority",
        readonly=True,
        help="Whether the ticket had a priority class; this stays for the statistics.",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", readonly=True, index="btree_not_null"
    )
    origin = fields.Selection(
        [("kiosk", "Kiosk"), ("counter", "Counter"), ("appointment", "Appointment")],
        required=True,
        default="kiosk",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("called", "Called"),
            ("serving", "Being served"),
            ("transferred", "Transferred"),
            ("done", "Done"),
            ("no_show", "Absent"),
            ("closed", "Closed at the end of the day"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    counter_id = fields.Many2one("lgo.oss.counter", readonly=True, index="btree_not_null")
    only_counter_id = fields.Many2one(
        "lgo.oss.counter",
        string="For this counter only",
        readonly=True,
        index="btree_not_null",
    )
    user_id = fields.Many2one("res.users", string="Officer", readonly=True, index="btree_not_null")
    issued_at = fields.Datetime(required=True, readonly=True)
    queued_at = fields.Datetime(string="In this line since", required=True, readonly=True)
    order_at = fields.Datetime(
        required=True, readonly=True, help="In this line since, less the head start of the class."
    )
    appointment_at = fields.Datetime(string="Appointment", readonly=True)
    callable_from = fields.Datetime(readonly=True)
    front = fields.Boolean(readonly=True, help="Goes before all others of the line.")
    first_called_at = fields.Datetime(readonly=True)
    called_at = fields.Datetime(string="Last called", readonly=True)
    call_count = fields.Integer(string="Calls", readonly=True, aggregator="sum")
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    wait_minutes = fields.Float(
        string="Wait (minutes)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="From taking the place to the first call; for an appointment from its time.",
    )
    service_minutes = fields.Float(
        string="Service (minutes)",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
    )
    is_late = fields.Boolean(
        string="Waited too long",
        readonly=True,
        help="The wait was longer than the target of the counter group.",
    )
    hour = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Hour of the day (Bangkok) in which the ticket was taken.",
    )
    parent_id = fields.Many2one(
        "lgo.oss.ticket", string="Transferred from", readonly=True, index="btree_not_null"
    )
    child_ids = fields.One2many("lgo.oss.ticket", "parent_id", string="Transferred to")
    res_model = fields.Char(string="Case model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Case", model_field="res_model", readonly=True, aggregator=None
    )

    # The counter of the numbers, as in a register: an insert of the same number waits.
    _number_uniq = models.UniqueIndex(
        "(company_id, series_id, day, number, hop)", "This queue number was given already."
    )
    _token_uniq = models.UniqueIndex("(token) WHERE hop = 0", "The token must be unique.")
    _request_uniq = models.UniqueIndex(
        "(request_key) WHERE request_key IS NOT NULL", "This ticket was taken already."
    )
    _busy_uniq = models.UniqueIndex(
        "(counter_id) WHERE state IN ('called', 'serving')",
        "This counter has a person already: finish or mark absent first.",
    )
    _line_idx = models.Index("(group_id, day, state)")
    _record_idx = models.Index("(res_model, res_id)")

    # ------------------------------------------------------------ measures
    @api.model
    def _minutes(self, start, stop):
        """Minutes between two moments, never below zero, one decimal."""
        return round(max((stop - start).total_seconds(), 0) / 60, 1)

    # ------------------------------------------------------------ issuing
    @api.model
    def _issue(self, group, service=None, priority=None, origin="kiosk", key=None, slot=None):
        """Give the next number of a group, inside the caller's transaction.

        As in ``lgo.register`` there is no counter row: the unique index is the counter, an
        insert of the same number waits for the other transaction, and a roll-back leaves no
        hole. Several kiosks at the same instant get consecutive numbers.

        :param group: ``lgo.oss.counter.group``
        :param service: ``lgo.service`` or None
        :param priority: ``lgo.oss.priority`` or None
        :param str origin: ``kiosk``, ``counter`` or ``appointment``
        :param str key: of the form; the same key gives the same ticket (double tap)
        :param datetime slot: naive UTC time of the appointment
        :return: ``lgo.oss.ticket``, in sudo
        """
        tickets = self.sudo()
        if key:
            before = tickets.search([("request_key", "=", key)], limit=1)
            if before:
                return before
        now = fields.Datetime.now()
        vals = self._prepare_vals(group.sudo(), service, priority, now)
        vals |= {"origin": origin, "request_key": key}
        tolerance = timedelta(minutes=group.sudo().tolerance_minutes)
        if slot and now <= slot + tolerance:
            vals |= {"appointment_at": slot, "callable_from": slot - tolerance, "order_at": slot}
        tickets.flush_model()
        [[highest]] = self.env.execute_query(
            SQL(
                """SELECT max(number) FROM lgo_oss_ticket
                    WHERE company_id = %s AND series_id = %s AND day = %s""",
                vals["company_id"],
                vals["series_id"],
                vals["day"],
            )
        )
        number = (highest or 0) + 1
        while True:
            vals |= {"number": number, "name": f"{group.sudo().prefix}{number:03d}"}
            ticket = self._try_insert(vals)
            if ticket:
                ticket.group_id._send_change()
                return ticket
            number += 1

    @api.model
    def _prepare_vals(self, group, service, priority, now):
        """Columns of a new ticket, hook for add-ons."""
        head_start = timedelta(minutes=priority.head_start if priority else 0)
        return {
            "company_id": group.company_id.id,
            "series_id": group.id,
            "group_id": group.id,
            "day": thai.local_date(now),
            "hop": 0,
            "token": secrets.token_urlsafe(12),
            "service_id": service.id if service else None,
            "priority_id": priority.id if priority else None,
            "has_priority": bool(priority),
            "state": "waiting",
            "issued_at": now,
            "queued_at": now,
            "order_at": now - head_start,
            "front": False,
            "call_count": 0,
            "is_late": False,
            "hour": now.replace(tzinfo=UTC).astimezone(thai.BANGKOK).hour,
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }

    @api.model
    def _try_insert(self, vals):
        """Insert a ticket; None when a committed one has the number."""
        query = SQL(
            "INSERT INTO lgo_oss_ticket (%s) VALUES %s RETURNING id",
            SQL(", ").join(SQL.identifier(name) for name in vals),
            tuple(vals.values()),
        )
        savepoint = self.env.cr.savepoint(flush=False)  # the ORM cache knows nothing of this row
        try:
            self.env.cr.execute(query, log_exceptions=False)
            [ticket_id] = self.env.cr.fetchone()
        except errors.UniqueViolation as error:
            savepoint.close(rollback=True)
            if "number" in (error.diag.constraint_name or ""):
                return None
            # the same form twice at once: the request is done again and finds the ticket
            raise ConcurrencyError("the form was sent twice") from error
        except BaseException:
            savepoint.close(rollback=True)
            raise
        savepoint.close(rollback=False)
        return self.sudo().browse(ticket_id)

    # ------------------------------------------------------------ reading
    @api.model
    def _by_token(self, token):
        """The first ticket of a token as superuser, or nothing."""
        if not token or not isinstance(token, str) or len(token) > 64 or "\x00" in token:
            return self.sudo().browse()
        return self.sudo().search([("token", "=", token), ("hop", "=", 0)], limit=1)

    def _last(self):
        """The continuation that counts now, after all transfers."""
        ticket = self
        while ticket.child_ids:
            ticket = ticket.child_ids[-1:]
        return ticket

    def _call_values(self):
        """What is announced: number and counter, never a name."""
        self.ensure_one()
        number = self.counter_id.number
        return {
            "id": self.id,
            "name": self.name,
            "group": self.group_id.id,
            "counter": number,
            "calls": self.call_count,
            "serving": self.state == "serving",
            "text": voice.announcement(self.name, number),
        }

    def _people_ahead(self):
        """How many wait in front of this waiting ticket, by the rules of the line."""
        self.ensure_one()
        line = self._line_ids(self.group_id)
        return line.index(self.id) if self.id in line else 0

    def _follow_values(self):
        """What the holder of the slip may see on the phone."""
        self.ensure_one()
        ticket = self._last()
        ahead = ticket._people_ahead() if ticket.state == "waiting" else 0
        return {
            "name": ticket.name,
            "state": ticket.state,
            "service": ticket.service_id.name or ticket.group_id.name,
            "ahead": ahead,
            "minutes": ticket.group_id._expected_wait(ahead + 1)
            if ticket.state == "waiting"
            else None,
            "counter": ticket.counter_id.number if ticket.state in ACTIVE else "",
            "calls": ticket.call_count,
        }

    def _url(self):
        """Address behind the QR code of the slip."""
        self.ensure_one()
        return f"{self.get_base_url()}/queue/ticket/{self.sudo().token}"

    def _slip_time(self):
        """Moment of issue as printed on the slip."""
        self.ensure_one()
        return thai.format_datetime(self.issued_at, style="short", digits="arabic")

    def _slip_appointment(self):
        """Time of the appointment as printed on the slip."""
        self.ensure_one()
        return thai.format_time(self.appointment_at, digits="arabic")

    # ------------------------------------------------------------ cases
    @api.model
    def _link_case(self, ticket_id, case):
        """Tie ``case`` to the ticket that its officer is serving; else nothing happens.

        :param int ticket_id: from the context of the form, so it is checked here
        """
        ticket = self.sudo().browse(ticket_id).exists()
        if (
            ticket
            and ticket.user_id == self.env.user
            and ticket.state in ACTIVE
            and not ticket.res_id
            and ticket.company_id == case.sudo().company_id
            and not case.sudo()._is_kept_apart()
        ):
            ticket.write({"res_model": case._name, "res_id": case.id})
            if not ticket.partner_id and case.sudo().partner_id:
                ticket.partner_id = case.sudo().partner_id

    def action_open_record(self):
        """Open the case of this ticket, under the rights of the user."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env or not self.res_id:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------ forgetting
    @api.model
    def _cron_forget_people(self):
        """Take persons and their priority classes from tickets that are old enough.

        A class such as that of persons with disabilities is about health (PDPA B.E. 2562, s. 26)
        and is kept no longer than the service needs (s. 37(3)). Each organisation sets the days;
        batches, each in a transaction of its own, make the job safe to kill.
        """
        today = self.env["lgo.oss.counter.group"]._today()
        progress = self.env["ir.cron"]._commit_progress
        for company in self.env["res.company"].sudo().search([("active", "=", True)], order="id"):
            before = today - timedelta(days=company.lgo_queue_person_days)
            domain = Domain("company_id", "=", company.id) & Domain("day", "<", before)
            domain &= Domain("priority_id", "!=", False) | Domain("partner_id", "!=", False)
            left = self.sudo().search_count(domain)
            while left:
                tickets = self.sudo().search(domain, limit=FORGET_BATCH, order="id")
                tickets._forget_people()
                left = max(left - len(tickets), 0) if tickets else 0
                if not progress(len(tickets), remaining=left):
                    return

    def _forget_people(self):
        """Of these tickets remain the times, and whether there was a priority class."""
        self.filtered("priority_id").write({"has_priority": True})
        self.write({"priority_id": False, "partner_id": False})
        self.env["lgo.audit.log"]._log("queue.forget", None, detail={"tickets": len(self)})

    # ------------------------------------------------------------ end of the day
    @api.model
    def _cron_close_day(self):
        """Close what was left open on days before today (Asia/Bangkok)."""
        self._close_days_before(self.env["lgo.oss.counter.group"]._today())

    @api.model
    def _close_days_before(self, day):
        """Close waiting, called and serving tickets of earlier days; one audit row says how many.

        :param date day: first day that stays open
        """
        left = self.sudo().search([("day", "<", day), ("state", "in", ("waiting", *ACTIVE))])
        if not left:
            return
        counts = {
            f"{company.name} {state}": count
            for company, state, count in self.sudo()._read_group(
                [("id", "in", left.ids)], ["company_id", "state"], ["__count"]
            )
        }
        left.write({"state": "closed"})
        self.env["lgo.audit.log"]._log("queue.close_day", None, detail=counts)
        left.group_id._send_change()

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Visits to the counters that were put down to the person."""
        tickets = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(tickets, ["name", "issued_at", "started_at", "ended_at", "state"])

    @api.model
    def _lgo_forget_person(self, partner):
        tickets = self.sudo().search([("partner_id", "=", partner.id)])
        tickets.write({"partner_id": False})
        return len(tickets)
