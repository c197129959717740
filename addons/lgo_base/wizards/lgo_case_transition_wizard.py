# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoCaseTransitionWizard(models.TransientModel):
    """Asks for the reason of a step that needs one."""

    _name = "lgo.case.transition.wizard"
    _description = "Reason of a Step"

    res_model = fields.Char(required=True)
    res_ids = fields.Char(required=True)
    transition = fields.Char(required=True)
    reason = fields.Text(required=True)
    step = fields.Char(compute="_compute_step")

    @api.depends("res_model", "transition")
    @api.depends_context("lang")
    def _compute_step(self):
        for wizard in self:
            model = wizard._machine_model()
            wizard.step = self.env._(model._case_transition(wizard.transition).label)

    def _machine_model(self):
        """The model whose step is taken: whatever has a state machine.

        :raises UserError: a forged name
        """
        self.ensure_one()
        machine = self.env.registry["lgo.case.machine.mixin"]
        known = self.env.registry.get(self.res_model)
        if known is None or not issubclass(known, machine) or not known._case_transitions:
            raise UserError(self.env._("Choose the cases again."))
        return self.env[self.res_model]

    def action_confirm(self):
        """Do the step with the reason given; rights are checked by the step itself."""
        self.ensure_one()
        model = self._machine_model()
        if not all(part.strip().isdecimal() for part in self.res_ids.split(",")):
            raise UserError(self.env._("Choose the cases again."))
        cases = model.browse(int(part) for part in self.res_ids.split(","))
        return cases.with_context(
            transition=self.transition, transition_reason=self.reason
        ).action_transition()
