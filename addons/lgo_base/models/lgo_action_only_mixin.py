# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError


class LgoActionOnlyMixin(models.AbstractModel):
    """Fields that only the actions of the model write, not a form, an import or a remote call.

    ``readonly`` on a field is for the screen: whoever may write the record may write the field
    over the network. The actions check the right to write, then write in ``sudo``.
    """

    _name = "lgo.action.only.mixin"
    _description = "State Written by Actions Only"

    #: Fields that are written in ``sudo`` only.
    _action_only = frozenset({"state"})

    @api.model
    def default_get(self, fields_list):
        """A default from the context or from ``ir.default`` puts nothing in force."""
        values = super().default_get(fields_list)
        if not self.env.su:
            for name in self._action_only & values.keys():
                values[name] = self._action_only_default(name)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                for name in self._action_only & vals.keys():
                    if (vals[name] or False) != self._action_only_default(name):
                        self._refuse_action_only()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._action_only & vals.keys():
            self._refuse_action_only()
        return super().write(vals)

    @api.model
    def _action_only_default(self, name):
        """Value that the field itself gives to a new record."""
        default = self._fields[name].default
        value = (default(self) if default else False) or False
        return value.id if isinstance(value, models.BaseModel) else value

    def _refuse_action_only(self):
        raise AccessError(
            self.env._("This is not written directly; use the buttons of the record.")
        )
