# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ..tools import thai
from .lgo_delegation import ONLY_WITHOUT_HOLDER


class LgoPost(models.Model):
    """Who does the work of a post at a moment: its holder, or who acts for it."""

    _inherit = "lgo.post"

    def _in_charge(self, at=None):
        """Users who do the work of these posts at a moment.

        The holder who is there; else who acts by order (รักษาราชการแทน, รักษาการในตำแหน่ง) in
        the place in line; else the deputies by rank (State Administration Act B.E. 2534,
        ss. 41-50, and the Acts of the kinds of local government).

        :param datetime at: naive UTC, now by default
        :return: ``dict`` of post id to ``res.users``; posts without anybody are missing
        """
        at = at or fields.Datetime.now()
        posts = self.sudo()
        delegation = self.env["lgo.delegation"].sudo()
        orders = delegation.search(
            delegation._valid_domain(at)
            & Domain("from_post_id", "in", posts.ids)
            & Domain("kind", "in", ONLY_WITHOUT_HOLDER)
        ).sorted("sequence")
        holders = (posts | orders.to_post_id | posts.deputy_ids)._holders(at)
        found = {}
        for post in posts:
            line = orders.filtered(lambda row, p=post: row.from_post_id == p).to_post_id
            line = post + (line or post.deputy_ids.sorted("deputy_rank"))
            user = next((holders[row.id] for row in line if row.id in holders), None)
            if user:
                found[post.id] = user
        return found


class ResUsers(models.Model):
    _inherit = "res.users"

    def _lgo_stand_in(self, at=None):
        """The user who does this officer's work at a moment: the officer, or the acting one.

        An officer is away when every post that they hold is noted as absent.

        :return: ``res.users``; empty when the officer is away and nobody acts
        """
        self.ensure_one()
        at = at or fields.Datetime.now()
        day = thai.local_date(at)
        rows = (
            self.env["lgo.post.holder"]
            .sudo()
            .search(
                Domain("user_id", "=", self.id)
                & Domain("date_from", "<=", day)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
            )
        )
        away = rows.absence_ids.filtered(lambda row: row.date_from <= at < row.date_to).holder_id
        if not rows or rows - away:
            return self
        acting = rows.post_id._in_charge(at)
        return next((acting[post.id] for post in rows.post_id if post.id in acting), self.browse())
