# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from odoo.addons.lgo_base.tools import thai

from ..tools import period

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookController(http.Controller):
    """Reports of the office as workbooks."""

    @http.route("/lgo/statistics/workbook", type="http", auth="user", methods=["GET"])
    def workbook(self, year=None, month=None, **kwargs):
        """Report of a fiscal year, or of the month ``month`` (1 to 12) in it."""
        year = period.clean_year(year, thai.fiscal_year(fields.Datetime.now()))
        months = {each.month: each for each in period.months(*period.fiscal_span(year))}
        chosen = months.get(int(month)) if month and month.isascii() and month.isdigit() else None
        try:
            name, content = request.env["lgo.oss.workbook"]._make(year, chosen)
        except AccessError as error:
            return request.make_response(str(error), status=403)
        return request.make_response(
            content,
            headers=[
                ("Content-Type", MIME),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
