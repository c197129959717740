# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64decode

from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "lgo")
class TestAvatar(TransactionCase):
    """No letters that a machine without Thai fonts draws as boxes."""

    def _svg(self, name):
        partner = self.env["res.partner"].create({"name": name})
        svg = b64decode(partner.avatar_128)
        etree.fromstring(svg)
        return svg.decode()

    def test_thai_names_get_a_figure(self):
        for name in ("สมชาย ใจดี", "เมตตา", " ไพโรจน์"):
            svg = self._svg(name)
            self.assertIn("<circle", svg)
            self.assertNotRegex(svg, "<text|[ก-๙]")

    def test_other_names_keep_their_initial(self):
        self.assertIn(">S</text>", self._svg("Somchai"))
        self.assertIn("&lt;</text>", self._svg("<b>x"))
