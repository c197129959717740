# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Kind of letter -> the step of the case that its signature does.
STEPS = {"refusal": "reject", "return_of_request": "return"}
#: What an officer writes; everything else follows from the steps.
TEXTS = frozenset(
    {
        "kind", "subject", "reference", "enclosures", "facts", "law", "reasoning", "body",
        "appeal_authority", "appeal_days", "appeal_law", "res_model", "res_id",
    }
)  # fmt: skip


class LgoCaseLetter(models.Model):
    """A letter to the applicant: drafted by the officer, signed by who has the power.

    Administrative Procedure Act B.E. 2539, s. 37: an order in writing states facts, law and
    reasons; s. 40: and how, to whom and until when one may appeal, else the time to appeal grows
    to a year. Act B.E. 2558, s. 9: a request whose defects were not cured is returned with
    written reasons. What is issued never changes: a correction is a new letter in its place.
    """

    _name = "lgo.case.letter"
    _inherit = ["lgo.case.signing.mixin"]
    _description = "Letter of a Case"
    _order = "id"
    _rec_name = "subject"

    _forgotten = (
        "subject", "reference", "enclosures", "facts", "reasoning", "body",
    )  # fmt: skip

    state = fields.Selection(
        selection_add=[("draft", "Draft"), ("to_sign",)],
        ondelete={"draft": "cascade"},
        default="draft",
    )
    kind = fields.Selection(
        selection=[
            ("refusal", "Refusal"),
            ("return_of_request", "Return of the request"),
            ("decision_notice", "Result"),
        ],
        required=True,
    )
    subject = fields.Char(required=True)
    reference = fields.Text(help="Earlier letters (อ้างถึง), one a line.")
    enclosures = fields.Text(help="What is sent along (สิ่งที่ส่งมาด้วย), one a line.")
    facts = fields.Text(help="What was found (s. 37 (1)).")
    law = fields.Text(string="Grounds in law", help="Laws on which the decision rests (s. 37 (2)).")
    reasoning = fields.Text(help="Why the facts and the law lead to this decision (s. 37 (3)).")
    body = fields.Text(help="Paragraphs, separated by an empty line.")
    appeal_authority = fields.Char(help="To whom the applicant may appeal.")
    appeal_days = fields.Integer(help="Days from the day on which the applicant was told.")
    appeal_law = fields.Char(string="Law of the appeal")
    replaces_id = fields.Many2one(
        comodel_name="lgo.issued.document",
        string="Corrects",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    written_by_id = fields.Many2one(
        comodel_name="res.users", readonly=True, default=lambda self: self.env.user
    )

    _to_sign_idx = models.Index("(id) WHERE state = 'to_sign'")
    _appeal_days_range = models.Constraint(
        "CHECK (appeal_days BETWEEN 0 AND 3650)", "The days to appeal must be positive."
    )

    # ------------------------------------------------------------ drafting
    @api.model
    def default_get(self, fields_list):
        """Subject and right of appeal from the service of the case.

        A default from the context or from ``ir.default`` signs nothing and names no other writer.
        """
        values = super().default_get(fields_list)
        if not self.env.su:
            values = {name: value for name, value in values.items() if name in TEXTS}
            own = {"state": "draft", "written_by_id": self.env.uid}
            values.update((name, own[name]) for name in own.keys() & set(fields_list))
        model, case_id = values.get("res_model"), values.get("res_id")
        if not (model and case_id):
            return values
        case = self.env["lgo.case.register"]._case_model(model).browse(case_id)
        for name, value in self._proposal(case, values.get("kind")).items():
            if name in fields_list:
                values.setdefault(name, value)
        return values

    @api.model
    def _proposal(self, case, kind):
        """What a new letter of ``case`` says until the officer writes it."""
        case.check_access("read")
        service = case.service_id
        words = {
            "refusal": "ไม่อนุญาตตามคำขอ",
            "return_of_request": "คืนคำขอ",
            "decision_notice": "แจ้งผลการพิจารณา",
        }
        values = {
            "subject": f"{words.get(kind, '')} {service.name}".strip(),
            "appeal_authority": service.appeal_authority or case._executive_post().name,
            "appeal_days": service.appeal_days,
            "appeal_law": service.appeal_law,
        }
        defect = case.sudo().defect_ids[-1:]
        if kind == "refusal":
            values["law"] = service.legal_basis
        elif kind == "return_of_request" and defect:
            parts = (defect.defects, defect.missing_documents)
            values["facts"] = "ท่านยังมิได้ดำเนินการดังต่อไปนี้\n" + "\n".join(filter(None, parts))
        return values

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.res_model and self.res_id and self.kind:
            self.update(self._proposal(self._case(), self.kind))

    @api.model
    def _prepare_result(self, case):
        """The result letter of ``case`` from the text of its service, given to who signs it."""
        case.ensure_one()
        service = case.service_id.with_context(lang="th_TH")
        letter = self.sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "kind": "decision_notice",
                **self._proposal(case, "decision_notice"),
                "body": service._fill_letter(service.result_letter_text, case),
                "written_by_id": self.env.uid,
            }
        )
        if service.result_letter_subject:
            letter.subject = service._fill_letter(service.result_letter_subject, case)
        letter._ask()
        return letter

    @api.model_create_multi
    def create(self, vals_list):
        complete = []
        for vals in vals_list:
            if not self.env.su:
                self._refuse(vals.keys() - TEXTS)
            model = self.env["lgo.case.register"]._case_model(vals.get("res_model"))
            case = model.browse(vals.get("res_id"))
            complete.append({**self._proposal(case, vals.get("kind")), **vals})
        return super().create(complete)

    def write(self, vals):
        if not self.env.su:
            self._refuse(vals.keys() - TEXTS)
            if any(letter.state != "draft" for letter in self):
                raise UserError(
                    self.env._(
                        "Only a draft is changed. Take the letter back, or correct an issued one"
                        " by a new letter."
                    )
                )
        return super().write(vals)

    @api.model
    def _refuse(self, names):
        if names:
            raise AccessError(
                self.env._(
                    "%(fields)s of a letter cannot be set directly; use its buttons.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        if name in self._fields
                        else name
                        for name in sorted(names)
                    ),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(letter.state != "draft" for letter in self):
            raise UserError(self.env._("Only a draft is deleted."))

    # ------------------------------------------------------------ to sign
    def _signing_kind(self):
        return self.kind

    def _problems(self):
        """What the law misses in the letter, as sentences."""
        self.ensure_one()
        refusal = self.kind == "refusal"
        decision = self.kind in STEPS
        appeal = bool((self.appeal_authority or "").strip()) and self.appeal_days > 0
        wanted = [
            (self.facts or not decision, self.env._("Write the facts.")),
            (self.law or not refusal, self.env._("Name the law.")),
            (self.reasoning or not refusal, self.env._("Write the reasoning.")),
            (self.body or decision, self.env._("Write the text.")),
            (
                appeal or not decision,
                self.env._("Say to whom and within how many days the applicant may appeal."),
            ),
        ]
        return [
            sentence
            for value, sentence in wanted
            if not (value.strip() if isinstance(value, str) else value)
        ]

    def action_ask(self):
        """The draft is ready: give it to who may sign."""
        for letter in self:
            letter._case().check_access("write")
            letter._ask()
        return True

    def _ask(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft is given to sign."))
        problems = self._problems()
        if not self._case()._case_paper(self.kind):
            problems.append(self.env._("Cases of this kind have no such letter."))
        if problems:
            raise UserError("\n".join(f"• {problem}" for problem in problems))
        if not self.replaces_id and self.kind in STEPS:
            self._check_step(self._case())
        self.sudo().state = "to_sign"
        self._ask_signer()

    def _check_step(self, case):
        """The decision of the letter must still be possible in the state of the case."""
        transition = case._case_transition(STEPS[self.kind])
        if case.state not in transition.source:
            raise UserError(
                self.env._(
                    "“%(step)s” is not possible while the case is “%(state)s”.",
                    step=self.env._(transition.label),
                    state=case.state_public,
                )
            )
        return transition.code

    def action_take_back(self):
        """Back to a draft, to be written anew."""
        for letter in self:
            letter._case().check_access("write")
        self._lock_open()
        self.sudo().state = "draft"
        self._end_sign_task()
        return True

    def action_sign(self):
        """Sign as the user, do the step of the case, issue and send.

        :raises AccessError: the user has not the power
        """
        self.check_access("read")
        for letter in self:
            letter._sign(letter._signing_capacity())
        return True

    def _sign(self, capacity):
        self.ensure_one()
        self._lock_open()
        letter = self.sudo()
        case = self._case()
        letter.write(
            {
                "state": "signed",
                "signed_by_id": self.env.uid,
                "signed_at": fields.Datetime.now(),
            }
        )
        letter._end_sign_task()
        if self.kind in STEPS and not self.replaces_id:
            code = self._check_step(case)
            # the power to sign was checked; it carries the step whatever groups the signer has
            case.sudo()._transition(code, reason=self.reasoning or self.facts)
        else:
            case._notify_applicant("case_letter", {"letter": letter})
        self.env["lgo.case.event"]._add(
            case,
            "letter",
            self.env._("A letter was sent to you: %(subject)s", subject=self.subject),
            public=True,
        )
        letter.document_id = case.with_context(lgo_letter_id=self.id)._issue_document(
            self.kind, signers=[capacity], replaces=self.replaces_id
        )
        letter._check_document()

    # ------------------------------------------------------------ later
    def action_correct(self):
        """Write a new letter in place of this issued one."""
        self.ensure_one()
        case = self._case()
        case.check_access("write")
        if self.state != "signed" or self.document_id.sudo().state != "valid":
            raise UserError(self.env._("Only a valid issued letter is corrected."))
        values = {name: self[name] for name in TEXTS}
        new = self.sudo().create(
            {**values, "replaces_id": self.document_id.id, "written_by_id": self.env.uid}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": new.id,
            "views": [(False, "form")],
        }

    def action_preview(self):
        """Print the letter as it would look, without number and signature."""
        self.ensure_one()
        case = self._case()
        report = case._case_paper(self.kind)
        if not report:
            raise UserError(self.env._("Cases of this kind have no such letter."))
        return report.with_context(lgo_letter_id=self.id).report_action(case, config=False)
