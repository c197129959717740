# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

# An object, not a flag: a remote call can send any context value but never this object.
_PERMIT = object()


class LgoAppendOnlyMixin(models.AbstractModel):
    """Records that the system writes once and that nobody changes, not even in ``sudo``.

    What a paper, a register book or the audit trail says must stay what it said (Electronic
    Transactions Act B.E. 2544, s. 12; ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖; Computer
    Crime Act B.E. 2550, s. 26). Creating, writing and copying are refused unless the code asks
    through :meth:`_append_only_permitted`; even then only the fields that the class names may be
    written again. Deleting is always refused.
    """

    _name = "lgo.append.only.mixin"
    _description = "Record Written Once"

    #: Context key of the permit; models that are written together share one.
    _append_only_key = "lgo_append_only"
    #: Fields that the system may still write after the creation.
    _append_only_writable = frozenset()

    def _append_only_permitted(self):
        """``self`` allowed to create and to write; never hand it to a caller."""
        return self.with_context(**{self._append_only_key: _PERMIT})

    def _append_only_sealed(self):
        """``self`` without the permit, to be handed on."""
        return self.with_context(**{self._append_only_key: None})

    @api.model
    def _is_append_only_permitted(self):
        return self.env.context.get(self._append_only_key) is _PERMIT

    def _append_only_message(self):
        """Sentence of the refusal; each model says what to do instead."""
        return self.env._("These records never change.")

    def _append_only_unlink_message(self):
        """Sentence of the refusal to delete."""
        return self._append_only_message()

    def _check_append_only(self, names=()):
        """Refuse whatever the system did not ask for.

        :param names: names of the fields to be written
        :raises AccessError: no permit, or a field that never changes
        """
        if not self._is_append_only_permitted() or set(names) - self._append_only_writable:
            raise AccessError(self._append_only_message())

    @api.model_create_multi
    def create(self, vals_list):
        self.browse()._check_append_only()
        return super().create(vals_list)

    def write(self, vals):
        self._check_append_only(vals)
        return super().write(vals)

    def copy(self, default=None):
        self._check_append_only()
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self._append_only_unlink_message())
