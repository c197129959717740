# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RegisterController(http.Controller):
    """A register as a workbook, for whoever opened its dialog."""

    @http.route(
        "/lgo/eoffice/register/<int:wizard_id>.xlsx", type="http", auth="user", methods=["GET"],
        readonly=False,
    )  # fmt: skip
    def lgo_eoffice_register(self, wizard_id, **kwargs):
        """The workbook of the span that the dialog names; leaves an audit row."""
        return self._download("lgo.eoffice.register.print", wizard_id, "register_id")

    @http.route(
        "/lgo/eoffice/month/<int:wizard_id>.xlsx", type="http", auth="user", methods=["GET"],
        readonly=False,
    )  # fmt: skip
    def lgo_eoffice_month(self, wizard_id, **kwargs):
        """The monthly report of letters; leaves an audit row."""
        return self._download("lgo.eoffice.month.report", wizard_id)

    def _download(self, model, wizard_id, named_by=None):
        wizard = request.env[model].browse(wizard_id)
        try:
            wizard.check_access("read")
            content = wizard._workbook()
        except (AccessError, MissingError, UserError):
            raise request.not_found() from None
        name = f"{wizard[named_by].name if named_by else wizard._title()}.xlsx"
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
