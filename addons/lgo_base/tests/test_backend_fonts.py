# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import TransactionCase, tagged

OUTSIDE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//[^)"']+""")


@tagged("post_install", "-at_install")
class TestBackendFonts(TransactionCase):
    """The office screens show Thai from a file of their own and ask no other host."""

    def _css(self, bundle):
        assets = self.env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=False)
        css = assets.css().raw.decode()
        self.assertGreater(len(css), 1000, bundle)
        return css

    def test_screens_have_thai(self):
        for bundle in ("web.assets_web", "web.assets_web_dark"):
            css = self._css(bundle)
            self.assertEqual(OUTSIDE.findall(css), [], bundle)
            self.assertIn("sarabun-thai-400-normal.woff2", css)
            self.assertIn("sarabun-thai-700-normal.woff2", css)
            stack = re.search(r"--font-sans-serif:\s*([^;]+)", css).group(1)
            self.assertTrue(stack.replace("'", '"').startswith('"LGO Thai"'), stack)

    def test_prints_and_builder(self):
        for bundle in ("web.report_assets_common", "html_builder.assets"):
            self.assertEqual(OUTSIDE.findall(self._css(bundle)), [], bundle)
