# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter is seen as paper while it is being written.

Needs a server with ``lgo_demo``.
"""

import time

from .base import E2ECase

FRAME = "iframe.o_lgo_letter_preview_frame"
EDITOR = ".o_field_widget[name=body] .odoo-editor-editable"


class TestPreview(E2ECase):
    viewport = {"width": 1600, "height": 1000}

    def wait_on_paper(self, words):
        """The paper holds ``words``; a PDF viewer may put each syllable into a box of its own."""
        viewer = self.page.wait_for_selector(FRAME).content_frame()
        viewer.wait_for_function(
            """words => (document.querySelector("#viewer")?.innerText ?? "")
                .replace(/\\s/g, "").includes(words)""",
            arg=words,
        )

    def test_draft_is_printed_while_it_is_typed(self):
        subject = f"ขอส่งบัญชีทดลองที่{time.time_ns()}"
        self.login_to_backend(("head", "head-lgo"), "/odoo/lgo.eoffice.letter/new")
        self.page.fill(".o_field_widget[name=subject] :is(input, textarea)", subject)
        self.wait_on_paper("ขอส่งบัญชีทดลองที่")
        self.page.click(EDITOR)
        self.page.keyboard.type("ข้อแรกของเรา")
        self.wait_on_paper("ข้อแรกของเรา")
        self.page.keyboard.type(" แถมท้าย")
        self.wait_on_paper("แถมท้าย")
        self.assertTrue(
            self.page.evaluate("editor => document.activeElement.matches(editor)", EDITOR),
            "the cursor stays in the text",
        )
        self.page.click(".o_form_button_save")
        self.page.wait_for_selector(".o_form_status_indicator_buttons.invisible", state="attached")
        self.wait_on_paper("แถมท้าย")
        self.page.click(EDITOR)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(" ไม่เอาแล้ว")
        self.wait_on_paper("ไม่เอาแล้ว")
        self.page.click(".o_form_button_cancel")
        viewer = self.page.wait_for_selector(FRAME).content_frame()
        viewer.wait_for_function(
            """() => { const text = (document.querySelector("#viewer")?.innerText ?? "");
                const typed = text.replace(/\\s/g, "");
                return typed.includes("แถมท้าย") && !typed.includes("ไม่เอาแล้ว"); }"""
        )
        self.screenshot("letter-preview")
