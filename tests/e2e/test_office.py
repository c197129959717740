# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The office screens: accessible, in the language of their reader, and with Thai letters."""

import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont

from .base import BASE_URL, ROOT, STOCK_REGIONS, Backend, E2ECase, artifacts

ADMIN = ("admin", "admin-lgo")
CLERK = ("clerk", "clerk-lgo")
FONTS = ROOT / "addons/lgo_base/static/fonts"
# Elements that hold nothing but Thai text and are on the screen, marked to be found again.
MARK_THAI = """() => {
    let count = 0;
    for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const text = own.map((node) => node.textContent).join("").trim();
        const seen = element.checkVisibility({visibilityProperty: true});
        if (seen && element.children.length === 0 && /^[\\u0E00-\\u0E7F]+$/.test(text)) {
            element.dataset.thai = count++;
        }
    }
    return count;
}"""


class TestOfficeScreens(E2ECase):
    """Every list and the form of its first record, as the administrator sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def test_screens_are_accessible(self):
        actions = self.backend.call(
            "ir.actions.act_window", "search_read", [("path", "=like", "lgo-%")], ["path"]
        )
        self.assertGreater(len(actions), 10)
        self.login_to_backend(ADMIN, f"/odoo/{actions[0]['path']}")
        self.assertEqual(self.page.get_attribute("html", "lang"), "th-TH")
        for path in sorted(action["path"] for action in actions):
            with self.subTest(screen=path):
                self.open_screen(f"/odoo/{path}")
                self.axe(exclude=STOCK_REGIONS)
                row = self.page.locator(".o_list_renderer .o_data_row .o_data_cell").first
                if row.count():
                    row.click()
                    self.page.wait_for_timeout(1000)
                    self.axe(exclude=STOCK_REGIONS)
                self.check_clean()

    def open_screen(self, path):
        self.page.goto(f"{BASE_URL}{path}")
        self.page.wait_for_selector(".o_action .o_content, .o_action.o_form_view")
        self.page.wait_for_timeout(500)


class TestThaiFont(E2ECase):
    """A machine without any Thai font shows Thai all the same, in the font that we bring."""

    @classmethod
    def browser_env(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        home = Path(folder.name)
        plain = TTFont(FONTS / "sarabun-latin-400-normal.woff2")
        plain.flavor = None
        for record in plain["name"].names:
            if record.nameID in (1, 3, 4, 6, 16):
                plain["name"].setName("Plain", record.nameID, *record_place(record))
        (home / "fonts").mkdir()
        plain.save(home / "fonts" / "plain.ttf")
        (home / "fonts.conf").write_text(
            f"<fontconfig><dir>{home}/fonts</dir><cachedir>{home}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )
        return {"FONTCONFIG_FILE": str(home / "fonts.conf")}

    def check_thai(self, name):
        """Each element of Thai text is drawn with Sarabun, fetched from this server."""
        # the dots of a text cut short are no Thai
        self.page.add_style_tag(content="* { text-overflow: clip !important; }")
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.wait_for_timeout(300)
        count = self.page.evaluate(MARK_THAI)
        self.assertGreater(count, 2, f"no Thai on {self.page.url}")
        cdp = self.context.new_cdp_session(self.page)
        cdp.send("DOM.enable")
        cdp.send("CSS.enable")
        root = cdp.send("DOM.getDocument")["root"]["nodeId"]
        for number in range(count):
            selector = f"[data-thai='{number}']"
            query = {"nodeId": root, "selector": selector}
            node = cdp.send("DOM.querySelector", query)["nodeId"]
            fonts = cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            used = {(font["familyName"], font["isCustomFont"]) for font in fonts}
            text = self.page.text_content(selector)
            self.assertEqual(used, {("Sarabun", True)}, f"{name}: {text}")
        cdp.detach()
        self.screenshot_here(name)

    def screenshot_here(self, name):
        self.page.screenshot(path=str(artifacts() / f"font-{name}.png"))

    def test_website(self):
        self.open("/")
        self.check_thai("website")

    def test_login(self):
        self.open("/web/login")
        self.check_thai("login")

    def test_office(self):
        self.login_to_backend(CLERK, "/odoo/lgo-requests")
        self.page.wait_for_selector(".o_list_renderer")
        self.page.wait_for_timeout(500)
        self.check_thai("office")


def record_place(record):
    """Where a record of a font's name table stands: platform, encoding, language."""
    return record.platformID, record.platEncID, record.langID


class TestNewRequest(E2ECase):
    """A clerk begins a request from the worklist, which stands open all day."""

    def test_button_opens_an_empty_form(self):
        self.login_to_backend(CLERK, "/odoo/lgo-worklist")
        self.page.wait_for_selector(".o_list_renderer")
        button = self.page.locator(
            ".o_control_panel button.btn-primary:visible", has_text="ยื่นเรื่องใหม่"
        )
        button.click(timeout=10_000)
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=service_id] input")
        self.assertFalse(self.page.input_value(".o_field_widget[name=service_id] input"))
        self.check_clean()
