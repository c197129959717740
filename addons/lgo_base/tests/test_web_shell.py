# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, TransactionCase, tagged

from odoo.addons.lgo_base.models.website import LGO_MENU

PAGES = ("/", "/contactus", "/privacy", "/accessibility", "/web/login", "/web/reset_password")
FOREIGN = re.compile(r"""(?:href|src)=["'](?:https?:)?//(?!127\.0\.0\.1|localhost)([^/"']+)""")


@tagged("post_install", "-at_install", "lgo")
class TestWebShell(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].get_current_website()
        cls.company = cls.website.company_id
        cls.company.write(
            {
                "name": "เทศบาลตำบลบ้านตัวอย่าง",
                "street": "99 หมู่ 1",
                "city": "ตัวอย่าง",
                "phone": "02 000 0000",
                "email": "saraban@example.go.th",
            }
        )

    def _page(self, path, status=200):
        response = self.url_open(path)
        self.assertEqual(response.status_code, status, path)
        return response.text, html.fromstring(response.text)

    def test_pages_belong_to_the_municipality(self):
        for path in PAGES:
            text, tree = self._page(path)
            header = tree.xpath("//header[@id='top']")[0].text_content()
            footer = tree.xpath("//footer")[0].text_content()
            self.assertIn("เทศบาลตำบลบ้านตัวอย่าง", header, path)
            self.assertIn("02 000 0000", footer, path)
            self.assertNotIn("odoo.com", text, path)
            self.assertNotIn("555-555", text, path)
            self.assertEqual(FOREIGN.findall(text), [], path)

    def test_styles_ask_no_other_host(self):
        _text, tree = self._page("/")
        for href in tree.xpath("//link[@rel='stylesheet']/@href"):
            css = self.url_open(href).text
            self.assertIn("Sarabun", css)
            self.assertEqual(
                re.findall(r"url\(['\"]?(?:https?:)?//[^)]+", css), [], "a style asks another host"
            )

    def test_menu_leads_to_the_services(self):
        _text, tree = self._page("/")
        links = tree.xpath("//nav[contains(@class, 'lgo_menu')]//a/@href")
        self.assertEqual(links[: len(LGO_MENU)], list(LGO_MENU))

    def test_home_without_services_says_so(self):
        # other add-ons fill the hook in turn, so the class of the registry is patched
        registry_class = type(self.env["website"])
        with patch.object(registry_class, "_lgo_home_services", lambda website: []):
            _text, tree = self._page("/")
        self.assertTrue(tree.xpath("//*[contains(@class, 'lgo_empty')]"))
        self.assertEqual(tree.xpath("//form[@action='/services']//input/@name"), ["q"])
        self.assertEqual(tree.xpath("//form[@action='/track']//input/@name"), ["number", "phone"])

    def test_home_shows_services_escaped(self):
        tile = {"title": "<b>ค่าขยะ</b>", "url": "/services/waste", "text": "ชำระค่าธรรมเนียม"}
        # other add-ons fill the hook in turn, so the class of the registry is patched
        registry_class = type(self.env["website"])
        with patch.object(registry_class, "_lgo_home_services", lambda website: [tile]):
            _text, tree = self._page("/")
        self.assertEqual(
            tree.xpath("//a[contains(@class, 'lgo_tile')]//strong/text()"), ["<b>ค่าขยะ</b>"]
        )

    def test_named_home_page_wins(self):
        self.website.homepage_url = "/contactus"
        _text, tree = self._page("/")
        self.assertFalse(tree.xpath("//*[contains(@class, 'lgo_hero')]"))

    def test_announced_channels(self):
        """Electronic Performance of Government Services Act B.E. 2565, s.10."""
        _text, tree = self._page("/")
        card = tree.xpath("//*[@id='channels']")[0].text_content()
        self.assertIn("2565", card)
        self.assertIn("saraban@example.go.th", card)

    def test_error_pages(self):
        text, tree = self._page("/there-is-no-such-page", 404)
        self.assertTrue(tree.xpath("//*[contains(@class, 'lgo_error_page')]"))
        self.assertNotIn("Traceback", text)
        html_500 = self.env["ir.qweb"]._render(
            "http_routing.500",
            {"status_code": 500, "status_message": "x", "view": False, "editable": False},
        )
        self.assertIn('lang="th"', html_500)
        self.assertNotIn("x</h2>", html_500)

    def test_password_buttons_have_a_name(self):
        _text, tree = self._page("/web/login")
        for button in tree.xpath("//button[contains(@class, 'o_show_password')]"):
            self.assertTrue(button.get("aria-label"))


@tagged("post_install", "-at_install", "lgo")
class TestWebSettings(TransactionCase):
    def test_tile_address(self):
        company = self.env.company
        for good in ("", "/tiles/{z}/{x}/{y}.png", "https://tiles.example.go.th/{z}/{x}/{y}.png"):
            company.lgo_tile_url = good
        for bad in ("javascript:{z}{x}{y}", "https://tiles.example.go.th/", "{z}/{x}/{y}"):
            with self.assertRaises(ValidationError):
                company.lgo_tile_url = bad

    def test_boundary(self):
        company = self.env.company
        ring = "[[100,14],[101,14],[101,15],[100,14]]"
        polygon = f'{{"type":"Polygon","coordinates":[{ring}]}}'
        for good in (
            False,
            polygon,
            f'{{"type":"MultiPolygon","coordinates":[[{ring}]]}}',
            f'{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{polygon}}}]}}',
        ):
            company.lgo_boundary = good
        for bad in (
            "{",
            "[]",
            "null",
            '{"type":"Point","coordinates":[100,14]}',
            '{"type":"Polygon","coordinates":[[[100,14],[101,14]]]}',
            '{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,600],[1,2]]]}',
            '{"type":"Polygon","coordinates":[[["a",2],[3,4],[5,6],[1,2]]]}',
            "<script>alert(1)</script>",
        ):
            with self.assertRaises(ValidationError, msg=bad):
                company.lgo_boundary = bad

    def test_office_hours_default(self):
        company = self.env.company
        company.lgo_office_hours = False
        self.assertIn("08", company._lgo_office_hours_text())
        company.lgo_office_hours = "จันทร์ถึงเสาร์ 08.30-16.30 น."
        self.assertEqual(company._lgo_office_hours_text(), "จันทร์ถึงเสาร์ 08.30-16.30 น.")

    def test_setup_replaces_the_stock_menu(self):
        website = self.env["website"].create({"name": "Home"})
        website._lgo_setup()
        self.assertEqual(website.menu_id.child_id.mapped("url")[: len(LGO_MENU)], list(LGO_MENU))
        self.assertEqual(website.name, website.company_id.name)
        website._lgo_setup()
        self.assertEqual(
            len(website.menu_id.child_id), len(set(website.menu_id.child_id.mapped("url")))
        )
