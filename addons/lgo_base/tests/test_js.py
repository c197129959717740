# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker


def hoot_id(name):
    """The id that hoot gives to a suite ("@addon"): its own hash of the name."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install", "lgo", "lgo_js")
class TestJs(HttpCase):
    def test_hoot(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id('@lgo_base')}",
            "",
            "",
            login="admin",
            timeout=240,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
