# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from PIL import Image

from odoo.tests import HttpCase, tagged

PAGES_WITHOUT_SESSION = ("/", "/contactus", "/privacy", "/accessibility", "/announcements")


@tagged("post_install", "-at_install")
class TestWebApp(HttpCase):
    """The citizens' site as an app, and what it leaves on the device of a visitor."""

    def setUp(self):
        super().setUp()
        self.company = self.env["website"].get_current_website().company_id

    def test_manifest_names_the_organisation(self):
        self.company.name = "เทศบาลตำบล “บ้านตัวอย่าง”"
        response = self.url_open("/lgo.webmanifest")
        self.assertIn("application/manifest+json", response.headers["Content-Type"])
        manifest = response.json()
        self.assertEqual(manifest["name"], "เทศบาลตำบล “บ้านตัวอย่าง”")
        self.assertEqual((manifest["scope"], manifest["start_url"]), ("/", "/"))
        self.assertEqual({icon["purpose"] for icon in manifest["icons"]}, {"any", "maskable"})

    def _icon(self, size):
        response = self.url_open(f"/lgo/icon/{size}.png")
        self.assertEqual(response.status_code, 200)
        return Image.open(io.BytesIO(response.content)).convert("RGB")

    def test_icons(self):
        self.assertEqual(self._icon(192).size, (192, 192))
        self.assertEqual(self.url_open("/lgo/icon/100000.png").status_code, 404)
        logo = io.BytesIO()
        Image.new("RGB", (400, 100), "#ff0000").save(logo, "PNG")
        self.company.logo = base64.b64encode(logo.getvalue())
        icon = self._icon(512)
        self.assertEqual(icon.size, (512, 512))
        self.assertEqual(icon.getpixel((256, 256)), (255, 0, 0))
        self.assertEqual(icon.getpixel((5, 5)), (255, 255, 255))
        self.assertEqual(icon.getpixel((20, 256)), (255, 255, 255), "no phone cuts it off")

    def test_a_drawn_logo_gives_the_stock_icon(self):
        stock = self._icon(192).tobytes()
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="5"/></svg>'
        self.company.logo = base64.b64encode(drawing)
        self.assertEqual(self._icon(192).tobytes(), stock)

    def test_worker_and_offline_page(self):
        worker = self.url_open("/lgo-worker.js")
        self.assertIn("javascript", worker.headers["Content-Type"])
        self.assertIn("no-cache", worker.headers["Cache-Control"])
        self.company.phone = "02 111 2222"
        page = self.url_open("/offline").text
        self.assertTrue(page.startswith("<!DOCTYPE html>"))
        self.assertIn("02 111 2222", page)

    def test_a_visitor_gets_no_session(self):
        for path in PAGES_WITHOUT_SESSION:
            self.opener.cookies.clear()
            response = self.url_open(path)
            self.assertEqual(response.status_code, 200, path)
            self.assertNotIn("session_id", response.cookies, path)

    def test_the_privacy_page_names_what_is_kept(self):
        self.opener.cookies.clear()
        page = self.url_open("/privacy").text
        self.url_open("/web/login")
        named = {cookie.name for cookie in self.opener.cookies}
        self.assertIn("session_id", named)
        for name in named - {"test_request_key"}:
            self.assertIn(f">{name}</strong>", page)
