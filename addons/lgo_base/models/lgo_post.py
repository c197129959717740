# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..tools import thai


class LgoPost(models.Model):
    """A post (ตำแหน่ง): what signs is the post, not the person who holds it today."""

    _name = "lgo.post"
    _description = "Post"
    _order = "sequence, lgo_sort_key, id"

    name = fields.Char(
        required=True,
        help="As printed below a signature, for example ผู้อำนวยการกองช่าง.",
    )
    code = fields.Char(string="Post number", help="Number of the post in the staffing plan.")
    kind = fields.Selection(
        [
            ("executive", "Executive"),
            ("deputy", "Deputy executive"),
            ("top_officer", "Top officer"),
            ("director", "Director of a unit"),
            ("head", "Head of a section"),
            ("officer", "Officer"),
        ],
        required=True,
        default="officer",
    )
    sequence = fields.Integer(default=50)
    unit_id = fields.Many2one(comodel_name="hr.department", index=True, check_company=True)
    parent_id = fields.Many2one(
        comodel_name="lgo.post", string="Reports to", index=True, check_company=True
    )
    deputises_id = fields.Many2one(
        comodel_name="lgo.post",
        string="Acts by law for",
        index=True,
        check_company=True,
        help="The post for which this one acts without an order of its own when it is vacant or "
        "its holder is absent: deputy mayors in the order set by the mayor, then the chief "
        "administrator.",
    )
    deputy_rank = fields.Integer(
        string="Rank among those",
        default=1,
        help="Who comes first when the post is vacant: 1 before 2.",
    )
    deputy_ids = fields.One2many(comodel_name="lgo.post", inverse_name="deputises_id")
    holder_ids = fields.One2many(
        comodel_name="lgo.post.holder", inverse_name="post_id", string="Holders"
    )
    current_user_id = fields.Many2one(
        comodel_name="res.users", string="Holder today", compute="_compute_current_user_id"
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        string="Organisation",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    lgo_sort_key = fields.Char(compute="_compute_lgo_sort_key", store=True, index=True)

    _code_uniq = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL AND active",
        "Another post has this number already.",
    )

    @api.depends("name")
    def _compute_lgo_sort_key(self):
        for post in self:
            post.lgo_sort_key = thai.sort_key(post.name)

    @api.depends("holder_ids.date_from", "holder_ids.date_to", "holder_ids.user_id")
    def _compute_current_user_id(self):
        holders = self._holders(fields.Datetime.now())
        for post in self:
            post.current_user_id = holders.get(post.id)

    @api.constrains("parent_id", "deputises_id")
    def _check_cycles(self):
        if self._has_cycle("parent_id") or self._has_cycle("deputises_id"):
            raise ValidationError(self.env._("A post cannot stand above or act for itself."))

    def _holders(self, at):
        """Users who hold these posts at a moment and are not absent.

        :param datetime at: naive UTC
        :return: ``dict`` of post id to ``res.users``; vacant posts are missing
        """
        day = thai.local_date(at)
        present = (
            Domain("post_id", "in", self.ids)
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        rows = self.env["lgo.post.holder"].search(present)
        away = self.env["lgo.post.absence"].search(
            [("holder_id", "in", rows.ids), ("date_from", "<=", at), ("date_to", ">", at)]
        )
        rows -= away.holder_id
        return {row.post_id.id: row.user_id for row in rows if row.user_id.active}
