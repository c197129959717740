# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from odoo.addons.lgo_base.tools.case_machine import State, Transition

_lt = LazyTranslate(__name__)

CLERK = "lgo_base.group_clerk"
OFFICER = "lgo_base.group_staff"
HEAD = "lgo_base.group_unit_head"
CLERK_OR_HEAD = f"{CLERK},{HEAD}"


class LgoOssRequest(models.Model):
    """A request or field complaint of a citizen at the one-stop centre.

    States follow the life-cycle of a request under the Licensing Facilitation Act B.E. 2558
    (check, defects once, decision in the time of the manual, telling within 7 days) and the
    practice of repair requests (assigned, in progress, resolved, confirmed).
    """

    _name = "lgo.oss.request"
    _inherit = ["lgo.case.field.mixin"]
    _description = "Citizen's Request"
    _case_type = 1
    _case_report_prefix = "lgo_oss.action_report_oss_request"

    _case_states = (
        State("draft", _lt("Draft"), public=_lt("Not sent yet")),
        State(
            "submitted",
            _lt("To check"),
            public=_lt("Received, being checked"),
            clocks=("check",),
        ),
        State(
            "incomplete",
            _lt("Waiting for applicant"),
            public=_lt("Please correct or add documents"),
            clocks=("citizen",),
        ),
        State("accepted", _lt("Accepted"), public=_lt("Accepted"), clocks=("decision",)),
        State(
            "processing",
            _lt("In progress"),
            public=_lt("Being worked on"),
            clocks=("decision",),
        ),
        State(
            "waiting",
            _lt("Waiting"),
            public=_lt("Waiting for material or another agency"),
            clocks=("decision",),
        ),
        State("resolved", _lt("Resolved"), public=_lt("Done"), clocks=("notice",)),
        State("completed", _lt("Completed"), public=_lt("Completed"), final=True),
        State("rejected", _lt("Refused"), public=_lt("Not accepted"), final=True),
        State("returned", _lt("Returned"), public=_lt("Returned to you"), final=True),
        State("withdrawn", _lt("Withdrawn"), public=_lt("Withdrawn by you"), final=True),
        State(
            "forwarded",
            _lt("Forwarded"),
            public=_lt("Forwarded to another agency"),
            final=True,
        ),
        State("merged", _lt("Joined"), public=_lt("Joined with another report"), final=True),
    )
    _case_transitions = (
        Transition(
            "submit",
            _lt("File"),
            source=("draft",),
            target="submitted",
            groups=CLERK,
            portal=True,
            guard="_guard_submit",
            before="_before_submit",
            after="_after_submit",
            message=_lt("We have received your request."),
        ),
        Transition(
            "accept",
            _lt("Accept"),
            source=("submitted",),
            target="accepted",
            groups=CLERK_OR_HEAD,
            guard="_guard_accept",
            after="_after_accept",
            message=_lt("Your request is complete. Work on it begins."),
        ),
        Transition(
            "ask_applicant",
            _lt("Ask the applicant"),
            source=("submitted",),
            target="incomplete",
            groups=CLERK_OR_HEAD,
            guard="_guard_ask_applicant",
            after="_after_ask_applicant",
            message=_lt("Something is missing. Please read the record of defects."),
        ),
        Transition(
            "cure",
            _lt("Defects cured"),
            source=("incomplete",),
            target="submitted",
            groups=CLERK_OR_HEAD,
            portal=True,
            after="_after_cure",
            message=_lt("Your corrections have arrived."),
        ),
        Transition(
            "return",
            _lt("Return the request"),
            source=("incomplete",),
            target="returned",
            groups=CLERK_OR_HEAD,
            guard="_guard_return",
            after="_after_final",
            message=_lt("The request was returned because the defects were not cured in time."),
            reason=True,
        ),
        Transition(
            "start",
            _lt("Start work"),
            source=("accepted", "waiting"),
            target="processing",
            groups=OFFICER,
            guard="_guard_assigned",
            message=_lt("An officer is working on your request."),
        ),
        Transition(
            "wait",
            _lt("Wait"),
            source=("accepted", "processing"),
            target="waiting",
            groups=OFFICER,
            message=_lt("The work waits for material, budget or another agency."),
            reason=True,
        ),
        Transition(
            "resolve",
            _lt("Resolved"),
            source=("accepted", "processing", "waiting"),
            target="resolved",
            groups=OFFICER,
            guard="_guard_resolve",
            after="_after_resolve",
            message=_lt("The work is done."),
        ),
        Transition(
            "complete",
            _lt("Close"),
            source=("resolved",),
            target="completed",
            groups=OFFICER,
            portal=True,
            message=_lt("The case is closed. Thank you."),
        ),
        Transition(
            "reopen",
            _lt("Reopen"),
            source=("resolved", "completed"),
            target="processing",
            groups=CLERK_OR_HEAD,
            portal=True,
            guard="_guard_reopen",
            message=_lt("The case was reopened."),
            reason=True,
        ),
        Transition(
            "reject",
            _lt("Refuse"),
            source=("submitted", "accepted", "processing", "waiting"),
            target="rejected",
            groups=CLERK_OR_HEAD,
            guard="_guard_reject",
            after="_after_final",
            message=_lt("The request cannot be accepted."),
            reason=True,
        ),
        Transition(
            "forward",
            _lt("Forward to another agency"),
            source=("submitted", "accepted", "processing", "waiting"),
            target="forwarded",
            groups=CLERK_OR_HEAD,
            guard="_guard_forward",
            after="_after_forward",
            message=_lt("The request was forwarded to the agency in charge."),
        ),
        Transition(
            "withdraw",
            _lt("Withdraw"),
            source=("submitted", "incomplete", "accepted"),
            target="withdrawn",
            groups=CLERK,
            portal=True,
            message=_lt("The request was withdrawn."),
            reason=True,
        ),
        Transition(
            "merge",
            _lt("Join"),
            source=("submitted", "accepted", "processing", "waiting"),
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
            target="submitted",
            groups=CLERK_OR_HEAD,
            before="_before_unmerge",
            message=_lt("Your report is looked at by itself again."),
        ),
    )

    after_attachment_ids = fields.Many2many(relation="lgo_oss_request_after_attachment_rel")
    duplicate_of_id = fields.Many2one(
        comodel_name="lgo.oss.request",
        string="Joined with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The case that goes on; this one follows it.",
    )
    duplicate_ids = fields.One2many(
        comodel_name="lgo.oss.request", inverse_name="duplicate_of_id", string="Joined cases"
    )

    # ------------------------------------------------------------ guards
    def _guard_submit(self):  # pylint: disable=missing-return
        super()._guard_submit()
        self._check_described()

    def _guard_accept(self):
        """Complete means: every required document is there and none waits for correction."""
        self._check_agent_power()
        open_documents = self.document_ids.filtered(
            lambda document: (
                (document.required and document.state == "missing") or document.state == "rejected"
            )
        )
        if open_documents:
            raise UserError(
                self.env._(
                    "These documents are not complete yet: %(documents)s. Ask the applicant, or"
                    " mark them as not needed.",
                    documents=", ".join(open_documents.mapped("name")),
                )
            )

    def _guard_ask_applicant(self):
        if not self.defect_ids.filtered(lambda record: not record.cured_at):
            raise UserError(self.env._("Write the record of defects first."))

    def _guard_return(self):
        defect = self.defect_ids[-1:]
        if defect.date_cure >= fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The applicant still has time until %(date)s.",
                    date=self.env["ir.qweb.field.date"].value_to_html(defect.date_cure, {}),
                )
            )
        self._guard_letter("return_of_request")

    def _guard_reject(self):
        self._guard_letter("refusal")

    # ------------------------------------------------------------ after a step
    def _after_accept(self):
        self._route("accept")
        self._issue_document("receipt_of_request")
        self._notify_applicant("case_accepted")

    def _after_ask_applicant(self):
        self.defect_ids[-1:]._issue_record()
        self._notify_applicant("case_incomplete")

    def _after_cure(self):
        self.defect_ids.filtered(lambda record: not record.cured_at).sudo().write(
            {"cured_at": fields.Datetime.now()}
        )

    # ------------------------------------------------------------ buttons
    def action_write_defects(self):
        """Open the dialog that writes the single record of defects."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record of defects"),
            "res_model": "lgo.case.defect.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }
