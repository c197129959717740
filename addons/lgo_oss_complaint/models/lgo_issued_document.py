# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

COMPLAINT = "lgo.oss.complaint"


class LgoIssuedDocument(models.Model):
    """Papers of a complaint that turned out to be restricted are as closed as the complaint."""

    _inherit = "lgo.issued.document"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not bypass_access and not self.env[COMPLAINT]._sees_restricted():
            secret = self.env[COMPLAINT].sudo()._search([("restricted", "=", True)])
            domain = Domain(domain) & (
                Domain("res_model", "!=", COMPLAINT) | Domain("res_id", "not in", secret)
            )
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self or self.env[COMPLAINT]._sees_restricted():
            return result
        papers = self.sudo().filtered(lambda paper: paper.res_model == COMPLAINT)
        cases = self.env[COMPLAINT].sudo().browse(papers.mapped("res_id"))
        secret = set(cases.exists().filtered("restricted").ids)
        forbidden = papers.filtered(lambda paper: paper.res_id in secret).with_env(self.env)
        if not forbidden:
            return result
        if result:
            forbidden |= result[0]
        return forbidden, lambda: AccessError(self.env._("This case is not open to you."))
