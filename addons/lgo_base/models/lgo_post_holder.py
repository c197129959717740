# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class LgoPostHolder(models.Model):
    """Who held a post, from when to when, by which order of appointment."""

    _name = "lgo.post.holder"
    _description = "Holder of a Post"
    _order = "date_from desc, id desc"

    post_id = fields.Many2one(
        comodel_name="lgo.post", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        comodel_name="hr.employee", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        comodel_name="res.users", related="employee_id.user_id", store=True, index=True
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", help="Last day in the post; empty while it lasts.")
    order_no = fields.Char(string="Order of appointment", help="For example คำสั่งที่ 45/2569 ลงวันที่ …")
    absence_ids = fields.One2many(
        comodel_name="lgo.post.absence", inverse_name="holder_id", string="Absences"
    )
    company_id = fields.Many2one(related="post_id.company_id", store=True, index=True)

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day in the post must not lie before the first.",
    )

    # The check below sees no term that another transaction is just writing; this waits for it.
    # Deferred until that check, which names the post. The post is a range of one: PostgreSQL
    # excludes that without an extension.
    _one_holder = models.Constraint(
        """EXCLUDE USING gist (
            int4range(post_id, post_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        ) DEFERRABLE INITIALLY DEFERRED""",
        "The post is held by someone else at that time. End that term first.",
    )

    @api.depends("post_id", "employee_id")
    def _compute_display_name(self):
        for holder in self:
            holder.display_name = f"{holder.employee_id.name or ''} – {holder.post_id.name or ''}"

    @api.constrains("post_id", "date_from", "date_to")
    def _check_overlap(self):
        for holder in self:
            other = (
                Domain("post_id", "=", holder.post_id.id)
                & Domain("id", "!=", holder.id)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", holder.date_from))
            )
            if holder.date_to:
                other &= Domain("date_from", "<=", holder.date_to)
            if self.search_count(other, limit=1):
                raise ValidationError(
                    self.env._(
                        "%(post)s is held by someone else at that time. End that term first.",
                        post=holder.post_id.name,
                    )
                )
        self.flush_model()
        self.env.cr.execute("SET CONSTRAINTS lgo_post_holder_one_holder IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS lgo_post_holder_one_holder DEFERRED")
