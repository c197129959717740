# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A received letter reads itself: the clerk puts the PDF in and takes over what was read.

Needs a server with ``lgo_demo`` and ``lgo_eoffice_scan`` that runs its jobs.
"""

import time

import weasyprint

from .base import BASE_URL, WIDE, E2ECase, artifacts

PAPER = """<html lang="th"><body style="font-size: 14pt">
<table width="100%"><tr><td width="50%">ที่ ชม ๐๐๑๘/{number}</td>
<td>ศาลากลางจังหวัดสาธิต</td></tr></table>
<p style="margin-left: 50%">๕ มกราคม ๒๕๖๙</p>
<p>เรื่อง&#160; {subject}</p><p>เรียน&#160; นายกเทศมนตรี</p>
<p style="text-indent: 2.5cm">ด้วยจังหวัดขอให้สอบถามความต้องการของประชาชน</p></body></html>"""


class TestScan(E2ECase):
    def test_paper_of_a_received_letter(self):
        subject = f"ขอเชิญร่วมงานวันเด็ก {time.time_ns() % 10**8}"
        paper = weasyprint.HTML(string=PAPER.format(number="๔๕๖๗", subject=subject)).write_pdf()
        self.new_person(WIDE)
        self.login_to_backend(
            ("clerk", "clerk-lgo"),
            "/odoo/action-lgo_eoffice.lgo_eoffice_letter_action_received/new",
        )
        page = self.page
        page.fill("div[name=subject] input, div[name=subject] textarea", "letter.pdf")
        page.set_input_files(
            "div[name=paper_file] input[type=file]",
            {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": paper},
        )
        page.click(".o_form_button_save")
        page.wait_for_url(lambda url: not url.endswith("/new"))
        self.assertIn("letter.pdf", page.input_value("div[name=paper_file] input[type=text]"))
        button = "button[name=action_use_proposals]"
        for _try in range(40):
            page.goto(page.url)
            page.wait_for_selector(".o_form_view div[name=subject]")
            self.settle()
            if page.is_visible(button):
                break
            page.wait_for_timeout(2000)  # until the job has read it
        page.screenshot(path=str(artifacts() / "scan-read.png"), full_page=True)
        self.axe(include=".o_form_sheet_bg div[name=proposals]")
        page.click(button)
        page.wait_for_selector(button, state="hidden")
        self.assertEqual(page.input_value("div[name=doc_no] input"), "ชม ๐๐๑๘/๔๕๖๗")
        self.assertEqual(
            page.input_value("div[name=subject] input, div[name=subject] textarea"), subject
        )
        page.screenshot(path=str(artifacts() / "scan-used.png"), full_page=True)
        self.assertTrue(page.url.startswith(BASE_URL))
