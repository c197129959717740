# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a printed page may load: our own files, never the network and never the disk at large.

A template or a user's HTML field may carry any address.  Fetching it from the server would let
a user reach hosts and files behind the firewall (server-side request forgery, CWE-918), so only
these are answered, in this process and with the rights of the printing user:
``data:`` URIs, ``/<module>/static/…``, ``/web/image/…``, ``/web/assets/…``,
``/report/barcode/…``.
"""

import base64
import mimetypes
import posixpath
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from odoo.tools import file_open
from odoo.tools.mimetypes import guess_mimetype

from .qr import qr_svg

STATIC = re.compile(r"/(\w+)/static/(.+)")
IMAGE = re.compile(
    r"/web/image(?:/(?P<model>[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)+)/(?P<res_id>\d+)/(?P<field>\w+)"
    r"|/(?P<attachment>\d+)(?:-[^/]+)?"
    r"|/(?P<xmlid>\w+\.\w+))?(?:/.*)?"
)
BARCODE = re.compile(r"/report/barcode(?:/(?P<kind>\w+)/(?P<value>.+))?/?")


class RefusedURL(ValueError):
    """The address is not one that a printed page may load."""


class PrintFetcher(URLFetcher):
    """Answers WeasyPrint's requests without leaving the process.

    :param str base_url: the address of this Odoo; other hosts are refused
    :param env: environment of the printing user; without it only static files and data URIs
    """

    def __init__(self, base_url, env=None):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._base = urlsplit(base_url)[:2]
        self._env = env

    def fetch(self, url, headers=None):
        """Return the content of ``url``.

        :raises RefusedURL: when the address is not allowed
        :raises odoo.exceptions.AccessError: when the user may not read the image
        """
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        parts = urlsplit(url)
        if parts[:2] != self._base:
            raise RefusedURL(f"Only own addresses are printed: {url[:200]}")
        path = posixpath.normpath(unquote(parts.path))
        query = dict(parse_qsl(parts.query))
        content, mimetype = self._answer(path, query)
        if content is None:
            raise RefusedURL(f"Not an address that a page may load: {url[:200]}")
        return URLFetcherResponse(url, content, {"Content-Type": mimetype})

    def _answer(self, path, query):
        if STATIC.fullmatch(path):
            with file_open(path[1:], "rb") as file:
                return file.read(), mimetypes.guess_type(path)[0] or "application/octet-stream"
        if self._env is None:
            return None, None
        if path.startswith("/web/assets/"):
            return self._bundle(path)
        if match := IMAGE.fullmatch(path):
            return self._image(match, query)
        if match := BARCODE.fullmatch(path):
            return self._barcode(match, query)
        return None, None

    def _bundle(self, path):
        """A generated bundle: public by nature, stored as an attachment of the views."""
        attachment = (
            self._env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("url", "=", path),
                    ("public", "=", True),
                    ("res_model", "=", "ir.ui.view"),
                    ("res_id", "=", 0),
                ],
                limit=1,
            )
        )
        return (attachment.raw, attachment.mimetype) if attachment else (None, None)

    def _image(self, match, query):
        """An image field or attachment, read with the rights of the user."""
        found = match.groupdict()
        res_id = found["res_id"] or found["attachment"] or query.get("id", "")
        xmlid = found["xmlid"] or query.get("xmlid")
        if not xmlid and not res_id.isdigit():
            return None, None
        field = found["field"] or query.get("field", "raw")
        record = self._env["ir.binary"]._find_record(
            xmlid=xmlid,
            res_model=found["model"] or query.get("model", "ir.attachment"),
            res_id=int(res_id) if res_id else None,
            access_token=query.get("access_token"),
            field=field,
        )
        if record._name == "ir.attachment":
            # One of type "url" only names another address.
            content = record.raw if record.type == "binary" else None
        elif field in record._fields and record._fields[field].type == "binary":
            record._check_field_access(record._fields[field], "read")
            content = base64.b64decode(record.with_context(bin_size=False)[field] or b"")
        else:
            content = None
        return (content, guess_mimetype(content)) if content else (None, None)

    def _barcode(self, match, query):
        kind = match["kind"] or query.pop("barcode_type", "")
        value = match["value"] or query.pop("value", "")
        if kind == "QR" and value:
            return qr_svg(value).encode(), "image/svg+xml"
        query.pop("barcode_type", None)
        return self._env["ir.actions.report"].barcode(kind, value, **query), "image/png"
