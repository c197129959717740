# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

ACTIVITY = "lgo_base.mail_activity_type_case"


class LgoCaseAssignmentMixin(models.AbstractModel):
    """Tells the officer to whom a case is given, and takes the task away when it is over.

    The task (an activity) stands in the officer's clock menu and reaches them by inbox or e-mail,
    as they have chosen; nobody gets a task for what they take themselves.
    """

    _name = "lgo.case.assignment.mixin"
    _inherit = ["lgo.case.machine.mixin", "mail.activity.mixin"]
    _description = "Assignment of a Case"

    can_work = fields.Boolean(
        compute="_compute_can_work", help="The user may work on the case, not only read it."
    )

    @api.depends_context("uid")
    def _compute_can_work(self):
        saved = self.filtered("id")
        writable = set(saved._filtered_access("write").ids)
        for case in self:
            case.can_work = not case.id or case.id in writable

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases.filtered("user_id")._tell_officer()
        return cases

    def write(self, vals):
        changed = self.browse()
        if "user_id" in vals:
            changed = self.filtered(lambda case: case.user_id.id != vals["user_id"])
        result = super().write(vals)
        changed._tell_officer()
        if "state" in vals:
            self.filtered("is_final")._end_task()
        return result

    def _tell_officer(self):
        """A task for the officer in charge, in place of the one that another officer had."""
        if not self:
            return
        self.sudo().activity_unlink([ACTIVITY])
        for case in self:
            if case.user_id and case.user_id != self.env.user and not case.is_final:
                # a head may give away a case of the unit to someone outside it
                case.sudo().activity_schedule(
                    ACTIVITY,
                    date_deadline=case.date_due or None,
                    user_id=case.user_id.id,
                    note=False,
                )

    def _end_task(self):
        """The case is over: its task is done, whoever had it."""
        if self:
            self.sudo().activity_feedback([ACTIVITY])
