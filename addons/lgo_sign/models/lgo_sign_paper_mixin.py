# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain


class LgoSignPaperMixin(models.AbstractModel):
    """What belongs to an issued document is seen by who sees the document, and by nobody else.

    Other add-ons narrow who sees a document (the paper of a secret letter, for example); what hangs
    on it must not tell of it.
    """

    _name = "lgo.sign.paper.mixin"
    _description = "Part of an Issued Document"

    #: Field that leads to the document, or to what leads to it.
    _paper_field = "document_id"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            papers = self.env[self._fields[self._paper_field].comodel_name]._search([])
            domain = Domain(domain) & Domain(self._paper_field, "in", papers)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        papers = self.sudo()[self._paper_field].with_env(self.env)
        closed = papers - papers._filtered_access("read")
        if not closed:
            return result
        hidden = self.sudo().filtered(lambda part: part[self._paper_field] in closed)
        forbidden = (result[0] if result else self.browse()) | hidden.with_env(self.env)
        rules = self.env["ir.rule"]
        return forbidden, lambda: rules._make_access_error(operation, forbidden)
