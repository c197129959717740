# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools import thai
from odoo.addons.lgo_base.tools.case_machine import State, Transition

_lt = LazyTranslate(__name__)

KEEPER = "lgo_eoffice.group_archive"
HEAD = "lgo_base.group_executive"
#: Letters looked at at once, so that a survey of many years does not fill the memory.
CHUNK = 1000
#: What the survey rests on; a list that was made for one year is not one of another.
SURVEYED = frozenset({"year_be", "regime", "company_id"})
#: What stands when the committee is appointed.
APPOINTED = frozenset({"order_no", "order_date", "need"})
#: What the printed list and minute say once the round is over.
REPORTED = frozenset(
    {
        "report_text", "dissent", "archives_letter_no", "archives_answer_date", "agreement_no",
        "method",
    }
)  # fmt: skip
#: Years that a date can have.
YEARS = range(2500, 2701)


class LgoEofficeDestruction(models.Model):
    """A round of destruction: survey, committee, decision, archives, destruction.

    Saraban Regulation B.E. 2526, ข้อ ๖๖-๗๐: within sixty days after the end of the calendar year the
    keeper lists what is past its years (form 25); a committee of at least three decides on each
    line; the head agrees; the National Archives have sixty days to object; then it is destroyed
    under the eyes of the committee. Electronic documents: by order of the head (No. 4, B.E. 2564).
    """

    _name = "lgo.eoffice.destruction"
    _inherit = ["lgo.case.machine.mixin", "lgo.eoffice.paper.mixin", "mail.thread"]
    _description = "Round of Destruction"
    _order = "year_be desc, id desc"

    _machine_audit = "destruction"
    _case_protected = frozenset(
        {
            "state", "surveyed_by_id", "approved_by_id", "approved_at", "archives_sent_on",
            "destroyed_at", "destroyed_by_id",
        }
    )  # fmt: skip
    _case_states = (
        State("survey", _lt("Survey")),
        State("committee", _lt("With the committee")),
        State("considered", _lt("Considered")),
        State("reported", _lt("Reported to the head")),
        State("sent_archives", _lt("Sent to the archives")),
        State("archives_ok", _lt("The archives agree")),
        State("destroyed", _lt("Destroyed"), final=True),
        State("kept", _lt("Kept to the next round"), final=True),
    )
    _case_transitions = (
        Transition(
            "appoint", _lt("Committee appointed"), ("survey",), "committee", groups=KEEPER,
            guard="_guard_appoint",
        ),
        Transition(
            "consider", _lt("All lines considered"), ("committee",), "considered", groups=KEEPER,
            guard="_guard_consider",
        ),
        Transition("report", _lt("Report to the head"), ("considered",), "reported", groups=KEEPER),
        Transition(
            "approve", _lt("Agree and send to the archives"), ("reported",), "sent_archives",
            groups=HEAD, guard="_guard_approve", before="_before_send_archives",
        ),
        Transition(
            "approve_covered", _lt("Agree; covered by an agreement with the archives"),
            ("reported",), "archives_ok", groups=HEAD, guard="_guard_approve_covered",
            before="_before_approve",
        ),
        Transition(
            "keep", _lt("Not yet; keep to the next round"), ("reported",), "kept", groups=HEAD,
            reason=True,
        ),
        Transition(
            "archives_answered", _lt("The archives have answered"), ("sent_archives",),
            "archives_ok", groups=KEEPER, guard="_guard_archives",
        ),
        Transition(
            "archives_silent", _lt("The archives kept silent"), ("sent_archives",), "archives_ok",
            groups=KEEPER, guard="_guard_silence",
        ),
        Transition(
            "destroy", _lt("Destroy"), ("archives_ok",), "destroyed", groups=KEEPER,
            guard="_guard_destroy", before="_before_destroy",
        ),
    )  # fmt: skip

    name = fields.Char(compute="_compute_name", store=True)
    year_be = fields.Integer(
        string="Year (B.E.)", required=True, aggregator=None,
        default=lambda self: thai.buddhist_year(thai.local_date(fields.Datetime.now())),
    )  # fmt: skip
    regime = fields.Selection(
        [("paper", "Paper"), ("electronic", "Electronic documents")],
        required=True,
        default="paper",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        readonly=True, default=lambda self: self.env.company,
    )  # fmt: skip
    deadline = fields.Date(
        string="Survey due by", compute="_compute_deadline",
        help="Sixty days after the end of the calendar year.",
    )  # fmt: skip
    line_ids = fields.One2many("lgo.eoffice.destruction.line", "destruction_id", string="Letters")
    line_count = fields.Integer(compute="_compute_counts")
    destroy_count = fields.Integer(string="To destroy", compute="_compute_counts")
    member_ids = fields.One2many(
        "lgo.eoffice.destruction.member", "destruction_id", string="Committee"
    )
    order_no = fields.Char(string="Order of appointment")
    order_date = fields.Date(string="Order dated")
    report_text = fields.Text(string="Report of the committee")
    dissent = fields.Text(string="Dissenting opinions")
    need = fields.Text(
        string="Why they are deleted",
        help="Electronic documents: the need, such as storage space, that the order names.",
    )
    archives_sent_on = fields.Date(string="Sent to the archives on", readonly=True, copy=False)
    archives_until = fields.Date(string="Answer due by", compute="_compute_archives_until")
    archives_letter_no = fields.Char(string="Answer of the archives, number")
    archives_answer_date = fields.Date(string="Answer dated")
    agreement_no = fields.Char(
        string="Agreement with the archives",
        help="Types that an agreement with the Fine Arts Department covers are not sent.",
    )
    method = fields.Char(string="How it is destroyed", help="Burnt, shredded …")
    surveyed_by_id = fields.Many2one(
        comodel_name="res.users", string="Surveyed by", readonly=True, copy=False,
        default=lambda self: self.env.user, ondelete="restrict",
    )  # fmt: skip
    approved_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, ondelete="restrict"
    )
    approved_at = fields.Datetime(readonly=True, copy=False)
    destroyed_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, copy=False, ondelete="restrict"
    )
    destroyed_at = fields.Datetime(readonly=True, copy=False)

    _year_positive = models.Constraint(
        "CHECK (year_be BETWEEN 2500 AND 2700)", "Give the year in B.E., such as 2570."
    )

    @api.depends("year_be", "regime")
    def _compute_name(self):
        for row in self:
            row.name = f"บัญชีหนังสือขอทำลาย ประจำปี {row.year_be}"

    @api.depends("year_be")
    def _compute_deadline(self):
        """Sixty days after 31 December: 1 March, in a leap year 29 February."""
        for row in self:
            last = date(row.year_be - thai.BUDDHIST_OFFSET - 1, 12, 31) if row._has_year() else None
            row.deadline = last and last + timedelta(days=60)

    def _has_year(self):
        """Whether the year is one, while it is typed."""
        return self.year_be in YEARS

    @api.depends("archives_sent_on", "company_id")
    def _compute_archives_until(self):
        for row in self:
            sent = row.archives_sent_on
            days = row.company_id.lgo_archives_days
            row.archives_until = sent + timedelta(days=days) if sent else False

    @api.depends("line_ids.decision")
    def _compute_counts(self):
        for row in self:
            lines = row.sudo().line_ids
            row.line_count = len(lines)
            row.destroy_count = len(lines.filtered(lambda line: line.decision == "destroy"))

    def _write_event(self, transition, before, reason):
        """The history of a round is its chatter and the audit trail."""
        body = self.env._(transition.label)
        self.message_post(body=f"{body}: {reason}" if reason else body)

    def _clock_sync(self, state):
        """No clock of a citizen runs here."""

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds._from_machine().write({"surveyed_by_id": self.env.uid})
        return rounds

    def write(self, vals):
        """What a list, an appointment and a minute rest on stays as it was then.

        :raises UserError: it is too late to change it
        """
        if not self._is_from_machine():
            for row in self:
                fixed = row._fixed_fields() & vals.keys()
                if fixed:
                    labels = (self._fields[name]._description_string(self.env) for name in fixed)
                    raise UserError(
                        self.env._(
                            "%(fields)s stand in the list by now and no longer change.",
                            fields=", ".join(sorted(labels)),
                        )
                    )
        return super().write(vals)

    def _fixed_fields(self):
        fixed = SURVEYED if self.line_ids or self.state != "survey" else frozenset()
        if self.state != "survey":
            fixed |= APPOINTED
        return fixed | REPORTED if self.is_final else fixed

    @api.ondelete(at_uninstall=False)
    def _unlink_only_surveys(self):
        if any(row.state != "survey" for row in self):
            raise UserError(self.env._("A round that went to a committee is kept."))

    # ------------------------------------------------------------ survey
    def action_survey(self):
        """List what is past its years; lines that are there stay, new ones are added.

        :raises UserError: the round is past the survey
        """
        for row in self:
            row.check_access("write")
            if row.state != "survey":
                raise UserError(self.env._("The survey of this round is over."))
            row._survey()
        return True

    def _survey(self):
        self.ensure_one()
        Letter = self.env["lgo.eoffice.letter"].sudo()
        domain = Letter._destroyable_domain(
            self.year_be, self.regime == "electronic", self.company_id
        )
        lines = self.sudo().line_ids
        known = set(lines.letter_id.ids)
        # oldest first, as the order of the head deletes them
        found = Letter.search(domain, order="closed_at, id").ids
        missing = [letter_id for letter_id in found if letter_id not in known]
        # a line that was taken out leaves a hole, never a number that is there twice
        number = max(lines.mapped("sequence"), default=0)
        for start in range(0, len(missing), CHUNK):
            letters = Letter.browse(missing[start : start + CHUNK])
            self.sudo().line_ids = [
                Command.create(
                    {
                        "letter_id": letter.id,
                        "sequence": number + start + place,
                        "folder_code": letter.folder_id.code,
                        "doc_no": letter.doc_no,
                        "doc_date": letter.doc_date,
                        "receive_no": letter.receive_no,
                        "subject": letter.subject,
                    }
                )
                for place, letter in enumerate(letters, start=1)
            ]

    # ------------------------------------------------------------ guards
    def _guard_appoint(self):
        self._check_year_begun()
        self._need(self.line_ids, self.env._("Survey first: the list is empty."))
        self._need(
            self.order_no and self.order_date, self.env._("Record the order of appointment.")
        )
        least = self.company_id.lgo_committee_members
        members = self.member_ids.user_id
        self._need(
            len(members) >= least,
            self.env._("The committee needs %(n)s members: a chair and others.", n=least),
        )
        self._need(
            len(self.member_ids.filtered(lambda member: member.role == "chair")) == 1,
            self.env._("One member of the committee is its chair."),
        )
        if self.regime == "electronic":
            self._need(
                (self.need or "").strip(),
                self.env._("Write why the electronic documents are deleted."),
            )

    def _check_year_begun(self):
        """What is kept until the end of a year is not destroyed before that."""
        today = thai.local_date(fields.Datetime.now())
        self._need(
            self.year_be <= thai.buddhist_year(today),
            self.env._("The year %(year)s has not begun yet.", year=self.year_be),
        )

    def _guard_consider(self):
        open_lines = self.line_ids.filtered(lambda line: not line.decision)
        self._need(
            not open_lines,
            self.env._("%(n)s lines have no decision yet.", n=len(open_lines)),
        )
        self._need(
            not self.line_ids.filtered(
                lambda line: (
                    line.decision == "keep"
                    and not line.letter_id.retention_id.keep_forever
                    and line.extend_to_be <= self.year_be
                )
            ),
            self.env._("A letter that is kept needs the year until which it is kept."),
        )

    def _guard_approve(self):
        self._need(
            self.env.su or self.env.user != self.surveyed_by_id,
            self.env._("Who made the list does not agree to it: another person decides."),
        )

    def _guard_approve_covered(self):
        self._guard_approve()
        self._need(
            (self.agreement_no or "").strip(),
            self.env._("Name the agreement with the archives that covers these documents."),
        )

    def _before_approve(self):
        self._from_machine().write(
            {"approved_by_id": self.env.uid, "approved_at": fields.Datetime.now()}
        )

    def _before_send_archives(self):
        self._before_approve()
        today = thai.local_date(fields.Datetime.now())
        self._from_machine().write({"archives_sent_on": today})

    def _check_answers(self):
        self._need(
            not self.line_ids.filtered(
                lambda line: line.archives_answer == "extend" and line.extend_to_be <= self.year_be
            ),
            self.env._("A letter that is kept needs the year until which it is kept."),
        )

    def _guard_archives(self):
        self._check_answers()
        self._need(
            self.archives_letter_no and self.archives_answer_date,
            self.env._("Record number and date of the answer of the archives."),
        )

    def _guard_silence(self):
        self._check_answers()
        today = thai.local_date(fields.Datetime.now())
        self._need(
            self.archives_until and today > self.archives_until,
            self.env._(
                "The archives may still answer until %(day)s.",
                day=thai.format_date(self.archives_until) if self.archives_until else "",
            ),
        )

    def _guard_destroy(self):
        self._check_year_begun()
        self._need((self.method or "").strip(), self.env._("Write how it is destroyed."))
        self._need(
            self.env.su or self.env.user != self.approved_by_id,
            self.env._("Who agreed to it does not carry it out: the keeper does."),
        )

    @api.model
    def _need(self, condition, message):
        if not condition:
            raise UserError(message)

    # ------------------------------------------------------------ destruction
    def _before_destroy(self):
        """Destroy what was decided and may still be destroyed at this moment."""
        Letter = self.env["lgo.eoffice.letter"].sudo()
        domain = Letter._destroyable_domain(
            self.year_be, self.regime == "electronic", self.company_id
        )
        lines = self.sudo().line_ids.filtered(
            lambda line: line.decision == "destroy" and line.archives_answer in (False, "agree")
        )
        allowed = Letter.search(Domain("id", "in", lines.letter_id.ids) & domain)
        for line in lines:
            if line.letter_id in allowed:
                line._record_destruction(line.letter_id._destroy())
            else:
                line._from_round().write({"outcome": "spared"})
        (self.sudo().line_ids - lines)._apply_keeping()
        self._from_machine().write(
            {"destroyed_by_id": self.env.uid, "destroyed_at": fields.Datetime.now()}
        )

    # ------------------------------------------------------------ paper
    def _paper_day(self):
        """The day of the list: of the survey until it is destroyed."""
        self.ensure_one()
        return thai.format_date(thai.local_date(self.destroyed_at or self.create_date))

    def _minute_text(self):
        """The minute that the committee signs after the destruction."""
        self.ensure_one()
        count = len(self.sudo().line_ids.filtered(lambda line: line.outcome == "destroyed"))
        day = thai.local_date(self.destroyed_at or fields.Datetime.now())
        return (
            f"คณะกรรมการทำลายหนังสือตามคำสั่งที่ {self.order_no or ''} ได้ควบคุมการทำลายหนังสือ"
            f"ตามบัญชีหนังสือขอทำลาย ประจำปี {self.year_be} จำนวน {count} รายการ"
            f" โดยวิธี{self.method or ''} เมื่อวันที่ {thai.format_date(day)} เสร็จเรียบร้อยแล้ว"
            " จึงลงลายมือชื่อไว้เป็นหลักฐาน"
        )

    def action_print_list(self):
        """Print form 25."""
        return self.env.ref("lgo_eoffice_archive.action_report_destruction").report_action(self)

    def action_print_minute(self):
        """Print the minute of the destruction."""
        return self.env.ref("lgo_eoffice_archive.action_report_minute").report_action(self)
