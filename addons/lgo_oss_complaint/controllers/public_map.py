# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import http
from odoo.http import request

from odoo.addons.lgo_oss.controllers.cases import CasePortal

MODELS = ("lgo.oss.complaint", "lgo.oss.request")
#: Longest table of the page.
ROWS = 200


class PublicMapController(http.Controller):
    """What was reported in the municipality, without anything personal."""

    @http.route("/complaints/map", type="http", auth="public", website=True, sitemap=True)
    def public_map(self, **kwargs):
        """Map and table of the reports of the last months."""
        env = request.env
        points = []
        for model in MODELS:
            points += env[model]._public_points()
        points.sort(key=lambda point: point["date"], reverse=True)
        fields_ = ("lat", "lon", "title", "state", "done")
        return request.render(
            "lgo_oss_complaint.public_map",
            {
                "points": points[:ROWS],
                "points_json": json.dumps(
                    [{name: point[name] for name in fields_} for point in points]
                ),
                "restricted": env["lgo.oss.complaint"]._restricted_count(),
                "company": env.company.sudo(),
                "page_name": "complaints",
            },
        )

    @http.route(
        "/complaints/photos/<int:case_type>/<int:case_id>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def photos(self, case_type, case_id, **kwargs):
        """Photos before and after the work, side by side, once an officer has released them."""
        case, (before, after) = self._released(case_type, case_id)
        return request.render(
            "lgo_oss_complaint.public_photos",
            {
                "title": case[case._duplicate_key].display_name,
                "before": before,
                "after": after,
                "url": f"/complaints/photos/{case_type}/{case_id}",
                "page_name": "complaints",
            },
        )

    @http.route(
        "/complaints/photos/<int:case_type>/<int:case_id>/<int:attachment_id>",
        type="http",
        auth="public",
    )
    def photo(self, case_type, case_id, attachment_id, **kwargs):
        """One of these photos."""
        _case, (before, after) = self._released(case_type, case_id)
        photo = (before | after).filtered(lambda file: file.id == attachment_id)
        if not photo:
            raise request.not_found()
        return CasePortal._send(photo)

    @staticmethod
    def _released(case_type, case_id):
        """The case and its released photos; a 404 page when there are none."""
        for name in MODELS:
            Case = request.env[name].sudo()
            if Case._case_type != case_type:
                continue
            case = Case.search([*Case._public_domain(), ("id", "=", case_id)], limit=1)
            photos = case._public_photos() if case else ()
            if case and photos[1]:
                return case, photos
        raise request.not_found()
