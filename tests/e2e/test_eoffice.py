# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A received letter goes through the office: registry, unit, head, chief, mayor, officer, back.

Needs a server with ``lgo_demo``. The registry works by keyboard, the mayor on a phone.
"""

import os
import time
from unittest.mock import patch

from .base import BASE_URL, PHONE, STOCK_REGIONS, WIDE, Backend, E2ECase, artifacts


def person(login):
    return (login, f"{login}-lgo")


class LetterSteps(E2ECase):
    """What the people of the demo office do with the letter ``subject``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        who = {"LGO_ADMIN_LOGIN": "clerk", "LGO_ADMIN_PASSWORD": "clerk-lgo"}
        with patch.dict(os.environ, who):
            cls.backend = Backend().login()
        cls.subject = f"ขอให้ตรวจสอบสะพานข้ามคลอง {time.time_ns()}"

    def letter(self):
        fields = ["state", "receive_no", "result"]
        domain = [("subject", "=", self.subject)]
        return self.backend.call("lgo.eoffice.letter", "search_read", domain, fields)[0]

    def shot(self, name):
        self.page.screenshot(path=str(artifacts() / f"eoffice-{name}.png"))

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def sit_down(self, login, viewport):
        self.new_person(viewport)
        self.login_to_backend(person(login), "/odoo/lgo-inbox")
        self.page.wait_for_selector(".o_lgo_inbox_row")

    def read(self):
        """Open the letter from the list."""
        self.page.click(f".o_lgo_inbox_row:has-text('{self.subject}')")
        self.page.wait_for_selector(f".o_lgo_inbox_reading h2:has-text('{self.subject}')")

    def step(self, code, phrase=None, words=None):
        self.page.click(f".o_lgo_inbox_reading [data-step={code}]")
        self.page.wait_for_selector(".o_lgo_inbox_form")
        if phrase:
            self.page.click(f".o_lgo_inbox_phrases button:has-text('{phrase}')")
        if words:
            self.page.fill("#o_lgo_inbox_text", words)

    def confirm(self):
        self.page.click(".o_lgo_inbox_confirm")
        self.page.wait_for_selector(".o_notification")
        self.page.wait_for_selector(f"h2:has-text('{self.subject}')", state="detached")

    def register_and_pass_on(self, letter):
        """By keyboard: its number, the unit."""
        self.login_to_backend(person("clerk"), f"/odoo/lgo.eoffice.letter/{letter}")
        self.page.wait_for_selector(".o_form_view button[name=action_register]")
        self.keys("Alt+r")
        self.page.wait_for_selector(".o_form_view button[name=action_route]:visible")
        self.assertEqual(self.letter()["state"], "registered")
        self.assertTrue(self.letter()["receive_no"])
        self.keys("Alt+k")
        self.page.wait_for_selector(".modal .o_form_view")
        self.page.keyboard.type("กองช่าง")
        self.page.wait_for_selector(".o-autocomplete--dropdown-item")
        self.settle()
        self.keys("Enter")
        self.shot("pass-on")
        self.keys("Alt+q")
        self.page.wait_for_selector(".modal", state="detached")
        self.assertEqual(self.letter()["state"], "routed")

    def unit_and_head_and_chief(self):
        self.sit_down("worksclerk", WIDE)
        self.axe(exclude=STOCK_REGIONS)
        self.read()
        self.page.click(".o_lgo_inbox_receive")
        self.page.wait_for_selector("[data-step=propose]")
        self.step("propose", "เพื่อโปรดพิจารณา")
        self.page.mouse.move(0, 0)
        self.settle()
        self.axe(exclude=[*STOCK_REGIONS, ".o_lgo_inbox_paper"])
        self.shot("unit")
        self.confirm()
        for login in ("head", "chief"):
            self.sit_down(login, WIDE)
            self.read()
            self.step("endorse", words="เห็นควรมอบกองช่างดำเนินการ")
            self.confirm()

    def mayor_on_a_phone(self):
        self.sit_down("mayor", PHONE)
        self.no_overflow()
        self.shot("mayor-list")
        self.read()
        self.axe(exclude=[*STOCK_REGIONS, ".o_lgo_inbox_paper"])
        self.no_overflow()
        for button in self.page.query_selector_all(".o_lgo_inbox_buttons .btn"):
            box = button.bounding_box()
            self.assertGreaterEqual(box["height"], 44, "big enough for a thumb")
            self.assertLessEqual(box["y"] + box["height"], PHONE["height"], "on the screen")
        self.shot("mayor-read")
        self.step("order", "ดำเนินการตามเสนอ")
        self.shot("mayor-order")
        self.no_overflow()
        self.confirm()
        self.assertEqual(self.letter()["state"], "ordered")

    def give_to_the_electrician(self):
        self.sit_down("head", WIDE)
        self.read()
        self.step("assign", words="มอบนายช่างไฟฟ้า")
        value = self.page.get_attribute("#o_lgo_inbox_user option:has-text('แสงทอง')", "value")
        self.page.select_option("#o_lgo_inbox_user", value)
        self.confirm()
        self.sit_down("electrician", WIDE)
        self.read()
        self.page.click(".o_lgo_inbox_accept")
        self.page.wait_for_selector(".o_lgo_inbox_accept", state="detached")
        self.assertEqual(self.letter()["state"], "in_progress")


