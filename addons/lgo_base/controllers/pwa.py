# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import functools
import io
import json

from PIL import Image, UnidentifiedImageError

from odoo import http
from odoo.http import request
from odoo.tools import file_open

WORKER = "lgo_base/static/src/pwa/service_worker.js"
ICON_SIZES = (192, 512)
DAY = 24 * 60 * 60
#: Part of an icon that no phone cuts off (maskable icons: the inner 80 %).
SAFE = 0.8


class WebApp(http.Controller):
    """The citizens' site as an app on the phone: manifest, icons, worker, page without signal."""

    @http.route("/lgo.webmanifest", type="http", auth="public", website=True, sitemap=False,
                methods=["GET"], readonly=True, save_session=False)  # fmt: skip
    def manifest(self, **kw):
        """Name and icons (W3C Web Application Manifest)."""
        company = request.website.company_id.sudo()
        language = (request.env.lang or "th").replace("_", "-")
        content = {
            "id": "/",
            "name": company.name,
            "short_name": company.name[:30],
            "description": request.env._("Online services for citizens"),
            "lang": language,
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0b4f8a",
            "icons": [
                {
                    "src": f"/lgo/icon/{size}.png",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size in ICON_SIZES
                for purpose in ("any", "maskable")
            ],
            "shortcuts": [
                {"name": request.env._("Services"), "url": "/services"},
                {"name": request.env._("Follow a case"), "url": "/track"},
            ],
        }
        return request.make_response(
            json.dumps(content, ensure_ascii=False),
            headers=[
                ("Content-Type", "application/manifest+json; charset=utf-8"),
                ("Cache-Control", "public, max-age=3600"),
            ],
        )

    @http.route("/lgo/icon/<int:size>.png", type="http", auth="public", website=True,
                sitemap=False, methods=["GET"], readonly=True, save_session=False)  # fmt: skip
    def icon(self, size, **kw):
        """The seal of the organisation on white, square, whole within the safe part."""
        if size not in ICON_SIZES:
            raise request.not_found()
        company = request.website.company_id.sudo()
        content = None if company.uses_default_logo else _square(company.logo, size)
        if not content:
            with file_open(f"lgo_base/static/img/icon-{size}.png", "rb") as file:
                content = file.read()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "image/png"),
                ("Cache-Control", f"public, max-age={DAY}"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route("/lgo-worker.js", type="http", auth="none", methods=["GET"], save_session=False)
    def worker(self, **kw):
        """The service worker; it stands at the root because it serves the whole site."""
        with file_open(WORKER, "rb") as file:
            content = file.read()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Cache-Control", "no-cache"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route("/offline", type="http", auth="public", website=True, sitemap=False,
                methods=["GET"], readonly=True, save_session=False)  # fmt: skip
    def offline(self, **kw):
        """What the device shows without a connection: how to reach the office."""
        title = request.env._("No connection to the internet")
        response = request.render("lgo_base.web_offline", {"title": title})
        response.headers["X-Robots-Tag"] = "noindex"
        return response


@functools.lru_cache(maxsize=16)
def _square(logo, size):
    """A picture as a square PNG with a white border; None for one without pixels (SVG).

    :param bytes logo: base64, as Odoo keeps it
    :param int size: length of a side in pixels
    """
    try:
        with Image.open(io.BytesIO(base64.b64decode(logo))) as image:
            picture = image.convert("RGBA")
    except UnidentifiedImageError:
        return None
    inner = int(size * SAFE)
    picture.thumbnail((inner, inner), Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", (size, size), "white")
    paper.paste(picture, ((size - picture.width) // 2, (size - picture.height) // 2), picture)
    output = io.BytesIO()
    paper.convert("RGB").save(output, "PNG", optimize=True)
    return output.getvalue()
