# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import tracking

OFFICER = "lgo_base.group_clerk"
#: So many waiting numbers and absent ones does the panel list.
PANEL_LINES = 12


class LgoOssCounter(models.Model):
    """A desk at which one officer serves one person at a time."""

    _name = "lgo.oss.counter"
    _description = "Counter"
    _order = "number, id"

    name = fields.Char(required=True, translate=True)
    number = fields.Integer(
        required=True, aggregator=None, help="As shown on the board and read aloud."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    group_ids = fields.Many2many(
        "lgo.oss.counter.group",
        "lgo_oss_counter_group_counter_rel",
        "counter_id",
        "group_id",
        string="Counter groups",
        help="The lines that this counter serves.",
    )
    state = fields.Selection(
        [("closed", "Closed"), ("open", "Open"), ("paused", "Paused")],
        required=True,
        default="closed",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users", string="Officer", readonly=True, copy=False, index="btree_not_null"
    )
    last_call_at = fields.Datetime(readonly=True, copy=False)

    _number_uniq = models.UniqueIndex(
        "(company_id, number) WHERE active", "Another counter has this number already."
    )
    _number_positive = models.Constraint(
        "CHECK (number BETWEEN 1 AND 999)", "Counters are numbered from 1 to 999."
    )

    # ------------------------------------------------------------ rights
    @api.model
    def _check_role(self):
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only officers of the service centre call numbers."))

    def _seat(self):
        """This counter as superuser, after the check that the user sits at it."""
        self._check_role()
        self.ensure_one()
        self.check_access("read")
        counter = self.sudo()
        if counter.user_id != self.env.user:
            raise UserError(
                self.env._("You do not sit at %(counter)s: choose it first.", counter=counter.name)
            )
        return counter

    def _current(self):
        """The person at this counter, as superuser, or nothing."""
        self.ensure_one()
        return (
            self.env["lgo.oss.ticket"]
            .sudo()
            .search([("counter_id", "=", self.id), ("state", "in", ("called", "serving"))], limit=1)
        )

    def _required(self):
        ticket = self._current()
        if not ticket:
            raise UserError(self.env._("Nobody is at the counter: call the next number."))
        return ticket

    # ------------------------------------------------------------ seat
    def action_sit(self):
        """Take this counter and open it; the one held before is left."""
        self.ensure_one()
        self._check_role()
        self.check_access("read")
        counter = self.sudo()
        if counter.user_id and counter.user_id != self.env.user and counter.state != "closed":
            raise UserError(
                self.env._(
                    "%(officer)s sits at %(counter)s. Ask for it to be closed first.",
                    officer=counter.user_id.name,
                    counter=counter.name,
                )
            )
        for other in self.sudo().search([("user_id", "=", self.env.uid), ("id", "!=", self.id)]):
            other._leave()
        counter.write({"user_id": self.env.uid, "state": "open"})
        return counter._panel()

    def action_leave(self):
        """Close the counter; nobody may be left at it."""
        counter = self._seat()
        counter._leave()
        return counter._panel()

    def _leave(self):
        if self._current():
            raise UserError(
                self.env._(
                    "A person is still at %(counter)s: finish, transfer or mark absent first.",
                    counter=self.name,
                )
            )
        self.write({"user_id": False, "state": "closed"})

    def action_pause(self):
        """Pause or go on; while paused no number can be called."""
        counter = self._seat()
        counter.state = "open" if counter.state == "paused" else "paused"
        return counter._panel()

    # ------------------------------------------------------------ steps
    def action_call_next(self):
        """End the service that runs and call the next number.

        An empty line is no error: the panel says so.
        """
        counter = self._seat()
        if counter.state != "open":
            raise UserError(self.env._("The counter is paused: go on first."))
        counter._mark_call()
        current = counter._current()
        if current.state == "called":
            raise UserError(
                self.env._(
                    "%(number)s was called and did not come yet: serve or mark absent first.",
                    number=current.name,
                )
            )
        if current:
            current._finish()
        ticket = self.env["lgo.oss.ticket"]._take_next(counter)
        if not ticket:
            return counter._panel(self.env._("Nobody is waiting. Thank you!"))
        try:
            with self.env.cr.savepoint():
                ticket._call(counter)
        except errors.UniqueViolation:
            raise UserError(self.env._("This counter has called a number just now.")) from None
        return counter._panel()

    def _mark_call(self):
        """Note the moment; two clicks at once become one after the other.

        The second one waits, fails to serialise and is done again by the request handler, which
        then sees what the first one called.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE lgo_oss_counter SET last_call_at = %s WHERE id = %s",
                fields.Datetime.now(),
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["last_call_at"])

    def action_recall(self):
        """Call the same number again."""
        counter = self._seat()
        counter._required()._recall()
        return counter._panel()

    def action_serve(self):
        """The person has come."""
        counter = self._seat()
        counter._required()._serve()
        return counter._panel()

    def action_done(self):
        """The service is over."""
        counter = self._seat()
        counter._required()._finish()
        return counter._panel()

    def action_no_show(self):
        """Nobody came."""
        counter = self._seat()
        counter._required()._mark_absent()
        return counter._panel()

    def action_undo_no_show(self, ticket_id):
        """Put a person who was marked absent back to the front of the line.

        :param int ticket_id: a ticket of today in a line of this counter
        """
        counter = self._seat()
        ticket = (
            self.env["lgo.oss.ticket"]
            .sudo()
            .search(
                [
                    ("id", "=", ticket_id),
                    ("group_id", "in", counter.group_ids.ids),
                    ("day", "=", counter.group_ids._today()),
                ]
            )
        )
        if not ticket:
            raise UserError(self.env._("This number does not belong to a line of your counter."))
        ticket._undo_absent()
        return counter._panel()

    def action_transfer(self, group_id, counter_id=False):
        """Send the person on to another line, or to one counter of it.

        :param int group_id: ``lgo.oss.counter.group``
        :param int counter_id: ``lgo.oss.counter`` that alone shall call, or False
        """
        counter = self._seat()
        group = self.env["lgo.oss.counter.group"].search([("id", "=", group_id)])
        target = self.search([("id", "=", counter_id or 0)])
        if not group or (counter_id and not target):
            raise UserError(self.env._("Choose where the person goes on."))
        ticket = counter._required()
        ticket._transfer(group.sudo(), target.sudo())
        return counter._panel(
            self.env._("%(number)s goes on at %(group)s.", number=ticket.name, group=group.name)
        )

    def action_issue(self, group_id, service_id=False, priority_id=False):
        """Give a ticket at the counter, for somebody who cannot use the kiosk.

        :return: the panel, with the address of the slip in ``slip``
        """
        counter = self._seat()
        group = self.env["lgo.oss.counter.group"].search([("id", "=", group_id)])
        if not group:
            raise UserError(self.env._("Choose a counter group."))
        service = group.service_ids.filtered(lambda record: record.id == service_id)
        priority = self.env["lgo.oss.priority"].search([("id", "=", priority_id or 0)])
        ticket = self.env["lgo.oss.ticket"]._issue(group, service, priority, origin="counter")
        message = self.env._("Ticket %(number)s was given.", number=ticket.name)
        return counter._panel(message) | {"slip": f"/queue/ticket/{ticket.token}/pdf"}

    def action_open_case(self):
        """Start a counter request for the person, with the service filled in, or open it."""
        counter = self._seat()
        ticket = counter._required()
        if ticket.res_id:
            return ticket.with_user(self.env.user).action_open_record()
        if ticket.state == "called":
            ticket._serve()
        service = ticket.service_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request of %(number)s", number=ticket.name),
            "res_model": service.case_model or "lgo.oss.request",
            "views": [(False, "form")],
            "context": {
                "default_service_id": service.id,
                "default_channel": "counter",
                "default_partner_id": ticket.partner_id.id,
                "lgo_queue_ticket_id": ticket.id,
            },
        }

    def action_link_case(self, number):
        """Tie an existing case to the person at the counter.

        :param str number: tracking number of the case; it must be visible to the user
        """
        counter = self._seat()
        ticket = counter._required()
        name = tracking.normalise(number)
        row = name and self.env["lgo.case.register"].search([("name", "=", name)])
        if not row or len(row) != 1:
            raise UserError(self.env._("There is no case with this number that you may see."))
        case = row._case()
        ticket.write({"res_model": case._name, "res_id": case.id})
        return counter._panel()

    # ------------------------------------------------------------ panel
    @api.model
    def action_panel(self):
        """What the panel and the tray show for the user, on any page."""
        self._check_role()
        return self.sudo().search([("user_id", "=", self.env.uid)], limit=1)._panel()

    def _panel(self, message=""):
        """State of the panel of this counter; without a counter the list to choose from."""
        mine = self.filtered(lambda counter: counter.user_id == self.env.user)
        plain = self.sudo(False).env  # lists of the own organisation only
        return {
            "message": message,
            "counter": mine._panel_counter(),
            "ticket": mine._panel_ticket(),
            "waiting": mine._panel_waiting(),
            "absent": mine._panel_absent(),
            "counters": [
                {
                    "id": counter.id,
                    "name": counter.name,
                    "number": counter.number,
                    "state": counter.state,
                    "officer": counter.sudo().user_id.name or "",
                    "groups": counter.group_ids.ids,
                }
                for counter in plain[self._name].search([])
            ],
            "groups": [
                {
                    "id": group.id,
                    "name": group.name,
                    "prefix": group.prefix,
                    "services": [
                        {"id": service.id, "name": service.name}
                        for service in group.sudo().service_ids
                    ],
                }
                for group in plain["lgo.oss.counter.group"].search([])
            ],
            "priorities": [
                {"id": priority.id, "name": priority.name}
                for priority in self.env["lgo.oss.priority"].search([])
            ],
        }

    def _panel_counter(self):
        if not self:
            return False
        counts = self.group_ids._waiting_counts()
        return {
            "id": self.id,
            "name": self.name,
            "number": self.number,
            "state": self.state,
            "groups": [
                {
                    "id": group.id,
                    "name": group.name,
                    "prefix": group.prefix,
                    "waiting": counts.get(group.id, 0),
                }
                for group in self.group_ids
            ],
        }

    def _panel_ticket(self):
        ticket = self and self._current()
        if not ticket:
            return False
        case = ticket.res_id and self.env[ticket.res_model].sudo().browse(ticket.res_id).exists()
        return {
            "id": ticket.id,
            "name": ticket.name,
            "state": ticket.state,
            "service": ticket.service_id.name or ticket.group_id.name,
            "priority": ticket.priority_id.name or "",
            "wait": ticket.wait_minutes,
            "target": ticket.group_id.target_minutes,
            "late": ticket.is_late,
            "calls": ticket.call_count,
            "calls_left": max(ticket.group_id.recall_limit + 1 - ticket.call_count, 0),
            "since": fields.Datetime.to_string(ticket.started_at or ticket.called_at),
            "case": case.display_name if case else "",
        }

    def _panel_waiting(self):
        if not self:
            return []
        now = fields.Datetime.now()
        Ticket = self.env["lgo.oss.ticket"]
        ids = Ticket._line_ids(self.group_ids, self)[:PANEL_LINES]
        return [
            {
                "id": ticket.id,
                "name": ticket.name,
                "service": ticket.service_id.name or ticket.group_id.name,
                "priority": ticket.priority_id.name or "",
                "appointment": bool(ticket.appointment_at),
                "minutes": int(Ticket._minutes(ticket.queued_at, now)),
            }
            for ticket in Ticket.sudo().browse(ids)
        ]

    def _panel_absent(self):
        if not self:
            return []
        since = fields.Datetime.now() - timedelta(
            minutes=max(self.group_ids.mapped("undo_minutes"), default=0)
        )
        domain = Domain(
            [
                ("group_id", "in", self.group_ids.ids),
                ("day", "=", self.group_ids._today()),
                ("state", "=", "no_show"),
                ("ended_at", ">=", since),
            ]
        )
        tickets = (
            self.env["lgo.oss.ticket"]
            .sudo()
            .search(domain, order="ended_at desc", limit=PANEL_LINES)
        )
        return [{"id": ticket.id, "name": ticket.name} for ticket in tickets]