class TestLetter(LetterSteps):
    def test_way_of_a_letter(self):
        self.register_and_pass_on(self.new_letter())
        self.unit_and_head_and_chief()
        self.mayor_on_a_phone()
        self.give_to_the_electrician()
        self.work_and_close()

    def new_letter(self):
        return self.backend.call(
            "lgo.eoffice.letter",
            "create",
            {
                "direction": "in",
                "subject": self.subject,
                "doc_no": f"สธ 0018/{time.time_ns() % 100000}",
                "doc_date": time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400)),
                "from_text": "ที่ว่าการอำเภอเมืองสาธิต",
                "to_text": "นายกเทศมนตรีตำบลดอนทราย",
            },
        )

    def work_and_close(self):
        self.step("report", words="ตรวจแล้ว ซ่อมราวสะพาน 2 จุด")
        self.confirm()
        self.sit_down("head", WIDE)
        self.read()
        self.step("confirm", "ตรวจแล้ว ถูกต้อง")
        self.confirm()
        letter = self.letter()
        self.assertEqual((letter["state"], letter["result"]), ("done", "ตรวจแล้ว ซ่อมราวสะพาน 2 จุด"))
        context = {"transition": "close"}
        self.backend.call(
            "lgo.eoffice.letter", "action_transition", [letter["id"]], context=context
        )
        self.assertEqual(self.letter()["state"], "closed")


class TestInboxKeyboard(E2ECase):
    """The inbox without a mouse: from the list to a note and back."""

    def test_read_and_cancel(self):
        self.login_to_backend(person("mayor"), "/odoo/lgo-inbox")
        self.page.wait_for_selector(".o_lgo_inbox_row")
        self.page.focus(".o_lgo_inbox_row")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".o_lgo_inbox_reading")
        focused = "document.activeElement.classList.contains('o_lgo_inbox_heading')"
        self.page.wait_for_function(focused)
        self.page.keyboard.press("Alt+e")
        self.page.wait_for_selector(".o_lgo_inbox_form")
        self.settle()
        self.page.keyboard.press("Alt+x")
        self.page.wait_for_selector(".o_lgo_inbox_buttons")
        self.assertTrue(self.page.url.startswith(BASE_URL))


