# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import UTC

from lxml import etree

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.lgo_base.controllers.announcements import AnnouncementController
from odoo.addons.lgo_base.controllers.website import PAGE
from odoo.addons.portal.controllers.portal import pager

#: A page that the list leads to, not the site map.
UNLISTED = {**PAGE, "sitemap": False}
PAGE_SIZE = 20
FEED_SIZE = 30
LONGEST_QUERY = 200
#: The id at the end of an address; more digits than an id has are no id.
ID = re.compile(r"(?:^|-)([1-9]\d{0,8})$")
YEAR = re.compile(r"2[4-7]\d\d")
#: Characters that XML 1.0 knows no way to write.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BoardController(AnnouncementController):
    """The public board: signed orders, rules and announcements, for everyone."""

    @http.route(["/board", "/board/page/<int:page>"], **PAGE)
    def board(self, page=1, kind="", year="", q="", **kwargs):
        """All that is shown now, the newest first."""
        Announcement = request.env["lgo.announcement"]
        company = request.website.company_id
        # which kinds there are is no secret, and does not depend on what was asked
        kinds = request.env["lgo.eoffice.kind"].sudo().search([("can_publish", "=", True)])
        kind = kind if kind in kinds.mapped("code") else ""
        year = int(year) if YEAR.fullmatch(year) else 0
        q = q[:LONGEST_QUERY].strip()
        domain = Announcement._board_domain(company, kind, year, q)
        asked = {"kind": kind, "year": year, "q": q}
        pages = pager(
            url="/board",
            url_args={name: value for name, value in asked.items() if value},
            total=Announcement.search_count(domain),
            page=page,
            step=PAGE_SIZE,
        )
        years = Announcement._read_group(
            Announcement._board_domain(company), ["year_be"], order="year_be DESC"
        )
        return request.render(
            "lgo_eoffice_meeting.board",
            {
                "announcements": Announcement.search(
                    domain,
                    order="doc_date desc, id desc",
                    limit=PAGE_SIZE,
                    offset=pages["offset"],
                ),
                "kinds": [(one.code, one.name) for one in kinds],
                "years": [row[0] for row in years],
                "pager": pages,
                "page_name": "board",
                **asked,
            },
        )

    @http.route("/board/rss.xml", **UNLISTED)
    def feed(self, **kwargs):
        """The newest ones for readers of news (RSS 2.0)."""
        Announcement = request.env["lgo.announcement"]
        company = request.website.company_id
        rows = Announcement.search(
            Announcement._board_domain(company), order="date_from desc, id desc", limit=FEED_SIZE
        )
        root = request.httprequest.url_root.rstrip("/")
        rss = etree.Element("rss", version="2.0")
        channel = etree.SubElement(rss, "channel")
        title = request.env._("Orders, rules and announcements")
        _add(channel, "title", f"{title} {company.name}")
        _add(channel, "link", f"{root}/board")
        _add(channel, "description", title)
        _add(channel, "language", "th")
        for row in rows:
            item = etree.SubElement(channel, "item")
            _add(item, "title", f"{row.kind_name} {row.doc_no} {row.name}")
            _add(item, "link", root + row._url())
            _add(item, "guid", f"{root}{row._url()}")
            _add(item, "category", row.kind_name)
            shown = row.date_from.replace(tzinfo=UTC)
            _add(item, "pubDate", shown.strftime("%a, %d %b %Y %H:%M:%S +0000"))
        return request.make_response(
            etree.tostring(rss, xml_declaration=True, encoding="UTF-8"),
            [("Content-Type", "application/rss+xml; charset=utf-8")],
        )

    @http.route("/board/<string:slug>", **UNLISTED)
    def board_page(self, slug, **kwargs):
        """One document with its signed file."""
        announcement = self._on_board(slug)
        if f"/board/{slug}" != announcement._url():
            return request.redirect(announcement._url(), code=301)
        return request.render(
            "lgo_eoffice_meeting.board_page",
            {
                "announcement": announcement,
                # open to everyone together with the announcement that was just found
                "document": announcement.sudo().document_id,
                "files": announcement.sudo().attachment_ids,
                "page_name": "board",
            },
        )

    @http.route("/board/<string:slug>/document", **{**UNLISTED, "readonly": False})
    def board_document(self, slug, **kwargs):
        """The signed file, checked against its hash, only while it is shown."""
        document = self._on_board(slug).sudo().document_id
        try:
            content = document._content()
        except UserError:
            # an answer, not an exception: the line in the audit trail must stay
            return request.make_response("", status=404)
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(document.attachment_id.name, "inline")),
                ("X-Content-Type-Options", "nosniff"),
                # withdrawn means withdrawn: no cache on the way keeps it
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route()
    def announcement(self, announcement_id, **kwargs):
        """An official document has its page on the board."""
        announcement = self._shown(announcement_id)
        if announcement.letter_id.id:
            return request.redirect(announcement._url(), code=301)
        return super().announcement(announcement_id, **kwargs)

    @staticmethod
    def _on_board(slug):
        """The announcement of this address when the board shows it now; a 404 page otherwise."""
        match = ID.search(slug)
        if match:
            Announcement = request.env["lgo.announcement"]
            domain = Announcement._board_domain(request.website.company_id)
            found = Announcement.search(domain & Domain("id", "=", int(match[1])), limit=1)
            if found:
                return found
        raise request.not_found()


def _add(parent, tag, text):
    etree.SubElement(parent, tag).text = NO_XML.sub("", text or "")
