# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from .lgo_eoffice_letter import OPEN_RECEIVED

#: Age of unfinished letters: first day of a band and its code, in the order of the alphabet.
BANDS = ((0, "a0"), (4, "b4"), (8, "c8"), (16, "d16"), (31, "e31"), (91, "f91"))


class LgoEofficeLetter(models.Model):
    """When a received letter was first decided on, and how long that took."""

    _inherit = "lgo.eoffice.letter"

    _case_protected = frozenset({"ordered_at", "order_hours"})

    ordered_at = fields.Datetime(string="First order", readonly=True, copy=False)
    order_hours = fields.Float(
        string="Office hours to the first order", readonly=True, copy=False, aggregator="avg",
        digits=(16, 1),
        help="Office hours from registering to the first order (สั่งการ), without holidays.",
    )  # fmt: skip

    def _transition(self, code, *, reason=None, portal=False):
        """Keep the moment of the first order."""
        result = super()._transition(code, reason=reason, portal=portal)
        letter = self.sudo()
        if letter.direction == "in" and not letter.ordered_at:
            moments = [row.ordered_at for row in letter.copy_ids if row.ordered_at]
            if code == "order":
                moments.append(fields.Datetime.now())
            if moments:
                letter._note_order(min(moments))
        return result

    def _note_order(self, at):
        self.ensure_one()
        start = self.received_at or at
        spans = self.company_id._lgo_office_intervals(start, at) if at > start else []
        seconds = sum((stop - begin).total_seconds() for begin, stop in spans)
        self._from_machine().write({"ordered_at": at, "order_hours": seconds / 3600})


class LgoEofficeLetterReport(models.Model):
    """Registered letters as figures; a row is a letter, and as secret as the letter.

    Counts are of letters that the reader may read: a unit head sees the own units, nobody a
    secret letter on which they are not named.
    """

    _name = "lgo.eoffice.letter.report"
    _inherit = ["lgo.eoffice.child.mixin"]
    _description = "Statistics of Letters"
    _auto = False
    _order = "register_date desc, id desc"
    _rec_name = "letter_id"
    _depends = {
        "lgo.eoffice.letter": [
            "company_id", "kind_id", "direction", "urgency", "state", "holder_unit_id",
            "owner_unit_id", "register_date", "year_be", "fiscal_year_be", "due_at", "ordered_at",
            "order_hours",
        ],
    }  # fmt: skip

    _trail_plain = frozenset({"fiscal_year_be", "year_be"})

    letter_id = fields.Many2one(readonly=True)
    company_id = fields.Many2one("res.company", string="Organisation", readonly=True)
    kind_id = fields.Many2one("lgo.eoffice.kind", readonly=True)
    direction = fields.Selection(
        selection=lambda self: self._letter_selection("direction"), readonly=True
    )
    urgency = fields.Selection(
        selection=lambda self: self._letter_selection("urgency"), readonly=True
    )
    state = fields.Selection(selection=lambda self: self._letter_selection("state"), readonly=True)
    unit_id = fields.Many2one(
        "hr.department", string="Lies in", readonly=True,
        help="Unit in which it lies; the unit of the matter when it lies in none.",
    )  # fmt: skip
    register_date = fields.Date(string="Day of the register", readonly=True)
    year_be = fields.Char(string="Calendar year (B.E.)", readonly=True)
    fiscal_year_be = fields.Char(string="Fiscal year (B.E.)", readonly=True)
    is_open = fields.Boolean(string="Not finished", readonly=True)
    is_late = fields.Boolean(string="Late", readonly=True)
    age_days = fields.Integer(string="Average age (days)", readonly=True, aggregator="avg")
    age_band = fields.Selection(
        [
            ("a0", "Up to 3 days"),
            ("b4", "4 to 7 days"),
            ("c8", "8 to 15 days"),
            ("d16", "16 to 30 days"),
            ("e31", "31 to 90 days"),
            ("f91", "More than 90 days"),
        ],
        string="Age",
        readonly=True,
    )
    ordered_at = fields.Datetime(string="First order", readonly=True)
    order_hours = fields.Float(
        string="Average office hours to the first order", readonly=True, aggregator="avg",
        digits=(16, 1),
    )  # fmt: skip

    def _letter_selection(self, name):
        return self.env["lgo.eoffice.letter"]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self):
        today = SQL("(now() AT TIME ZONE 'Asia/Bangkok')::date")
        band = SQL("'a0'")
        for first, code in BANDS[1:]:
            band = SQL(
                "CASE WHEN %s - register_date >= %s THEN %s ELSE %s END", today, first, code, band
            )
        return SQL(
            """
            SELECT id, id AS letter_id, company_id, kind_id, direction, urgency, state,
                COALESCE(holder_unit_id, owner_unit_id) AS unit_id, register_date,
                year_be::varchar AS year_be, fiscal_year_be::varchar AS fiscal_year_be,
                direction = 'in' AND state IN %(open)s AS is_open,
                direction = 'in' AND state IN %(open)s
                    AND due_at < (now() AT TIME ZONE 'UTC') AS is_late,
                CASE WHEN direction = 'in' AND state IN %(open)s
                    THEN %(today)s - register_date END AS age_days,
                CASE WHEN direction = 'in' AND state IN %(open)s THEN %(band)s END AS age_band,
                ordered_at, CASE WHEN ordered_at IS NOT NULL THEN order_hours END AS order_hours
            FROM lgo_eoffice_letter
            WHERE register_date IS NOT NULL AND state != 'cancelled'
            """,
            open=OPEN_RECEIVED,
            today=today,
            band=band,
        )


class LgoEofficeRecipient(models.Model):
    """For the list of letters that nobody has acknowledged."""

    _inherit = "lgo.eoffice.recipient"

    waiting_days = fields.Integer(
        string="Days without an answer", compute="_compute_waiting_days", aggregator=None
    )

    def _compute_waiting_days(self):
        now = fields.Datetime.now()
        for row in self:
            waits = row.sent_at and not row.acknowledged_at
            row.waiting_days = (now - row.sent_at).days if waits else 0
