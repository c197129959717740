# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .lgo_case_answer import TOKEN

ESCALATION = "lgo_base.mail_activity_type_escalation"


class LgoCaseWorkMixin(models.AbstractModel):
    """What the office does with a case besides its states: routes, visits, answers, next case."""

    _name = "lgo.case.work.mixin"
    _inherit = ["lgo.case.bulk.mixin", "lgo.case.assignment.mixin", "lgo.case.clock.mixin"]
    _description = "Work on a Case"

    visit_ids = fields.One2many(
        comodel_name="lgo.case.visit",
        inverse_name="res_id",
        string="Site visits",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    canned_answer_id = fields.Many2one(
        comodel_name="lgo.case.answer",
        string="Canned answer",
        store=False,
        groups="base.group_user",
        help="Puts a ready text into the result. In the result itself, two colons and the short "
        "word of the answer do the same: ::word",
    )

    # ------------------------------------------------------------ routing
    def _route(self, moment):
        """Give the case to the unit and officer that the first fitting rule names.

        A unit that a person chose instead of the one of the service stays; so does an officer.

        :param str moment: ``submit`` or ``accept``
        :return: the ``lgo.case.route`` that was used, in sudo; may be empty
        """
        self.ensure_one()
        case = self.sudo()
        rule = self.env["lgo.case.route"].sudo()._find(moment=moment, **case._route_facts())
        if not rule:
            return rule
        vals = {}
        if case.unit_id == case.service_id.unit_id or not case.unit_id:
            vals["unit_id"] = rule.unit_id.id
        if not case.user_id and vals.get("unit_id", case.unit_id.id) == rule.unit_id.id:
            vals["user_id"] = rule._choose_officer().id
        vals = {name: value for name, value in vals.items() if case[name].id != value}
        if vals:
            # a rule of the office gives the case, whoever files or accepts it
            case.with_context(lgo_assign_reason=self.env._("Rule: %(rule)s", rule=rule.name)).write(
                vals
            )
        return rule

    def _route_facts(self):
        """What rules look at: keyword arguments of ``lgo.case.route._find``."""
        self.ensure_one()

        def value(name):
            return self[name] if name in self._fields else False

        return {
            "company": self.company_id,
            "service": self.service_id,
            "channel": self.channel,
            "latitude": value("latitude") or 0.0,
            "longitude": value("longitude") or 0.0,
            "place": value("location_text") or "",
            "subdistrict": self.partner_id.lgo_subdistrict_id,
        }

    # ------------------------------------------------------------ canned answers
    @api.onchange("outcome")
    def _onchange_outcome_shortcut(self):
        """``::word`` in the result becomes the ready text of that word."""
        if "outcome" in self._fields and TOKEN.search(self.outcome or ""):
            self.outcome = self.env["lgo.case.answer"]._expand(self.outcome, self)

    @api.onchange("canned_answer_id")
    def _onchange_canned_answer_id(self):
        if self.canned_answer_id:
            text = self.canned_answer_id._render_for(self)
            self.outcome = "\n".join(filter(None, (self.outcome, text)))
            self.canned_answer_id = False

    # ------------------------------------------------------------ escalation
    def _clock_sync(self, state):  # pylint: disable=missing-return
        """Decided: nobody is reminded of the case any more."""
        super()._clock_sync(state)
        if "decision" not in (*state.clocks, *state.pauses):
            self.sudo().activity_feedback([ESCALATION])

    # ------------------------------------------------------------ buttons
    def action_accept_documents(self):
        """Button: every document that was handed in is right."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head"):
            raise AccessError(self.env._("Only the service centre checks the documents."))
        self.document_ids.filtered(lambda line: line.state == "received").action_accept()
        return True

    def action_document_files(self):
        """Files of the checklist that a browser can show, for the preview beside the form.

        :rtype: list[dict] with ``id``, ``label`` and ``mimetype``
        """
        self.ensure_one()
        self.check_access("read")
        shown = ("application/pdf", "image/jpeg", "image/png", "image/webp")
        return [
            {"id": file.id, "label": line.name, "mimetype": file.mimetype}
            for line in self.document_ids
            for file in line.attachment_ids.filtered(lambda file: file.mimetype in shown)
        ]

    def action_accept_and_next(self):
        """Button of the clerk who works through the list: accept, see to it that somebody has
        the case, and open the next one that waits.
        """
        self.ensure_one()
        self.with_context(transition="accept").action_transition()
        if not self.sudo().user_id:
            return self.env["lgo.case.work.wizard"]._open(self, "assign", then_next=True)
        return self.action_next_case()

    def action_next_case(self):
        """Button: leave this case and open the next one that waits for the user."""
        self.ensure_one()
        row = self.env["lgo.case.register"]._next_waiting(self)
        action = row.action_open_case() if row else row._action_worklist()
        params = {"action": action, "message": ""}
        if not row:
            params["message"] = self.env._("Nothing else waits for you.")
        return {"type": "ir.actions.client", "tag": "lgo_next_case", "params": params}

    def action_plan_visit(self):
        """Button: plan a visit to the place of the case."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lgo_base.lgo_case_visit_action_plan"
        )
        context = {"default_res_model": self._name, "default_res_id": self.id}
        place = self._route_facts()["place"]
        if place:
            context["default_place"] = place
        return {**action, "context": context}
