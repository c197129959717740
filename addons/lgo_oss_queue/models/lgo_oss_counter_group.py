# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import secrets
from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.lgo_base.tools import thai

PREFIX = re.compile(r"[A-Z]")
#: The measured service time looks back so far, and at no more tickets than this.
MEASURE_DAYS, MEASURE_TICKETS = 30, 50


class LgoOssCounterGroup(models.Model):
    """A line of people: services that the same counters give, under one letter.

    One-stop service point: Royal Decree on Criteria and Procedures for Good Governance B.E. 2546
    (พระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี พ.ศ. ๒๕๔๖), sections 30-32. All times
    are settings, because no law fixes them.
    """

    _name = "lgo.oss.counter.group"
    _description = "Counter Group"
    _order = "sequence, prefix, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    prefix = fields.Char(
        string="Letter", required=True, size=1, help="One letter A-Z in front of the numbers."
    )
    icon = fields.Char(default="fa-users", help="Icon on the kiosk, a name of Font Awesome 4.")
    service_ids = fields.Many2many(
        "lgo.service",
        string="Services",
        help="The kiosk shows one button a service; without services one button for the group.",
    )
    counter_ids = fields.Many2many(
        "lgo.oss.counter",
        "lgo_oss_counter_group_counter_rel",
        "group_id",
        "counter_id",
        string="Counters",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Hours",
        ondelete="restrict",
        help="When tickets are given. Empty: the office hours of the organisation.",
    )
    always_open = fields.Boolean(help="Give tickets outside the hours too.")
    slot_minutes = fields.Integer(
        string="Slot (minutes)", default=15, required=True, help="Length of an appointment."
    )
    ask_priority = fields.Boolean(
        default=True, help="The kiosk asks whether the person belongs to a priority class."
    )
    guard_minutes = fields.Integer(
        string="Longest delay by priority (minutes)",
        default=20,
        help="So long after a ticket was passed over for the first time it goes before every "
        "priority ticket.",
    )
    recall_limit = fields.Integer(
        string="Repeated calls",
        default=3,
        help="How often a number is called again before the person counts as absent.",
    )
    transfer_front = fields.Boolean(
        string="Transferred first",
        default=True,
        help="Who is sent here by another counter goes to the front.",
    )
    tolerance_minutes = fields.Integer(
        string="Appointment ± (minutes)",
        default=10,
        help="An appointment is called from so many minutes before its time; who comes later "
        "than so many minutes after it waits with the others.",
    )
    undo_minutes = fields.Integer(
        string="Undo of absence (minutes)",
        default=30,
        help="So long a person marked absent may be put back to the front.",
    )
    target_minutes = fields.Integer(
        string="Target wait (minutes)", default=15, help="A longer wait counts as late."
    )

    _prefix_uniq = models.UniqueIndex(
        "(company_id, prefix) WHERE active", "Another counter group has this letter already."
    )
    _times = models.Constraint(
        "CHECK (slot_minutes BETWEEN 5 AND 480 AND guard_minutes BETWEEN 0 AND 1440"
        " AND recall_limit BETWEEN 0 AND 20 AND tolerance_minutes BETWEEN 0 AND 120"
        " AND undo_minutes BETWEEN 0 AND 480 AND target_minutes BETWEEN 1 AND 480)",
        "A time of the counter group is out of range: slots take 5 to 480 minutes, the others "
        "must not be negative.",
    )

    @api.constrains("prefix")
    def _check_prefix(self):
        for group in self:
            if not PREFIX.fullmatch(group.prefix or ""):
                raise ValidationError(self.env._("The letter must be one capital letter A to Z."))

    @api.constrains("company_id", "counter_ids")
    def _check_counters(self):
        for group in self:
            if group.counter_ids.company_id - group.company_id:
                raise ValidationError(
                    self.env._("The counters must belong to the same organisation.")
                )

    @api.model
    def _today(self):
        """The day in Asia/Bangkok: at its midnight the numbers start at 1 again."""
        return thai.local_date(fields.Datetime.now())

    def _is_open(self):
        """Whether tickets are given now: in the hours of the group, not on holidays."""
        self.ensure_one()
        if self.always_open:
            return True
        now = fields.Datetime.now()
        if not self.calendar_id:
            return self.company_id._lgo_is_open(now)
        start = now.replace(tzinfo=UTC)
        intervals = self.sudo().calendar_id._work_intervals_batch(
            start, start + timedelta(seconds=1), domain=self.company_id._lgo_leave_domain()
        )
        return bool(list(intervals[False]))

    def _waiting_counts(self):
        """Number of people who wait today, by group."""
        rows = (
            self.env["lgo.oss.ticket"]
            .sudo()
            ._read_group(
                Domain("group_id", "in", self.ids)
                & Domain("day", "=", self._today())
                & Domain("state", "=", "waiting"),
                ["group_id"],
                ["__count"],
            )
        )
        return {group.id: count for group, count in rows}

    def _median_service_minutes(self):
        """Measured median time at the counter, in minutes; None while nothing was measured."""
        self.ensure_one()
        self.env["lgo.oss.ticket"].flush_model()
        [[median]] = self.env.execute_query(
            SQL(
                """SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY service_minutes)
                     FROM (SELECT service_minutes FROM lgo_oss_ticket
                            WHERE group_id = %s AND day >= %s AND started_at IS NOT NULL
                              AND ended_at IS NOT NULL
                            ORDER BY ended_at DESC LIMIT %s) AS measured""",
                self.id,
                self._today() - timedelta(days=MEASURE_DAYS),
                MEASURE_TICKETS,
            )
        )
        return median

    def _expected_wait(self, ahead):
        """Expected minutes until ``ahead`` people were served, or None when nothing is known.

        :param int ahead: people in front
        """
        median = self._median_service_minutes()
        if median is None:
            return None
        open_counters = len(self.sudo().counter_ids.filtered(lambda c: c.state == "open"))
        return round(median * ahead / max(open_counters, 1))

    def _send_change(self):
        """Tell boards, panels and phones that follow these groups to look again, after the commit.

        No number and no name goes over the bus: each page asks with its own token.
        """
        for group in self:
            self.env["bus.bus"]._sendone(group, "lgo_oss_queue/changed", {"group": group.id})

    def _kiosk_tiles(self):
        """Buttons of the kiosk as dictionaries, in order."""
        counts = self._waiting_counts()
        tiles = []
        for group in self:
            values = {
                "group": group.id,
                "prefix": group.prefix,
                "waiting": counts.get(group.id, 0),
                "open": group._is_open(),
                "ask": group.ask_priority,
                "key": secrets.token_urlsafe(16),
            }
            services = group.service_ids.filtered(lambda service: service.state == "published")
            for service in services:
                tiles.append(
                    values | {"service": service.id, "name": service.name, "icon": service.icon}
                )
            if not services:
                tiles.append(values | {"service": "", "name": group.name, "icon": group.icon})
        return tiles
