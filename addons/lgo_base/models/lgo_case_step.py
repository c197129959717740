# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class LgoCaseStep(models.Model):
    """A step of the service that a case went through, with its own time.

    The steps are those of the service version under which the case was filed; their time is for
    management only and moves no legal clock (the manual of Act B.E. 2558, s. 7, lists them).
    """

    _name = "lgo.case.step"
    _inherit = ["lgo.case.child.mixin"]
    _description = "Step of a Case"
    _order = "entered_at, id"
    _rec_name = "name"

    number = fields.Integer(required=True, readonly=True)
    total = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Step", required=True, readonly=True)
    unit_id = fields.Many2one(comodel_name="hr.department", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Officer", readonly=True)
    entered_at = fields.Datetime(required=True, readonly=True)
    exited_at = fields.Datetime(string="Done on", readonly=True)
    due_at = fields.Datetime(string="To be done by", readonly=True)
    limit = fields.Integer(string="Time of the step", readonly=True)
    limit_unit = fields.Selection(
        selection=lambda self: self.env["lgo.service"]._selection_time_unit(), readonly=True
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    case_name = fields.Char(string="Number of the case", compute="_compute_case_name")

    _running_idx = models.Index("(due_at) WHERE exited_at IS NULL")
    _one_running = models.UniqueIndex(
        "(res_model, res_id) WHERE exited_at IS NULL", "The case is in another step already."
    )

    @api.depends("due_at", "exited_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for step in self:
            step.is_overdue = bool(step.due_at and (step.exited_at or now) > step.due_at)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("exited_at", "=", False) & Domain("due_at", "<", fields.Datetime.now())

    def _text(self):
        """``Step 2 of 3: Repair``, as officers and the citizen read it."""
        self.ensure_one()
        return self.env._(
            "Step %(number)s of %(total)s: %(name)s",
            number=self.number,
            total=self.total,
            name=self.name,
        )

    @api.model
    def _enter(self, case, number):
        """Enter step ``number`` (from 1) of the version of ``case``; leave the one before.

        :return: the new step; empty when the service has no such step
        """
        now = fields.Datetime.now()
        self._leave(case, now)
        steps = (case.sudo().service_version_id.content or {}).get("steps") or []
        if not 1 <= number <= len(steps):
            return self.browse()
        plan = steps[number - 1]
        limit, unit = plan.get("duration") or 0, plan.get("duration_unit") or "working_day"
        due_at = False
        if limit:
            try:
                due_at = case.company_id._lgo_due_at(now, limit, unit, "agency")
            except UserError:  # holidays are missing: no day, but the work goes on
                due_at = False
        department = self.env["hr.department"].sudo().browse(plan.get("unit_id") or []).exists()
        step = self.sudo().create(
            {
                "res_model": case._name,
                "res_id": case.id,
                "number": number,
                "total": len(steps),
                "name": plan.get("name") or "-",
                "unit_id": (department or case.sudo().unit_id).id,
                "user_id": case.sudo().user_id.id,
                "entered_at": now,
                "limit": limit,
                "limit_unit": unit,
                "due_at": due_at,
            }
        )
        self.env["lgo.case.event"]._add(case, "step", step._text(), public=True)
        return step

    @api.model
    def _leave(self, case, at=None):
        """Leave the step in which ``case`` is."""
        open_step = self.sudo().search(
            [
                ("res_model", "=", case._name),
                ("res_id", "=", case.id),
                ("exited_at", "=", False),
            ]
        )
        open_step.write(
            {"exited_at": at or fields.Datetime.now(), "user_id": case.sudo().user_id.id}
        )
        open_step.flush_recordset()
        return open_step
