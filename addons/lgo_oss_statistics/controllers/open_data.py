# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.http import generate_etag, parse_etags

from odoo import http
from odoo.http import request

from odoo.addons.lgo_base.models.lgo_rate_limit import Limit

FILES = Limit("opendata", 60, 60)
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


class OpenDataController(http.Controller):
    """The catalogue and its files; addresses that stay as they are."""

    @http.route(
        "/opendata", type="http", auth="public", website=True, sitemap=True, methods=["GET"]
    )
    def catalogue(self, **kwargs):
        """All datasets with licence and last update."""
        return request.render(
            "lgo_oss_statistics.open_data",
            {
                "datasets": request.env["lgo.open.dataset"]._published(),
                "updated": request.env["lgo.oss.publication"]._updated_at(),
                "page_name": "statistics",
            },
        )

    @http.route(
        "/opendata/<string:name>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET"],
    )
    def dataset(self, name, **kwargs):
        """Page of a dataset, or its file when the name ends in .csv or .json."""
        datasets = request.env["lgo.open.dataset"]
        if name in ("catalog.json", "catalog.jsonld"):
            return self._catalogue_file(name)
        code, _dot, kind = name.partition(".")
        dataset = datasets._published(code)[:1]
        if not dataset or (kind and kind not in TYPES):
            raise request.not_found()
        if not kind:
            base = request.httprequest.url_root.rstrip("/")
            return request.render(
                "lgo_oss_statistics.open_data_set",
                {
                    "dataset": dataset,
                    "meta": dataset._metadata(base),
                    "page_name": "statistics",
                },
            )
        if self._too_many():
            return request.make_response(request.env._("Please wait a minute."), status=429)
        content, digest = dataset._content(kind)
        return self._send(content, digest, TYPES[kind], f"{code}.{kind}")

    def _catalogue_file(self, name):
        if self._too_many():
            return request.make_response(request.env._("Please wait a minute."), status=429)
        base = request.httprequest.url_root.rstrip("/")
        datasets = request.env["lgo.open.dataset"]._published()
        if name == "catalog.json":
            response = request.make_json_response([row._metadata(base) for row in datasets])
        else:
            response = request.make_json_response(
                {
                    "@context": {
                        "dcat": "http://www.w3.org/ns/dcat#",
                        "dct": "http://purl.org/dc/terms/",
                        "foaf": "http://xmlns.com/foaf/0.1/",
                        "vcard": "http://www.w3.org/2006/vcard/ns#",
                    },
                    "@type": "dcat:Catalog",
                    "@id": f"{base}/opendata",
                    "dct:title": request.env.company.sudo().name,
                    "dcat:dataset": [row._dcat(base) for row in datasets],
                }
            )
            response.headers["Content-Type"] = "application/ld+json; charset=utf-8"
        digest = generate_etag(response.get_data())
        return self._cached(response, digest)

    @staticmethod
    def _too_many():
        limits = request.env["lgo.rate.limit"]
        return not limits._allows((FILES, limits._address(request.httprequest.remote_addr)))

    def _send(self, content, digest, mime, name):
        response = request.make_response(
            content,
            headers=[
                ("Content-Type", mime),
                ("Content-Disposition", f'attachment; filename="{name}"'),
                ("X-Content-Type-Options", "nosniff"),
                ("Access-Control-Allow-Origin", "*"),
            ],
        )
        return self._cached(response, digest)

    @staticmethod
    def _cached(response, digest):
        """Answer "not modified" to who has the same already."""
        response.headers["ETag"] = f'"{digest}"'
        response.headers["Cache-Control"] = "public, max-age=3600"
        known = parse_etags(request.httprequest.headers.get("If-None-Match"))
        if known.contains(digest):
            response.set_data(b"")
            response.status_code = 304
        return response
