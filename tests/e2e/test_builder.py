# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A new service from the first word in the catalogue to the finished request, without a programmer.

Needs a server with ``lgo_demo`` (its made-up municipality and logins).
"""

import time

from .base import PHONE, STOCK_REGIONS, WIDE, Backend, E2ECase, artifacts
from .test_journey import photo

MANAGER_PASSWORD = "Sawasdee-2569!"  # noqa: S105 - an account of the test database only
CLERK = ("clerk", "clerk-lgo")


class TestBuilder(E2ECase):
    viewport = WIDE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        cls.stamp = str(time.time_ns())[-6:]
        cls.code = f"E{cls.stamp}"
        cls.name = f"ขอใช้ลานกีฬาทดสอบ {cls.stamp}"
        cls.manager = f"manager{cls.stamp}@example.com"
        unit = cls.backend.ref("lgo_demo.unit_clerk_office")
        user = cls.backend.call(
            "res.users",
            "create",
            {
                "name": "มาลี จัดบริการ",
                "login": cls.manager,
                "email": cls.manager,
                "password": MANAGER_PASSWORD,
                "lang": "th_TH",
                "tz": "Asia/Bangkok",
                "group_ids": [(4, cls.backend.ref("lgo_base.group_service_manager"))],
            },
            context={"no_reset_password": True},
        )
        cls.backend.call(
            "hr.employee",
            "create",
            {"name": "มาลี จัดบริการ", "user_id": user, "department_id": unit},
        )

    # ------------------------------------------------------------ helpers
    def set(self, name, value, within=".o_form_view"):
        """Type into a text field of a form."""
        self.page.locator(f"{within} .o_field_widget[name={name}] :is(input, textarea)").last.fill(
            value
        )

    def choose(self, name, value, within=".o_form_view"):
        """Choose from a field with a list."""
        field = self.page.locator(f"{within} .o_field_widget[name={name}]").last
        self.settle()  # a change that is still out closes the list again
        field.locator("input").click()
        self.page.locator(".o_select_menu_item, .o-autocomplete--dropdown-item").filter(
            has_text=value
        ).first.click()

    def tick(self, name, within=".o_form_view"):
        self.page.locator(f"{within} .o_field_widget[name={name}] input").last.check()

    def tab(self, name):
        self.page.locator(f".o_notebook a[name={name}]").click()

    def save(self):
        self.page.locator(".o_form_button_save").first.click()
        self.page.wait_for_selector(".o_form_saved, .o_form_status_indicator_buttons.invisible",
                                    state="attached")  # fmt: skip

    def add_line(self, field, fill):
        """Add a line of a list in its dialog."""
        self.page.locator(f".o_field_widget[name={field}] .o_field_x2many_list_row_add a").click()
        self.page.wait_for_selector(".modal .o_form_view")
        fill()
        self.page.locator(".modal .o_form_button_save").first.click()
        self.page.wait_for_selector(".modal", state="detached")

    # ------------------------------------------------------------ the story
    def test_service_without_a_programmer(self):
        self.manager_builds()
        self.citizen_files()
        self.clerk_finishes()

    def manager_builds(self):
        self.login_to_backend((self.manager, MANAGER_PASSWORD), "/odoo/lgo-services/new")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=name]")
        self.set("name", self.name)
        self.set("name_plain", "ใช้สนาม จองลานกีฬา")
        self.set("code", self.code)
        self.set("time_limit", "3")
        self.tick("no_fee")
        self.tick("guest_allowed")
        self.choose("unit_id", "สำนักปลัด")
        self.tab("manual")
        self.set("description", "ขอใช้ลานกีฬาของเทศบาล")
        self.set("criteria", "จองล่วงหน้าอย่างน้อยสามวัน")
        self.set("complaint_channels", "ศูนย์ดำรงธรรม โทร. 1567")
        self.save()
        self.tab("questions")
        modal = ".modal"

        def question(name, kind=None, options=None, required=True, only=None):
            def fill():
                self.set("name", name, modal)
                if kind:
                    self.choose("kind", kind, modal)
                if options:
                    self.set("options", options, modal)
                if required:
                    self.tick("required", modal)
                if only:
                    self.choose("condition_question_id", only[0], modal)
                    self.set("condition_values", only[1], modal)

            self.add_line("question_ids", fill)

        question("ใช้ทำอะไร", "เลือกหนึ่งคำตอบ", "ออกกำลังกาย\nจัดงาน")
        question("จำนวนผู้ใช้", "จำนวนเต็ม")
        self.save()
        self.tab("questions")
        question("ชื่องาน", only=("ใช้ทำอะไร", "จัดงาน"))
        self.save()
        self.tab("documents")
        for name in ("แผนผังการจัดงาน", "หนังสือรับรองผู้จัด"):
            self.add_line("document_ids", lambda name=name: self.set("name", name, modal))
        self.save()
        # nothing can be published while the steps are missing, and the screen says so
        self.page.locator("button[name=action_publish]:visible").click()
        self.page.wait_for_selector(".modal")
        self.assertIn("ขั้นตอน", self.page.locator(".modal-body").inner_text())
        self.page.locator(".modal-footer button, .modal-header .btn-close").first.click()
        self.page.wait_for_selector(".modal", state="detached")
        self.tab("steps")
        self.page.locator(".o_field_widget[name=step_ids] .o_field_x2many_list_row_add a").click()
        row = ".o_field_widget[name=step_ids] .o_selected_row"
        self.set("name", "ตรวจสอบและอนุญาต", row)
        self.set("duration", "3", row)
        self.save()
        self.page.screenshot(path=str(artifacts() / "builder-form-1280.png"))
        self.page.locator("button[name=action_publish]:visible").click()
        self.page.wait_for_selector(".o_statusbar_status [aria-checked=true]:has-text('เผยแพร่')")
        self.axe(exclude=STOCK_REGIONS)

    def citizen_files(self):
        self.new_person(PHONE)
        self.open(f"/services?q=จองลานกีฬา {self.stamp}")
        self.page.click(f"a.lgo_tile[href='/services/{self.code}']")
        self.page.wait_for_load_state("networkidle")
        self.assertIn("ชื่อกระบวนงาน", self.page.inner_text("#wrap"))
        self.axe()
        self.screenshot("builder-service")
        self.open(f"/services/{self.code}/request")
        name = self.page.get_by_label("ชื่องาน")
        self.assertFalse(name.is_visible(), "asked only for an event")
        self.page.get_by_label("จัดงาน", exact=True).check()
        name.fill("งานลอยกระทง")
        self.page.get_by_label("ออกกำลังกาย").check()
        self.assertFalse(name.is_visible())
        self.page.get_by_label("จัดงาน", exact=True).check()
        self.assertEqual(name.input_value(), "งานลอยกระทง")
        self.page.get_by_label("จำนวนผู้ใช้").fill("๑๒๐")
        self.page.fill("#description", "ขอใช้ลานกีฬาวันเสาร์")
        self.page.get_by_label("แผนผังการจัดงาน").set_input_files(photo("map"))
        self.page.get_by_label("หนังสือรับรองผู้จัด").set_input_files(photo("letter"))
        self.pictures_ready()
        self.page.fill("#applicant_name", "สมชาย ใจดี")
        self.page.fill("#applicant_phone", "081 234 5678")
        self.page.check("#privacy_shown")
        self.axe()
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.no_overflow()
        self.page.set_viewport_size(PHONE)
        self.screenshot("builder-request")
        self.page.click(".lgo_request_form button[type=submit].btn-primary")
        self.page.wait_for_url("**/my/cases/**", timeout=60_000)
        self.check_clean()

    def clerk_finishes(self):
        case = self.backend.call(
            "lgo.oss.request", "search_read", [("service_id.code", "=", self.code)],
            ["name", "answers", "document_ids", "state"],
        )  # fmt: skip
        self.assertEqual(len(case), 1)
        answers = {item["string"].rstrip(" *"): item.get("value") for item in case[0]["answers"]}
        self.assertEqual(answers["ชื่องาน"], "งานลอยกระทง")
        self.assertEqual(answers["จำนวนผู้ใช้"], 120)
        documents = self.backend.call(
            "lgo.case.document", "read", case[0]["document_ids"], ["name", "state"]
        )
        self.assertEqual({line["state"] for line in documents}, {"received"})
        self.new_person(WIDE)
        self.login_to_backend(CLERK, f"/odoo/lgo-requests/{case[0]['id']}")
        self.page.wait_for_selector(".o_form_view .o_field_widget[name=answers]")
        self.assertIn("ชื่องาน", self.page.locator(".o_field_widget[name=answers]").inner_text())
        self.page.screenshot(path=str(artifacts() / "builder-case-1280.png"))
        for transition in ("accept", "start"):
            self.press(transition)
        self.tab("result")
        self.set("outcome", "อนุญาตให้ใช้ลานกีฬา")
        self.press("resolve")
        state = self.backend.call("lgo.oss.request", "read", [case[0]["id"]], ["state"])
        self.assertEqual(state[0]["state"], "resolved")

    def press(self, transition):
        """Press the button of a step and wait until the case has taken it."""
        labels = {"accept": "รับคำขอ", "start": "เริ่มดำเนินการ", "resolve": "ดำเนินการแล้วเสร็จ"}
        button = self.page.locator(".o_statusbar_buttons button:visible").filter(
            has_text=labels[transition]
        )
        button.first.click()
        button.first.wait_for(state="hidden")
