# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A clerk works through the worklist without ever touching the mouse.

Needs a server with ``lgo_demo``. The only mouse action would be ``click``: none is used after the
log-in, every step is a key.
"""

import os
from unittest.mock import patch

from .base import Backend, E2ECase, artifacts

CLERK = ("clerk", "clerk-lgo")
OFFICER = "แสงทอง"


class TestKeyboard(E2ECase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # requests are filed by the service centre, not by an administrator
        who = {"LGO_ADMIN_LOGIN": CLERK[0], "LGO_ADMIN_PASSWORD": CLERK[1]}
        with patch.dict(os.environ, who):
            cls.backend = Backend().login()
        cls.cases = [cls._make_case(number) for number in range(2)]

    @classmethod
    def _make_case(cls, number):
        """A filed request with a document to look at."""
        call = cls.backend.call
        service = call("lgo.service", "search", [("code", "=", "LIGHT")])[0]
        case = call(
            "lgo.oss.request",
            "create",
            {
                "service_id": service,
                "applicant_name": f"สมชาย คนที่ {number}",
                "applicant_phone": "0812345678",
                "description": "ไฟดับ",
                "location_text": "หน้าวัด",
                "channel": "counter",
                "answers": {"light_problem": "off"},
            },
        )
        call("lgo.oss.request", "action_transition", [case], context={"transition": "submit"})
        return case

    def state(self, case):
        fields = ["state", "user_id", "name"]
        return self.backend.call("lgo.oss.request", "read", [case], fields)[0]

    def shot(self, name):
        self.page.screenshot(path=str(artifacts() / f"keyboard-{name}.png"))

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def title(self):
        return self.page.inner_text(".o_form_view .oe_title h1").strip()

    def accept_and_assign(self):
        """From the form of a case to the form of the next one; :return: number of the first."""
        number = self.title()
        self.press("Alt+k")  # the documents are right
        self.press("Alt+g")  # accept, assign, next
        self.page.wait_for_selector(".modal .o_form_view")
        self.page.keyboard.type(OFFICER)
        self.page.wait_for_selector(".o-autocomplete--dropdown-menu .o-autocomplete--dropdown-item")
        self.settle()
        self.press("Enter")
        self.shot("assign")
        self.press("Alt+q")
        self.page.wait_for_selector(".modal", state="detached")
        self.settle()
        return number

    def test_two_cases_without_a_mouse(self):
        self.login_to_backend(CLERK, "/odoo/lgo-worklist")
        self.page.wait_for_selector(".o_lgo_quick_filters")
        self.page.keyboard.down("Alt")
        self.page.wait_for_selector(".o_web_hotkey_overlay")
        self.shot("hotkeys")
        self.page.keyboard.up("Alt")
        self.press("Alt+k")  # documents to check
        pressed = self.page.get_attribute(".o_lgo_quick_filters [data-hotkey=k]", "aria-pressed")
        self.assertEqual(pressed, "true")
        numbers = [self.state(case)["name"] for case in self.cases]
        text = self.page.inner_text(".o_list_view")
        for number in numbers:
            self.assertIn(number, text)
        # what comes next follows from the due day and the age: the second is after the first
        self.press("Alt+q")
        self.page.keyboard.type(numbers[0])
        self.press("Enter")
        self.page.wait_for_function("document.querySelectorAll('.o_data_row').length === 1")
        self.press("ArrowDown", "ArrowDown", "Enter")
        self.page.wait_for_selector(".o_form_view .oe_title h1")
        self.shot("case")
        done = [self.accept_and_assign() for _round in range(2)]
        self.shot("next")
        self.assertEqual(done, numbers)
        rows = self.backend.call(
            "lgo.oss.request",
            "search_read",
            [("name", "in", done)],
            ["state", "user_id"],
        )
        self.assertEqual([row["state"] for row in rows], ["accepted", "accepted"])
        self.assertTrue(all(OFFICER in row["user_id"][1] for row in rows))
        crumbs = self.page.locator(".o_breadcrumb .breadcrumb-item").count()
        self.assertLessEqual(crumbs, 2, "the trail does not grow with each case")
