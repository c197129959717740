# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain


class LgoEofficeChildMixin(models.AbstractModel):
    """A part of a letter: who may read the letter reads it, who may write the letter writes it.

    So a part of a secret letter is as secret as the letter, in lists and over the network.
    """

    _name = "lgo.eoffice.child.mixin"
    _inherit = ["lgo.eoffice.trail.mixin"]
    _description = "Part of a Letter"

    #: Whether it stands on the paper: nobody changes it while the letter is being signed.
    _is_printed = False

    letter_id = fields.Many2one(
        comodel_name="lgo.eoffice.letter", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._refuse_while_signing()
        return parts

    def write(self, vals):
        """A part never moves to another letter.

        :raises AccessError: ``letter_id`` is written from outside
        """
        if not self.env.su and "letter_id" in vals:
            for part in self:
                if part.letter_id.id != vals["letter_id"]:
                    raise AccessError(self.env._("A part of a letter stays with its letter."))
        self._refuse_while_signing()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_not_signing(self):
        self._refuse_while_signing()

    def _refuse_while_signing(self):
        if self._is_printed and not self.env.su:
            self.letter_id._refuse_while_signing()

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        rest = self - result[0] if result else self
        wanted = "read" if operation == "read" else "write"
        letters = rest.sudo().letter_id.with_env(self.env)
        try:
            allowed = letters._filtered_access(wanted)
        except MissingError:
            allowed = letters.exists()._filtered_access(wanted)
        ids = set(allowed._ids)
        forbidden = rest.filtered(lambda part: part.sudo().letter_id.id not in ids)
        if not forbidden:
            return result
        if result:
            return result[0] + forbidden, result[1]
        return forbidden, lambda: AccessError(
            self.env._("You may not see or change this part of a letter that is not yours.")
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            letters = self.env["lgo.eoffice.letter"]._search(Domain.TRUE)
            domain = Domain(domain) & Domain("letter_id", "in", letters)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
