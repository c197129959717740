# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_base.tools.case_machine import State, Transition

_lt = LazyTranslate(__name__)

#: The right to write the meeting (its secretary, the registrar) is asked as well.
WRITERS = "lgo_base.group_staff"
#: What stands in the signed minutes.
FIXED = frozenset(
    {"board_id", "start_at", "end_at", "opened_at", "closed_at", "place", "recorder_id"}
)
#: What was noted when the minutes were approved.
OF_APPROVAL = frozenset({"approved_in_id", "approval_note"})


class LgoEofficeMeeting(models.Model):
    """A meeting of a board from the call to the approval of its minutes.

    Saraban Regulation B.E. 2526, ข้อ ๒๕ and form 11. The number ครั้งที่ n/พ.ศ. is given when the
    meeting is called; its year is that of the day of the meeting in Bangkok.
    """

    _name = "lgo.eoffice.meeting"
    _inherit = ["lgo.case.machine.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Meeting"
    _order = "start_at desc, id desc"

    _machine_audit = "meeting"
    _case_protected = frozenset({"state", "number", "register_entry_id", "minutes_id"})
    _case_states = (
        State("draft", _lt("Draft")),
        State("called", _lt("Called")),
        State("held", _lt("Held")),
        State("minutes", _lt("Minutes drafted")),
        State("approved", _lt("Minutes approved"), final=True),
        State("cancelled", _lt("Called off"), final=True),
    )
    _case_transitions = (
        Transition(
            "call", _lt("Call the meeting"), ("draft",), "called", groups=WRITERS,
            guard="_guard_call", before="_take_meeting_number",
        ),
        Transition(
            "hold", _lt("The meeting was held"), ("called",), "held", groups=WRITERS,
            guard="_guard_hold",
        ),
        Transition(
            "draft_minutes", _lt("Draft the minutes"), ("held", "minutes"), "minutes",
            groups=WRITERS, before="_write_minutes",
        ),
        Transition(
            "approve", _lt("Approve the minutes"), ("minutes",), "approved", groups=WRITERS,
            guard="_guard_approve",
        ),
        Transition(
            "cancel", _lt("Call off"), ("draft", "called"), "cancelled", groups=WRITERS,
            after="_after_cancel", reason=True,
        ),
    )  # fmt: skip

    name = fields.Char(string="Meeting", compute="_compute_name", store=True)
    board_id = fields.Many2one(
        comodel_name="lgo.eoffice.board", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="board_id.company_id", string="Organisation", store=True, index=True
    )
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    register_entry_id = fields.Many2one(
        comodel_name="lgo.register.entry", string="Line of the register", readonly=True,
        copy=False, index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    number_text = fields.Char(
        string="No.", compute="_compute_number_text", store=True, compute_sudo=True,
        help="ครั้งที่ n/พ.ศ., given when the meeting is called.",
    )  # fmt: skip
    start_at = fields.Datetime(string="Begins", required=True, tracking=True)
    end_at = fields.Datetime(string="Ends")
    opened_at = fields.Datetime(
        string="Opened at", copy=False, help="เริ่มประชุมเวลา; empty: the time of the call."
    )
    closed_at = fields.Datetime(string="Closed at", copy=False, help="เลิกประชุมเวลา.")
    place = fields.Char(compute="_compute_place", store=True, readonly=False, tracking=True)
    recorder_id = fields.Many2one(
        comodel_name="res.users", string="Minutes taken by", ondelete="restrict",
        default=lambda self: self.env.user, domain=[("share", "=", False)],
        help="ผู้จดรายงานการประชุม.", index="btree_not_null",
    )  # fmt: skip
    agenda_ids = fields.One2many("lgo.eoffice.agenda", "meeting_id", copy=True)
    attendance_ids = fields.One2many("lgo.eoffice.attendance", "meeting_id", copy=False)
    letter_ids = fields.One2many("lgo.eoffice.letter", "meeting_id", string="Letters")
    minutes_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", readonly=True, copy=False,
        index="btree_not_null", ondelete="set null",
    )  # fmt: skip
    approved_in_id = fields.Many2one(
        comodel_name="lgo.eoffice.meeting", string="Approved in", copy=False,
        index="btree_not_null", ondelete="restrict",
        domain="[('board_id', '=', board_id), ('start_at', '>', start_at), "
        "('state', 'in', ('held', 'minutes', 'approved'))]",
        help="The later meeting of the board that approved these minutes.",
    )  # fmt: skip
    approval_note = fields.Text(
        string="Corrections", copy=False, help="What that meeting corrected; empty: nothing."
    )
    is_signed = fields.Boolean(compute="_compute_is_signed", compute_sudo=True)
    present_count = fields.Integer(compute="_compute_present_count")
    absent_count = fields.Integer(compute="_compute_present_count")

    # ------------------------------------------------------------ computed
    @api.depends("board_id.name", "number_text")
    def _compute_name(self):
        for meeting in self:
            number = f" ครั้งที่ {meeting.number_text}" if meeting.number_text else ""
            meeting.name = f"การประชุม{meeting.board_id.name or ''}{number}"

    @api.depends("register_entry_id.name")
    def _compute_number_text(self):
        for meeting in self:
            meeting.number_text = meeting.register_entry_id.name

    @api.depends("board_id")
    def _compute_place(self):
        for meeting in self:
            meeting.place = meeting.place or meeting.board_id.place

    @api.depends("minutes_id.document_id.state")
    def _compute_is_signed(self):
        for meeting in self:
            meeting.is_signed = meeting.minutes_id.document_id.state == "valid"

    @api.depends("attendance_ids.status")
    def _compute_present_count(self):
        for meeting in self:
            states = meeting.attendance_ids.mapped("status")
            meeting.present_count = states.count("present")
            meeting.absent_count = states.count("absent")

    # ------------------------------------------------------------ checks
    @api.constrains("start_at", "end_at", "opened_at", "closed_at")
    def _check_times(self):
        for meeting in self:
            opened = meeting.opened_at or meeting.start_at
            if (meeting.end_at and meeting.end_at < meeting.start_at) or (
                meeting.closed_at and meeting.closed_at < opened
            ):
                raise ValidationError(self.env._("A meeting cannot end before it begins."))

    @api.constrains("start_at", "register_entry_id")
    def _check_year(self):
        for meeting in self.sudo():
            day = meeting.register_entry_id.date
            if day and thai.buddhist_year(day) != thai.buddhist_year(meeting.start_at):
                raise ValidationError(
                    self.env._(
                        "%(meeting)s has a number of the year %(year)s. To hold it in another "
                        "year, call it off and call a new one.",
                        meeting=meeting.name,
                        year=thai.buddhist_year(day),
                    )
                )

    @api.constrains("board_id", "register_entry_id")
    def _check_board(self):
        for meeting in self.sudo():
            entry = meeting.register_entry_id
            if entry and entry.key != meeting.board_id.code:
                raise ValidationError(
                    self.env._("The meeting has a number of its board; the board stays.")
                )

    def _check_unsigned(self):
        """:raises UserError: the minutes are signed, so what they say never changes"""
        for meeting in self:
            if meeting.is_signed:
                raise UserError(
                    self.env._(
                        "The minutes of %(meeting)s are signed and never change. Corrections are "
                        "noted when the next meeting approves them.",
                        meeting=meeting.name,
                    )
                )

    # ------------------------------------------------------------ writing
    @api.model_create_multi
    def create(self, vals_list):
        """A new meeting lists the members and the minutes that wait for approval."""
        meetings = super().create(vals_list)
        for meeting, vals in zip(meetings, vals_list, strict=True):
            if not vals.get("attendance_ids"):
                meeting._call_members()
            if not vals.get("agenda_ids"):
                meeting._list_unapproved()
        return meetings

    def write(self, vals):
        """:raises UserError: what stands in signed minutes or in their approval is changed"""
        if FIXED & vals.keys():
            self._check_unsigned()
        if OF_APPROVAL & vals.keys():
            for meeting in self.filtered(lambda one: one.state == "approved"):
                raise UserError(
                    self.env._(
                        "The minutes of %(meeting)s are approved; what was noted then stays.",
                        meeting=meeting.name,
                    )
                )
        return super().write(vals)

    def _write_event(self, transition, before, reason):
        """The history is in the chatter and the audit trail."""
        body = self.env._(transition.label)
        self.message_post(body=f"{body}: {reason}" if reason else body)

    def _call_members(self):
        self.attendance_ids = [
            Command.create(
                {
                    "member_id": member.id,
                    "sequence": number,
                    "user_id": member.user_id.id,
                    "name": member.name,
                    "position": member.position,
                    "title": member.title,
                    "email": member.email,
                }
            )
            for number, member in enumerate(self.board_id.member_ids.sorted(), start=1)
        ]

    def _list_unapproved(self):
        heading = self.env["lgo.eoffice.agenda.heading"].search(
            [("takes_minutes", "=", True)], limit=1
        )
        waiting = self.search(
            Domain("board_id", "=", self.board_id.id)
            & Domain("state", "in", ("held", "minutes"))
            & Domain("start_at", "<", self.start_at),
            order="start_at",
        )
        if heading:
            self.agenda_ids = [
                Command.create(
                    {
                        "heading_id": heading.id,
                        "name": f"รับรองรายงานการประชุม ครั้งที่ {meeting.number_text}",
                    }
                )
                for meeting in waiting
            ]

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(meeting.state != "draft" for meeting in self):
            raise UserError(self.env._("Only a draft is deleted. Call the meeting off."))

    # ------------------------------------------------------------ steps
    def _guard_call(self):
        missing = [
            label
            for present, label in (
                (self.place, self.env._("place")),
                (self.agenda_ids, self.env._("agenda")),
                (self.attendance_ids, self.env._("who is called")),
            )
            if not present
        ]
        if missing:
            raise UserError(
                self.env._(
                    "Fill in before calling the meeting: %(fields)s.", fields=", ".join(missing)
                )
            )

    def _take_meeting_number(self):
        entry = self.env["lgo.register"]._take_number(
            "minutes",
            record=self,
            key=self.board_id.sudo().code,
            at=self.start_at,
            label=self.name,
        )
        self._from_machine().write({"register_entry_id": entry.id, "number": entry.number})

    def _guard_hold(self):
        if self.start_at > fields.Datetime.now():
            raise UserError(self.env._("The meeting has not begun yet."))
        open_names = self.attendance_ids.filtered(lambda row: not row.status).mapped("name")
        if open_names:
            raise UserError(
                self.env._("Say whether they came: %(names)s.", names=", ".join(open_names))
            )
        unexplained = self.attendance_ids.filtered(
            lambda row: row.status == "absent" and not (row.reason or "").strip()
        )
        if unexplained:
            raise UserError(
                self.env._(
                    "Give the reason why they did not come: %(names)s.",
                    names=", ".join(unexplained.mapped("name")),
                )
            )
        quorum = self.board_id.quorum
        if self.present_count < max(quorum, 1):
            raise UserError(
                self.env._(
                    "%(present)s members came, %(quorum)s are needed. Call the meeting off.",
                    present=self.present_count,
                    quorum=max(quorum, 1),
                )
            )

    def _guard_approve(self):
        if not self.is_signed:
            raise UserError(self.env._("The minutes are not signed yet."))
        later = self.approved_in_id
        if (
            not later
            or later.board_id != self.board_id
            or later.start_at <= self.start_at
            or later.state not in ("held", "minutes", "approved")
        ):
            raise UserError(
                self.env._("Choose the later meeting of this board that approved the minutes.")
            )

    def _after_cancel(self):
        """The number stays in the book, struck out."""
        entry = self.register_entry_id.sudo()
        if entry and entry.state != "void":
            entry._void(self.env.context.get("transition_reason") or self.env._("Called off"))

    def _transition(self, code, *, reason=None, portal=False):
        """Keep the reason at hand for what follows the step."""
        return super(LgoEofficeMeeting, self.with_context(transition_reason=reason))._transition(
            code, reason=reason, portal=portal
        )

    # ------------------------------------------------------------ buttons
    def action_all_came(self):
        """Whoever is not marked yet came."""
        self.check_access("write")
        self.attendance_ids.filtered(lambda row: not row.status).write({"status": "present"})
        return True
