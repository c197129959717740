# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The survey on a phone, the public statistics and open data, the dashboard of the office.

Needs the demo municipality (``lgo_demo``).
"""

import os
from unittest.mock import patch
from urllib.parse import urlsplit

from .base import BASE_URL, PHONE, STOCK_REGIONS, WIDE, Backend, E2ECase

PAGES = (
    ("statistics", "/statistics"),
    ("services", "/statistics/services"),
    ("satisfaction", "/statistics/satisfaction"),
    ("e-services", "/statistics/e-services"),
    ("corruption", "/statistics/corruption"),
    ("opinions", "/statistics/opinions"),
    ("ita", "/ita"),
    ("opendata", "/opendata"),
    ("dataset", "/opendata/service-statistics"),
)
#: Names of formats, standards and licences are the same in Thai print.
NAMES = ("CSV JSON CKAN DCAT JSON-LD ITA E-Service OSS Open Government License - Thailand", "IT")


class TestStatistics(E2ECase):
    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        rows = cls.backend.call("res.company", "search_read", [], ["name", "street", "city"])
        cls.names = [str(value) for row in rows for value in row.values() if value]

    def check_page(self, name):
        for size in (WIDE, {"width": 320, "height": 640}, PHONE):
            self.page.set_viewport_size(size)
            self.axe()
            self.no_overflow()
        self.screenshot(f"statistics-{name}")
        self.no_english(allow=[*self.names, *NAMES])
        self.check_clean()

    def test_public_pages(self):
        for name, path in PAGES:
            with self.subTest(name):
                self.open(path)
                self.check_page(name)

    def test_charts_are_drawn(self):
        self.open("/statistics")
        drawn = self.page.evaluate(
            """() => [...document.querySelectorAll(".lgo_chart canvas")].map(
                (canvas) => Boolean(window.Chart?.getChart(canvas)))"""
        )
        self.assertEqual(drawn, [True, True])

    def test_survey_on_the_tablet_by_keyboard(self):
        """A ticket is taken and served, then its holder answers with keys only."""
        kiosk = self.backend.ref("lgo_demo.device_kiosk")
        [row] = self.backend.call("lgo.oss.device", "read", [kiosk], ["url"])
        path = urlsplit(row["url"]).path
        self.open(path.replace("/queue/kiosk/", "/survey/tablet/"))
        self.check_page("tablet")
        self.page.fill("#number", "Z999")
        with self.next_page():
            self.page.press("#number", "Enter")
        self.assertTrue(self.page.is_visible("[role=alert]"))
        self.axe()

    def test_survey_of_a_case(self):
        """By the link of a closed case: one answer, then thanks; not a second time."""
        url = self.closed_case()
        self.open(url)
        self.assertEqual(self.page.locator(".lgo_points").count(), 15)
        self.check_page("survey")
        radios = self.page.locator(".lgo_points").first.locator("input")
        radios.first.focus()
        self.page.keyboard.press("Space")
        self.page.select_option("#gender", "female")
        self.page.fill("#comment", "บริการดีมาก ขอที่จอดรถเพิ่ม")
        with self.next_page():
            self.page.click("button[type=submit]")
        self.assertTrue(self.page.is_visible(".alert-success"))
        self.check_page("survey-thanks")
        self.open(url)
        self.assertEqual(self.page.locator(".lgo_points").count(), 0)

    def clerk(self):
        """:return: a client with the rights of the service centre"""
        with patch.dict(
            os.environ, {"LGO_ADMIN_LOGIN": "clerk", "LGO_ADMIN_PASSWORD": "clerk-lgo"}
        ):
            return Backend().login()

    def closed_case(self):
        """Give a new citizen the finished case of the demo; :return: path of its survey"""
        login = self.backend.make_portal_user()
        self.login(*login)
        case = self.backend.call(
            "lgo.oss.request",
            "search_read",
            [("state", "=", "resolved")],
            ["id"],
            limit=1,
            order="id desc",
        )[0]["id"]
        partner = self.backend.call(
            "res.users", "search_read", [("login", "=", login[0])], ["partner_id"]
        )[0]["partner_id"][0]
        self.clerk().call("lgo.oss.request", "write", [case], {"partner_id": partner})
        return f"/survey/case/1/{case}"

    def test_dashboard(self):
        for size in (WIDE, PHONE):
            self.page.set_viewport_size(size)
            self.page.goto(f"{BASE_URL}/web/session/logout")
            self.login_to_backend(("head", "head-lgo"), "/odoo/lgo-dashboard")
            self.page.wait_for_selector(".o_lgo_dashboard canvas")
            self.axe(exclude=STOCK_REGIONS)
            self.no_overflow()
        self.screenshot("statistics-dashboard")
        with self.page.expect_download() as download:
            self.page.click(".o_lgo_dashboard .btn-secondary")
        self.assertTrue(download.value.suggested_filename.endswith(".xlsx"))
        self.page.locator(".o_lgo_dashboard .lgo_figure").first.click()
        self.page.wait_for_selector(".o_list_view, .o_kanban_view")
