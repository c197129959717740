# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The citizens' site on a phone whose connection comes and goes.

Needs a server with ``lgo_demo``.
"""

import io
import time
import unittest

from PIL import Image

from .base import BASE_URL, PHONE, Backend, E2ECase

SERVICE = "LIGHT"
FORM = f"/services/{SERVICE}/request"


def photo():
    image = io.BytesIO()
    Image.effect_noise((900, 600), 80).convert("RGB").save(image, "JPEG")
    return {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": image.getvalue()}


class TestOffline(E2ECase):
    viewport = PHONE
    # the browser reports each request that finds no network
    allowed_console = (r"ERR_INTERNET_DISCONNECTED", r"net::ERR_", r"Failed to fetch")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()

    def ready(self):
        """The worker is in charge of this page."""
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")

    def fill(self, description):
        page = self.page
        page.fill("#description", description)
        for group in page.query_selector_all("fieldset:has(input[type=radio])"):
            radio = group.query_selector("input[type=radio]")
            if radio.is_visible():
                radio.check()
        page.fill("#location_text", "หน้าวัด")
        page.fill("#applicant_name", "สมชาย ใจดี")
        page.fill("#applicant_phone", "0812345678")
        page.check("#privacy_shown")

    def cases(self, description):
        return self.backend.call(
            "lgo.oss.request",
            "search_read",
            [("description", "=", description)],
            ["name", "state", "document_ids"],
        )

    def send_without_signal(self, description, with_photo=True):
        self.open(FORM)
        self.ready()
        self.fill(description)
        field = self.page.query_selector(".lgo_photo_input input[type=file]")
        if with_photo and field:
            field.set_input_files(photo())
            self.page.wait_for_selector(".lgo_photo_list img")
        self.context.set_offline(True)
        self.page.click("form.lgo_request_form button.btn-primary[type=submit]")
        self.page.wait_for_selector(".lgo_kept_offline:not(.d-none)")
        self.page.wait_for_selector(".lgo_outbox:not(.d-none)")

    def wait_sent(self):
        self.page.wait_for_selector(".lgo_outbox_sent a", timeout=30000)

    def test_kept_over_a_reload_and_filed_once(self):
        words = f"ไฟดับ ออฟไลน์ {time.time_ns()}"
        self.send_without_signal(words)
        self.axe(include=".lgo_outbox")
        self.screenshot("offline-kept")
        self.page.reload()
        self.page.wait_for_selector("#lgo_kept:not([hidden])")
        self.assertIn("1", self.page.inner_text("#lgo_kept"))
        self.axe()
        self.screenshot("offline-page")
        self.assertEqual(self.cases(words), [])
        self.context.set_offline(False)
        # the page that stood in for the form opens the form by itself, and that page sends
        self.page.wait_for_selector("form.lgo_request_form")
        self.wait_sent()
        found = self.cases(words)
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["state"], "submitted")
        photos = self.backend.call(
            "ir.attachment",
            "search_count",
            [("res_model", "=", "lgo.oss.request"), ("res_id", "=", found[0]["id"])],
        )
        self.assertGreaterEqual(photos, 1, "the photo came along")
        self.assertEqual(self.page.query_selector_all(".lgo_outbox_row"), [])
        self.page.click(".lgo_outbox_sent a")
        self.page.wait_for_selector(".lgo_number")
        self.assertEqual(self.page.inner_text(".lgo_number").strip(), found[0]["name"])
        self.open("/")
        self.assertFalse(self.page.is_visible(".lgo_outbox"))

    def test_connected_before_anything_answers(self):
        """The device says once that it is connected; that may be too early."""
        self.open(FORM)
        self.ready()
        self.page.add_init_script(
            "window.addEventListener('online', (ev) => ev.stopImmediatePropagation())"
        )
        self.context.set_offline(True)
        self.page.reload()
        self.page.wait_for_selector("#lgo_retry")
        self.context.set_offline(False)
        self.page.wait_for_selector("form.lgo_request_form")

    def test_an_answer_that_was_lost_files_no_second_case(self):
        words = f"ไฟดับ คำตอบหาย {time.time_ns()}"
        self.open(FORM)
        self.ready()
        self.fill(words)

        def lose_the_answer(route):
            route.fetch(max_redirects=0)
            route.abort("internetdisconnected")

        self.page.route(
            f"**{FORM}",
            lambda route: (
                lose_the_answer(route) if route.request.method == "POST" else route.continue_()
            ),
        )
        self.page.click("form.lgo_request_form button.btn-primary[type=submit]")
        self.page.wait_for_selector(".lgo_kept_offline:not(.d-none)")
        self.assertEqual(len(self.cases(words)), 1)
        self.page.unroute(f"**{FORM}")
        self.page.goto(BASE_URL + "/")
        self.wait_sent()
        self.assertEqual(len(self.cases(words)), 1)

    def change_kept(self, change):
        """Overwrite fields of the requests that the device keeps; ``change`` is JavaScript."""
        self.page.evaluate(
            """async () => {
                const store = await import("/lgo_base/static/src/pwa/outbox_store.js");
                for (const one of await store.keptRequests()) {
                    await store.putRequest({...one, CHANGE});
                }
            }""".replace("CHANGE", change)
        )

    def test_deleted_from_a_shared_device(self):
        words = f"ไฟดับ ลบทิ้ง {time.time_ns()}"
        self.send_without_signal(words, with_photo=False)
        self.page.click(".lgo_outbox_delete")
        self.page.wait_for_selector(".lgo_outbox", state="hidden")
        self.context.set_offline(False)
        self.open("/")
        self.page.wait_for_timeout(1000)
        self.assertEqual(self.cases(words), [])

    def test_another_person_on_the_device_sees_and_sends_nothing(self):
        words = f"ไฟดับ คนอื่น {time.time_ns()}"
        self.send_without_signal(words, with_photo=False)
        self.change_kept('who: "999999999"')
        self.context.set_offline(False)
        self.open("/")
        self.page.wait_for_timeout(1000)
        self.assertFalse(self.page.is_visible(".lgo_outbox"))
        self.assertEqual(self.cases(words), [])

    def test_it_is_too_old(self):
        words = f"ไฟดับ เก่าเกิน {time.time_ns()}"
        self.send_without_signal(words, with_photo=False)
        self.change_kept("at: Date.now() - 8 * 86400000")
        self.context.set_offline(False)
        self.open("/")
        self.page.wait_for_timeout(1000)
        self.assertFalse(self.page.is_visible(".lgo_outbox"))
        self.assertEqual(self.cases(words), [])

    def test_the_worker_keeps_no_page_of_a_person(self):
        login, password = self.backend.make_portal_user()
        self.login(login, password)
        for path in ("/my", "/my/cases", "/my/documents", "/my/bills", "/services", "/"):
            self.open(path)
        self.ready()
        kept = self.page.evaluate(
            """async () => {
                const found = [];
                for (const name of await caches.keys()) {
                    for (const one of await (await caches.open(name)).keys()) {
                        found.push(new URL(one.url).pathname);
                    }
                }
                return found;
            }"""
        )
        self.assertIn("/offline", kept)
        pages = [
            path
            for path in kept
            if path != "/offline" and "/static/" not in path and not path.startswith("/web/assets/")
        ]
        self.assertEqual(pages, [])

    def test_it_can_be_installed(self):
        self.open("/")
        manifest = self.page.evaluate(
            "fetch(document.querySelector('link[rel=manifest]').href).then((r) => r.json())"
        )
        self.assertEqual(manifest["display"], "standalone")
        self.assertRegex(manifest["name"], "[ก-๙]")
        for icon in manifest["icons"]:
            size = self.page.evaluate(
                """(src) => new Promise((resolve, reject) => {
                    const image = new Image();
                    image.onload = () => resolve(`${image.width}x${image.height}`);
                    image.onerror = reject;
                    image.src = src;
                })""",
                icon["src"],
            )
            self.assertEqual(size, icon["sizes"])


if __name__ == "__main__":
    unittest.main()
