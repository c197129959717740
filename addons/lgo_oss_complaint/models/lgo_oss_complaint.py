# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.models.lgo_case_mixin import LgoCaseMixin
from odoo.addons.lgo_base.tools.case_machine import State, Transition
from odoo.addons.lgo_oss.models.lgo_case_field_mixin import LgoCaseFieldMixin

from ..tools.anonymous import RESTRICTED_GROUP

_lt = LazyTranslate(__name__)

OFFICER = "lgo_base.group_staff"
CLERK = f"lgo_base.group_clerk,{RESTRICTED_GROUP}"
CLERK_OR_HEAD = f"{CLERK},lgo_base.group_unit_head"
#: The citizen's confirmation may also come by phone; the centre then presses the button.
OPEN = ("received", "triaged", "assigned", "in_progress", "waiting", "reopened")


class LgoOssComplaint(models.Model):
    """A complaint or grievance (ร้องเรียน ร้องทุกข์), from receipt to the reporter's yes.

    The first answer to the matter itself is owed within the days of the law version (Royal
    Decree on Good Governance B.E. 2546, s. 38: 15 days). What is restricted is seen by its group
    only: the rule stands here in code and in a record rule, so that an administrator who edits
    rules does not open it.
    """

    _name = "lgo.oss.complaint"
    _inherit = ["lgo.case.field.mixin"]
    _description = "Complaint"
    _case_type = 2
    _case_report_prefix = "lgo_oss_complaint.action_report_oss_complaint"
    _duplicate_key = "type_id"
    _auto_close_step = "confirm"
    _case_protected = LgoCaseMixin._case_protected | {"answered_at"}
    _case_forgotten = (
        *LgoCaseFieldMixin._case_forgotten,
        "reporter_cipher",
        "photo_link",
        "after_photo_link",
    )
    _case_as_filed = LgoCaseFieldMixin._case_as_filed | {"reporter_kind"}
    _case_imported = frozenset({"traffy_ticket", "traffy_state", "photo_link", "after_photo_link"})
    _case_frozen = (LgoCaseFieldMixin._case_frozen - {"service_id"}) | _case_imported
    _case_written_later = LgoCaseFieldMixin._case_written_later | _case_imported

    _case_states = (
        State("draft", _lt("Draft"), public=_lt("Not sent yet")),
        State("received", _lt("Received"), public=_lt("Received"), clocks=("check", "answer")),
        State(
            "triaged",
            _lt("Screened"),
            public=_lt("Looked through"),
            clocks=("decision", "answer"),
        ),
        State(
            "assigned",
            _lt("Assigned"),
            public=_lt("Given to the unit in charge"),
            clocks=("decision", "answer"),
        ),
        State(
            "in_progress",
            _lt("In progress"),
            public=_lt("Being worked on"),
            clocks=("decision", "answer"),
        ),
        State(
            "waiting",
            _lt("Waiting"),
            public=_lt("Waiting for material, budget or another agency"),
            clocks=("decision", "answer"),
        ),
        State("resolved", _lt("Resolved"), public=_lt("Solved"), clocks=("notice",)),
        State("confirmed", _lt("Confirmed"), public=_lt("Confirmed as solved")),
        State("closed", _lt("Closed"), public=_lt("Closed"), final=True),
        State(
            "forwarded",
            _lt("Forwarded"),
            public=_lt("Forwarded to another agency"),
            final=True,
        ),
        State(
            "rejected",
            _lt("Not taken up"),
            public=_lt("Not our matter, or without ground"),
            final=True,
        ),
        State(
            "reopened",
            _lt("Reopened"),
            public=_lt("Taken up again"),
            clocks=("decision", "answer"),
        ),
        State("merged", _lt("Joined"), public=_lt("Joined with another report"), final=True),
    )
    _case_transitions = (
        Transition(
            "submit",
            _lt("File"),
            source=("draft",),
            target="received",
            groups=CLERK,
            portal=True,
            guard="_guard_submit",
            before="_before_submit",
            after="_after_submit",
            message=_lt("We have received your complaint."),
        ),
        Transition(
            "triage",
            _lt("Screen"),
            source=("received", "reopened"),
            target="triaged",
            groups=CLERK,
            guard="_guard_triage",
            after="_after_triage",
            message=_lt("Your complaint was looked through."),
        ),
        Transition(
            "assign",
            _lt("Assign"),
            source=("received", "triaged", "reopened"),
            target="assigned",
            groups=CLERK_OR_HEAD,
            guard="_guard_unit",
            message=_lt("The unit in charge has got your complaint."),
        ),
        Transition(
            "start",
            _lt("Start work"),
            source=("triaged", "assigned", "waiting", "reopened"),
            target="in_progress",
            groups=OFFICER,
            guard="_guard_assigned",
            message=_lt("An officer is working on it."),
        ),
        Transition(
            "wait",
            _lt("Wait"),
            source=("assigned", "in_progress"),
            target="waiting",
            groups=OFFICER,
            message=_lt("The work waits for material, budget or another agency."),
            reason=True,
        ),
        Transition(
            "resolve",
            _lt("Resolved"),
            source=("assigned", "in_progress", "waiting"),
            target="resolved",
            groups=OFFICER,
            guard="_guard_resolve",
            before="_before_answer",
            after="_after_resolve",
            message=_lt("The matter is solved. Please tell us whether you agree."),
        ),
        Transition(
            "confirm",
            _lt("Confirmed by the reporter"),
            source=("resolved",),
            target="confirmed",
            groups=CLERK,
            portal=True,
            message=_lt("The solution is confirmed."),
        ),
        Transition(
            "close",
            _lt("Close"),
            source=("confirmed",),
            target="closed",
            groups=CLERK_OR_HEAD,
            message=_lt("The matter is closed. Thank you."),
        ),
        Transition(
            "reopen",
            _lt("Reopen"),
            source=("resolved", "confirmed", "closed", "rejected"),
            target="reopened",
            groups=CLERK_OR_HEAD,
            portal=True,
            guard="_guard_reopen",
            after="_after_reopen",
            message=_lt("The matter was taken up again."),
            reason=True,
        ),
        Transition(
            "forward",
            _lt("Forward to another agency"),
            source=OPEN,
            target="forwarded",
            groups=CLERK_OR_HEAD,
            guard="_guard_forward",
            before="_before_answer",
            after="_after_forward",
            message=_lt("The complaint was forwarded to the agency in charge."),
        ),
        Transition(
            "reject",
            _lt("Do not take up"),
            source=OPEN,
            target="rejected",
            groups=CLERK_OR_HEAD,
            guard="_guard_reject",
            before="_before_answer",
            after="_after_final",
            message=_lt("The complaint is not taken up."),
            reason=True,
        ),
        Transition(
            "merge",
            _lt("Join"),
            source=OPEN,
            target="merged",
            groups=CLERK_OR_HEAD,
            guard="_guard_merge",
            after="_after_merge",
            message=_lt("Others reported the same. Your report is joined with theirs."),
        ),
        Transition(
            "unmerge",
            _lt("Separate again"),
            source=("merged",),
            target="received",
            groups=CLERK_OR_HEAD,
            before="_before_unmerge",
            message=_lt("Your report is looked at by itself again."),
        ),
    )

    type_id = fields.Many2one(
        comodel_name="lgo.oss.complaint.type", ondelete="restrict", index=True, copy=True
    )
    restricted = fields.Boolean(
        compute="_compute_restricted",
        store=True,
        readonly=True,
        index=True,
        help="Seen by the group for restricted complaints only.",
    )
    team = fields.Char(help="Team or shift that does the work on the spot.")
    answered_at = fields.Datetime(
        string="First answer",
        readonly=True,
        copy=False,
        help="When the citizen got the first answer to the matter itself.",
    )
    duplicate_of_id = fields.Many2one(
        comodel_name="lgo.oss.complaint",
        string="Joined with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The case that goes on; this one follows it.",
    )
    duplicate_ids = fields.One2many(
        comodel_name="lgo.oss.complaint", inverse_name="duplicate_of_id", string="Joined cases"
    )
    traffy_ticket = fields.Char(
        string="Traffy Fondue ticket",
        readonly=True,
        copy=False,
        help="Number of the report in the system it was imported from.",
    )
    photo_link = fields.Char(
        readonly=True, copy=False, groups="base.group_user", help="Photo on the other system."
    )
    after_photo_link = fields.Char(
        readonly=True, copy=False, groups="base.group_user", help="Photo on the other system."
    )

    _traffy_ticket_uniq = models.UniqueIndex(
        "(company_id, traffy_ticket) WHERE traffy_ticket IS NOT NULL",
        "This report was imported before.",
    )

    # ------------------------------------------------------------ CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            type_ = self.env["lgo.oss.complaint.type"].sudo().browse(vals.get("type_id") or [])
            if type_:
                vals.setdefault("service_id", type_.service_id.id)
                vals.setdefault("urgency", type_.urgency)
                if type_.unit_id:
                    vals.setdefault("unit_id", type_.unit_id.id)
        complaints = super(LgoOssComplaint, self.with_context(mail_create_nosubscribe=True)).create(
            vals_list
        )
        return complaints.with_env(self.env)

    def write(self, vals):
        """A type is corrected by the service centre; a filed case keeps its service.

        :raises AccessError: the new type is restricted and the user may not see such cases, or
            the service of a filed case is changed
        """
        if not self.env.su and not self._is_from_machine():
            filed = self.filtered("name")
            if "service_id" in vals and filed:
                self._refuse_protected({"service_id"})
            if "type_id" in vals and filed and not self.env.user.has_groups(CLERK_OR_HEAD):
                raise AccessError(
                    self.env._("What the applicant filed is corrected by the service centre only.")
                )
        before = self.filtered("restricted")
        result = super().write(vals)
        if "type_id" in vals:
            fresh = self.sudo().filtered("restricted") - before.sudo()
            fresh._clear_open_traces()
        return result

    # ------------------------------------------------------------ machine
    def _transition(self, code, *, reason=None, portal=False):
        actor = self._as_reporter() if portal else self
        return super(LgoOssComplaint, actor)._transition(code, reason=reason, portal=portal)

    def _guard_submit(self):
        """A complaint can be filed: type and service fit, answer possible unless unwanted."""
        self.ensure_one()
        problem = self.service_id._filing_problems(self.channel, guest=False)
        if problem:
            raise UserError(problem)
        if not self.type_id:
            raise UserError(self.env._("Please choose what the complaint is about."))
        self._check_described()
        if self.reporter_kind == "anonymous":
            return
        name = self._unsealed().get("applicant_name") or self.applicant_name
        if not (name or "").strip():
            raise UserError(self.env._("Please enter the name of the applicant."))

    def _guard_triage(self):
        """Who files for another shows by what right, before work begins."""
        self._check_agent_power()

    def _after_triage(self):
        """Screening is the acceptance of a complaint: rules for that moment apply."""
        self._route("accept")

    def _guard_reject(self):
        self._guard_letter("refusal")

    def _guard_unit(self):
        self._check_agent_power()
        if not self.unit_id:
            raise UserError(self.env._("Choose the unit that does the work first."))

    def _guard_reopen(self):  # pylint: disable=missing-return
        """Within the days of the setting, also after a refusal."""
        super()._guard_reopen()
        days = timedelta(days=self._setting_days("reopen_days", 30))
        if (
            not self.resolved_at
            and self.closed_at
            and self.closed_at < (fields.Datetime.now() - days)
        ):
            raise UserError(self.env._("The case was closed long ago. Please file a new request."))

    def _after_reopen(self):
        self._tell_officer()

    def _before_answer(self):
        """The step itself is an answer to the matter: the time for the first one is kept."""
        if not self.answered_at:
            self._from_machine().answered_at = fields.Datetime.now()

    def _clock_limit(self, kind):
        if kind == "answer":
            law = self.law_version_id or self.service_version_id.law_version_id
            return law.first_answer_days, "day", "agency"
        return super()._clock_limit(kind)

    def _clock_start(self, kind, now):
        """The first answer is owed once, counted from receipt."""
        if kind != "answer":
            return super()._clock_start(kind, now)
        if self.answered_at:
            return None
        limit, unit, duty = self._clock_limit(kind)
        at = self.deemed_received_at or now
        return self.env["lgo.case.clock"]._start(self, kind, limit, unit, duty=duty, at=at)

    def _answer(self, text):
        """Give the citizen an answer to the matter; the clock of the first answer stops.

        :param str text: what the citizen reads
        """
        self.ensure_one()
        self.check_access("write")
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Please write the answer."))
        self.env["lgo.case.event"]._add(
            self, "answer", self.env._("Answer of the office"), public=True, note=text
        )
        if not self.answered_at:
            self._from_machine().answered_at = fields.Datetime.now()
            clock = self.clock_ids.filtered(lambda row: row.kind == "answer")
            clock._stop()
        self.env["lgo.audit.log"]._log("case.answer", self)
        self._notify_followers("complaint_answered")

    def action_answer(self):
        """Open the dialog in which the answer to the citizen is written."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer the citizen"),
            "res_model": "lgo.oss.complaint.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    # ------------------------------------------------------------ citizen's view
    def _citizen_may_rate(self):
        return not self.restricted and self.state in ("resolved", "confirmed", "closed")

    def _citizen_sees_result(self):
        return self.state in ("resolved", "confirmed", "closed", "rejected", "forwarded")

    @api.model
    @api.readonly
    def action_map_settings(self):
        """Border, centre and tiles of the map of the user's organisation."""
        company = self.env.company
        return {
            "boundary": company.lgo_boundary or "",
            "lat": company.lgo_latitude,
            "lon": company.lgo_longitude,
            "tileUrl": company.lgo_tile_url or "",
        }

    # ------------------------------------------------------------ job
    @api.model
    def _cron_close_resolved(self):  # pylint: disable=missing-return
        """Confirm what the reporter left unanswered, then close what is confirmed."""
        if not super()._cron_close_resolved():
            return False
        confirmed = self.search([("state", "=", "confirmed")], order="id")
        return confirmed._move_one_by_one("close")
