# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.lgo_base.tests.test_js import hoot_id
from odoo.addons.web.tests.test_js import unit_test_error_checker


@tagged("post_install", "-at_install", "lgo", "lgo_js")
class TestJs(HttpCase):
    def test_hoot(self):
        suite = hoot_id("@lgo_oss_complaint")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=240,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
