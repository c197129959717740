# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where it happened, and whether somebody has told it before."""

from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.lgo_base.tools import thai


class FilingNearby:
    """A part of ``FilingController``: the place on the map and the requests about it."""

    @staticmethod
    def _clean_place(service, post, values, errors):
        env = request.env
        texts = (post.get("latitude") or "").strip(), (post.get("longitude") or "").strip()
        if any(texts):
            try:
                latitude, longitude = (float(thai.to_arabic_digits(text)) for text in texts)
                if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
                    raise ValueError
                values.update(latitude=latitude, longitude=longitude)
            except ValueError:
                errors["latitude"] = env._(
                    "The place on the map is not valid. Please mark it again."
                )
        elif service.needs_location and not values["location_text"]:
            errors["latitude"] = env._("Please mark the place on the map or describe it.")

    @staticmethod
    def _nearby(service, values, post):
        """Requests that may be about the same matter, until the citizen has seen them."""
        Case = request.env[service.case_model]
        if post.get("file_anyway") or not hasattr(Case, "_nearby_for_citizen"):
            return []
        return Case._nearby_for_citizen(service, values)

    def _follow(self, service, post, values, nearby, draft):
        """Follow the request that is there instead of filing a second one."""
        case = nearby.filtered(lambda case: str(case.id) == post["follow"])
        if not case:
            return self._render(service, post, {}, nearby=nearby)
        user = request.env.user
        follower = request.env["lgo.oss.follower"]._follow(
            case,
            partner=None if user._is_public() else user.partner_id,
            email=email_normalize(values["applicant_email"] or "") or None,
            phone=values["applicant_phone"] or None,
        )
        draft.unlink()
        return request.redirect(f"{follower._url()}?thanks=1")
