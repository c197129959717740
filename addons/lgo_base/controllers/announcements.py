# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .website import PAGE

#: A page that the list leads to, not the site map.
UNLISTED = {**PAGE, "sitemap": False}
PAGE_SIZE = 20
INLINE = ("application/pdf", "image/jpeg", "image/png", "image/webp")


class AnnouncementController(http.Controller):
    """Announcements and news of the office, for everyone."""

    @http.route(["/announcements", "/announcements/page/<int:page>"], **PAGE)
    def announcements(self, page=1, kind="", **kwargs):
        """All that is shown now: pinned ones, then the newest."""
        Announcement = request.env["lgo.announcement"]
        kinds = Announcement._fields["kind"]._description_selection(request.env)
        domain = Domain(Announcement._shown_domain(request.website.company_id))
        kind = kind if kind in dict(kinds) else ""
        if kind:
            domain &= Domain("kind", "=", kind)
        pages = pager(
            url="/announcements",
            url_args={"kind": kind} if kind else {},
            total=Announcement.search_count(domain),
            page=page,
            step=PAGE_SIZE,
        )
        return request.render(
            "lgo_base.announcements",
            {
                "announcements": Announcement.search(
                    domain, limit=PAGE_SIZE, offset=pages["offset"]
                ),
                "kinds": kinds,
                "kind": kind,
                "pager": pages,
                "page_name": "announcements",
            },
        )

    @http.route("/announcements/<int:announcement_id>", **UNLISTED)
    def announcement(self, announcement_id, **kwargs):
        """One of them."""
        announcement = self._shown(announcement_id)
        return request.render(
            "lgo_base.announcement",
            {
                "announcement": announcement,
                # open to everyone together with the announcement that was just found
                "files": announcement.sudo().attachment_ids,
                "page_name": "announcements",
            },
        )

    @http.route("/announcements/<int:announcement_id>/file/<int:file_id>", **UNLISTED)
    def file(self, announcement_id, file_id, **kwargs):
        """A file of an announcement that is shown now."""
        files = self._shown(announcement_id).sudo().attachment_ids
        attachment = files.filtered(lambda file: file.id == file_id)
        if not attachment:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(attachment, "raw")
        response = stream.get_response(as_attachment=attachment.mimetype not in INLINE)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @staticmethod
    def _shown(announcement_id):
        """The announcement when the site shows it now; a 404 page otherwise."""
        Announcement = request.env["lgo.announcement"]
        domain = Announcement._shown_domain(request.website.company_id)
        if announcement_id < 2**31:
            found = Announcement.search(domain & Domain("id", "=", announcement_id), limit=1)
            if found:
                return found
        raise request.not_found()
