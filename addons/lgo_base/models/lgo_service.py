# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Property types a citizen can answer on a web form.
QUESTION_TYPES = ("boolean", "char", "text", "integer", "float", "date", "selection", "tags")


class LgoService(models.Model):
    """An entry of the service catalogue: the public manual (คู่มือสำหรับประชาชน) of a service.

    It cannot be published while something that section 7 of the Licensing Facilitation Act
    B.E. 2558 demands is missing; each publishing freezes a :class:`LgoServiceVersion`.
    """

    _name = "lgo.service"
    _inherit = ["lgo.action.only.mixin", "mail.thread"]
    _description = "Service"
    _order = "sequence, code"
    _rec_names_search = ["name", "name_plain", "code"]

    _action_only = frozenset({"state", "published_version_id"})

    name = fields.Char(
        required=True, translate=True, tracking=True, help="Official name of the service."
    )
    name_plain = fields.Char(
        string="Plain name",
        translate=True,
        index="trigram",
        help="How citizens would say it, with everyday words; used by the search.",
    )
    code = fields.Char(
        required=True,
        help="2 to 8 Latin letters or digits; part of the tracking number.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    kind = fields.Selection(
        selection=[
            ("licence", "Licence"),
            ("registration", "Registration"),
            ("notification", "Notification"),
            ("tax", "Tax"),
            ("welfare", "Welfare"),
            ("request", "Request"),
            ("complaint", "Complaint"),
            ("information", "Information"),
        ],
        default="request",
        required=True,
    )
    icon = fields.Char(default="fa-file-text-o", help="Font Awesome class of the tile.")
    case_model = fields.Char(
        default="lgo.oss.request",
        required=True,
        help="Technical name of the model that holds the cases of this service.",
    )
    unit_id = fields.Many2one(comodel_name="hr.department", string="Responsible unit", index=True)
    law_id = fields.Many2one(
        comodel_name="lgo.law",
        string="Governing law",
        help="The law whose clocks bind this service; empty: the office's own standard.",
        default=lambda self: self.env.ref("lgo_base.law_internal", raise_if_not_found=False),
    )
    legal_basis = fields.Text(
        string="Laws and by-laws", translate=True, help="Laws and by-laws, one a line."
    )
    who_may_apply = fields.Text(translate=True)
    criteria = fields.Text(translate=True, help="Criteria, methods and conditions.")
    description = fields.Text(
        string="In plain words", translate=True, help="What the citizen reads first."
    )
    time_limit = fields.Integer(
        tracking=True, help="How long the service takes once the request is complete."
    )
    time_unit = fields.Selection(
        selection="_selection_time_unit", default="working_day", tracking=True
    )
    document_ids = fields.One2many(
        comodel_name="lgo.service.document", inverse_name="service_id", copy=True
    )
    step_ids = fields.One2many(
        comodel_name="lgo.service.step", inverse_name="service_id", copy=True
    )
    fee_ids = fields.One2many(comodel_name="lgo.service.fee", inverse_name="service_id", copy=True)
    no_fee = fields.Boolean(string="Free of charge", help="Confirmed: there is no fee.")
    question_definition = fields.PropertiesDefinition(string="Questions")
    question_ids = fields.One2many(
        comodel_name="lgo.service.question",
        inverse_name="service_id",
        domain=[("parent_id", "=", False)],
        string="Form questions",
    )
    all_question_ids = fields.One2many(
        comodel_name="lgo.service.question",
        inverse_name="service_id",
        string="Questions with those of groups",
    )
    channel_web = fields.Boolean(string="Website", default=True)
    channel_counter = fields.Boolean(string="Counter", default=True)
    channel_phone = fields.Boolean(string="Phone")
    channel_email = fields.Boolean(string="E-mail", default=True)
    channel_post = fields.Boolean(string="Postal mail")
    channel_mobile = fields.Boolean(string="Mobile unit")
    channel_line = fields.Boolean(string="LINE")
    in_person_only = fields.Boolean(
        help="The law wants the person to come (e.g. ID card): no online filing."
    )
    guest_allowed = fields.Boolean(
        help="May be filed without signing in, with phone or e-mail only."
    )
    needs_location = fields.Boolean(string="Needs a place on the map")
    needs_identity = fields.Boolean(
        string="Needs the ID number", help="Ask for the 13-digit number; only where a law needs it."
    )
    appeal_authority = fields.Char(translate=True)
    appeal_days = fields.Integer(
        default=15,
        help="Days to appeal (B.E. 2539 Act, s. 44: 15 unless a special law says otherwise).",
    )
    complaint_channels = fields.Text(translate=True)
    output_name = fields.Char(string="What the citizen gets", translate=True)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("published", "Published"),
            ("suspended", "Suspended"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    published_version_id = fields.Many2one(
        comodel_name="lgo.service.version", readonly=True, copy=False
    )
    version_ids = fields.One2many(comodel_name="lgo.service.version", inverse_name="service_id")
    time_text = fields.Char(compute="_compute_time_text")
    publish_problems = fields.Text(
        string="Missing before publishing", compute="_compute_publish_problems"
    )

    _code_uniq = models.Constraint(
        "UNIQUE (company_id, code)", "This code of a service is already used."
    )
    _time_limit_positive = models.Constraint(
        "CHECK (time_limit >= 0 AND time_limit <= 3650)",
        "The time limit must lie between 0 and 3650.",
    )

    @api.model
    def _selection_time_unit(self):
        """Units of time a manual may use (วัน, วันทำการ, ชั่วโมง, นาที)."""
        labels = {
            "minute": self.env._("minutes"),
            "hour": self.env._("hours"),
            "day": self.env._("days"),
            "working_day": self.env._("working days"),
        }
        return list(labels.items())

    @api.depends("time_limit", "time_unit")
    @api.depends_context("lang")
    def _compute_time_text(self):
        units = dict(self._selection_time_unit())
        for service in self:
            service.time_text = (
                f"{service.time_limit} {units.get(service.time_unit, '')}"
                if service.time_limit
                else ""
            )

    @api.depends_context("lang")
    @api.depends(
        "name", "description", "unit_id", "law_id", "legal_basis", "criteria", "time_limit",
        "step_ids", "fee_ids", "no_fee", "complaint_channels", "question_definition",
        "case_model", "kind", "channel_web", "channel_counter", "document_ids", "in_person_only",
        "is_licence", "appeal_authority", "no_document", "min_assurance", "guest_allowed",
    )  # fmt: skip
    def _compute_publish_problems(self):
        for service in self:
            service.publish_problems = "\n".join(
                f"• {problem}" for problem in service._publish_problems()
            )

    # ------------------------------------------------------------ constraints
    @api.constrains("code")
    def _check_code(self):
        for service in self:
            if not re.fullmatch(r"[A-Z0-9]{2,8}", service.code or ""):
                raise ValidationError(
                    self.env._(
                        "The code of a service needs 2 to 8 capital Latin letters or digits,"
                        " because it is part of the tracking number."
                    )
                )

    @api.constrains("case_model")
    def _check_case_model(self):
        for service in self:
            model = self.env.get(service.case_model)
            if model is not None and not getattr(model, "_case_type", None):
                raise ValidationError(
                    self.env._("%(model)s does not hold cases.", model=service.case_model)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(service.version_ids for service in self):
            raise UserError(
                self.env._(
                    "A service that was published once cannot be deleted; archive it instead."
                )
            )

    # ------------------------------------------------------------ publishing
    def _publish_problems(self):
        """What is still missing before the manual may be published, as sentences.

        Act B.E. 2558, s. 7: criteria, method and conditions; steps and time; documents.
        Complaint channels and fees belong to the OPDC format of the manual.

        :rtype: list[str]
        """
        self.ensure_one()
        problems = []
        wanted = [
            (self.description, self.env._("Say in plain words what the service is.")),
            (self.unit_id, self.env._("Name the responsible unit.")),
            (self.law_id, self.env._("Choose the governing law or the office's own standard.")),
            (
                self.legal_basis or self.kind in ("request", "complaint", "information"),
                self.env._("Name the legal basis."),
            ),
            (self.criteria, self.env._("Write the criteria, methods and conditions.")),
            (self.time_limit, self.env._("Set how long the service takes.")),
            (self.step_ids, self.env._("List the steps with their time and unit.")),
            (
                self.fee_ids or self.no_fee,
                self.env._("Enter the fee, or confirm that the service is free of charge."),
            ),
            (self.complaint_channels, self.env._("Say where citizens can complain.")),
            (
                any(self[f"channel_{code}"] for code in self._channels()),
                self.env._("Open at least one channel."),
            ),
            (
                self.env.get(self.case_model) is not None,
                self.env._("The application that handles this service is not installed."),
            ),
        ]
        problems += [sentence for value, sentence in wanted if not value]
        if self.in_person_only and self.channel_web:
            problems.append(
                self.env._("A service that must be done in person cannot be open on the website.")
            )
        if self.law_id and not self.law_id._version_at(fields.Date.context_today(self)):
            problems.append(self.env._("The governing law has no version in force today."))
        return problems

    @api.model
    def _channels(self):
        """Codes of the channels by which a request may come."""
        return ("web", "counter", "phone", "email", "post", "mobile", "line")

    def action_publish(self):
        """Freeze a version and show the service to citizens.

        :raises UserError: listing everything that is missing
        """
        self.check_access("write")
        for service in self:
            problems = service._publish_problems()
            if problems:
                raise UserError(
                    self.env._(
                        "“%(service)s” cannot be published yet:\n%(problems)s",
                        service=service.name,
                        problems="\n".join(f"• {problem}" for problem in problems),
                    )
                )
            versions = self.env["lgo.service.version"].sudo()._append_only_permitted()
            version = versions.create(service._prepare_version_vals())
            version._keep_forms(service.document_ids)
            service.sudo().write({"published_version_id": version.id, "state": "published"})
        self.env["lgo.audit.log"]._log("service.publish", self)
        return True

    def action_suspend(self):
        """Take the service off the website; cases on their way go on."""
        self.check_access("write")
        self.sudo().write({"state": "suspended"})
        self.env["lgo.audit.log"]._log("service.suspend", self)
        return True

    # ------------------------------------------------------------ for the portal
    @api.model
    def _published_domain(self):
        """What a citizen may see: published services of the organisation."""
        return [("state", "=", "published"), ("company_id", "=", self.env.company.id)]

    @api.model
    def _shown_domain(self):
        """Services whose page a citizen may open: suspended ones say so."""
        return [("state", "!=", "draft"), ("company_id", "=", self.env.company.id)]

    def _filing_problems(self, channel, guest):
        """Why a request for this service cannot be filed now, as one sentence or ``""``.

        :param str channel: channel code
        :param bool guest: the citizen is not signed in
        """
        self.ensure_one()
        if self.state == "suspended":
            return self.env._("This service is suspended for the time being.")
        if self.state != "published" or not self.published_version_id:
            return self.env._("This service is not open for requests.")
        if not self[f"channel_{channel}"] or (channel == "web" and self.in_person_only):
            return self.env._("This service cannot be requested by this channel.")
        if guest and not self.guest_allowed:
            return self.env._("Please sign in to request this service.")
        return ""
