# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import models
from odoo.exceptions import UserError


class LgoEofficeLetter(models.Model):
    _inherit = "lgo.eoffice.letter"

    def action_preview_unsaved(self, values):
        """The paper of an own letter as it would be printed with what was typed but not saved.

        Everything happens in a transaction of its own that is rolled back: rights and checks are
        those of saving, and nothing of it stays, neither the text nor a note in the history.

        :param dict values: as for ``write``, or as for ``create`` when the letter was never saved
        :return: the PDF in base64
        :rtype: str
        :raises UserError: the letter is received or already numbered, or would not be saved so
        """
        if self:
            self.ensure_one()
            self.check_access("write")
            self._note_sitting()
        elif not (values.get("subject") and values.get("kind_id")):
            raise UserError(self.env._("Fill in kind and subject first."))
        with self.env.registry.cursor() as cr:
            letter = self.with_env(self.env(cr=cr)).with_context(tracking_disable=True)
            if letter:
                letter.write(values)
            else:
                letter = letter.create(values)
            if letter.direction == "in" or letter.document_id:
                raise UserError(self.env._("Only the draft of an own letter is printed anew."))
            content = letter._preview_file()
            cr.rollback()
        return base64.b64encode(content).decode()
