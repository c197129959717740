# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import case_colour, thai


class LgoCaseRegister(models.Model):
    """The worklist: of all cases, those in which the next step is the user's."""

    _name = "lgo.case.register"
    _inherit = ["lgo.case.register", "lgo.case.bulk.mixin"]

    waits_for_me = fields.Boolean(
        compute="_compute_waits_for_me",
        search="_search_waits_for_me",
        help="The next step is yours: a case in your charge, for a clerk what is to be checked, "
        "for the head of a unit what nobody has been given yet.",
    )

    needs_check = fields.Boolean(
        compute="_compute_needs_check",
        search="_search_needs_check",
        help="The documents are to be checked.",
    )
    clock_colour = fields.Selection(
        selection=lambda self: self.env["lgo.case.mixin"]._selection_clock_colour(),
        string="Clock",
        compute="_compute_clock_colour",
    )
    step_text = fields.Char(string="Step", compute="_compute_step")
    step_overdue = fields.Boolean(string="Step overdue", compute="_compute_step")

    @api.depends("state")
    def _compute_needs_check(self):
        states = self._states_with_clock("check")
        for case in self:
            case.needs_check = case.state in states

    def _search_needs_check(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", self._states_with_clock("check"))]

    @api.depends("date_due", "completed_at", "decided_at", "closed_at", "deemed_received_at")
    def _compute_clock_colour(self):
        """As on the case itself; by the percentages of the organisation."""
        now = fields.Datetime.now()
        undecided = self.filtered(lambda case: case.date_due and not case.decided_at)
        paused = {clock._register_id(): clock.paused_at for clock in undecided._standing()}
        for case in self:
            start = case.completed_at or case.deemed_received_at
            if not case.date_due or not start:
                case.clock_colour = False
                continue
            case.clock_colour = case_colour.colour(
                thai.local_date(start),
                case.date_due,
                thai.local_date(case.decided_at or case.closed_at or paused.get(case.id) or now),
                case.company_id.lgo_amber_percent,
                case.company_id.lgo_red_percent,
            )

    def _compute_step(self):
        """The step in which each case is: one question for the whole list."""
        domain = Domain.OR(
            Domain("res_model", "=", model) & Domain("res_id", "in", rows.mapped("case_id"))
            for model, rows in self.grouped("case_model").items()
        )
        # who sees the row sees the case
        steps = self.env["lgo.case.step"].sudo().search(domain & Domain("exited_at", "=", False))
        found = {(step.res_model, step.res_id): step for step in steps}
        for case in self:
            step = found.get((case.case_model, case.case_id))
            case.step_text = step._text() if step else False
            case.step_overdue = bool(step and step.is_overdue)

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
    def _next_waiting(self, case):
        """The row that waits for the user after that of ``case``: by due day, then by age.

        :return: one row, the first again after the last; empty when nothing else waits
        """
        rows = self.search(self._waiting_domain(), order="date_due, id", limit=500)
        own = self._row_id(case)
        ids = list(rows.ids)
        if own in ids:
            place = ids.index(own)
            ids = ids[place + 1 :] + ids[:place]
        else:  # the case has left the list: go on where it stood
            due = case.date_due or date.max
            later = [row.id for row in rows if ((row.date_due or date.max), row.id) > (due, own)]
            ids = later + [row_id for row_id in ids if row_id not in set(later)]
        return self.browse(ids[:1])

    @api.model
    def _row_id(self, case):
        return case.id * 16 + case._case_type

    @api.model
    def _open_by_officer(self, users):
        """Number of open cases by id of the officer.

        :param users: ``res.users``
        :rtype: dict
        """
        domain = [("user_id", "in", users.ids), ("state", "in", self._open_states())]
        rows = self._read_group(domain, ["user_id"], ["__count"])
        return {user.id: number for user, number in rows}

    @api.model
    def _action_worklist(self):
        """Open the worklist on what waits for the user; for who only watches, on all open cases."""
        action = self.env["ir.actions.act_window"]._for_xml_id("lgo_base.lgo_case_register_action")
        user = self.env.user
        watches = user.has_groups("lgo_base.group_executive,lgo_base.group_auditor")
        works = user.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head")
        default = "search_default_open" if watches and not works else "search_default_waiting"
        return {**action, "context": {default: 1}}
