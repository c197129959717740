# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools import thai, thai_search
from odoo.addons.lgo_base.tools.case_machine import State, Transition

_lt = LazyTranslate(__name__)

REGISTRAR = "lgo_eoffice.group_saraban"
WRITERS = "lgo_base.group_staff"
CLOSERS = (
    "lgo_eoffice.group_saraban,lgo_eoffice.group_unit_saraban,lgo_base.group_unit_head,"
    "lgo_base.group_executive"
)
#: What stands in the search text of a letter.
SEARCHED = ("doc_no", "subject", "from_text", "to_text", "summary", "content_text")
#: The same of a secret one: what lists show to the persons named, so that no word of its content
#: is found out by searching.
SEARCHED_SECRET = ("doc_no", "subject", "from_text", "to_text")
#: Letters of the text of a paper that are searched: some hundred pages.
SEARCHED_LENGTH = 200_000
#: Fields that only the machine, the registers and the signing write.
PROTECTED = frozenset(
    {
        "state", "register_entry_id", "receive_no", "received_at", "send_no", "numbered_at",
        "sent_at", "signed_at", "signed_by_id", "document_id", "closed_at", "doc_no_key",
        "holder_post_id", "holder_unit_id", "holder_user_id", "unit_ids",
    }
)  # fmt: skip
OPEN_RECEIVED = ("registered", "routed", "ordered", "in_progress")


