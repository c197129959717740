# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LgoCaseEscalationRung(models.Model):
    """Whom a case that is getting late is brought to, and when.

    Rungs for the service of a case replace those of its law version, which replace the general
    ones. The chain of a Thai local government runs from the officer over the head of the unit
    and the chief administrator (ปลัด) to the executive (นายก); posts are data.
    """

    _name = "lgo.case.escalation.rung"
    _description = "Rung of Escalation"
    _order = "percent, days_after, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", index=True, help="Empty: for every organisation."
    )
    percent = fields.Integer(
        string="From (% of the time)",
        required=True,
        help="Part of the decision time that is spent.",
    )
    days_after = fields.Integer(
        string="And days later", help="So many days after that moment, when nothing was decided."
    )
    role = fields.Selection(
        selection=[
            ("officer", "Officer in charge"),
            ("unit_head", "Head of the unit"),
            ("post_kind", "Kind of post"),
            ("post", "This post"),
        ],
        required=True,
        default="officer",
    )
    post_kind = fields.Selection(
        selection=lambda self: self.env["lgo.post"]._fields["kind"]._description_selection(self.env)
    )
    post_id = fields.Many2one(comodel_name="lgo.post", index="btree_not_null")
    service_id = fields.Many2one(
        comodel_name="lgo.service",
        string="Only for the service",
        index="btree_not_null",
        ondelete="cascade",
    )
    law_version_id = fields.Many2one(
        comodel_name="lgo.law.version",
        string="Only under the law",
        index="btree_not_null",
        ondelete="cascade",
    )

    _percent_range = models.Constraint(
        "CHECK (percent > 0 AND percent <= 1000 AND days_after >= 0 AND days_after <= 365)",
        "The percentage lies between 1 and 1000, the days between 0 and 365.",
    )

    @api.constrains("role", "post_id", "post_kind")
    def _check_post(self):
        for rung in self:
            if rung.role == "post" and not rung.post_id:
                raise ValidationError(self.env._("Choose the post."))
            if rung.role == "post_kind" and not rung.post_kind:
                raise ValidationError(self.env._("Choose the kind of post."))

    def _reached_at(self, clock):
        """Moment at which a clock reaches this rung, or ``None`` when it has no due day.

        :param clock: ``lgo.case.clock``
        :return: naive UTC ``datetime``
        """
        self.ensure_one()
        if not clock.due_at:
            return None
        spent = (clock.due_at - clock.started_at) * self.percent / 100
        return fields.Datetime.add(clock.started_at + spent, days=self.days_after)

    @api.model
    def _all(self):
        """All rungs in force, in sudo; an office has a handful of them."""
        return self.sudo().search([("active", "=", True)])

    @api.model
    def _for_case(self, case, rungs):
        """Of ``rungs``, those that count for ``case``: service before law before all."""
        own = rungs.filtered(lambda rung: rung.company_id in (case.company_id, rung.company_id[:0]))
        special = own.filtered(lambda rung: rung.service_id == case.service_id)
        if special:
            return special
        rest = own.filtered(lambda rung: not rung.service_id)
        by_law = rest.filtered(lambda rung: rung.law_version_id == case.law_version_id)
        return by_law or rest.filtered(lambda rung: not rung.law_version_id)

    def _people(self, case, at):
        """Users on this rung for ``case`` at a moment, acting holders in place of absent ones.

        :param case: the case, in sudo
        :return: ``res.users`` who may read the case; empty when the rung is vacant
        """
        self.ensure_one()
        Post = self.env["lgo.post"].sudo().with_company(case.company_id)
        if self.role == "officer":
            people = case.user_id and case.user_id._lgo_stand_in(at)
        elif self.role == "unit_head":
            people = self._unit_heads(case.unit_id, Post, at)
        else:
            posts = self.post_id
            if self.role == "post_kind":
                posts = case._post_of_kind(self.post_kind)
            charge = posts.with_company(case.company_id)._in_charge(at)
            people = charge.get(posts[:1].id)
        return (people or self.env["res.users"]).filtered(
            lambda user: user.active and case.with_user(user).has_access("read")
        )

    @api.model
    def _unit_heads(self, unit, Post, at):
        """Who heads ``unit`` at a moment: its director's post, else its manager, else above."""
        while unit:
            post = Post.search(
                [("unit_id", "=", unit.id), ("kind", "in", ("director", "head"))], limit=1
            )
            found = post._in_charge(at).get(post.id) if post else None
            manager = unit.manager_id.user_id
            found = found or (manager and manager._lgo_stand_in(at))
            if found:
                return found
            unit = unit.parent_id
        return self.env["res.users"]
