# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE_SIZE = 25


class DocumentPortal(CustomerPortal):
    """Everything that the office has issued to the citizen, whatever the case."""

    @http.route(
        ["/my/documents", "/my/documents/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def documents(self, page=1, **kwargs):
        """Issued documents of the own cases, newest first; the page of a case opens them."""
        # the record rule of the register says which cases are the citizen's own
        rows = request.env["lgo.case.register"].search_fetch([], ["case_model", "case_id"])
        own = Domain.OR(
            [
                Domain("res_model", "=", model) & Domain("res_id", "in", cases.mapped("case_id"))
                for model, cases in rows.grouped("case_model").items()
            ]
        )
        domain = own & Domain("state", "!=", "replaced")
        Document = request.env["lgo.issued.document"].sudo()
        pages = pager(
            url="/my/documents", total=Document.search_count(domain), page=page, step=PAGE_SIZE
        )
        papers = Document.search(domain, order="id desc", limit=PAGE_SIZE, offset=pages["offset"])
        cases = {(row.case_model, row.case_id): row for row in rows}
        shown = request.env["lgo.case.register"].concat(
            *(cases[paper.res_model, paper.res_id] for paper in papers)
        )
        found = shown._cases()
        of_paper = {paper: cases[paper.res_model, paper.res_id] for paper in papers}
        states = dict(Document._fields["state"]._description_selection(request.env))
        return request.render(
            "lgo_oss.portal_documents",
            {
                "papers": papers,
                "urls": {paper: found[row].access_url for paper, row in of_paper.items()},
                "names": {paper: row.sudo().service_id.name for paper, row in of_paper.items()},
                "states": {
                    paper: request.env._("Expired") if paper.is_expired else states[paper.state]
                    for paper in papers
                },
                "pager": pages,
                "page_name": "documents",
            },
        )
