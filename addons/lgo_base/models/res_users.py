# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    lgo_unit_ids = fields.Many2many(
        comodel_name="hr.department",
        string="Units",
        compute="_compute_lgo_unit_ids",
        compute_sudo=True,
        help="Units whose cases the user works on: the own one, and for its head those below.",
    )

    def _compute_lgo_unit_ids(self):
        """Own department of each employee of the user; the head also sees the units below.

        Record rules read it, so a change of employee or department clears the rule cache.
        """
        employees = self.env["hr.employee"].search([("user_id", "in", self.ids)])
        headed = self.env["hr.department"].search([("manager_id", "in", employees.ids)])
        below = (
            self.env["hr.department"].search([("id", "child_of", headed.ids)]) if headed else headed
        )
        by_user = employees.grouped("user_id")
        empty = self.env["hr.employee"]
        for user in self:
            own = by_user.get(user, empty)
            roots = headed.filtered(lambda unit, own=own: unit.manager_id in own)
            paths = tuple(root.parent_path for root in roots)
            user.lgo_unit_ids = own.department_id | below.filtered(
                lambda unit, paths=paths: paths and (unit.parent_path or "").startswith(paths)
            )

    def _lgo_acted_name(self, unit, company):
        """Who did something, as officers read it: a colleague, else the office.

        What a job did, or what a citizen set off on the website, was done by the office: neither
        the system's account nor the citizen is an officer.

        :param unit: ``hr.department`` in charge, may be empty
        :param company: ``res.company``
        """
        user = self.sudo()
        if user and user.id != SUPERUSER_ID and not user.share:
            return user.name
        office = unit.sudo().name or company.sudo().name or ""
        return self.env._("%(office)s (system)", office=office)
