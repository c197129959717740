# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL, email_normalize

from ..tools import moment, thai, tracking

#: What the tracking page reads of a case: a case has a hundred fields more.
TRACKED_FIELDS = (
    "name", "service_id", "company_id", "state", "applicant_phone", "partner_id",
    "agent_partner_id", "deemed_received_at", "completed_at", "date_due", "decided_at",
    "closed_at", "create_date", "write_date",
)  # fmt: skip


class LgoCaseMixin(models.AbstractModel):
    """A case: whatever a citizen asks of the organisation, from a street lamp to a permit.

    A concrete model declares ``_case_type`` (its slot in the register view, 1-15, never
    reused), ``_case_states`` and ``_case_transitions``, and adds only what is its own.
    """

    _name = "lgo.case.mixin"
    _inherit = [
        "lgo.case.agent.mixin",
        "lgo.case.work.mixin",
        "lgo.case.assignment.mixin",
        "lgo.case.step.mixin",
        "lgo.case.waiting.mixin",
        "lgo.case.clock.mixin",
        "lgo.case.intake.mixin",
        "lgo.case.paper.mixin",
        "lgo.case.contact.mixin",
        "lgo.case.personal.mixin",
        "lgo.case.retention.mixin",
        "lgo.case.portal.mixin",
        "rating.mixin",
        "mail.activity.mixin",
        # last: it sets the version of the service, which the machine protects
        "lgo.case.answers.mixin",
    ]
    _description = "Case"
    _order = "id desc"
    _rec_names_search = ["name", "applicant_name"]

    #: Slot in lgo.case.register; a concrete model sets 1-15.
    _case_type = 0
    _case_protected = frozenset(
        {
            "state", "date_due", "completed_at", "decided_at", "closed_at", "name",
            "submitted_at", "deemed_received_at", "service_version_id", "law_version_id",
            "anonymised_at",
        }
    )  # fmt: skip

    #: What the citizen said when filing: only the service centre corrects it, with an audit row.
    _case_as_filed = frozenset(
        {
            "partner_id", "agent_partner_id", "agent_name", "applicant_name", "applicant_phone",
            "applicant_email", "answers", "answer_row_ids", "channel",
        }
    )  # fmt: skip
    #: What never changes once the case has its number.
    _case_frozen = frozenset({"service_id", "company_id", "filing_key", "access_token"})
    #: What no new case has: later steps and imports write it.
    _case_written_later = frozenset()

    state = fields.Selection(tracking=5)
    name = fields.Char(
        string="Number",
        readonly=True,
        copy=False,
        index="trigram",
        help="Tracking number with check digit.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    law_version_id = fields.Many2one(
        comodel_name="lgo.law.version", readonly=True, copy=False, ondelete="restrict"
    )
    channel = fields.Selection(selection="_selection_channel", default="counter", required=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Applicant", index="btree_not_null", copy=False
    )
    agent_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Agent",
        index="btree_not_null",
        copy=False,
        help="Acts for the applicant by power of attorney.",
    )
    applicant_name = fields.Char(string="Name of the applicant", index="trigram", copy=False)
    applicant_phone = fields.Char(string="Phone", copy=False)
    applicant_email = fields.Char(string="E-mail", copy=False)
    preferred_channel = fields.Selection(
        selection="_selection_preferred_channel",
        default="email",
        help="Answered electronically unless the applicant wants otherwise (B.E. 2565 Act).",
    )
    unit_id = fields.Many2one(comodel_name="hr.department", index=True, tracking=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Officer in charge",
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False)]",
    )
    submitted_at = fields.Datetime(readonly=True, copy=False)
    deemed_received_at = fields.Datetime(
        string="Received on",
        readonly=True,
        copy=False,
        help="Outside office hours: the next working time (B.E. 2565 Act, s. 10).",
    )
    # The citizen reads these on the pages, when it is time; never by a remote call.
    outcome = fields.Text(
        copy=False,
        groups="base.group_user",
        help="What was done or decided, in words for the citizen.",
    )
    forwarded_to = fields.Char(
        copy=False, groups="base.group_user", help="Agency to which the case was forwarded."
    )
    forwarded_reference = fields.Char(copy=False, groups="base.group_user")
    # These two search past the rights of a message: a citizen could guess internal notes.
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")
    event_ids = fields.One2many(
        comodel_name="lgo.case.event",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    document_ids = fields.One2many(
        comodel_name="lgo.case.document",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    defect_ids = fields.One2many(
        comodel_name="lgo.case.defect",
        inverse_name="res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    letter_ids = fields.One2many(
        comodel_name="lgo.case.letter",
        inverse_name="res_id",
        string="Letters",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    notice_ids = fields.One2many(
        comodel_name="lgo.case.notice",
        inverse_name="res_id",
        string="Late notices",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )

    # ------------------------------------------------------------ database
    def init(self):
        """Indexes of the worklist questions and of the register view, on each concrete table."""
        super().init()
        if not self._case_type or self._abstract:
            return
        self._create_case_indexes()

    def _create_case_indexes(self):
        table = self._table
        open_states = tuple(state.code for state in self._case_states if not state.final)
        indexes = [
            ("name_uniq", SQL("(company_id, name) WHERE name IS NOT NULL"), True),
            ("register_idx", SQL("((id * 16 + %s))", self._case_type), False),
            (
                "filing_key_uniq",
                SQL("(service_id, filing_key) WHERE filing_key IS NOT NULL"),
                True,
            ),
            ("submitted_idx", SQL("(submitted_at DESC, id DESC)"), False),
            (
                "open_due_idx",
                SQL("(date_due, id) WHERE state IN %s", open_states),
                False,
            ),
            (
                "open_submitted_idx",
                SQL("(unit_id, submitted_at DESC) WHERE state IN %s", open_states),
                False,
            ),
            ("state_idx", SQL("(state, submitted_at DESC, id DESC)"), False),
        ]
        for suffix, definition, unique in indexes:
            self.env.cr.execute(
                SQL(
                    "CREATE %s INDEX IF NOT EXISTS %s ON %s %s",
                    SQL("UNIQUE") if unique else SQL(),
                    SQL.identifier(f"{table}_{suffix}"),
                    SQL.identifier(table),
                    definition,
                )
            )

    # ------------------------------------------------------------ computes, constraints
    # Labels of a list would belong to each concrete model and stay English there: Odoo loads
    # the translations of this add-on before that model exists.
    @api.model
    def _selection_channel(self):
        labels = {
            "web": self.env._("Website"),
            "counter": self.env._("Counter"),
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
            "post": self.env._("Postal mail"),
            "mobile": self.env._("Mobile unit"),
            "line": self.env._("LINE"),
        }
        return list(labels.items())

    @api.model
    def _selection_preferred_channel(self):
        offered = ("email", "phone", "post", "line")
        return [item for item in self._selection_channel() if item[0] in offered]

    @api.depends("name", "service_id")
    def _compute_display_name(self):
        for case in self:
            case.display_name = " ".join(
                filter(None, (case.name or self.env._("Draft"), case.service_id.name))
            )

    @api.constrains("applicant_email")
    def _check_applicant_email(self):
        for case in self:
            if case.applicant_email and not email_normalize(case.applicant_email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is no e-mail address. Example: name@example.com",
                        email=case.applicant_email,
                    )
                )

    @api.constrains("applicant_phone")
    def _check_applicant_phone(self):
        for case in self:
            digits = moment.phone_digits(case.applicant_phone)
            if case.applicant_phone and not 9 <= len(digits) <= 15:
                raise ValidationError(
                    self.env._("Please write the phone number like 08 1234 5678.")
                )

    @api.constrains("user_id")
    def _check_officer(self):
        """The list shows officers only; a remote call may name anybody. Jobs are the system."""
        officers = self.sudo().user_id.filtered(lambda user: user.id != SUPERUSER_ID)
        if any(officers.mapped("share")):
            raise ValidationError(self.env._("Only an officer can be in charge of a case."))

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id:
            self.applicant_name = self.partner_id.name
            if self._has_agent():  # the office answers the agent
                return
            self.applicant_phone = self.partner_id.phone or self.applicant_phone
            self.applicant_email = self.partner_id.email or self.applicant_email

    # ------------------------------------------------------------ CRUD
    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` sets nothing that steps write."""
        values = super().default_get(fields_list)
        if not self.env.su and not self._is_from_machine():
            for name in self._case_written_later & values.keys():
                del values[name]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self._is_from_machine():
            for vals in vals_list:
                self._refuse_protected(
                    {name for name in self._case_written_later if vals.get(name)}
                )
        for vals in vals_list:
            service = self.env["lgo.service"].browse(vals.get("service_id"))
            vals.setdefault("unit_id", service.unit_id.id)
            if vals.get("partner_id"):
                partner = self.env["res.partner"].browse(vals["partner_id"])
                vals.setdefault("applicant_name", partner.name)
                vals.setdefault("applicant_phone", partner.phone)
                vals.setdefault("applicant_email", partner.email)
        return super().create(vals_list)

    def write(self, vals):
        """Keep what was filed: the officer in charge may not become the applicant.

        :raises AccessError: a filed fact is changed by somebody else than the service centre
        """
        corrected = self.browse()
        if not self.env.su and not self._is_from_machine():
            filed = self.filtered("name")
            if filed and self._case_frozen & vals.keys():
                self._refuse_protected(self._case_frozen & vals.keys())
            if self._case_as_filed & vals.keys():
                corrected = filed
        if corrected and not self.env.user.has_group("lgo_base.group_clerk"):
            raise AccessError(
                self.env._("What the applicant filed is corrected by the service centre only.")
            )
        result = super().write(vals)
        if corrected:
            self.env["lgo.audit.log"]._log(
                "case.correct",
                corrected,
                detail={"fields": sorted(self._case_as_filed & vals.keys())},
                severity="warning",
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(case.name for case in self):
            raise UserError(
                self.env._("A case with a number cannot be deleted; cancel it with a reason.")
            )

    def message_post(self, **kwargs):
        """Whoever follows a case may answer in Odoo, also an auditor, who writes nothing."""
        if not self.env.su and self.env.user.has_group("lgo_base.group_auditor"):
            self.check_access("write")
        return super().message_post(**kwargs)

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["partner_id"]

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """Who takes part in the case may be answered, also a citizen of whom the officer sees
        nothing else. What the caller names is looked up by the caller's own rights, and no
        contact is made by the way.
        """
        partners = kwargs.get("additional_partners")
        if partners and not self.env.su:
            kwargs["additional_partners"] = partners._filtered_access("read").sudo()
        kwargs.update(no_create=True, primary_email=False)
        cases = self.sudo()
        return super(LgoCaseMixin, cases)._message_get_suggested_recipients_batch(*args, **kwargs)

    # ------------------------------------------------------------ filing
    def _guard_submit(self):
        """A request can be filed: service open, applicant reachable."""
        self.ensure_one()
        problem = self.service_id._filing_problems(self.channel, guest=False)
        if problem:
            raise UserError(problem)
        if not (self.applicant_name or "").strip():
            raise UserError(self.env._("Please enter the name of the applicant."))
        if self.channel == "web" and not (self.applicant_phone or self.applicant_email):
            raise UserError(self.env._("Please enter a phone number or an e-mail address."))
        if self.channel != "web" and not self.env.su:  # the website checks field by field
            self._begin_version(self.service_id)
            self._check_answers()

    def _before_submit(self):
        """Number, received moment, version and law: what the clocks need."""
        self.ensure_one()
        now = fields.Datetime.now()
        version = self.service_id.sudo().published_version_id
        self._begin_version(self.service_id)
        online = self.channel in ("web", "email", "line")
        clerk = self.env.user if self.env.user._is_internal() and not online else None
        self._from_machine().sudo().write(
            {
                "filed_by_id": clerk.id if clerk else False,
                "name": self._next_tracking_number(now),
                "submitted_at": now,
                "deemed_received_at": self.company_id._lgo_deemed_received(now) if online else now,
                "service_version_id": version.id,
                "law_version_id": version.law_version_id.id,
            }
        )

    def _after_submit(self):
        """Checklist, a first due day, acknowledgement, message."""
        self.ensure_one()
        if not self.document_ids:
            self.env["lgo.case.document"]._create_checklist(self)
            self.invalidate_recordset(["document_ids"])
        self._estimate_due()
        self._route("submit")
        self._acknowledge_at_counter()
        self._issue_document("acknowledgement")
        self._notify_applicant("case_submitted")

    def _next_tracking_number(self, now):
        local = thai.local_date(now)
        period = f"{(local.year + 543) % 100:02d}{local.month:02d}"
        code = self.service_id.code
        entry = self.env["lgo.register"]._take_number(
            "case", record=self, key=code, at=now, label=self.service_id.name
        )
        return tracking.make(self.company_id.lgo_short_code or "LGO", period, code, entry.number)

    def _estimate_due(self):
        """The citizen sees a day at once: counted from receipt until the clock has started.

        When the holidays of a year are not loaded no day is promised; the catalogue managers
        get a task, the citizen is not turned away.
        """
        limit, unit, duty = self._clock_limit("decision")
        if not limit or self.date_due:
            return
        try:
            due_at = self.company_id._lgo_due_at(self.deemed_received_at, limit, unit, duty)
        except UserError as error:
            self._ask_catalogue_manager(str(error))
            return
        self._from_machine().write({"date_due": thai.local_date(due_at)})

    def _ask_catalogue_manager(self, text):
        """Give the catalogue manager who has been there longest a task with ``text``."""
        managers = self.env.ref("lgo_base.group_service_manager").sudo().all_user_ids
        manager = managers.filtered(lambda user: user.active and not user.share)[:1]
        if manager:
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo", summary=text[:250], user_id=manager.id
            )

    # ------------------------------------------------------------ messages
    def _notify_applicant(self, template_code, values=None):
        """Tell the applicant (or agent) by the channels that are on.

        The address of a case is that of the agent: when the power has ended, the applicant is
        written to as known to the office.
        """
        self.ensure_one()
        if self._agent_ended():
            return self.env["lgo.notification"]._notify(
                self, template_code, partner=self.partner_id, values=values
            )
        return self.env["lgo.notification"]._notify(
            self,
            template_code,
            partner=self.agent_partner_id or self.partner_id,
            email=self.applicant_email,
            phone=self.applicant_phone,
            values=values,
        )

    def _case_public_values(self):
        """What the tracking page may show without a login: nothing that names a person.

        Of the result: when it was decided and which kinds of paper are ready. The words of the
        officer are left out, for they may name somebody.
        """
        self.ensure_one()
        papers = self.env["lgo.issued.document"]
        told = self._citizen_sees_result()
        # the other hundred fields of a service are not shown
        self.service_id.fetch(["name"])
        step = not self.is_final and self._current_step()
        if told:
            papers = self._issued_documents().filtered(lambda paper: paper.state == "valid")
        return {
            "decided": told and (self.decided_at or self.closed_at or self.write_date),
            "papers": list(dict.fromkeys(papers.kind_id.mapped("name"))),
            "number": self.name,
            "service": self.service_id.name,
            "state": self.state_public,
            "received": self.deemed_received_at,
            "due": self.date_due,
            "days_left": self.days_left,
            "step": step._text() if step else "",
            "final": self.is_final,
            "events": self.event_ids.filtered("public"),
        }

    # ------------------------------------------------------------ looking up
    @api.model
    def _find_by_number(self, text):
        """The case with this tracking number; empty when the number is wrong or unknown."""
        number = tracking.normalise(text)
        if not number or not tracking.is_valid(number):
            return self.browse()
        return self.search_fetch([("name", "=", number)], TRACKED_FIELDS, limit=1)

    def _phone_matches(self, last_four):
        """Whether ``last_four`` are the last digits of the applicant's phone (constant time)."""
        self.ensure_one()
        given = moment.phone_digits(last_four)[-4:]
        stored = moment.phone_digits(self.applicant_phone)[-4:]
        return len(stored) == 4 and secrets.compare_digest(given, stored)
