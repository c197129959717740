# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..tools.anonymous import RESTRICTED_GROUP


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        """A new group that implies the one for restricted complaints brings its users along."""
        before = self._lgo_restricted_members()
        groups = super().create(vals_list)
        self._lgo_tell_restricted_change(before)
        return groups

    def unlink(self):
        """With a group that implied it, its users leave."""
        before = self._lgo_restricted_members()
        result = super().unlink()
        self._lgo_tell_restricted_change(before)
        return result

    def write(self, vals):
        """Who comes into the group for restricted complaints, by whatever way, is noticed."""
        before = self._lgo_restricted_members()
        result = super().write(vals)
        self._lgo_tell_restricted_change(before)
        return result

    def _lgo_restricted_members(self):
        """Users who may see restricted complaints now; empty while the add-on is installed."""
        group = self.env.ref(RESTRICTED_GROUP, raise_if_not_found=False)
        return group.sudo().all_user_ids if group else self.env["res.users"]

    def _lgo_tell_restricted_change(self, before):
        """Audit row and message when the members changed since ``before``."""
        group = self.env.ref(RESTRICTED_GROUP, raise_if_not_found=False)
        if not group:
            return
        group.invalidate_recordset(["all_user_ids"])
        after = self._lgo_restricted_members()
        added, removed = after - before, before - after
        if not added and not removed:
            return
        self.env["lgo.audit.log"]._log(
            "complaint.group",
            group,
            detail={"added": added.mapped("login"), "removed": removed.mapped("login")},
            severity="critical",
        )
        text = self.env._(
            "The group for restricted complaints was changed by %(user)s. New: %(added)s. No more:"
            " %(removed)s.",
            user=self.env.user.name,
            added=", ".join(added.mapped("name")) or "-",
            removed=", ".join(removed.mapped("name")) or "-",
        )
        for user in before | after:
            user.partner_id.sudo().message_notify(
                partner_ids=user.partner_id.ids,
                subject=self.env._("Restricted complaints: the group was changed"),
                body=text,
            )
