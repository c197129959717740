# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACTIVITY = "lgo_base.mail_activity_type_case"


class LgoCaseAssignmentMixin(models.AbstractModel):
    """Tells the officer to whom a case is given, and takes the task away when it is over.

    The task (an activity) stands in the officer's clock menu and reaches them by inbox or e-mail,
    as they have chosen; nobody gets a task for what they take themselves. The officer who had
    the case before is told too, and each change is kept in ``lgo.case.assignment``.
    """

    _name = "lgo.case.assignment.mixin"
    _inherit = ["lgo.case.machine.mixin", "mail.activity.mixin"]
    _description = "Assignment of a Case"

    can_work = fields.Boolean(
        compute="_compute_can_work", help="The user may work on the case, not only read it."
    )
    assignment_ids = fields.One2many(
        comodel_name="lgo.case.assignment",
        inverse_name="res_id",
        string="Assignments",
        domain=lambda self: [("res_model", "=", self._name)],
        bypass_search_access=True,
        groups="base.group_user",
    )

    @api.depends_context("uid")
    def _compute_can_work(self):
        writable = set(self._origin._filtered_access("write").ids)
        for case in self:
            case.can_work = not case._origin or case._origin.id in writable

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Who reads a case without the right to work on it gets a form that says so.

        Odoo makes a form read-only by the right on the model. Here it is the record that is
        another unit's, or an auditor's to read only: without this each field looks open and the
        saving is refused.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._close_form(arch)
        return arch, view

    @api.model
    def _close_form(self, arch):
        """Add ``not can_work`` to what makes each field of the form read-only."""
        if not arch.xpath("//field[@name='can_work'][not(ancestor::field)]"):
            etree.SubElement(arch, "field", name="can_work", invisible="1")
        for node in arch.xpath("//field[not(ancestor::field)]"):
            field = self._fields.get(node.get("name"))
            if not field or node.get("readonly") in ("1", "True", "true"):
                continue
            if node.get("readonly"):
                node.set("readonly", f"not can_work or ({node.get('readonly')})")
            elif not field.readonly:
                node.set("readonly", "not can_work")

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases.filtered("user_id")._tell_officer()
        return cases

    def write(self, vals):
        changed, before = self.browse(), {}
        if "user_id" in vals:
            changed = self.filtered(lambda case: case.user_id.id != vals["user_id"])
        if {"user_id", "unit_id"} & vals.keys():
            before = {case: (case.user_id, case.unit_id) for case in self.sudo() if case.name}
        result = super().write(vals)
        changed._tell_officer()
        self._keep_assignments(before)
        if "state" in vals:
            self.filtered("is_final")._end_task()
        return result

    def _keep_assignments(self, before):
        """Note who had these cases and who has them now.

        :param dict before: case (in sudo) to its officer and unit before the change
        """
        context = self.env.context
        moved = [case for case in before if (case.user_id, case.unit_id) != before[case]]
        self.env["lgo.case.assignment"].sudo().create(
            [
                {
                    "res_model": case._name,
                    "res_id": case.id,
                    "by_id": self.env.uid,
                    "from_user_id": before[case][0].id,
                    "to_user_id": case.user_id.id,
                    "from_unit_id": before[case][1].id,
                    "to_unit_id": case.unit_id.id,
                    "reason": context.get("lgo_assign_reason") or False,
                    "batch": context.get("lgo_assign_batch") or False,
                }
                for case in moved
            ]
        )
        for case in moved:
            old = before[case][0]
            if old and old != case.user_id and old != self.env.user:
                case._tell_former_officer(old)

    def _tell_former_officer(self, officer):
        """Say to the officer who had the case that it is theirs no more (inbox or e-mail)."""
        self.ensure_one()
        name = self.user_id.name or self.unit_id.name or ""
        reason = self.env.context.get("lgo_assign_reason") or ""
        self.message_notify(
            partner_ids=officer.partner_id.ids,
            subject=self.env._("Handed over: %(case)s", case=self.display_name),
            body=self.env._(
                "%(case)s is now with %(name)s. %(reason)s",
                case=self.display_name,
                name=name,
                reason=reason,
            ),
        )

    def _tell_officer(self):
        """A task for the officer in charge, in place of the one that another officer had."""
        if not self:
            return
        self.sudo().activity_unlink([ACTIVITY])
        # a head may give away a case of the unit to someone outside it
        for case in self.sudo():
            if case.user_id and case.user_id != self.env.user and not case.is_final:
                case.activity_schedule(
                    ACTIVITY,
                    date_deadline=case.date_due or None,
                    user_id=case.user_id.id,
                    note=self.env.context.get("lgo_assign_reason") or False,
                )

    def _end_task(self):
        """The case is over: its task is done, whoever had it."""
        if self:
            self.sudo().activity_feedback([ACTIVITY])

    # ------------------------------------------------------------ giving a case to someone
    def _assign(self, user=None, unit=None, reason=None, batch=None):
        """Give one case to an officer, to a unit, or to both.

        An officer who is away is stood in for by who acts for them; when nobody does, the
        officer gets the case all the same.

        :param user: ``res.users``; empty means that the head of the unit will choose
        :param unit: ``hr.department``; the unit of the case when empty
        :param str reason: kept with the assignment, told to both officers
        :param str batch: mark shared by cases that were given at once
        :return: the officer who has the case now
        :raises AccessError: neither service centre, head of a unit, nor officer in charge
        :raises UserError: the case is over, or nothing was chosen
        """
        self.ensure_one()
        self.check_access("write")
        me = self.env.user
        if not (
            self.env.su
            or me.has_groups("lgo_base.group_clerk,lgo_base.group_unit_head")
            or self.user_id == me
            or (user == me and not self.user_id)
        ):
            raise AccessError(
                self.env._("Only the officer in charge, the head or the service centre hands on.")
            )
        if self.is_final:
            raise UserError(self.env._("The case is over."))
        if not user and not unit:
            raise UserError(self.env._("Choose a unit or an officer."))
        stand_in = user and (user._lgo_stand_in() or user) or self.env["res.users"]
        if stand_in != user and user:
            away = self.env._("For %(officer)s, who is away.", officer=user.sudo().name)
            reason = f"{reason} {away}" if reason else away
        vals = {"user_id": stand_in.id}
        if unit:
            vals["unit_id"] = unit.id
        self.with_context(lgo_assign_reason=reason, lgo_assign_batch=batch).write(vals)
        self.env["lgo.audit.log"]._log(
            "case.assign", self, detail={"user": stand_in.id, "unit": unit.id if unit else 0}
        )
        return stand_in
