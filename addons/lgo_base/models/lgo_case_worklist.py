# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class LgoCaseRegister(models.Model):
    """The worklist: of all cases, those in which the next step is the user's."""

    _inherit = "lgo.case.register"

    waits_for_me = fields.Boolean(
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
        help="The next step is yours: a case in your charge, for a clerk what is to be checked, "
        "for the head of a unit what nobody has been given yet.",
    )

    @api.depends_context("uid")
    @api.depends("state", "user_id", "unit_id")
    def _compute_waits_for_me(self):
        waiting = self.filtered_domain(self._waiting_domain())
        for case in self:
            case.waits_for_me = case in waiting

    def _search_waits_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._waiting_domain()

    @api.model
    def _states_with_clock(self, kind):
        """Codes of the states, in any concrete model, in which a clock of this kind runs."""
        return sorted(
            {
                state.code
                for model in self._case_models()
                for state in model._case_states
                if kind in state.clocks
            }
        )

    @api.model
    def _waiting_domain(self):
        """What waits for the user: see ``waits_for_me``.

        A case that waits for the applicant waits for no officer.
        """
        user = self.env.user
        own = set(self._open_states()) - set(self._states_with_clock("citizen"))
        domain = Domain("user_id", "=", user.id) & Domain("state", "in", sorted(own))
        if user.has_group("lgo_base.group_clerk"):
            domain |= Domain("state", "in", self._states_with_clock("check"))
        if user.has_group("lgo_base.group_unit_head"):
            domain |= (
                Domain("unit_id", "in", user.lgo_unit_ids.ids)
                & Domain("user_id", "=", False)
                & Domain("state", "in", self._states_with_clock("decision"))
            )
        return domain

    @api.model
    def _action_worklist(self):
        """Open the worklist on what waits for the user; for who only watches, on all open cases."""
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_case_register_action")
        user = self.env.user
        watches = user.has_groups("lgo_base.group_executive,lgo_base.group_auditor")
        works = user.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head")
        default = "search_default_open" if watches and not works else "search_default_waiting"
        return {**action, "context": {default: 1}}