class TestLongInbox(E2ECase):
    """An executive with more letters than one answer holds, on a phone."""

    viewport = PHONE
    NUMBER = 43

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        backend = Backend().login()
        cls.mark = time.time_ns()
        cls.deputy = (f"deputy{cls.mark}", "Sawasdee-2569!")
        post = cls.make_deputy(backend)
        clerk = Backend().login(*person("clerk"))
        letters = clerk.call(
            "lgo.eoffice.letter",
            "create",
            [
                {
                    "direction": "in",
                    "subject": f"ขอความอนุเคราะห์ {cls.mark} เรื่องที่ {number:02}",
                    "doc_no": f"มท 0023/{cls.mark}{number}",
                    "doc_date": "2026-01-05",
                    "from_text": "ที่ว่าการอำเภอเมืองสาธิต",
                    "to_text": "นายกเทศมนตรีตำบลดอนทราย",
                }
                for number in range(1, cls.NUMBER + 1)
            ],
        )
        clerk.call("lgo.eoffice.letter", "action_register", letters)
        values = {"letter_ids": [(6, 0, letters)], "mode": "top_first", "to_post_id": post}
        wizard = clerk.call("lgo.eoffice.route.wizard", "create", [values])
        clerk.call("lgo.eoffice.route.wizard", "action_pass_on", wizard)

    @classmethod
    def make_deputy(cls, backend):
        """A deputy mayor of their own, so that nobody else's inbox grows; :return: the post"""
        name = "รองนายก ใจเย็น"
        login, password = cls.deputy
        (user,) = backend.call(
            "res.users",
            "create",
            [
                {
                    "name": name,
                    "login": login,
                    "password": password,
                    "lang": "th_TH",
                    "tz": "Asia/Bangkok",
                    "group_ids": [(4, backend.ref("lgo_base.group_executive"))],
                }
            ],
            context={"no_reset_password": True},
        )
        (employee,) = backend.call("hr.employee", "create", [{"name": name, "user_id": user}])
        values = {"name": f"รองนายกเทศมนตรี {cls.mark}", "kind": "deputy"}
        (post,) = backend.call("lgo.post", "create", [values])
        holder = {"post_id": post, "employee_id": employee, "date_from": "2025-01-01"}
        backend.call("lgo.post.holder", "create", [holder])
        return post

    def subjects(self):
        return self.page.locator(".o_lgo_inbox_row .o_lgo_inbox_subject").all_inner_texts()

    def reads(self, subject):
        """The letter is open, and its heading has the focus."""
        self.page.wait_for_function(
            """(subject) => {
                const at = document.activeElement;
                return at.matches(".o_lgo_inbox_reading h2") && at.innerText === subject;
            }""",
            arg=subject,
        )

    def at_row(self, number):
        """The row has the focus and is on the screen."""
        self.page.wait_for_function(
            """(number) => {
                const row = document.querySelectorAll(".o_lgo_inbox_row")[number];
                const box = row?.getBoundingClientRect();
                return row && row === document.activeElement && row.offsetHeight &&
                    box.top >= 0 && box.bottom <= innerHeight;
            }""",
            arg=number,
        )

    def test_beyond_the_fortieth(self):
        self.login_to_backend(self.deputy, "/odoo/lgo-inbox")
        page = self.page
        page.wait_for_selector(".o_lgo_inbox_row")
        first = self.subjects()
        self.assertEqual(len(first), 40)
        more = page.locator(".o_lgo_inbox_list > button", has_text="แสดงเพิ่ม")
        self.assertIn(str(self.NUMBER - 40), more.inner_text())
        self.no_overflow()
        more.click()
        self.at_row(40)
        page.screenshot(path=str(artifacts() / "eoffice-inbox-more.png"))
        subjects = self.subjects()
        self.assertEqual(subjects[:40], first, "in the same order")
        self.assertEqual(len(set(subjects)), self.NUMBER, "each once")
        self.assertFalse(more.count(), "there are no more")
        self.axe(exclude=STOCK_REGIONS)
        self.no_overflow()
        page.locator(".o_lgo_inbox_row").nth(40).click()
        for number in (40, 41, 42, 0):
            self.reads(subjects[number])
            self.no_overflow()
            page.click(".o_lgo_inbox_next")
        self.reads(subjects[1])
        page.click(".o_lgo_inbox_back")
        self.at_row(1)

    def test_next_goes_on_below_what_is_shown(self):
        """Whoever reads on finds the way back to the same place."""
        self.login_to_backend(self.deputy, "/odoo/lgo-inbox")
        self.page.wait_for_selector(".o_lgo_inbox_row")
        subjects = self.subjects()
        self.page.locator(".o_lgo_inbox_row").nth(39).click()
        self.reads(subjects[39])
        self.page.click(".o_lgo_inbox_next")
        self.page.wait_for_selector(f"h2:has-text('{subjects[39]}')", state="detached")
        self.page.click(".o_lgo_inbox_back")
        self.at_row(40)
