# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

TYPES = [
    ("access", "See my data or get a copy (s.30)"),
    ("correct", "Correct my data (s.35)"),
    ("erase", "Erase my data (s.33)"),
    ("restrict", "Restrict the use of my data (s.34)"),
    ("object", "Object to the use of my data (s.32)"),
    ("port", "Receive my data in a machine-readable form (s.31)"),
]
STATES = [
    ("received", "Received"),
    ("verified", "Identity checked"),
    ("answered", "Answered"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
OPEN_STATES = ("received", "verified")
MAX_TEXT = 5000
# set by the buttons, never by who files
BY_BUTTON = ("state", "verified_at", "verified_uid", "closed_at", "extended_days", "reminded_at")
# the law wants a record of these; they change by the buttons only
FROZEN = {
    "state",
    "partner_id",
    "type",
    "received_at",
    "date_due",
    "detail",
    "verified_at",
    "verified_uid",
    "closed_at",
    "extended_days",
    "reminded_at",
    "company_id",
    "name",
}


class LgoPrivacyRequest(models.Model):
    """Request of a person about own data (คำขอใช้สิทธิของเจ้าของข้อมูล).

    Source: PDPA B.E. 2562 s.30-36; s.30 par.4: to be fulfilled not later than 30 days after
    receipt; s.39(7): refusals and their reasons are recorded.
    """

    _name = "lgo.privacy.request"
    _description = "Personal data request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, index=True, ondelete="restrict"
    )
    type = fields.Selection(TYPES, string="Right", required=True, tracking=True)
    detail = fields.Text(help="What the person wants, in own words.")
    channel = fields.Selection(
        [("web", "Web"), ("counter", "Counter"), ("post", "Postal mail"), ("email", "E-mail")],
        required=True,
        default="counter",
    )
    received_at = fields.Datetime(
        string="Received on", required=True, default=fields.Datetime.now, copy=False
    )
    date_due = fields.Date(
        string="Answer by", compute="_compute_date_due", store=True, precompute=True, index=True
    )
    days_left = fields.Integer(compute="_compute_days_left")
    state = fields.Selection(
        STATES, required=True, default="received", readonly=True, copy=False, tracking=True
    )
    user_id = fields.Many2one(
        "res.users", string="Officer", tracking=True, groups="base.group_user"
    )
    identity_check = fields.Selection(
        [
            ("card", "ID card seen"),
            ("account", "Signed in with a verified account"),
            ("document", "Copy of a document"),
            ("agent", "Agent with power of attorney"),
        ],
        string="How the identity was checked",
        groups="base.group_user",
    )
    verified_at = fields.Datetime(string="Identity checked on", readonly=True, copy=False)
    verified_uid = fields.Many2one(
        "res.users", string="Checked by", readonly=True, copy=False, groups="base.group_user"
    )
    # The person reads these on the own page once the request is closed, never before: what is
    # being prepared must not leave to an account whose identity nobody has checked.
    decision = fields.Text(string="Answer", copy=False, groups="base.group_user")
    refusal_reason = fields.Text(
        copy=False,
        groups="base.group_user",
        help="Why it is refused, with the section of the law (recorded, s.39(7)).",
    )
    answer_file = fields.Binary(attachment=True, copy=False, groups="base.group_user")
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")
    answer_file_name = fields.Char(copy=False)
    closed_at = fields.Datetime(string="Closed on", readonly=True, copy=False)
    export_ids = fields.One2many(
        "lgo.privacy.export",
        "request_id",
        string="Copies of the data",
        readonly=True,
        groups="lgo_base.group_privacy_officer",
    )

    _creator_idx = models.Index("(create_uid)")
    _name_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'", "This request number is used already."
    )
    _open_idx = models.Index("(company_id, date_due) WHERE state IN ('received', 'verified')")

    @api.depends("received_at", "company_id")
    def _compute_date_due(self):
        local = self.with_context(tz="Asia/Bangkok")
        for record in self:
            days = record.company_id.sudo().lgo_privacy_request_days
            day = fields.Datetime.context_timestamp(local, record.received_at).date()
            record.date_due = day + timedelta(days=days)

    @api.depends("date_due", "state")
    def _compute_days_left(self):
        today = fields.Date.context_today(self.with_context(tz="Asia/Bangkok"))
        for record in self:
            still = record.state in OPEN_STATES and record.date_due
            record.days_left = (record.date_due - today).days if still else 0

    @api.constrains("detail")
    def _check_detail(self):
        for record in self:
            if len(record.detail or "") > MAX_TEXT:
                raise ValidationError(
                    self.env._("The text is too long: at most %(size)s characters.", size=MAX_TEXT)
                )

    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` closes no request."""
        values = super().default_get(fields_list)
        if not self.env.su:
            for name in BY_BUTTON:
                values.pop(name, None)
            if "state" in fields_list:
                values["state"] = "received"
        return values

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = (
                    self.env["ir.sequence"]
                    .sudo()
                    .with_company(company)
                    .next_by_code("lgo.privacy.request")
                ) or "/"
            if not self.env.su:
                for name in BY_BUTTON:
                    vals.pop(name, None)
        records = super().create(vals_list)
        self.env["lgo.audit.log"]._log("privacy.request.receive", records)
        return records

    def write(self, vals):
        if not self.env.su and FROZEN & vals.keys():
            raise UserError(self.env._("Use the buttons; what was received is not rewritten."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Requests on personal data are kept. Refuse or withdraw it."))

    def _move(self, sources, vals, action, detail=None):
        """Change the state; the only way it changes."""
        self.check_access("write")
        for record in self:
            if record.state not in sources:
                raise UserError(
                    self.env._("Request %(name)s is not in a state for this.", name=record.name)
                )
        self.sudo().write(vals)
        self.env["lgo.audit.log"]._log(action, self, detail=detail)

    def action_verify(self):
        """The officer is satisfied that the person is who they say."""
        self.check_access("write")
        if any(not record.identity_check for record in self):
            raise UserError(self.env._("Say how the identity was checked."))
        self._move(
            ("received",),
            {
                "state": "verified",
                "verified_at": fields.Datetime.now(),
                "verified_uid": self.env.uid,
            },
            "privacy.request.verify",
        )

    def action_make_export(self):
        """Let the job collect everything that is held on the person (ss. 30 and 31).

        :raises UserError: the identity was not checked yet
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "verified":
            raise UserError(self.env._("Check the identity of the person first."))
        self.env["lgo.privacy.export"]._order_export(self.partner_id, self.company_id, request=self)

    def action_answer(self):
        """Close with an answer; data leave only after the identity was checked."""
        self.check_access("write")
        if any(
            not (record.decision or record.answer_file or record._export_ready()) for record in self
        ):
            raise UserError(self.env._("Write the answer or attach the file."))
        self._move(
            ("verified",),
            {"state": "answered", "closed_at": fields.Datetime.now()},
            "privacy.request.answer",
        )

    def _export_ready(self):
        return any(export._is_available() for export in self.sudo().export_ids)

    def action_refuse(self):
        """Close with a refusal; the reason is recorded (s.39(7))."""
        self.check_access("write")
        if any(not (record.refusal_reason or "").strip() for record in self):
            raise UserError(self.env._("Write the reason for the refusal and its section."))
        self._move(
            OPEN_STATES,
            {"state": "refused", "closed_at": fields.Datetime.now()},
            "privacy.request.refuse",
        )

    def action_withdraw(self):
        """Close because the person no longer wants it."""
        self._move(
            OPEN_STATES,
            {"state": "withdrawn", "closed_at": fields.Datetime.now()},
            "privacy.request.withdraw",
        )

    @api.model
    def _file_online(self, user, type_, detail):
        """File the request of the signed-in ``user`` about own data; nobody else's.

        :param user: ``res.users``; the person is always its partner
        :param str type_: key of ``TYPES``
        :param str detail: own words
        :raises ValidationError: with a sentence for the form
        """
        if type_ not in dict(TYPES):
            raise ValidationError(self.env._("Choose which right you want to use."))
        detail = (detail or "").replace("\x00", "").strip()
        if len(detail) > MAX_TEXT:
            raise ValidationError(
                self.env._("The text is too long: at most %(size)s characters.", size=MAX_TEXT)
            )
        if type_ != "access" and not detail:
            raise ValidationError(self.env._("Write what should be changed or stopped, and why."))
        same = self.sudo().search_count(
            Domain("partner_id", "=", user.partner_id.id)
            & Domain("type", "=", type_)
            & Domain("detail", "=", detail or False)
            & Domain("state", "in", OPEN_STATES),
            limit=1,
        )
        if same:
            raise ValidationError(
                self.env._("You have filed this request already; it is being worked on.")
            )
        return self.sudo().create(
            {
                "partner_id": user.partner_id.id,
                "type": type_,
                "detail": detail or False,
                "channel": "web",
                "company_id": self.env.company.id,
            }
        )

    # ------------------------------------------------------------ personal data
    @api.model
    def _lgo_personal_data(self, partner):
        """Requests of the person; the answer once it was given."""
        requests = self.sudo().search([("partner_id", "=", partner.id)], order="id")
        return self._lgo_holding(
            requests,
            ["name", "type", "detail", "channel", "received_at", "date_due", "state", "closed_at"],
            extra=lambda request: (
                []
                if request.state in OPEN_STATES
                else [
                    (self.env._("Answer"), request.decision),
                    (self.env._("Reason"), request.refusal_reason),
                ]
            ),
        )
