# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .lgo_eoffice_letter_copy_paper import KIND

LETTER = "lgo.eoffice.letter"


class LgoIssuedDocument(models.Model):
    """Issued papers of letters: those of a secret letter are as secret as the letter.

    Rule on keeping official secrets B.E. 2544: who is not named to open the letter sees neither
    its paper nor that there is one, whatever other rights they have.
    """

    _inherit = "lgo.issued.document"

    def _compose(self, record, content):
        """A certified copy is the paper itself with the certificate laid over it."""
        content = super()._compose(record, content)
        if self.kind_id.code == KIND and record._name == LETTER:
            return record._copied_file(content)
        return content

    @api.model
    def _secret_domain(self):
        """Documents of secret letters that the user may not open."""
        letters = self.env[LETTER]
        allowed = letters._search(Domain("secrecy", "!=", "normal"))
        secret = letters.sudo()._search(Domain("secrecy", "!=", "normal"))
        return (
            Domain("res_model", "=", LETTER)
            & Domain("res_id", "in", secret)
            & Domain("res_id", "not in", allowed)
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain) & ~self._secret_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        """Who may read a letter may read its paper; who may not open a secret one may not."""
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        papers = self.sudo().filtered(lambda paper: paper.res_model == LETTER)
        letters = self.env[LETTER].sudo().browse(papers.mapped("res_id")).exists()
        readable = set(letters.with_env(self.env)._filtered_access("read")._ids)
        secret = {letter.id for letter in letters if letter.secrecy != "normal"}
        closed = papers.filtered(lambda paper: paper.res_id in secret - readable)
        forbidden = (result[0] if result else self.browse()) | closed.with_env(self.env)
        may_read = self.env["ir.model.access"].check(self._name, "read", raise_exception=False)
        if operation == "read" and may_read:
            forbidden -= papers.filtered(lambda paper: paper.res_id in readable)
        if not forbidden:
            return None
        if result:
            return forbidden, result[1]
        return forbidden, lambda: AccessError(
            self.env._("This paper belongs to a secret letter that you may not open.")
        )