class LgoEofficeLetter(models.Model):
    """An official document: received, sent, internal, order or announcement.

    ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ and its amendments to (No. 4) B.E. 2564: making,
    receiving, sending, keeping, lending and destroying of official documents. Names of agencies
    are kept as text beside the link, so that a later change of name does not rewrite history.
    """

    _name = "lgo.eoffice.letter"
    _inherit = ["lgo.case.machine.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Official Document"
    _order = "id desc"
    _rec_names_search = ["doc_no", "subject"]

    _machine_audit = "letter"
    _case_protected = PROTECTED
    _case_states = (
        State("draft", _lt("Draft")),
        State("new", _lt("To register"), initial=True),
        State("registered", _lt("Registered")),
        State("routed", _lt("Passed on")),
        State("ordered", _lt("Ordered")),
        State("in_progress", _lt("In progress")),
        State("done", _lt("Done")),
        State("review", _lt("In review")),
        State("to_sign", _lt("To sign")),
        State("numbered", _lt("Signed and numbered")),
        State("sent", _lt("Sent")),
        State("closed", _lt("Closed"), final=True),
        State("rejected", _lt("Refused"), final=True),
        State("cancelled", _lt("Cancelled"), final=True),
    )
    _case_transitions = (
        Transition(
            "register", _lt("Register the letter"), ("new",), "registered", groups=REGISTRAR,
            guard="_guard_register", before="_take_receive_number",
        ),
        Transition(
            "reject", _lt("Refuse"), ("new",), "rejected", groups=REGISTRAR, reason=True
        ),
        Transition("route", _lt("Pass on"), OPEN_RECEIVED, "routed"),
        Transition("order", _lt("Give the order"), OPEN_RECEIVED, "ordered"),
        Transition("start", _lt("Begin"), OPEN_RECEIVED, "in_progress"),
        Transition("finish", _lt("Done"), OPEN_RECEIVED, "done"),
        Transition("submit", _lt("Submit for review"), ("draft", "review"), "review"),
        Transition("ask_signature", _lt("Submit for signature"), ("draft", "review"), "to_sign"),
        Transition("give_back", _lt("Return to the writer"), ("review", "to_sign"), "draft"),
        Transition("number", _lt("Sign and number"), ("draft", "review", "to_sign"), "numbered"),
        Transition(
            "send", _lt("Sent"), ("numbered",), "sent",
            groups=f"{REGISTRAR},lgo_eoffice.group_unit_saraban", before="_before_send",
        ),
        Transition(
            "close", _lt("Close the letter"), ("registered", "done", "numbered", "sent"), "closed",
            groups=CLOSERS, guard="_guard_close", before="_before_close",
        ),
        Transition(
            "reopen", _lt("Reopen"), ("done", "closed"), "in_progress", groups=CLOSERS,
            guard="_guard_reopen", reason=True,
        ),
        Transition(
            "cancel", _lt("Cancel"),
            ("draft", "new", "review", "to_sign", *OPEN_RECEIVED, "done", "numbered", "sent"),
            "cancelled", groups=f"{REGISTRAR},{WRITERS}", guard="_guard_cancel",
            after="_after_cancel", reason=True,
        ),
    )  # fmt: skip

    subject = fields.Char(
        required=True, tracking=True,
        help="The shortest gist; for a matter that goes on, the subject of the earlier letter.",
    )  # fmt: skip
    kind_id = fields.Many2one(
        comodel_name="lgo.eoffice.kind", required=True, index=True,
        ondelete="restrict", default=lambda self: self._default_kind(),
    )  # fmt: skip
    kind_code = fields.Char(related="kind_id.code")
    direction = fields.Selection(
        [
            ("in", "Received"),
            ("out", "Outgoing"),
            ("internal", "Internal"),
            ("order", "Order"),
            ("announce", "Announcement"),
        ],
        compute="_compute_direction",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    is_circular = fields.Boolean(
        string="Circular", help="One content to many recipients; numbered with ว (ข้อ ๓๒)."
    )
    company_id = fields.Many2one(
        comodel_name="res.company", string="Organisation", required=True, index=True,
        readonly=True, default=lambda self: self.env.company,
    )  # fmt: skip
    # what stands on the paper
    doc_no = fields.Char(
        string="Number", copy=False,
        help="As printed on a received letter; given by the register to an own one.",
    )  # fmt: skip
    doc_no_key = fields.Char(compute="_compute_doc_no_key", store=True, index="btree_not_null")
    doc_date = fields.Date(string="Dated", copy=False, index="btree_not_null")
    agency_id = fields.Many2one(
        comodel_name="lgo.eoffice.agency", index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    from_text = fields.Char(
        string="From", compute="_compute_from_text", store=True, readonly=False,
        help="Post or agency, or the person when there is no post.",
    )  # fmt: skip
    to_text = fields.Char(string="To", compute="_compute_to_text", store=True, readonly=False)
    salutation_id = fields.Many2one(
        comodel_name="lgo.eoffice.salutation", string="Form of address",
        compute="_compute_salutation_id", store=True, readonly=False, ondelete="restrict",
    )  # fmt: skip
    salutation = fields.Char(compute="_compute_salutation", store=True, readonly=False)
    addressee = fields.Char(compute="_compute_addressee", store=True, readonly=False)
    closing = fields.Char(
        string="Complimentary close", compute="_compute_salutation", store=True, readonly=False
    )
    body = fields.Html(sanitize_attributes=True, sanitize_style=True, strip_classes=True)
    summary = fields.Text(help="Gist of a received letter, and what else the register notes.")
    # In front of the parts: Odoo fills these fields in the order in which they stand here, and
    # whoever writes a secret letter must be named on it before its parts ask who may write it.
    access_user_ids = fields.Many2many(
        comodel_name="res.users", relation="lgo_eoffice_letter_access_rel", string="May open it",
        copy=False,
    )  # fmt: skip
    reference_ids = fields.One2many("lgo.eoffice.reference", "letter_id", string="References")
    enclosure_ids = fields.One2many(
        "lgo.eoffice.enclosure", "letter_id", string="Enclosures", copy=True
    )
    recipient_ids = fields.One2many(
        "lgo.eoffice.recipient", "letter_id", string="Recipients", copy=True
    )
    main_attachment_id = fields.Many2one(
        comodel_name="ir.attachment", string="File of the letter", copy=False,
        index="btree_not_null",
        help="PDF of the letter; of an own one the signed file.",
    )  # fmt: skip
    content_text = fields.Text(string="Text", copy=False, help="Text of the paper, for searching.")
    search_text = fields.Text(compute="_compute_search_text", store=True)
    # handling
    urgency = fields.Selection(
        [
            ("normal", "Normal"),
            ("urgent", "Urgent"),
            ("very_urgent", "Very urgent"),
            ("most_urgent", "Most urgent"),
        ],
        required=True,
        default="normal",
        tracking=True,
    )
    deliver_by = fields.Datetime(
        string="Urgent: to arrive by", tracking=True,
        help="The letter has to reach its recipient by this day and time (ข้อ ๒๘).",
    )  # fmt: skip
    due_at = fields.Datetime(string="To be done by", index="btree_not_null", tracking=True)
    owner_unit_id = fields.Many2one(
        comodel_name="hr.department", string="Unit of the matter", index="btree_not_null",
        ondelete="restrict", default=lambda self: self._default_owner_unit(), tracking=True,
    )  # fmt: skip
    owner_user_id = fields.Many2one(
        comodel_name="res.users", string="Officer", index="btree_not_null", ondelete="restrict",
        default=lambda self: self._default_owner_user(), tracking=True,
    )  # fmt: skip
    contact_phone = fields.Char()
    signer_post_id = fields.Many2one(
        comodel_name="lgo.post", string="To be signed by", index="btree_not_null",
        ondelete="restrict",
    )  # fmt: skip
    reply_to_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", string="Answer to", index="btree_not_null", copy=False
    )
    reply_ids = fields.One2many("lgo.eoffice.letter", "reply_to_id", string="Answers")
    stamped_reason = fields.Selection(
        [
            ("details", "Asks for details"),
            ("things", "Sends copies, things or documents"),
            ("acknowledge", "Acknowledges what is not about important business or money"),
            ("results", "Tells results already achieved"),
            ("remind", "Reminds"),
            ("ordered", "A matter that the head ordered to use this form"),
        ],
        string="Why a stamped letter",
        help="ข้อ ๑๓: a stamped letter stands in only for these.",
    )
    unit_ids = fields.Many2many(
        comodel_name="hr.department", string="Units that have it", readonly=True, copy=False
    )
    copy_ids = fields.One2many("lgo.eoffice.copy", "letter_id", string="Where it lies")
    endorsement_ids = fields.One2many("lgo.eoffice.endorsement", "letter_id", string="Notes")
    version_ids = fields.One2many("lgo.eoffice.version", "letter_id", string="Versions")
    holder_post_id = fields.Many2one(
        comodel_name="lgo.post", string="In front of", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    holder_unit_id = fields.Many2one(
        comodel_name="hr.department", string="Lies in", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    holder_user_id = fields.Many2one(
        comodel_name="res.users", string="In the hands of", readonly=True, copy=False,
        index="btree_not_null", ondelete="restrict",
    )  # fmt: skip
    result = fields.Char(string="What was done", tracking=True, help="การปฏิบัติ in the register.")

    _list_idx = models.Index("(company_id, direction, state, id DESC)")

    # ------------------------------------------------------------ defaults
    @api.model
    def _default_kind(self):
        code = self.env.context.get("default_kind_code", "EXT")
        return self.env["lgo.eoffice.kind"].search([("code", "=", code)], limit=1)

    @api.model
    def _default_owner_unit(self):
        if self.env.context.get("default_direction") == "in":
            return False
        return self.env.user.employee_id.department_id

    @api.model
    def _default_owner_user(self):
        return False if self.env.context.get("default_direction") == "in" else self.env.user

    @api.model
    def default_get(self, fields_list):
        """A new letter begins where its direction begins."""
        values = super().default_get(fields_list)
        if "state" in values:
            values["state"] = self._initial_state(
                values.get("direction") or self.env.context.get("default_direction")
            )
        return values

    @api.model
    def _initial_state(self, direction):
        return "new" if direction == "in" else "draft"

    # ------------------------------------------------------------ computed
    @api.depends("kind_id")
    def _compute_direction(self):
        for letter in self:
            letter.direction = letter.direction or letter.kind_id.direction or "out"

    @api.depends("doc_no")
    def _compute_doc_no_key(self):
        for letter in self:
            letter.doc_no_key = letter._normalise_no(letter.doc_no) or False

    @api.depends("agency_id", "direction")
    def _compute_from_text(self):
        for letter in self:
            if letter.direction == "in":
                letter.from_text = letter.from_text or letter.agency_id.name
            else:
                letter.from_text = letter.from_text or letter.company_id.name

    @api.depends("agency_id", "direction", "addressee")
    def _compute_to_text(self):
        for letter in self:
            if letter.direction == "in":
                letter.to_text = letter.to_text or letter._executive_title()
            else:
                letter.to_text = letter.to_text or letter.addressee or letter.agency_id.head_title

    @api.depends("agency_id")
    def _compute_salutation_id(self):
        for letter in self:
            letter.salutation_id = letter.agency_id.salutation_id or letter.salutation_id

    @api.depends("salutation_id", "kind_id")
    def _compute_salutation(self):
        for letter in self:
            letter.salutation = letter.salutation_id.salutation or letter.salutation or "เรียน"
            closing = letter.salutation_id.closing or letter.closing or "ขอแสดงความนับถือ"
            letter.closing = closing if letter.kind_id.has_closing else False

    @api.depends("agency_id")
    def _compute_addressee(self):
        for letter in self:
            agency = letter.agency_id
            letter.addressee = letter.addressee or agency.head_title or agency.name

    @api.depends("secrecy", *SEARCHED)
    def _compute_search_text(self):
        for letter in self:
            names = SEARCHED_SECRET if letter.is_secret else SEARCHED
            words = [letter[name][:SEARCHED_LENGTH] for name in names if letter[name]]
            letter.search_text = thai_search.normalise(" ".join(words))

    @api.depends("doc_no", "subject")
    def _compute_display_name(self):
        for letter in self:
            letter.display_name = " ".join(filter(None, (letter.doc_no, letter.subject)))

    def _executive_title(self):
        """Title of the executive of the organisation, to whom received letters are addressed."""
        return self._executive_post().sudo().name

    def _executive_post(self):
        """The post of the executive of the organisation."""
        domain = [("kind", "=", "executive"), ("company_id", "=", self.company_id.id)]
        return self.env["lgo.post"].sudo().search(domain, limit=1).with_env(self.env)

    @api.model
    def _normalise_no(self, text):
        """A number as it is compared: Arabic digits, no spaces ("ชม ๕๒๓๐๑/ว ๙" → "ชม52301/ว9")."""
        return self.env["lgo.register"]._normalise(text)

    # ------------------------------------------------------------ checks
    @api.constrains("doc_date")
    def _check_doc_date(self):
        today = thai.local_date(fields.Datetime.now())
        for letter in self:
            if letter.doc_date and letter.doc_date > today:
                raise ValidationError(
                    self.env._("The letter is dated tomorrow or later. Check the date.")
                )

    @api.constrains("kind_id", "stamped_reason", "direction", "state")
    def _check_stamped_reason(self):
        for letter in self:
            if (
                letter.kind_id.code == "STP"
                and letter.direction != "in"
                and letter.state not in ("draft", "cancelled")
                and not letter.stamped_reason
            ):
                raise ValidationError(
                    self.env._(
                        "Say why a stamped letter may stand in for a signed one (ข้อ ๑๓), or use "
                        "an external letter."
                    )
                )

    # ------------------------------------------------------------ writing
    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_from_machine():
            protected = self._protected_names() - {"state"}
            for vals in vals_list:
                self._refuse_protected({name for name in protected if vals.get(name)})
        complete = []
        for vals in vals_list:
            direction = vals.get("direction") or self.env.context.get("default_direction")
            if not direction and vals.get("kind_id"):
                direction = self.env["lgo.eoffice.kind"].browse(vals["kind_id"]).direction
            state = self._initial_state(direction)
            if not self._is_from_machine() and vals.get("state", state) != state:
                self._refuse_protected({"state"})
            if direction == "in":
                # whoever enters it for the registry does not own the matter
                vals = {"owner_unit_id": False, "owner_user_id": False, **vals}
            units = [vals["owner_unit_id"]] if vals.get("owner_unit_id") else []
            complete.append({"state": state, **vals, "unit_ids": [fields.Command.set(units)]})
        letters = super(LgoEofficeLetter, self._from_machine()).create(complete)
        letters = letters.with_env(self.env)
        for letter in letters:
            unit = letter.owner_unit_id
            if unit and unit not in letter.unit_ids:
                letter._add_units(unit)
        return letters

    def write(self, vals):
        if not self._is_from_machine():
            self._refuse_frozen(vals)
        done = super().write(vals)
        if vals.get("owner_unit_id"):
            self._add_units(self.env["hr.department"].browse(vals["owner_unit_id"]))
        return done

    def _add_units(self, units):
        """Let units see the letters from now on."""
        for letter in self:
            if units - letter.sudo().unit_ids:
                letter._from_machine().sudo().write(
                    {"unit_ids": [fields.Command.link(unit.id) for unit in units]}
                )

    def _write_event(self, transition, before, reason):
        """The history is in the notes and the audit trail; a reason goes to the chatter."""
        if reason:
            self.message_post(body=reason, subject=self.env._(transition.label))

    def action_transition(self):
        """Button: the transition named in the context; a reason is asked for where one is due."""
        return super().action_transition()
