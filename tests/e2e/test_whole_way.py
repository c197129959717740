# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The whole way of a letter: it comes by e-mail, goes up to the mayor, comes back, is answered; the
answer is signed with a certificate, numbered, sent, and acknowledged by the office it goes to.

Needs two servers with ``lgo_demo`` and a mail server.
"""

import base64
import concurrent.futures
import importlib.util
import io
import subprocess
import time
import unittest
from urllib.parse import urlsplit

from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .base import BASE_URL, PHONE, ROOT, WIDE, Backend
from .test_eoffice import LetterSteps, person
from .test_exchange import LETTER, PEER_URL, SECONDS, two_offices

EDITOR = ".o_field_widget[name=body] .odoo-editor-editable"
PASSPHRASE = "กุญแจ-นายก-1"
WORDS = "ทต.ดอนทราย ขอส่งข้อมูลสะพานข้ามคลอง จำนวน 2 แห่ง ดังแนบ"


def authority():
    """The certification authority that the tests of lgo_sign use."""
    path = ROOT / "addons" / "lgo_sign" / "tests" / "authority.py"
    spec = importlib.util.spec_from_file_location("lgo_test_authority", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Authority()


@unittest.skipUnless(BASE_URL and PEER_URL, "LGO_PEER_URL is not set: no second office")
class TestWholeWay(LetterSteps):
    more_hosts = (PEER_URL,)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home, cls.there = two_offices()
        cls.give_the_mayor_a_certificate()

    @classmethod
    def give_the_mayor_a_certificate(cls):
        """External letters are signed with the key of who signs."""
        ca = authority()
        cls.root = x509.Certificate.load(ca.root.public_bytes(serialization.Encoding.DER))
        home = cls.home
        home.call("lgo.sign.trust", "create", [{"file": base64.b64encode(ca.pem()).decode()}])
        key, _certificate = ca.p12("นายกเทศมนตรี", PASSPHRASE, key="ec mayor")
        mayor = Backend(home.base_url, home.database).login("mayor", "mayor-lgo")
        values = {
            "name": f"ใบรับรองทดสอบ {time.time_ns()}",
            "key_file": base64.b64encode(key).decode(),
            "passphrase": PASSPHRASE,
        }
        cls.certificate = mayor.call("lgo.sign.certificate", "create", [values])
        cls.mayor = mayor
        (kind,) = home.call(
            "lgo.eoffice.kind", "read", [home.ref("lgo_eoffice.lgo_eoffice_kind_ext")],
            ["document_kind_id"],
        )  # fmt: skip
        cls.kind = kind["document_kind_id"][0]
        (before,) = home.call("lgo.document.kind", "read", [cls.kind], ["sign_mode"])
        cls.sign_mode = before["sign_mode"]
        home.call("lgo.document.kind", "write", [cls.kind], {"sign_mode": "signer"})

    @classmethod
    def tearDownClass(cls):
        cls.home.call("lgo.document.kind", "write", [cls.kind], {"sign_mode": cls.sign_mode})
        super().tearDownClass()

    def test_whole_way(self):
        self.taken = {}  # mails by office
        asked = self.comes_by_mail()
        self.register_and_pass_on(asked)
        self.unit_and_head_and_chief()
        self.mayor_on_a_phone()
        self.give_to_the_electrician()
        self.chain_is_read(self.letter()["receive_no"])
        answer = self.electrician_answers(asked)
        self.head_and_chief_agree()
        number = self.mayor_signs_on_a_phone(answer)
        content = self.signature_holds(answer, number)
        self.page_for_checking(answer, number)
        self.registry_sends(answer)
        self.acknowledged_there(answer, number, content)

    # ------------------------------------------------------------ in
    def hand_over(self, office):
        """The next mails to an office reach it as its mailbox would hand them over."""
        end = time.monotonic() + SECONDS
        while len(mails := self.mails_to(office.email)) <= self.taken.get(office, 0):
            self.assertLess(time.monotonic(), end, f"no mail to {office.email}")
            time.sleep(0.5)
        office.take_mails(mails[self.taken.get(office, 0) :])
        self.taken[office] = len(mails)

    def comes_by_mail(self):
        sent, _row = self.there.signed("email", "ขอข้อมูลสะพานข้ามคลอง")
        self.subject = sent["subject"]
        self.hand_over(self.home)
        domain = [("subject", "=", sent["subject"]), ("receive_channel", "=", "email")]
        received = self.home.wait(LETTER, domain, ["state", "doc_no", "from_text"])
        self.assertEqual((received["state"], received["doc_no"]), ("new", sent["doc_no"]))
        return received["id"]

    def chain_is_read(self, receive_no):
        """Whoever does the work reads number and notes in the order in which they were written."""
        self.assertIn(str(receive_no), self.page.inner_text(".o_lgo_inbox_facts"))
        notes = self.page.locator(".o_lgo_inbox_notes .o_lgo_inbox_words").all_inner_texts()
        agreed = "เห็นควรมอบกองช่างดำเนินการ"
        self.assertEqual(
            notes[1:],
            ["เพื่อโปรดพิจารณา", agreed, agreed, "ดำเนินการตามเสนอ", "มอบนายช่างไฟฟ้า"],
        )

    # ------------------------------------------------------------ the answer
    def electrician_answers(self, asked):
        page = self.page
        page.click(".o_lgo_inbox_answer")
        page.wait_for_selector(".o_form_view .o_field_widget[name=subject]")
        subject = page.locator(".o_field_widget[name=subject] :is(input, textarea)")
        self.assertEqual(subject.input_value(), self.subject)
        self.subject = f"ส่งข้อมูลสะพานข้ามคลอง {time.time_ns()}"
        subject.fill(self.subject)
        signer = page.locator(".o_field_widget[name=signer_post_id] input")
        self.assertIn("นายกเทศมนตรี", signer.input_value())
        page.click(EDITOR)
        page.keyboard.type(WORDS)
        self.shot("answer")
        page.click(".o_form_button_save")
        page.wait_for_selector(".o_form_status_indicator_buttons.invisible", state="attached")
        page.click("button[name=action_submit]")
        page.wait_for_selector(".modal .o_form_view")
        self.shot("answer-submit")
        page.click(".modal footer button.btn-primary")
        page.wait_for_selector(".modal", state="detached")
        (answer,) = self.home.read(
            LETTER, [("reply_to_id", "=", asked)], ["id", "subject", "state", "reference_ids"]
        )
        self.assertEqual((answer["subject"], answer["state"]), (self.subject, "review"))
        self.assertEqual(len(answer["reference_ids"]), 1, "อ้างถึง")
        return answer["id"]

    def head_and_chief_agree(self):
        for login in ("head", "chief"):
            self.sit_down(login, WIDE)
            self.read()
            self.step("endorse", words="ตรวจแล้ว เห็นควรลงนาม")
            self.confirm()

    def mayor_signs_on_a_phone(self, answer):
        self.sit_down("mayor", PHONE)
        self.read()
        page = self.page
        self.step("sign")
        page.click(".o_lgo_inbox_confirm")
        page.wait_for_selector(".modal")
        self.no_overflow()
        self.shot("sign-question")
        page.click(".modal footer button.btn-primary")
        page.click(".modal button[name=action_identify]")
        page.fill(".modal input[type=password]", "mayor-lgo")
        self.shot("sign-password")
        page.click(".modal button[name=run_check]")
        page.wait_for_selector(".modal button[name=action_confirm]:visible")
        page.fill(".modal [name=secret] input", "กุญแจดอกอื่น")
        page.click(".modal button[name=action_confirm]:visible")
        wrong = page.locator(".modal:has-text('รหัสผ่านของไฟล์กุญแจไม่ถูกต้อง')").last
        wrong.wait_for()
        (still,) = self.home.read(LETTER, [("id", "=", answer)], ["state", "doc_no"])
        self.assertEqual((still["state"], still["doc_no"]), ("to_sign", False), "nothing half")
        wrong.locator("footer button").first.click()
        page.fill(".modal [name=secret] input", PASSPHRASE)
        self.no_overflow()
        self.shot("sign-passphrase")
        page.click(".modal button[name=action_confirm]:visible")
        said = page.locator(".o_notification")
        said.wait_for()
        words = said.inner_text()
        page.wait_for_selector(".modal", state="detached")
        names = ["doc_no", "state"]
        found = self.home.wait(LETTER, [("id", "=", answer), ("state", "=", "numbered")], names)
        self.assertTrue(found["doc_no"])
        self.assertIn(found["doc_no"], words, "the mayor reads the number")
        return found["doc_no"]

    def file_of(self, office, letter):
        (values,) = office.call(LETTER, "read", [letter], ["main_attachment_id"])
        return office.fetch(f"/web/content/{values['main_attachment_id'][0]}?download=true")

    def signature_holds(self, answer, number):
        """The paper is signed as a whole, and says what was typed."""
        content = self.file_of(self.home, answer)
        trusted = ValidationContext(trust_roots=[self.root], allow_fetching=False)
        reader = PdfFileReader(io.BytesIO(content))
        (signature,) = reader.embedded_signatures
        with concurrent.futures.ThreadPoolExecutor(1) as apart:  # the browser holds the loop here
            status = apart.submit(validate_pdf_signature, signature, trusted).result()
        self.assertTrue(status.bottom_line, status.summary())
        self.assertTrue(status.intact and status.valid and status.trusted)
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
        ).stdout.decode()
        thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
        flat = "".join(text.split())
        for words in (WORDS, self.subject, number):
            self.assertIn("".join(words.translate(thai).split()), flat)
        changed = bytearray(content)
        changed[len(changed) // 3] ^= 1
        (broken,) = PdfFileReader(io.BytesIO(bytes(changed))).embedded_signatures
        with concurrent.futures.ThreadPoolExecutor(1) as apart:
            status = apart.submit(validate_pdf_signature, broken, trusted).result()
        self.assertFalse(status.intact, "one other byte is seen")
        return content

    def page_for_checking(self, answer, number):
        """Anybody can check the paper by its code."""
        domain = [("res_model", "=", LETTER), ("res_id", "=", answer)]
        (document,) = self.home.read("lgo.issued.document", domain, ["verify_url"])
        for viewport in (WIDE, PHONE):
            self.new_person(viewport)
            self.open(urlsplit(document["verify_url"]).path)
            self.assertIn(number, self.page.inner_text("main"))
            self.axe()
            self.no_overflow()
        self.shot("verify")

    # ------------------------------------------------------------ out
    def registry_sends(self, answer):
        self.new_person(WIDE)
        self.login_to_backend(person("clerk"), f"/odoo/lgo.eoffice.letter/{answer}")
        self.page.click(".o_statusbar_buttons button.btn-primary[name=action_transition]:visible")
        self.page.wait_for_selector(
            ".o_statusbar_status button[data-value=sent].o_arrow_button_current", state="attached"
        )
        self.shot("sent")

    def acknowledged_there(self, answer, number, content):
        self.hand_over(self.there)
        domain = [("subject", "=", self.subject), ("receive_channel", "=", "email")]
        received = self.there.wait(LETTER, domain, ["doc_no", "agency_id"])
        self.assertEqual(received["doc_no"], number)
        self.assertEqual(received["agency_id"][0], self.there.agency)
        self.assertEqual(
            self.file_of(self.there, received["id"]), content, "the signed file itself"
        )
        self.registered_there(received["id"], number)
        (after,) = self.there.call(LETTER, "read", [received["id"]], ["receive_no"])
        self.hand_over(self.home)
        domain = [("letter_id", "=", answer), ("state", "=", "accepted")]
        row = self.home.wait("lgo.eoffice.recipient", domain, ["ack_no"])
        self.assertEqual(row["ack_no"], str(after["receive_no"]))
        self.new_person(WIDE)
        self.login_to_backend(person("clerk"), f"/odoo/lgo.eoffice.letter/{answer}")
        self.page.click(".o_notebook_headers .nav-link[name=recipients]")
        shown = self.page.locator(".o_field_widget[name=recipient_ids] .o_data_row")
        shown.get_by_text("ปลายทางลงรับแล้ว").wait_for()
        self.assertEqual(shown.locator("td[name=ack_no]").inner_text(), row["ack_no"])
        self.shot("acknowledged")
        trail = [("res_model", "=", LETTER), ("res_id", "=", answer)]
        rows = self.home.read("lgo.audit.log", trail, ["action", "user_name"])
        self.assertEqual(
            [row["action"] for row in rows if row["action"].startswith("letter.")],
            ["letter.submit", "letter.ask_signature", "letter.number", "letter.send"],
        )
        self.assertEqual(len({row["user_name"] for row in rows}), 4, "each under their own name")

    def registered_there(self, letter, number):
        """The clerk of the other office finds it filled in, and needs one key."""
        self.new_person(WIDE)
        path = f"/odoo/lgo.eoffice.letter/{letter}"
        self.login_to_backend(person("clerk"), path, self.there.base_url)
        self.page.wait_for_selector(".o_form_view button[name=action_register]:visible")
        shown = self.page.locator(".o_field_widget[name=doc_no] input")
        self.assertEqual(shown.input_value(), number)
        self.page.keyboard.press("Alt+r")
        self.page.wait_for_selector(".o_form_view button[name=action_route]:visible")
        self.shot("registered-there")
