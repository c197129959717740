# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An anonymous complaint from the phone of a citizen to the reporter's yes.

Needs the demo municipality (``lgo_demo``).
"""

import re

from . import test_journey
from .base import PHONE, WIDE, Backend, E2ECase

NUMBER = re.compile(r"DS-\d{4}-GRIEV-\d{5}-\d")
DESCRIPTION = "ฝาท่อระบายน้ำหน้าร้านขายของชำแตก กลัวเด็กตก"
OUTCOME = "เปลี่ยนฝาท่อใหม่แล้ว"


class TestComplaint(E2ECase):
    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = (
            Backend().login().call("res.company", "search_read", [], ["name", "street", "city"])
        )

    # ------------------------------------------------------------ helpers
    def check_page(self, name, allow=()):
        """Accessible, Thai, no sideways scrolling, also at 320 px."""
        names = [str(value) for row in self.company for value in row.values() if value]
        text = self.page.inner_text("body")
        for size in (WIDE, {"width": 320, "height": 640}, PHONE):
            self.page.set_viewport_size(size)
            self.axe()
            self.no_overflow()
        self.screenshot(f"complaint-{name}")
        self.no_english(allow=[*names, *NUMBER.findall(text), *allow])
        self.check_clean()

    # ------------------------------------------------------------ the way
    def test_anonymous_complaint(self):
        number, code = self.citizen_files()
        self.unit_resolves(number)
        self.reporter_confirms(number, code)
        self.map_for_everybody(number)

    def citizen_files(self):
        """Without a name; the fields for it are gone."""
        self.open("/complaints")
        self.check_page("types")
        self.submit(".lgo_complaint_types a[href$='type=drain']")
        self.assertTrue(self.page.is_checked("#complaint_type_drain"))
        self.assertTrue(self.page.is_visible("#applicant_name"))
        self.page.check("#reporter_anonymous")
        self.page.wait_for_selector("#applicant_name", state="hidden")
        self.check_page("form", allow=["km"])
        self.page.fill("#description", DESCRIPTION)
        self.page.fill("#location_text", "หน้าร้านขายของชำ")
        self.page.click(".lgo_map_center")
        self.page.set_input_files("input[type=file]", test_journey.photo("before"))
        self.pictures_ready()
        self.page.check("#privacy_shown")
        self.submit(".lgo_request_form button.btn-primary[type=submit]")
        number = self.page.inner_text(".lgo_number").strip()
        code = self.page.inner_text(".lgo_code").strip()
        self.assertRegex(number, NUMBER)
        self.assertRegex(code, r"^[A-Z2-7]{5}-[A-Z2-7]{5}$")
        self.check_page("thanks", allow=[code])
        return number, code

    def unit_resolves(self, number):
        """The head of the unit takes it, the photo after the work belongs to it."""
        self.new_person(WIDE)
        self.login_to_backend(("head", "head-lgo"), "/odoo/lgo-complaints")
        self.page.click(f".o_data_row:has-text('{number}') td[name=name]")
        self.page.wait_for_selector(".o_form_view")
        self.press("w", "assigned")
        self.press("y", "in_progress")
        self.page.click(".o_notebook a[name=result]")
        self.page.fill("[name=outcome] textarea", OUTCOME)
        self.page.set_input_files(
            "[name=after_attachment_ids] input[type=file]", test_journey.photo("after")
        )
        self.page.wait_for_selector("[name=after_attachment_ids] .o_attachment")
        self.page.check("[name=photos_released] input")
        self.press("shift+q", "resolved")

    def press(self, key, state):
        """Press the button of the header that has this access key; wait for the state."""
        self.page.click(f".o_statusbar_buttons button[data-hotkey='{key}']")
        current = f".o_statusbar_status button[data-value={state}].o_arrow_button_current"
        self.page.wait_for_selector(current, state="attached")

    def reporter_confirms(self, number, code):
        """By number and code, on the phone; a wrong code tells nothing."""
        self.new_person(PHONE)
        self.open("/complaints/follow")
        self.check_page("follow")
        self.expected_status.add(404)
        self.page.fill("#number", number)
        self.page.fill("#code", "AAAAA-AAAAA")
        self.submit("form[action='/complaints/follow'] button[type=submit]")
        self.check_page("follow-wrong")
        self.page.fill("#code", code.lower())
        self.submit("form[action='/complaints/follow'] button[type=submit]")
        self.assertIn(OUTCOME, self.page.inner_text("main"))
        self.page.locator(".lgo_photos img").first.scroll_into_view_if_needed()
        self.check_page("result")
        form = "form[action$='/step/confirm']"
        self.page.locator(f"details:has({form}) summary").click()
        self.submit(f"{form} button[type=submit]")
        self.assertIn("ยืนยัน", self.page.inner_text(".lgo_facts"))
        self.check_page("confirmed")

    def test_days_of_the_map_of_the_office(self):
        """An officer picks days of the Buddhist era."""
        self.new_person(WIDE)
        self.login_to_backend(("head", "head-lgo"), "/odoo/lgo-map")
        self.page.wait_for_selector(".lgo_complaint_map .leaflet-container")
        self.assertEqual(self.page.locator(".lgo_complaint_map input[type=date]").count(), 0)
        for name, day in (("from", "01/10/2569"), ("to", "02/10/2569")):
            self.page.fill(f"#lgo_map_{name}", day)
            self.page.press(f"#lgo_map_{name}", "Enter")
            self.assertEqual(self.page.input_value(f"#lgo_map_{name}"), day)
        status = self.page.locator(".lgo_complaint_map [role=status]")
        status.get_by_text("0 เรื่องบนแผนที่", exact=True).wait_for()

    def map_for_everybody(self, number):
        """Everybody sees kind, state and the photos that an officer released; no words."""
        self.open("/complaints/map")
        self.page.wait_for_selector(".lgo_public_map .leaflet-marker-icon")
        text = self.page.inner_text("main")
        self.assertNotIn(DESCRIPTION, text)
        self.assertNotIn(number, text)
        for mode in ("points", "heat", "clusters"):
            self.page.click(f".lgo_map_mode[value={mode}]")
        self.check_page("map", allow=["km"])
        self.submit(".lgo_report_table tbody a >> nth=0")
        self.page.wait_for_function(
            "[...document.querySelectorAll('.lgo_before_after img')].every((i) => i.naturalWidth)"
        )
        self.check_page("photos")
