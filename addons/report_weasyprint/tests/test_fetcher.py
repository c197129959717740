# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.exceptions import AccessError, MissingError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..tools.fetcher import PrintFetcher, RefusedURL
from .common import BASE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


@tagged("post_install", "-at_install")
class TestFetcher(TransactionCase):
    def setUp(self):
        super().setUp()
        self.fetcher = PrintFetcher(BASE, self.env)

    def test_refused(self):
        """No other host, no disk, no way around it."""
        for url in (
            "http://169.254.169.254/latest/meta-data/",
            "http://127.0.0.1:8069/web/static/img/logo.png",
            "http://localhost/web/image/1",
            "http://town.example.evil.example/web/static/img/logo.png",
            "http://town.example@evil.example/web/static/img/logo.png",
            "http://town.example:8080/web/static/img/logo.png",
            "https://town.example/web/static/img/logo.png",
            "//evil.example/a.png",
            "ftp://town.example/web/static/img/logo.png",
            "gopher://town.example/",
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            BASE + "/web/static/../../../../../../etc/passwd",
            BASE + "/web/static/..%2f..%2fmodels/ir_http.py",
            BASE + "/base/security/ir.model.access.csv",
            BASE + "/web/session/logout",
            BASE + "/web/content/1",
            BASE + "/",
        ):
            with self.subTest(url), self.assertRaises(RefusedURL):
                self.fetcher.fetch(url)

    def test_allowed(self):
        response = self.fetcher.fetch(BASE + "/web/static/img/logo.png?v=1")
        self.assertEqual(response.content_type, "image/png")
        self.assertTrue(response.read().startswith(b"\x89PNG"))
        response = self.fetcher.fetch("data:text/plain;base64,4LiB")
        self.assertEqual(response.read().decode(), "ก")
        response = self.fetcher.fetch(BASE + "/report/barcode/QR/https%3A//town.example/v")
        self.assertIn(b"<svg", response.read())

    def test_without_environment_only_static(self):
        bare = PrintFetcher(BASE)
        self.assertTrue(bare.fetch(BASE + "/web/static/img/logo.png").read())
        with self.assertRaises(RefusedURL):
            bare.fetch(BASE + "/web/image/res.company/1/logo")

    def test_image_with_the_rights_of_the_user(self):
        """A clerk's page shows the clerk's picture, never a file of somebody else's."""
        user = new_test_user(self.env, "print_clerk", groups="base.group_user")
        user.partner_id.image_1920 = PIXEL
        clerk = PrintFetcher(BASE, self.env(user=user))
        url = f"{BASE}/web/image/res.partner/{user.partner_id.id}/image_1920"
        self.assertEqual(clerk.fetch(url).read(), base64.b64decode(PIXEL))
        secret = self.env["ir.attachment"].create(
            {
                "name": "secret.png",
                "datas": PIXEL,
                "res_model": "ir.config_parameter",
                "res_id": self.env["ir.config_parameter"].search([], limit=1).id,
            }
        )
        for url in (f"/web/image/{secret.id}", f"/web/image?id={secret.id}"):
            self.assertTrue(self.fetcher.fetch(BASE + url).read())
            with self.assertRaises(AccessError):
                clerk.fetch(BASE + url)
        with self.assertRaises(MissingError):
            clerk.fetch(f"{BASE}/web/image/{secret.id + 100000}")

    def test_attachment_that_points_elsewhere(self):
        link = self.env["ir.attachment"].create(
            {"name": "x", "type": "url", "url": "http://169.254.169.254/x.png", "public": True}
        )
        with self.assertRaises(RefusedURL):
            self.fetcher.fetch(f"{BASE}/web/image/{link.id}")
