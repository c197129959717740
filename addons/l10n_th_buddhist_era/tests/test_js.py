# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker


def hoot_id(name):
    """Return the id that Hoot gives to a suite, such as ``@l10n_th_buddhist_era``."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


# Runs on a public page, whatever language it came in.
PUBLIC_PAGE = """
luxon.Settings.defaultLocale = "th-TH";
const { formatDate, parseDate, serializeDate } = odoo.loader.modules.get("@web/core/l10n/dates");
const format = "dd/MM/yyyy";
const date = parseDate("23 พ.ย. 2569", { format });
const found = `${serializeDate(date)} ${formatDate(date, { format })}`;
if (found === "2026-11-23 23/11/2569") {
    console.log("test successful");
} else {
    console.error(`the public page understood ${found}`);
}
"""


@tagged("post_install", "-at_install")
class TestJs(HttpCase):
    def test_public_page(self):
        self.browser_js(
            "/web/login",
            PUBLIC_PAGE,
            "window.odoo?.loader?.modules.has('@l10n_th_buddhist_era/core/luxon_patch')",
            timeout=120,
        )

    def test_hoot(self):
        suite = hoot_id("@l10n_th_buddhist_era")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
