# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class LgoCaseStepMixin(models.AbstractModel):
    """The steps of the service version, run on the case while its decision clock runs."""

    _name = "lgo.case.step.mixin"
    _inherit = ["lgo.case.clock.mixin"]
    _description = "Steps of a Case"

    step_ids = fields.One2many(
        comodel_name="lgo.case.step",
        inverse_name="res_id",
        string="Steps",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )
    step_text = fields.Char(string="Step", compute="_compute_step_text", groups="base.group_user")

    @api.depends("step_ids.exited_at")
    @api.depends_context("lang")
    def _compute_step_text(self):
        for case in self:
            step = case._current_step()
            case.step_text = step._text() if step else False

    def _current_step(self):
        """The step in which the case is (in sudo); empty when none runs."""
        return self.sudo().step_ids.filtered(lambda step: not step.exited_at)[-1:]

    def _clock_sync(self, state):  # pylint: disable=missing-return
        """The last step ends with the decision clock."""
        super()._clock_sync(state)
        if self._current_step() and "decision" not in (*state.clocks, *state.pauses):
            self.env["lgo.case.step"]._leave(self)
            self.invalidate_recordset(["step_ids", "step_text"])

    def _write_event(self, transition, before, reason):  # pylint: disable=missing-return
        """The first step begins with the decision clock, on the line after the transition."""
        super()._write_event(transition, before, reason)
        clocks = self._case_state(transition.target).clocks
        if "decision" in clocks and not self._current_step():
            last = self.sudo().step_ids[-1:]
            self.env["lgo.case.step"]._enter(self, last.number or 1)
            self.invalidate_recordset(["step_ids", "step_text"])

    def action_next_step(self):
        """Button: this step of the service is done, the next one begins.

        :raises UserError: no step runs, or it is the last one
        """
        self.check_access("write")
        for case in self:
            case._lock_case()
            current = case._current_step()
            if not current:
                raise UserError(self.env._("No step is under way in this case."))
            if current.number >= current.total:
                raise UserError(
                    self.env._("This is the last step: it ends when the work is resolved.")
                )
            self.env["lgo.case.step"]._enter(case, current.number + 1)
            self.env["lgo.audit.log"]._log("case.step", case, detail={"step": current.number + 1})
            case.invalidate_recordset(["step_ids", "step_text", "event_ids"])
        return True
