# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A citizen's request from the first word typed to the rating, as people do it.

Needs a server with ``lgo_demo`` (its made-up municipality and logins), and ``LGO_MAIL_DIR``.
"""

import io
import re
import shutil
import subprocess
import time
import unicodedata
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from .base import BASE_URL, PHONE, STOCK_REGIONS, WIDE, Backend, E2ECase, artifacts

CLERK = ("clerk", "clerk-lgo")
ELECTRICIAN = ("electrician", "electrician-lgo")
CITIZEN = {
    "applicant_name": "นํ้าผึ้ง ปู่ย่า",
    "applicant_phone": "081 234 5678",
    "description": "ไฟดับที่ปากซอยน้ำพุ มืดมากตอนค่ำ กลัวผู้สูงอายุเดินล้ม",
    "location_text": "ปากซอยน้ำพุ ใกล้ศาลาที่พัก",
    "asset_number": "DS-0777",
}
OUTCOME = "เปลี่ยนหลอดไฟและสายที่ชำรุดแล้ว ทดสอบไฟติดปกติ"
# Names of the made-up organisation, numbers of cases and e-mail addresses are no English prose.
CASE_NUMBER = re.compile(r"\b[A-Z]{2,}-\d{4}-[A-Z0-9]+-\d{5}-\d\b")


def photo(text):
    """A photo as a phone makes it: 12 million pixels with some contents."""
    image = Image.new("RGB", (4000, 3000), (20, 30, 60))
    draw = ImageDraw.Draw(image)
    for step in range(0, 3000, 25):
        draw.line((0, step, 4000, 3000 - step), fill=(step % 255, 90, 160), width=6)
    draw.ellipse((1700, 600, 2300, 1200), fill=(250, 230, 150))
    draw.text((1800, 2000), text, fill=(255, 255, 255))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def letters(text):
    """Text without spaces and in one normal form: PDF readers break Thai lines anywhere."""
    text = unicodedata.normalize("NFC", text).replace("ํา", "ำ").replace("ํ้า", "้ำ")
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


class TestJourney(E2ECase):
    viewport = PHONE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        cls.company = cls.backend.call("res.company", "search_read", [], ["name", "street", "city"])

    # ------------------------------------------------------------ helpers
    def check_page(self, name, allow=()):
        """What holds for each page of a citizen: accessible, Thai, no sideways scrolling."""
        names = [str(value) for row in self.company for value in row.values() if value]
        text = self.page.inner_text("body")
        self.axe()
        self.screenshot(f"journey-{name}")
        self.page.set_viewport_size(WIDE)
        self.axe()
        self.page.set_viewport_size(PHONE)
        self.no_english(allow=[*names, *CASE_NUMBER.findall(text), *allow])
        self.check_clean()

    def check_backend(self, name):
        """Screens of the clerk: our part of the page has no violation."""
        self.screenshot_backend(name)
        self.axe(exclude=STOCK_REGIONS)
        self.check_clean()

    def screenshot_backend(self, name):
        for size in (WIDE, PHONE):
            self.page.set_viewport_size(size)
            self.settle()
            self.page.screenshot(path=str(artifacts() / f"journey-{name}-{size['width']}.png"))
        self.page.set_viewport_size(WIDE)
        self.settle()

    def send_mails(self):
        cron = self.backend.ref("mail.ir_cron_mail_scheduler_action")
        self.backend.call("ir.cron", "method_direct_trigger", [cron])

    # ------------------------------------------------------------ the journey
    def test_journey(self):
        self.email = f"namphueng{time.time_ns()}@example.com"
        number, link = self.citizen_files()
        self.acknowledgement(number)
        self.mail(number, link)
        self.clerk_accepts(number)
        self.electrician_repairs(number)
        self.citizen_reads_and_rates(number, link)
        self.citizen_tracks(number)

    def citizen_files(self):
        """A guest finds the service by an everyday word and files on a phone."""
        self.open("/")
        self.check_page("home")
        self.page.fill(".lgo_hero input[name=q]", "ไฟถนนดับ")
        self.submit(".lgo_hero button[type=submit]")
        self.check_page("search")
        self.submit("a[href$='/services/LIGHT']")
        self.assertIn("5 วันทำการ", self.page.inner_text("main"))
        self.check_page("manual")
        self.submit(".lgo_actions a[href$='/services/LIGHT/request']")
        self.check_page("form", allow=["km"])

        # Sent empty: the errors stand at the fields, the first one has the focus.
        self.expected_status.add(400)
        files = "input[type=file]"
        self.page.set_input_files(files, photo("before"))
        self.page.wait_for_selector(".lgo_photo_list img")
        self.page.fill("#description", CITIZEN["description"])
        self.page.click(".lgo_request_form button[type=submit].btn-primary")
        self.page.wait_for_selector("#applicant_name_error")
        self.page.wait_for_selector(".lgo_photo_list img")
        self.assertEqual(self.page.input_value("#description"), CITIZEN["description"])
        focused = self.page.evaluate("document.activeElement.name")
        self.assertEqual(focused, "answer_light_problem")
        self.check_page("form-errors", allow=["km"])

        for field, value in {**CITIZEN, "applicant_email": self.email}.items():
            self.page.fill(f"#{field}", value)
        self.page.check("input[name=answer_light_problem][value=off]")
        self.page.fill("#answer_light_count", "๒")
        self.page.click(".lgo_map_center")
        self.assertTrue(self.page.input_value("input[name=latitude]"))
        self.page.check("#privacy_shown")
        with self.next_page():
            self.page.dblclick(".lgo_request_form button[type=submit].btn-primary")
        self.page.wait_for_load_state("networkidle")
        number = self.page.inner_text(".lgo_number").strip()
        self.assertRegex(number, CASE_NUMBER)
        facts = self.page.inner_text(".lgo_facts")
        self.assertRegex(facts, r"25[67]\d", "the due date is in the Buddhist era")
        self.check_page("thanks")
        return number, self.page.url.replace("&thanks=1", "")

    def acknowledgement(self, number):
        """The paper holds what was typed, letter by letter."""
        url = self.page.get_attribute(".lgo_papers a", "href")
        response = self.context.request.get(f"{BASE_URL}{url}")
        self.assertEqual(response.headers["content-type"], "application/pdf")
        path = artifacts() / "journey-acknowledgement.pdf"
        path.write_bytes(response.body())
        text = letters(
            subprocess.run(
                [shutil.which("pdftotext"), "-layout", path, "-"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for typed in (CITIZEN["applicant_name"], CITIZEN["description"], CITIZEN["location_text"]):
            self.assertIn(letters(typed), text)
        self.assertIn(number, text)
        subprocess.run(
            [shutil.which("pdftoppm"), "-png", "-r", "80", path, path.with_suffix("")], check=True
        )

    def mail(self, number, link):
        self.send_mails()
        messages = self.mails_to(self.email)
        self.assertTrue(messages, "no e-mail arrived")
        body = messages[-1].get_body(("html", "plain")).get_content()
        self.assertIn(number, body)
        self.assertIn(urlsplit(link).query.partition("access_token=")[2].split("&")[0], body)

    def open_in_backend(self, number, login):
        """Log in and open the request by its number; wait until the form stands."""
        self.new_person(WIDE)
        self.login_to_backend(login, "/odoo/lgo-requests")
        self.page.wait_for_selector(".o_list_renderer")
        self.check_backend(f"list-{login[0]}")
        self.page.click(f"td[name=name]:has-text('{number}')")
        self.page.wait_for_selector(".o_form_view .o_statusbar_status")

    def press(self, transition_label, done_state):
        """Press a button of the header and wait for the new state."""
        self.page.click(f".o_statusbar_buttons button:has-text('{transition_label}')")
        self.page.wait_for_selector(
            f".o_statusbar_status button[data-value={done_state}].o_arrow_button_current",
            state="attached",  # a bar without room folds its states
        )

    def clerk_accepts(self, number):
        self.open_in_backend(number, CLERK)
        self.assertIn(CITIZEN["description"], self.page.input_value("[name=description] textarea"))
        self.check_backend("form-clerk")
        self.press("รับคำขอ", "accepted")
        self.page.fill("[name=user_id] input", "แสงทอง")
        self.page.click(".o-autocomplete--dropdown-item:has-text('แสงทอง')")
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(".o_form_saved")
        self.check_backend("form-accepted")

    def electrician_repairs(self, number):
        self.open_in_backend(number, ELECTRICIAN)
        self.press("เริ่มดำเนินการ", "processing")
        self.page.click(".o_notebook a[name=result]")
        self.page.fill("[name=outcome] textarea", OUTCOME)
        self.page.set_input_files("[name=after_attachment_ids] input[type=file]", photo("after"))
        self.page.wait_for_selector("[name=after_attachment_ids] .o_attachment")
        self.check_backend("form-result")
        self.press("ดำเนินการแล้วเสร็จ", "resolved")

    def citizen_reads_and_rates(self, number, link):
        self.new_person(PHONE)
        self.open(link.removeprefix(BASE_URL))
        main = self.page.inner_text("main")
        self.assertIn(OUTCOME, main)
        self.page.locator(".lgo_photos img").scroll_into_view_if_needed()
        self.page.wait_for_function("document.querySelector('.lgo_photos img').naturalWidth > 0")
        self.check_page("result")
        self.page.check("#rating_5")
        self.page.fill("#feedback", "รวดเร็วดีมาก")
        self.submit(".lgo_rating button[type=submit]")
        self.assertIn("ท่านให้คะแนน 5", self.page.inner_text("#rating"))
        self.check_page("rated")

    def citizen_tracks(self, number):
        self.new_person(PHONE)
        self.open(f"/track?number={number}")
        self.check_page("track")
        self.page.fill("#phone", CITIZEN["applicant_phone"][-4:])
        self.submit("form[action='/track'] button[type=submit]")
        found = self.page.inner_text(".lgo_block_result")
        self.assertIn("ดำเนินการแล้ว", found)
        for personal in (*CITIZEN.values(), self.email):
            self.assertNotIn(personal, found)
        self.check_page("track-found")

    # ------------------------------------------------------------ at the counter, with an account
    def test_counter(self):
        """The clerk enters what somebody says at the counter."""
        self.page.set_viewport_size(WIDE)
        self.login_to_backend(CLERK, "/odoo/lgo-requests/new")
        self.page.wait_for_selector(".o_form_view")
        self.page.fill("[name=service_id] input", "ไฟฟ้าสาธารณะ")
        self.page.click(".o-autocomplete--dropdown-item:has-text('แจ้งซ่อมไฟฟ้าสาธารณะ')")
        self.page.fill("[name=applicant_name] input", "ทองดี มีแสง")
        self.page.fill("[name=applicant_phone] input", "0861234567")
        self.page.fill("[name=description] textarea", "ไฟหน้าตลาดกะพริบ")
        self.page.fill("[name=location_text] input", "หน้าตลาดสด")
        self.page.select_option("[name=answers] select", "blink")
        self.check_backend("counter-new")
        self.press("ยื่นเรื่อง", "submitted")
        self.assertRegex(self.page.inner_text(".oe_title"), CASE_NUMBER)
        self.check_backend("counter-filed")

    def test_citizen_with_account(self):
        login, password = self.backend.make_portal_user()
        self.login(login, password)
        self.open("/my/cases")
        self.check_page("my-cases-empty")
        self.open("/services/LIGHT/request")
        self.assertEqual(self.page.input_value("#applicant_name"), "สมชาย ใจดี")
        self.page.fill("#description", "ไฟหน้าบ้านดับ")
        self.page.fill("#location_text", "ซอย 9")
        self.page.check("input[name=answer_light_problem][value=off]")
        self.page.check("#privacy_shown")
        self.submit(".lgo_request_form button[type=submit].btn-primary")
        number = self.page.inner_text(".lgo_number").strip()
        self.open("/my")
        self.check_page("my")
        self.open("/my/cases")
        self.assertIn(number, self.page.inner_text("main"))
        self.check_page("my-cases")
        self.submit(".lgo_case_row")
        self.assertIn(number, self.page.inner_text("main"))
        self.check_page("my-case")
