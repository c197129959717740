# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

REGISTRAR = "lgo_eoffice.group_secret"
ADMINISTRATORS = ("base.group_system", "lgo_base.group_admin")
#: Record rules that keep secret letters secret.
RULES = ("lgo_eoffice.lgo_eoffice_letter_rule_secret", "lgo_eoffice.lgo_register_entry_rule_secret")


class ResUsers(models.Model):
    """Who keeps the secret letters, and that nobody becomes so unseen.

    Whoever administers the system is no registrar of secret letters, even with the group
    (ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔: the registrar is appointed by the head).
    """

    _inherit = "res.users"

    def _lgo_administers(self):
        """Whether the user administers the system."""
        self.ensure_one()
        return any(self.sudo().has_group(group) for group in ADMINISTRATORS)

    def _lgo_is_secret_registrar(self):
        """Whether the user is registrar of secret letters."""
        self.ensure_one()
        return self.sudo().has_group(REGISTRAR) and not self._lgo_administers()

    @api.model
    def _lgo_secret_registrars(self, company):
        """Active registrars of secret letters of ``company``."""
        users = self.env.ref(REGISTRAR).sudo().all_user_ids
        return users.filtered(
            lambda user: (
                user.active and company in user.company_ids and user._lgo_is_secret_registrar()
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users.filtered(lambda user: user.sudo().has_group(REGISTRAR))._log_registrar("added")
        return users

    def write(self, vals):
        if not {"group_ids", "role"} & vals.keys():
            return super().write(vals)
        before = self.filtered(lambda user: user.sudo().has_group(REGISTRAR))
        result = super().write(vals)
        after = self.filtered(lambda user: user.sudo().has_group(REGISTRAR))
        (after - before)._log_registrar("added")
        (before - after)._log_registrar("removed")
        return result

    def _log_registrar(self, change):
        if self and self.env.registry.ready:
            self.env["lgo.audit.log"]._log(
                "letter.registrar", self, detail={"registrar": change}, severity="critical"
            )


class ResGroups(models.Model):
    """The same when the group is changed instead of the user."""

    _inherit = "res.groups"

    def write(self, vals):
        if not {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys():
            return super().write(vals)
        group = self.env.ref(REGISTRAR, raise_if_not_found=False)
        before = group.sudo().all_user_ids if group else self.env["res.users"]
        result = super().write(vals)
        if group:
            group.invalidate_recordset(["all_user_ids"])
            after = group.sudo().all_user_ids
            (after - before).with_env(self.env)._log_registrar("added")
            (before - after).with_env(self.env)._log_registrar("removed")
        return result


class IrRule(models.Model):
    """The rules of secret letters are part of the program: no setting changes them."""

    _inherit = "ir.rule"

    def write(self, vals):
        self._refuse_secret_rules()
        return super().write(vals)

    def unlink(self):
        self._refuse_secret_rules()
        return super().unlink()

    @api.model
    def _secret_rules(self):
        """External ids of the rules that nobody changes; an add-on adds its own."""
        return RULES

    def _refuse_secret_rules(self):
        if not self.env.registry.ready:
            return
        ids = {self.env["ir.model.data"]._xmlid_to_res_id(name) for name in self._secret_rules()}
        if ids & set(self.ids):
            raise AccessError(
                self.env._("The rules that protect secret letters are not changed by anybody.")
            )
