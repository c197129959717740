# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

#: Matter by which an order of delegation names the endorsing of letters.
MATTER = "letter.endorse"
UNIT_CLERK = "lgo_eoffice.group_unit_saraban"
#: Fields that say where the letter lies; a step that is taken back restores them.
PLACE = (
    "unit_id", "post_id", "user_id", "task", "state", "return_post_id", "ordered_at",
    "accepted_at", "done_at", "due_at", "target_at",
)  # fmt: skip


class Standing(NamedTuple):
    """In which capacity somebody acts on a letter where it lies."""

    name: str
    lines: str
    order_no: str
    post: models.Model
    """own post or the post acted for; empty for clerks and officers"""


class Places(NamedTuple):
    """Where letters lie that a user has to act on now."""

    capacities: dict
    """``Capacity`` by id of the post whose power is used"""
    users: models.Model
    units: models.Model
    central: bool
    """whether what lies with the registry is the user's"""
    secret: bool
    """the same of secret letters"""


class LgoEofficeCopy(models.Model):
    """Where a letter lies: one row a unit that has it, the universal inbox.

    A letter may lie in several units at once, one of them to act and the others to know
    (เพื่อทราบ). Each has its own state; the letter is as far as the slowest acting one.
    """

    _name = "lgo.eoffice.copy"
    _inherit = ["lgo.eoffice.child.mixin", "lgo.action.only.mixin"]
    _description = "Letter in a Unit"
    _order = "id desc"

    _trail_plain = frozenset({"capacity", "doc_no"})
    _trail_listed = frozenset({"from_text", "subject"})
    _action_only = frozenset(
        {
            "letter_id", "role", "unit_id", "post_id", "user_id", "state", "task",
            "unit_receive_no", "register_entry_id", "received_at", "due_at", "parent_id",
            "opened_at", "done_at", "return_post_id", "ordered_at", "accepted_at", "target_at",
            "held_since", "step",
        }
    )  # fmt: skip

    letter_id = fields.Many2one(readonly=True)
    company_id = fields.Many2one(related="letter_id.company_id", store=True, index=True)
    role = fields.Selection(
        [("action", "To act"), ("info", "To know")], required=True, default="action", readonly=True
    )
    unit_id = fields.Many2one(
        comodel_name="hr.department", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    post_id = fields.Many2one(
        comodel_name="lgo.post", string="In front of", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    user_id = fields.Many2one(
        comodel_name="res.users", string="Officer", readonly=True, index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    task = fields.Selection(
        [
            ("register", "Register in the unit"),
            ("route", "Pass on to a unit"),
            ("endorse", "Endorse"),
            ("review", "Review the draft"),
            ("revise", "Revise the draft"),
            ("sign", "Sign"),
            ("act", "Act"),
            ("confirm", "Confirm the result"),
            ("acknowledge", "Take note"),
        ],
        required=True,
        default="register",
        readonly=True,
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("returned", "Returned")],
        required=True,
        default="open",
        readonly=True,
    )
    register_entry_id = fields.Many2one(
        comodel_name="lgo.register.entry", readonly=True, ondelete="restrict"
    )
    unit_receive_no = fields.Integer(
        string="Receive number of the unit", readonly=True, aggregator=None
    )
    received_at = fields.Datetime(string="Received by the unit", readonly=True)
    due_at = fields.Datetime(string="Due", readonly=True, help="As the order says.")
    target_at = fields.Datetime(
        readonly=True, help="Until when whoever has it should pass it on, by its urgency."
    )
    limit_at = fields.Datetime(
        string="To be done by", compute="_compute_limit_at", store=True, index="btree_not_null"
    )
    parent_id = fields.Many2one(
        comodel_name="lgo.eoffice.copy", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    return_post_id = fields.Many2one(
        comodel_name="lgo.post", string="Reports to", readonly=True, ondelete="restrict"
    )
    held_since = fields.Datetime(readonly=True, default=fields.Datetime.now)
    opened_at = fields.Datetime(readonly=True)
    ordered_at = fields.Datetime(readonly=True)
    accepted_at = fields.Datetime(readonly=True)
    done_at = fields.Datetime(readonly=True)
    step = fields.Integer(
        readonly=True, default=0, aggregator=None,
        help="Raised by each move, so that nobody acts on what has moved in the meantime.",
    )  # fmt: skip
    reader_ids = fields.One2many("lgo.eoffice.reader", "copy_id", string="Readers")
    # what the list shows
    subject = fields.Char(related="letter_id.subject")
    doc_no = fields.Char(related="letter_id.doc_no")
    from_text = fields.Char(related="letter_id.from_text")
    receive_no = fields.Integer(related="letter_id.receive_no")
    urgency = fields.Selection(related="letter_id.urgency")
    letter_state = fields.Selection(related="letter_id.state", string="State of the letter")
    is_mine = fields.Boolean(
        string="In front of me", compute="_compute_is_mine", search="_search_is_mine"
    )
    capacity = fields.Char(compute="_compute_is_mine", help="In which capacity you act on it.")
    color = fields.Integer(compute="_compute_color")

    _open_post_idx = models.Index("(post_id) WHERE state = 'open'")
    _open_user_idx = models.Index("(user_id) WHERE state = 'open'")
    _open_unit_idx = models.Index("(unit_id) WHERE state = 'open'")

    @api.depends("due_at", "target_at")
    def _compute_limit_at(self):
        for copy in self:
            copy.limit_at = copy.due_at or copy.target_at

    @api.depends("letter_id.display_name", "unit_id")
    def _compute_display_name(self):
        for copy in self:
            copy.display_name = copy.letter_id.display_name

    @api.depends("limit_at", "held_since", "state")
    def _compute_color(self):
        """Red when late, amber from the share of the time that the organisation set."""
        now = fields.Datetime.now()
        for copy in self:
            copy.color = copy._time_colour(now)

    def _time_colour(self, now):
        """0 none, 10 green, 3 amber, 1 red (the colours of Odoo's lists)."""
        self.ensure_one()
        if self.state != "open" or not self.limit_at:
            return 0
        if now > self.limit_at:
            return 1
        start = self.ordered_at if self.due_at and self.ordered_at else self.held_since
        whole = (self.limit_at - (start or now)).total_seconds()
        part = (now - (start or now)).total_seconds()
        amber = self.company_id.lgo_amber_percent
        return 3 if whole <= 0 or part * 100 >= whole * amber else 10

    # ------------------------------------------------------------ in front of whom
    @api.model
    def _places(self, user=None):
        """Posts, officers and units for which ``user`` acts on letters now.

        Holders who are there, whoever acts for absent or vacant posts, and delegated power for
        the matter ``letter.endorse``: all as ``lgo.delegation`` says at this moment.
        """
        user = (user or self.env.user).sudo()
        company = self.env.company
        posts = {}
        holds = self.env["lgo.post.holder"].sudo()
        if holds.search_count([("user_id", "=", user.id)], limit=1):
            delegation = self.env["lgo.delegation"].with_company(company)
            for capacity in delegation._capacities(user, matter=MATTER):
                posts.setdefault((capacity.acting_for or capacity.post).id, capacity)
        users = user
        acting = [post for post, capacity in posts.items() if capacity.kind != "own"]
        if acting:
            absent = holds.search([("post_id", "in", acting)]).user_id - user
            users |= absent.filtered(lambda other: other._lgo_stand_in() == user)
        clerk = user.has_group(UNIT_CLERK)
        return Places(
            posts,
            users,
            user.lgo_unit_ids if clerk else self.env["hr.department"],
            user.has_group("lgo_eoffice.group_saraban"),
            user._lgo_is_secret_registrar(),
        )

    def _place_domain(self, places):
        """Open copies that lie at ``places``, without those to take note of."""
        nowhere = Domain("post_id", "=", False) & Domain("user_id", "=", False)
        found = Domain("user_id", "in", places.users.ids)
        if places.capacities:
            found |= Domain("post_id", "in", list(places.capacities))
        if places.units:
            found |= nowhere & Domain("unit_id", "in", places.units.ids)
        registry = nowhere & Domain("unit_id", "=", False)
        if places.central:
            found |= registry & Domain("letter_id.secrecy", "=", "normal")
        if places.secret:
            found |= registry & Domain("letter_id.secrecy", "!=", "normal")
        return found & Domain("state", "=", "open")

    def _mine_domain(self, places=None):
        places = places or self._places()
        unread = self.env["lgo.eoffice.reader"].sudo()._search(
            [("user_id", "=", self.env.uid), ("noted_at", "=", False)]
        )  # fmt: skip
        to_note = Domain("id", "in", unread.subselect("copy_id")) & Domain("state", "=", "open")
        # a circular that others have not noted yet: the clerk of the unit may have to number it
        noted = self.env["lgo.eoffice.reader"].sudo()._search(
            [("user_id", "=", self.env.uid), ("noted_at", "!=", False)]
        )  # fmt: skip
        unnumbered = Domain("received_at", "=", False) & Domain("post_id", "=", False)
        rest = Domain("id", "not in", noted.subselect("copy_id")) | unnumbered
        return (self._place_domain(places) & rest) | to_note

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine_domain()

    @api.depends("post_id", "user_id", "unit_id", "state")
    @api.depends_context("uid", "company")
    def _compute_is_mine(self):
        places = self._places()
        rows = (
            self.env["lgo.eoffice.reader"]
            .sudo()
            .search([("copy_id", "in", self.ids), ("user_id", "=", self.env.uid)])
        )
        unread = rows.filtered(lambda row: not row.noted_at).copy_id
        noted = rows.copy_id - unread
        for copy in self:
            lies = copy._lies_at(places) and (copy not in noted or copy._waits_for_receipt())
            copy.is_mine = copy.state == "open" and (lies or copy in unread)
            capacity = places.capacities.get(copy.post_id.id)
            copy.capacity = " ".join(capacity.lines) if lies and capacity else False

    def _lies_at(self, places):
        self.ensure_one()
        here = self.sudo()
        if here.post_id:
            return here.post_id.id in places.capacities
        if here.user_id:
            return here.user_id in places.users
        if here.unit_id:
            return here.unit_id in places.units
        return places.secret if here.letter_id.is_secret else places.central

    def _standing(self):
        """The capacity in which the user acts on the copy where it lies.

        :raises AccessError: it does not lie in front of the user
        """
        self.ensure_one()
        here = self.sudo()
        user = self.env.user.sudo()
        none = self.env["lgo.post"]
        if here.post_id:
            delegation = self.env["lgo.delegation"].with_company(here.company_id)
            capacity = delegation._check_capacity(user, here.post_id, matter=MATTER)
            return Standing(
                user.name, "\n".join(capacity.lines), capacity.order_no or "", here.post_id
            )
        if not here._lies_at(self.with_company(here.company_id)._places(user)):
            raise AccessError(
                self.env._(
                    "This letter does not lie in front of you: it is with %(holder)s.",
                    holder=here._holder_name(),
                )
            )
        return Standing(user.name, self._job_line(user), "", none)

    def _job_line(self, user):
        """Post and unit of an officer who acts for no post, as printed below the name."""
        employee = user.employee_id.sudo()
        return "\n".join(filter(None, (employee.job_title, employee.department_id.name)))

    def _progress(self):
        """0 passed on, 1 ordered, 2 in progress."""
        self.ensure_one()
        return 2 if self.accepted_at else 1 if self.ordered_at else 0

    def _holder_name(self):
        self.ensure_one()
        here = self.sudo()
        return (
            here.post_id.name
            or here.user_id.name
            or here.unit_id.name
            or self.env._("the central registry")
        )

    def _people(self):
        """Users who have to act on the copy now, acting ones in place of absent ones."""
        self.ensure_one()
        here = self.sudo().with_company(self.sudo().company_id)
        none = self.env["res.users"]
        if here.post_id:
            return here.post_id._in_charge().get(here.post_id.id) or none
        if here.user_id:
            return here.user_id._lgo_stand_in() or here.user_id
        if here.unit_id:
            clerks = self.env.ref(UNIT_CLERK).sudo().all_user_ids
            return clerks.filtered(lambda user: user.active and here.unit_id in user.lgo_unit_ids)
        return none
