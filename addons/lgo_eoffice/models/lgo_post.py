# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

#: Kinds of post, nearest to the work of a unit first, that lead it.
LEADS = ("director", "top_officer", "head")
#: Kinds of post that decide: an order or an approval ends the way up.
DECIDES = ("executive", "deputy", "top_officer", "director")


class LgoPost(models.Model):
    """The way of a letter: from the unit up to the executive."""

    _inherit = "lgo.post"

    def _lgo_above(self):
        """The next post up the line that somebody fills now, as holder or acting.

        Vacant posts are left out. Above the post to which nobody is set stand the chief
        administrator, then the executive.

        :return: ``lgo.post``, empty at the top
        """
        self.ensure_one()
        post = self.sudo()
        seen = post
        while post:
            post = (post.parent_id or post.deputises_id or post._lgo_top_of(seen)) - seen
            seen |= post
            if post and post._in_charge().get(post.id):
                return post.with_env(self.env)
        return self.browse()

    def _lgo_top_of(self, seen):
        kinds = (
            () if self.kind == "executive"
            else ("executive",) if self.kind in ("top_officer", "deputy")
            else ("top_officer", "executive")
        )  # fmt: skip
        for kind in kinds:
            post = self.search(
                [
                    ("kind", "=", kind),
                    ("company_id", "=", self.company_id.id),
                    ("id", "not in", seen.ids),
                ],
                limit=1,
            )
            if post:
                return post
        return self.browse()

    def _lgo_lead_of(self, unit):
        """The post that leads ``unit`` and that somebody fills now; else that of the unit above.

        :param unit: ``hr.department``
        :return: ``lgo.post``, empty when nobody leads
        """
        unit = unit.sudo()
        while unit:
            posts = self.sudo().search([("unit_id", "=", unit.id), ("kind", "in", LEADS)])
            filled = posts._in_charge()
            found = posts.filtered(lambda post, ids=filled: post.id in ids)
            found = found.sorted(lambda post: LEADS.index(post.kind))
            if found:
                return found[:1].with_env(self.env)
            unit = unit.parent_id
        return self.browse()

    def _lgo_chief(self, company):
        """The post of the chief administrator, the first that letters reach from the registry."""
        return self.search([("kind", "=", "top_officer"), ("company_id", "=", company.id)], limit=1)
