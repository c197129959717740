# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request

from odoo.addons.lgo_oss.controllers.filing import FilingController


class CodeFiling(FilingController):
    """A service that asks for a proven address leads to the code and back."""

    def _render(self, service, values, errors, status=200, draft=None, nearby=None):
        response = super()._render(
            service, values, errors, status=status, draft=draft, nearby=nearby
        )
        problem = errors.get("")
        asked = (
            problem
            and service.min_assurance == "otp"
            and not request.env.user._is_public()
            and problem == service._filing_problems("web", False)
        )
        kept = response.qcontext["draft"]
        back = kept._url() if kept else f"/services/{service.code}/request"
        response.qcontext["code_url"] = back if asked else ""
        return response
