# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.http import content_disposition, request


class ProcessingRecord(http.Controller):
    """The record of processing as a workbook, for the personal data officer and the auditor."""

    @http.route("/lgo/processing-record.xlsx", type="http", auth="user", methods=["GET"])
    def lgo_processing_record(self, **kwargs):
        """All activities that the user may read (PDPA B.E. 2562 s.39); leaves an audit row."""
        content = request.env["report.lgo_base.report_processing_record"]._workbook()
        return self._lgo_workbook(content, "ropa.xlsx")

    @http.route("/lgo/privacy-requests.xlsx", type="http", auth="user", methods=["GET"])
    def lgo_privacy_requests(self, **kwargs):
        """The register of requests (PDPA B.E. 2562 s.39(7)); leaves an audit row."""
        content = request.env["lgo.privacy.request"]._register_workbook()
        return self._lgo_workbook(content, "privacy-requests.xlsx")

    @staticmethod
    def _lgo_workbook(content, name):
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = [("Content-Type", kind), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
