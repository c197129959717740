# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_eoffice.tests.common import EofficeCase

from ..models import lgo_eoffice_reading as reading_model
from ..tools import reader
from . import papers


@tagged("post_install", "-at_install")
class TestReading(EofficeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # papers of an office that is there already wait in the same line
        cls.env["lgo.eoffice.reading"].search([]).unlink()
        cls.pdf = papers.letter()

    def setUp(self):
        super().setUp()
        self.steps = []

        def progress(_cron, processed=0, *, remaining=None, deactivate=False):
            self.steps.append(remaining)
            return 3600.0

        self.patch(type(self.env["ir.cron"]), "_commit_progress", progress)

    def _attachment(self, data, name="หนังสือ.pdf", user=None):
        mimetype = "application/pdf" if name.endswith(".pdf") else False
        files = self.env["ir.attachment"].with_user(user or self.registrar)
        return files.create(
            {"name": name, "raw": data, **({"mimetype": mimetype} if mimetype else {})}
        )

    def _letter(self, data, name="หนังสือ.pdf", user=None, **vals):
        """A received letter with a paper, and nothing typed yet but the name of the file."""
        return self._received(
            user=user, subject="หนังสือ.pdf", doc_no=False, doc_date=False, agency_id=False,
            main_attachment_id=self._attachment(data, name, user).id, **vals,
        )  # fmt: skip

    def _read(self):
        self.env["lgo.eoffice.reading"]._cron_read()

    def _proposal(self, letter, field):
        return letter.proposal_ids.filtered(lambda row: row.field == field)

    # ------------------------------------------------------------ reading
    def test_letter_with_text(self):
        letter = self._letter(self.pdf)
        self.assertEqual(letter.reading_state, "queued")
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertFalse(letter.reading_note)
        self.assertIn("สำรวจแหล่งน้ำและถนน", letter.content_text)
        self.assertNotIn("\t", letter.content_text)
        found = {row.field: row.value for row in letter.proposal_ids}
        self.assertEqual(
            found,
            {
                "doc_no": "ชม ๐๐๑๘/ว ๑๒๓",
                "doc_date": "๕ มกราคม ๒๕๖๙",
                "subject": "ขอความอนุเคราะห์สำรวจแหล่งน้ำและถนน",
                "agency": "ที่ว่าการอำเภอทดสอบ",
                "from_text": "ที่ว่าการอำเภอทดสอบ",
                "to_text": "นายกเทศมนตรีตำบลสวนดอก",
                "urgency": letter._fields["urgency"]._description_selection(self.env)[3][1],
                "kind": self._kind("EXT").name,
                "references": "หนังสือเทศบาลตำบลสวนดอก ที่ ชม ๕๒๓๐๑/๗ ลงวันที่ ๕ มกราคม ๒๕๖๙",
                "enclosures": "แบบสำรวจ 1 ชุด",
                "signer": "นายสมชาย ใจดี",
            },
        )
        self.assertFalse(self.env["lgo.eoffice.reading.page"].search([]), "pages are not kept")

    def test_nothing_is_written_before_the_clerk_says_so(self):
        letter = self._letter(self.pdf)
        self._read()
        self.assertEqual(letter.subject, "หนังสือ.pdf")
        self.assertFalse(letter.doc_no or letter.doc_date or letter.agency_id)
        self.assertEqual(letter.urgency, "normal")

    def test_use_all(self):
        own = self._draft(doc_no="ชม 52301/7")
        letter = self._letter(self.pdf)
        self._read()
        self.assertTrue(letter.has_proposals)
        letter.with_user(self.registrar).action_use_proposals()
        self.assertEqual(letter.doc_no, "ชม ๐๐๑๘/ว ๑๒๓")
        self.assertEqual(str(letter.doc_date), "2026-01-05")
        self.assertEqual(letter.subject, "ขอความอนุเคราะห์สำรวจแหล่งน้ำและถนน")
        self.assertEqual(letter.agency_id, self.agency)
        self.assertEqual(letter.to_text, "นายกเทศมนตรีตำบลสวนดอก")
        self.assertEqual(letter.urgency, "most_urgent")
        self.assertEqual(letter.reference_ids.doc_no, "ชม ๕๒๓๐๑/๗")
        self.assertEqual(letter.reference_ids.ref_letter_id, own)
        row = letter.enclosure_ids
        self.assertEqual((row.name, row.qty, row.unit_name), ("แบบสำรวจ", 1, "ชุด"))
        self.assertFalse(letter.has_proposals)
        letter.with_user(self.registrar).action_use_proposals()
        self.assertEqual(len(letter.reference_ids), 1, "not twice")
        letter.action_register()
        self.assertEqual(letter.state, "registered")

    def test_what_a_clerk_typed_stays(self):
        letter = self._letter(self.pdf)
        letter.write({"subject": "เรื่องที่พิมพ์เอง", "doc_no": "ชม 0018/999", "urgency": "urgent"})
        self._read()
        letter.with_user(self.registrar).action_use_proposals()
        self.assertEqual(letter.subject, "เรื่องที่พิมพ์เอง")
        self.assertEqual(letter.doc_no, "ชม 0018/999")
        self.assertEqual(letter.urgency, "urgent")
        self.assertEqual(str(letter.doc_date), "2026-01-05", "the empty one was filled")
        # the button of one field is the clerk's own choice
        self._proposal(letter, "subject").with_user(self.registrar).action_use()
        self.assertEqual(letter.subject, "ขอความอนุเคราะห์สำรวจแหล่งน้ำและถนน")
        self.assertEqual(letter.doc_no, "ชม 0018/999")

    def test_unsure_is_not_taken_by_use_all(self):
        letter = self._letter(self.pdf)
        self._read()
        self._proposal(letter, "doc_no").sudo().confidence = 40
        letter.with_user(self.registrar).action_use_proposals()
        self.assertFalse(letter.doc_no)
        self.assertTrue(letter.doc_date)
        self._proposal(letter, "doc_no").with_user(self.registrar).action_use()
        self.assertTrue(letter.doc_no)

    def test_registered_letter_is_corrected_not_filled(self):
        letter = self._letter(self.pdf, from_text="อำเภออื่น")
        letter.subject = "อื่น"
        letter.action_register()
        self._read()
        self.assertTrue(letter.content_text, "found by its text all the same")
        self.assertFalse(any(letter.proposal_ids.mapped("can_use")))
        with self.assertRaisesRegex(UserError, "Correct"):
            self._proposal(letter, "subject").with_user(self.registrar).action_use()
        self.assertEqual(letter.subject, "อื่น")

    def test_dated_tomorrow_is_refused_by_the_letter(self):
        letter = self._letter(papers.letter(date="๕ มกราคม ๒๕๗๙"))
        self._read()
        row = self._proposal(letter, "doc_date")
        self.assertLessEqual(row.confidence, 30)
        with self.assertRaises(ValidationError):
            row.with_user(self.registrar).action_use()

    # ------------------------------------------------------------ bad files
    def test_bad_files(self):
        for name, data, error in (
            ("locked", papers.locked(self.pdf), "locked"),
            ("empty", b"", "empty"),
            ("no PDF", b"hello", "broken"),
            ("cut off", self.pdf[: len(self.pdf) // 3], "broken"),
        ):
            with self.subTest(name):
                letter = self._letter(data)
                self._read()
                reading = letter.reading_ids
                self.assertEqual((reading.state, reading.error), ("failed", error))
                self.assertTrue(letter.reading_note)
                self.assertEqual(letter.main_attachment_id.raw or b"", data, "the original is kept")
                self.assertFalse(letter.content_text)
                self.steps.clear()
                self._read()
                self.assertEqual(self.steps, [0], "not tried again")

    def test_broken_xref_is_read(self):
        letter = self._letter(papers.broken_xref(self.pdf))
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertTrue(self._proposal(letter, "doc_no"))

    def test_other_files_are_left_alone(self):
        letter = self._letter(b"PK\x03\x04", name="a.docx")
        self.assertFalse(letter.reading_ids)

    @mute_logger("odoo.addons.lgo_eoffice_scan.models.lgo_eoffice_reading")
    def test_a_step_that_always_breaks_ends(self):
        letter = self._letter(self.pdf)
        calls = []

        def fall(*_args):
            calls.append(1)
            raise MemoryError

        with patch.object(reader, "read_text", fall):
            self._read()
        self.assertEqual(len(calls), reading_model.MAX_TRIES)
        self.assertEqual((letter.reading_state, letter.reading_ids.error), ("failed", "stopped"))
        letter.with_user(self.registrar).action_read_again()
        self._read()
        self.assertEqual(letter.reading_state, "done")

    def test_slow_pages_take_several_steps(self):
        """A file whose every page hangs ends in a state that says so, page by page."""
        letter = self._letter(papers.many(self.pdf, 5))
        with (
            patch.object(reader, "ocr_languages", return_value=""),
            patch.object(reader, "count_pages", return_value=5),
            patch.object(reader, "CHUNK_SECONDS", -1),
            patch.object(reader, "_call", return_value=(5, [])) as calls,
        ):
            self._read()
        self.assertEqual(calls.call_count, 5)
        self.assertEqual((letter.reading_state, letter.reading_ids.pages_unread), ("needs_ocr", 5))

    def test_a_page_ends_before_the_worker(self):
        """Seconds of the office, limits of Odoo for jobs and for other work → seconds."""
        reading = self._letter(self.pdf).reading_ids.sudo()
        for office, jobs, other, seconds in (
            (90, -1, 120, 90), (600, -1, 120, 95), (600, 0, 120, 600), (600, 300, 120, 275),
            (90, 30, 120, 25),
        ):  # fmt: skip
            self.company.lgo_scan_seconds = office
            limits = {"limit_time_real_cron": jobs, "limit_time_real": other}
            with patch.dict(reading_model.config.options, limits):
                self.assertEqual(reading._picture_seconds(), seconds)

    @mute_logger("odoo.addons.lgo_eoffice_scan.models.lgo_eoffice_reading")
    def test_busy_server_is_not_the_fault_of_the_file(self):
        letter = self._letter(self.pdf)
        count_pages, calls = reader.count_pages, []

        def busy_once(path):
            calls.append(path)
            if len(calls) == 1:
                raise reader.ReadError("slow")
            return count_pages(path)

        with patch.object(reader, "count_pages", busy_once):
            self._read()
        self.assertEqual((letter.reading_state, len(calls)), ("done", 2))

    # ------------------------------------------------------------ pictures
    def test_without_tesseract_the_rest_works(self):
        letter = self._letter(papers.scanned(self.pdf, dpi=80))
        with patch.object(reader, "ocr_languages", return_value=""):
            self._read()
            self.assertEqual(letter.reading_state, "needs_ocr")
            self.assertIn("1", letter.reading_note)
        self.assertIn("not read", letter.with_context(lang="en_US").content_text)
        self.assertFalse(letter.proposal_ids)
        letter.write({"subject": "พิมพ์เอง", "from_text": "อำเภอ"})
        letter.action_register()
        self.assertTrue(letter.receive_no)

    def test_mixed_pages(self):
        """A letter with text and a scanned enclosure: its text is read, the picture is named."""
        calls = []

        def read_picture(_path, number, languages, seconds):
            calls.append((number, languages, seconds))
            return reader.Page(number, "ocr", "ข้อความในภาพ", 80)

        pages = [
            reader.Page(1, "text", "ที่ ชม 0018/5\tที่ว่าการอำเภอทดสอบ\nเรื่อง ทดสอบ\nเรียน นายก", 100),
            reader.Page(2, "unread", "", 0),
            reader.Page(3, "blank", "", 100),
        ]
        letter = self._letter(self.pdf)
        with (
            patch.object(reader, "count_pages", return_value=3),
            patch.object(reader, "read_text", return_value=pages),
            patch.object(reader, "ocr_languages", return_value="tha+eng"),
            patch.object(reader, "read_picture", read_picture),
        ):
            self._read()
        self.assertEqual(calls, [(2, "tha+eng", self.company.lgo_scan_seconds)])
        self.assertEqual(letter.reading_state, "done")
        self.assertIn("ข้อความในภาพ", letter.content_text)
        self.assertEqual(self._proposal(letter, "doc_no").value, "ชม 0018/5")

    def test_scan_with_tesseract(self):
        if not reader.ocr_languages():
            self.skipTest("install tesseract-ocr and tesseract-ocr-tha")
        letter = self._letter(papers.scanned(papers.letter(papers.ARABIC)))
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertEqual(self._proposal(letter, "doc_no").value, "ชม 0018/123")
        self.assertEqual(self._proposal(letter, "agency").data, self.agency.id)
        self.assertIn("นายกเทศมนตรีตำบลสวนดอก", letter.content_text)

    def test_scan_with_thai_digits(self):
        if not reader.ocr_languages():
            self.skipTest("install tesseract-ocr and tesseract-ocr-tha")
        letter = self._letter(papers.scanned(self.pdf))
        self._read()
        letter.with_user(self.registrar).action_use_proposals()
        self.assertEqual(letter.doc_no, "ชม ๐๐๑๘/ว ๑๒๓")
        self.assertEqual(str(letter.doc_date), "2026-01-05")

    def test_scan_of_300_pages_goes_on_after_a_stop(self):
        letter = self._letter(papers.many(self.pdf, 300))
        Reading = self.env["lgo.eoffice.reading"]
        reading = letter.reading_ids.sudo()
        seen = []
        while reading.state in ("queued", "reading"):
            reading._try_step()
            seen.append((reading.pages_known, letter.reading_note))
        self.assertEqual([known for known, _note in seen], [*range(20, 301, 20)])
        self.assertIn("20", seen[0][1])
        self.assertIn("300", seen[0][1])
        self.assertEqual(letter.content_text.count("เรียน นายกเทศมนตรีตำบลสวนดอก"), 300)
        self.assertFalse(Reading.search_count(reading_model.WAITING))

    def test_page_limit(self):
        self.company.lgo_scan_pages = 2
        letter = self._letter(papers.many(self.pdf, 5))
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertEqual(letter.content_text.count("เรียน นายกเทศมนตรีตำบลสวนดอก"), 2)
        for vals in ({"lgo_scan_pages": 0}, {"lgo_scan_seconds": 1}, {"lgo_scan_confidence": 101}):
            with self.assertRaises(ValidationError):
                self.company.write(vals)

    def test_short_papers_first(self):
        """A big scan that waits for its pictures does not keep a new letter waiting."""
        big = self._letter(self.pdf)
        big.sudo().reading_ids.write({"state": "reading", "pages_left": 200, "page_count": 200})
        small = self._letter(papers.letter(number="ชม ๐๐๑๘/๒"))
        first = self.env["lgo.eoffice.reading"].search(
            reading_model.WAITING, order="pages_left, id", limit=1
        )
        self.assertEqual(first.letter_id, small)

    # ------------------------------------------------------------ new paper, no paper
    def test_another_paper(self):
        letter = self._letter(self.pdf)
        self._read()
        letter.main_attachment_id = self._attachment(papers.letter(number="ชม ๐๐๑๘/๒"))
        self.assertEqual(letter.reading_state, "queued")
        self.assertFalse(letter.proposal_ids or letter.content_text)
        self._read()
        self.assertEqual(self._proposal(letter, "doc_no").value, "ชม ๐๐๑๘/๒")
        letter.main_attachment_id = False
        self.assertFalse(letter.reading_ids or letter.proposal_ids or letter.content_text)

    def test_upload_on_the_form(self):
        letter = self._received(user=self.registrar)
        letter.write({"paper_name": "../../หนังสือ.PDF", "paper_file": base64.b64encode(self.pdf)})
        self.assertEqual(letter.main_attachment_id.raw, self.pdf)
        self.assertEqual(letter.main_attachment_id.name, "หนังสือ.pdf")
        self.assertEqual(letter.main_attachment_id.res_id, letter.id)
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertIn("Kb", str(letter.with_context(bin_size=True).paper_file))
        self.env["ir.config_parameter"].set_param("lgo_base.upload_max_mb", "1")
        with self.assertRaises(ValidationError):
            letter.paper_file = base64.b64encode(b"%PDF-" + b"0" * 1024 * 1024)

    def test_switched_off(self):
        self.company.lgo_scan_active = False
        letter = self._letter(self.pdf)
        self.assertFalse(letter.reading_ids)

    def test_own_letters_are_not_read(self):
        draft = self._draft()
        draft.main_attachment_id = self._attachment(self.pdf, user=self.officer)
        self.assertFalse(draft.reading_ids)

    # ------------------------------------------------------------ secrecy and rights
    def test_secret_letters_are_never_read(self):
        self.company.lgo_secret_electronic = True
        letter = self._letter(self.pdf, user=self.secret, secrecy="secret")
        self.assertFalse(letter.reading_ids)
        self._read()
        self.assertFalse(letter.content_text or letter.proposal_ids)
        letter.action_read_again()
        self.assertFalse(letter.reading_ids)

    def test_becoming_secret_takes_away_what_was_read(self):
        self.company.lgo_secret_electronic = True
        letter = self._letter(self.pdf)
        self._read()
        self.assertTrue(letter.content_text)
        letter.with_user(self.registrar).secrecy = "secret"
        letter = letter.sudo()
        self.assertFalse(letter.content_text or letter.proposal_ids or letter.reading_ids)

    def test_paper_marked_secret(self):
        letter = self._letter(papers.letter(mark="ลับ"))
        self._read()
        self.assertEqual(letter.reading_state, "secret")
        self.assertFalse(letter.content_text or letter.proposal_ids or letter.reading_ids.page_ids)
        letter.with_user(self.registrar).action_read_not_secret()
        self._read()
        self.assertEqual(letter.reading_state, "done")
        self.assertTrue(letter.content_text)
        logged = self.env["lgo.audit.log"].search([("action", "=", "letter.read_not_secret")])
        self.assertEqual(logged[:1].res_id, letter.id)

    def test_rights_are_those_of_the_letter(self):
        letter = self._letter(self.pdf, user=self.registrar, owner_unit_id=self.works.id)
        self._read()
        Proposal = self.env["lgo.eoffice.proposal"]
        Reading = self.env["lgo.eoffice.reading"]
        domain = [("letter_id", "=", letter.id)]
        for user, sees in (
            (self.registrar, True), (self.clerk, True), (self.mayor, True), (self.auditor, True),
            (self.outsider, False), (self.admin, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                for model in (Proposal, Reading):
                    try:
                        found = model.with_user(user).search_count(domain)
                    except AccessError:
                        found = 0
                    self.assertEqual(bool(found), sees, model._name)
                with self.assertRaises(AccessError):
                    letter.proposal_ids[0].with_user(user).write({"value": "x"})
        row = self._proposal(letter, "subject")
        for user in (self.mayor, self.auditor, self.outsider, self.admin):
            with self.assertRaises(AccessError):
                row.with_user(user).action_use()
            with self.assertRaises(AccessError):
                letter.with_user(user).action_read_again()
        self.assertEqual(letter.subject, "หนังสือ.pdf")
        row.with_user(self.clerk).action_use()
        self.assertEqual(letter.subject, row.value)

    def test_paper_of_another_letter_is_not_drawn_in(self):
        """Naming the id of a file is no way to read it: neither on the form nor by the job."""
        self.company.lgo_secret_electronic = True
        hidden = self._letter(self.pdf, user=self.secret, secrecy="secret").main_attachment_id
        with self.assertRaises(AccessError):
            hidden.with_user(self.registrar).read(["raw"])
        letter = self._letter(papers.letter(number="ชม ๐๐๑๘/๒"))
        paper = letter.main_attachment_id
        with self.assertRaises(AccessError):
            letter.with_user(self.registrar).main_attachment_id = hidden.id
        letter.invalidate_recordset()
        self.assertEqual(letter.main_attachment_id, paper)
        for vals in (
            {"main_attachment_id": hidden.id},
            {"enclosure_ids": [(0, 0, {"name": "x", "attachment_id": hidden.id})]},
        ):
            with self.assertRaises(AccessError):
                self._received(user=self.registrar, **vals)

    def test_text_is_never_html(self):
        letter = self._letter(papers.letter(subject="ขอเชิญ &lt;script&gt;alert(1)&lt;/script&gt;"))
        self._read()
        self.assertIn("<script>", self._proposal(letter, "subject").value)
        letter.with_user(self.registrar).action_use_proposals()
        self.assertIn("<script>", letter.subject)
