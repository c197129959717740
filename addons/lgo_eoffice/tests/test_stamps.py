# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import pikepdf
import pypdfium2
from lxml import etree
from PIL import Image, ImageDraw

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.models.lgo_issued_document import LgoIssuedDocument

from ..models.lgo_eoffice_letter_copy_paper import REPORT
from ..tools import pdf_stamp
from .common_paper import PaperCase

POINTS = 72 / 25.4


def blank(pages=1, size=(210, 297), rotate=0, box=(0, 0)):
    """An empty PDF of A4 pages."""
    pdf = pikepdf.new()
    for _number in range(pages):
        page = pdf.add_blank_page(page_size=(size[0] * POINTS, size[1] * POINTS))
        if rotate:
            page.Rotate = rotate
        if box != (0, 0):
            x, y = box
            page.MediaBox = [x, y, x + size[0] * POINTS, y + size[1] * POINTS]
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def scan(areas, size=(210, 297), paper=235, noise=False):
    """A scanned page: one grey picture with dark areas ``(left, top, width, height)`` in mm."""
    image = Image.new("L", (size[0] * 4, size[1] * 4), paper)
    draw = ImageDraw.Draw(image)
    for left, top, width, height in areas:
        draw.rectangle((left * 4, top * 4, (left + width) * 4, (top + height) * 4), fill=40)
    if noise:
        for number in range(300):
            draw.point(((number * 79) % image.width, (number * 131) % image.height), fill=0)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=101.6)
    return out.getvalue()


def dark(content, page=0):
    """Box of everything that is not paper on a page, in mm: left, top, right, bottom."""
    document = pypdfium2.PdfDocument(content)
    image = document[page].render(scale=4 / POINTS, grayscale=True).to_pil().convert("L")
    document.close()
    box = image.point(lambda grey: 255 if grey < 180 else 0).getbbox()
    return tuple(number / 4 for number in box) if box else None


class StampCase(PaperCase):
    @classmethod
    def _with_file(cls, content, name="หนังสือ.pdf", mimetype="application/pdf", **vals):
        letter = cls._received(**vals)
        attachment = cls.env["ir.attachment"].create(
            {
                "name": name, "raw": content, "mimetype": mimetype,
                "res_model": letter._name, "res_id": letter.id,
            }
        )  # fmt: skip
        letter.sudo().main_attachment_id = attachment
        return letter

    @classmethod
    def _note(cls, letter, text, sequence=1, **vals):
        notes = cls.env["lgo.eoffice.endorsement"].sudo()._append_only_permitted()
        return notes.create(
            {
                "letter_id": letter.id, "sequence": sequence, "action": "order", "text": text,
                "user_id": cls.mayor.id, "name": "นายสมชาย ใจดี",
                "capacity": "นายกเทศมนตรีทดสอบ", "at": "2026-01-06 03:00:00", **vals,
            }
        )  # fmt: skip


@tagged("post_install", "-at_install")
class TestStamps(StampCase):
    """Receive stamps, notes and certified copies on PDF files."""

    # ------------------------------------------------------------ where a stamp stands
    def test_upper_right_of_an_empty_page(self):
        letter = self._with_file(blank())
        original = letter.main_attachment_id.raw
        letter.action_register()
        content = letter._stamped_file()
        left, top, right, bottom = dark(content)
        self.assertGreater(left, 150)
        self.assertLess(top, 9)
        self.assertLess(right, 204)
        self.assertAlmostEqual(right - left, 49, delta=1.5)
        self.assertAlmostEqual(bottom - top, 25, delta=1.5)
        text = self._read_forms(content)
        for words in ("เทศบาลตำบลทดสอบ", "เลขรับ", "วันที่", "เวลา"):
            self.assertIn(words, text)
        self.assertEqual(letter.main_attachment_id.raw, original)

    @staticmethod
    def _read_forms(content, page=0):
        document = pypdfium2.PdfDocument(content)
        text = document[page].get_textpage().get_text_range()
        document.close()
        return text

    def test_moves_where_nothing_is_printed(self):
        letter = self._with_file(scan([(20, 5, 180, 40), (20, 60, 60, 200)], noise=True))
        letter.action_register()
        before = letter.main_attachment_id.raw
        place = pdf_stamp.Ink.of_page(before).find(50, 26)
        self.assertTrue(place.free)
        self.assertGreater(place.top, 45)
        self.assertGreater(place.left, 140)
        after = letter._stamped_file()
        self.assertEqual(dark(after)[:2], dark(before)[:2])

    def test_full_page_gets_it_at_its_corner(self):
        full = scan([(0, 0, 210, 297)], paper=255)
        place = pdf_stamp.Ink.of_page(full).find(50, 26)
        # black all over counts as ink on white paper, so nothing is free
        self.assertGreater(place.left, 150)
        letter = self._with_file(full)
        letter.action_register()
        self.assertTrue(letter._stamped_file().startswith(b"%PDF"))

    def test_corner_is_a_setting(self):
        for corner, edge in (("top_left", 0), ("bottom_right", 2), ("bottom_left", 0)):
            self.company.lgo_stamp_corner = corner
            letter = self._with_file(blank(), doc_no=corner)
            letter.action_register()
            left, top, right, bottom = dark(letter._stamped_file())
            if edge == 0:
                self.assertLess(left, 10)
            else:
                self.assertGreater(right, 200)
            self.assertEqual(corner.startswith("bottom"), bottom > 285)

    def test_turned_and_shifted_pages(self):
        """The stamp stands upright at the upper right as the page is seen."""
        for turn in (0, 90, 180, 270):
            for box in ((0, 0), (50, -30)):
                size = (297, 210) if turn in (90, 270) else (210, 297)
                letter = self._with_file(
                    blank(size=size, rotate=turn, box=box), doc_no=f"{turn}{box}"
                )
                letter.action_register()
                content = letter._stamped_file()
                left, top, right, bottom = dark(content)
                self.assertGreater(left, 150, turn)
                self.assertLess(top, 9, turn)
                self.assertAlmostEqual(right - left, 49, delta=1.5)
                self.assertAlmostEqual(bottom - top, 25, delta=1.5)
                self.assertIn("เลขรับ", self._read_forms(content))

    def test_one_stamp_a_unit(self):
        letter = self._with_file(blank())
        letter.action_register()
        self.env["lgo.eoffice.copy"].sudo().create(
            {
                "letter_id": letter.id, "unit_id": self.works.id, "unit_receive_no": 7,
                "received_at": "2026-01-06 02:00:00",
            }
        )  # fmt: skip
        text = self._read_forms(letter._stamped_file())
        self.assertEqual(text.count("เลขรับ"), 2)
        self.assertIn("กองช่างทดสอบ", text)
        self.assertIn("๗", text)

    # ------------------------------------------------------------ notes
    def test_notes_on_the_face_and_behind(self):
        letter = self._with_file(scan([(30, 30, 150, 60)]))
        letter.action_register()
        self._note(letter, "เห็นควรมอบกองช่างดำเนินการ", 1)
        self._note(letter, "ดำเนินการภายใน 7 วัน", 2)
        content = letter._stamped_file()
        self.assertEqual(len(pdf_stamp.opened(content).pages), 1)
        text = self._read_forms(content)
        self.assertLess(text.index("เห็นควรมอบ"), text.index("ดำเนินการภายใน ๗ วัน"))
        for words in ("(นายสมชาย ใจดี)", "นายกเทศมนตรีทดสอบ", "๖ มกราคม ๒๕๖๙"):
            self.assertIn(words, text)
        self.company.lgo_notes_place = "page"
        content = letter._stamped_file()
        self.assertEqual(len(pdf_stamp.opened(content).pages), 2)
        self.assertNotIn("เห็นควรมอบ", self._read_forms(content))
        behind = self._read_forms(content, 1)
        for words in ("หน้าเกษียน", "เห็นควรมอบ", "ดำเนินการภายใน ๗ วัน"):
            self.assertIn(words, behind)

    def test_no_room_on_the_face(self):
        letter = self._with_file(scan([(10, 60, 190, 230)]))
        letter.action_register()
        self._note(letter, "ทราบ\n" * 30, 1)
        content = letter._stamped_file()
        self.assertEqual(len(pdf_stamp.opened(content).pages), 2)
        self.assertIn("ทราบ", self._read_forms(content, 1))

    # ------------------------------------------------------------ bad files
    def test_bad_files(self):
        locked = io.BytesIO()
        with pikepdf.open(io.BytesIO(blank())) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(user="ก", owner="x"))
        good = blank()
        cases = (
            (locked.getvalue(), "password"),
            (b"%PDF-1.7\nnothing", "damaged"),
            (b"%PDF" + b"\x00" * 2000, "damaged"),
            (b"", "no PDF"),
            (b"hello", "no PDF"),
        )
        for number, (content, words) in enumerate(cases):
            kind = "application/pdf" if content.startswith(b"%PDF") else "text/plain"
            letter = self._with_file(content, mimetype=kind, doc_no=f"b{number}")
            letter.action_register()
            with self.assertRaisesRegex(UserError, words):
                letter._stamped_file()
            self.assertEqual(letter.main_attachment_id.raw or b"", content)
            with self.assertRaisesRegex(UserError, words):
                letter.with_user(self.registrar)._certify_copy()
        # a cut-off cross-reference table is mended on reading
        letter = self._with_file(good[:-30], doc_no="cut")
        letter.action_register()
        self.assertIn("เลขรับ", self._read_forms(letter._stamped_file()))
        with self.assertRaisesRegex(UserError, "Attach"):
            self._received(doc_no="none")._stamped_file()

    def test_owner_password_alone_opens(self):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(blank())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(user="", owner="x"))
        letter = self._with_file(out.getvalue())
        letter.action_register()
        self.assertIn("เลขรับ", self._read_forms(letter._stamped_file()))

    def test_a_stamped_copy_claims_no_signature(self):
        """A stamp breaks every signature: the copy shows none, the received file keeps its own."""
        with pikepdf.open(io.BytesIO(blank())) as pdf:
            field = pdf.make_indirect(
                pikepdf.Dictionary(
                    FT=pikepdf.Name.Sig, T="s", Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0], F=132,
                )
            )  # fmt: skip
            pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([field]))
            pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array([field]))
            out = io.BytesIO()
            pdf.save(out)
        letter = self._with_file(out.getvalue())
        letter.action_register()
        with pdf_stamp.opened(letter._stamped_file()) as stamped:
            self.assertNotIn("/AcroForm", stamped.Root)
            self.assertNotIn("/Sig", str(stamped.pages[0].get("/Annots", [])))
        with pdf_stamp.opened(letter.main_attachment_id.raw) as original:
            self.assertIn("/AcroForm", original.Root)

    # ------------------------------------------------------------ certified copies
    def test_certified_copy_of_a_received_letter(self):
        letter = self._with_file(blank(pages=3))
        with self.assertRaisesRegex(UserError, "registered"):
            letter._certify_copy()
        letter.action_register()
        before = letter.main_attachment_id.raw
        document = letter._certify_copy()
        self.assertEqual(document.kind_id.code, "certified_copy")
        content = document.attachment_id.raw
        self.assertEqual(len(pdf_stamp.opened(content).pages), 3)
        last = self._read_forms(content, 2)
        for words in ("สำเนาถูกต้อง", "(eo_registrar", "ตรวจสอบเอกสารนี้", "เลขที่"):
            self.assertIn(words, last)
        for page in (0, 1):
            self.assertIn("สำเนาถูกต้อง", self._read_forms(content, page))
        self.assertEqual(letter.main_attachment_id.raw, before)
        second = letter._certify_copy()
        self.assertNotEqual(second.name, document.name)

    def test_certified_copy_of_an_own_letter_stays_archival(self):
        letter = self._draft()
        with self.assertRaisesRegex(UserError, "registered or signed"):
            letter.with_user(self.officer)._certify_copy()
        self._sign_letter(letter)
        content = letter.with_user(self.officer)._certify_copy().attachment_id.raw
        self._assert_archival(content, 3, "U")
        text = self._read_forms(content)
        self.assertIn("สำเนาถูกต้อง", text)
        self.assertIn("รายงานผลการสำรวจถนน", text)

    def test_whoever_signs_signs_the_whole_copy(self):
        """Add-ons that sign wrap what lgo_base prints, whichever of them is loaded first."""
        letter = self._draft()
        self._sign_letter(letter)
        document = letter.with_user(self.officer)._certify_copy()
        printed = LgoIssuedDocument._render(document, letter, REPORT)
        text = self._read_forms(printed)
        self.assertIn("สำเนาถูกต้อง", text)
        self.assertIn("รายงานผลการสำรวจถนน", text)

    def test_who_certifies(self):
        letter = self._draft()
        self._sign_letter(letter)
        for user in (self.outsider, self.auditor):
            with self.assertRaises(AccessError):
                letter.with_user(user)._certify_copy()
        colleague = self._person("eo_colleague", self.works, "lgo_base.group_staff")
        with self.assertRaises(AccessError):
            letter.with_user(colleague)._certify_copy()
        for user in (self.officer, self.head, self.clerk):
            self.assertTrue(letter.with_user(user)._certify_copy())


@tagged("post_install", "-at_install")
class TestPreview(StampCase, HttpCase):
    """The paper in the browser."""

    def _get(self, user, letter, page="preview"):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/lgo/eoffice/{page}/{letter.id}")

    def test_draft(self):
        letter = self._draft()
        answer = self._get(self.officer, letter)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertIn("inline", answer.headers["Content-Disposition"])
        self.assertIn("ร่าง", self._text(answer.content))
        self.assertFalse(letter.document_id)

    def _unsaved(self, user, letter, values):
        self.authenticate(user.login, user.login)
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "lgo.eoffice.letter",
                "method": "action_preview_unsaved",
                "args": [letter.ids, values],
                "kwargs": {},
            },
        )
        return self._text(base64.b64decode(answer))

    def test_typed_and_not_saved(self):
        letter = self._draft(subject="เรื่องเดิม")
        values = {
            "subject": "เรื่องใหม่",
            "reference_ids": [[0, 0, {"org": "อำเภอ", "doc_no": "ชม ๑"}]],
        }
        text = self._unsaved(self.officer, letter, values)
        self.assertIn("เรื่องใหม่", text)
        self.assertIn("อำเภอ", text)
        letter.invalidate_recordset()
        self.assertEqual(letter.subject, "เรื่องเดิม")
        self.assertFalse(letter.reference_ids)

    def test_writing_a_secret_draft_is_one_opening(self):
        self.company.lgo_secret_electronic = True
        letter = self._draft(user=self.secret, secrecy="secret")
        trail = [("action", "=", "letter.open_secret"), ("res_id", "=", letter.id)]
        Log = self.env["lgo.audit.log"]
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self._unsaved(self.mayor, letter, {"subject": "x"})
        before = Log.search_count(trail)
        for words in ("ก", "กข"):
            self._unsaved(self.secret, letter, {"subject": words})
        self.assertLessEqual(Log.search_count(trail), before + 1)
        self.assertTrue(Log.search(trail).filtered(lambda row: row.uid == self.secret.id))

    def test_never_saved(self):
        Letter = self.env["lgo.eoffice.letter"]
        before = Letter.search_count([])
        kind = self.env["lgo.eoffice.kind"].search([("code", "=", "INT")])
        text = self._unsaved(
            self.officer,
            Letter,
            {"kind_id": kind.id, "subject": "ยังไม่บันทึก", "body": "<p>ข้อความ</p>"},
        )
        self.assertIn("ยังไม่บันทึก", text)
        self.assertEqual(Letter.search_count([]), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_unsaved_is_checked_as_saving_is(self):
        letter = self._draft()
        issued = self._draft()
        self._sign_letter(issued)
        received = self._with_file(blank())
        for user, record, values in (
            (self.outsider, letter, {"subject": "x"}),
            (self.admin, letter, {"subject": "x"}),
            (self.officer, letter, {"state": "numbered"}),
            (self.officer, letter.browse(), {"kind_id": letter.kind_id.id, "subject": False}),
            (self.officer, issued, {}),
            (self.registrar, received, {}),
        ):
            with self.subTest(user=user.login, values=values), self.assertRaises(JsonRpcException):
                self._unsaved(user, record, values)

    def test_text_stands_beside_the_paper(self):
        form = self.env.ref("lgo_eoffice.lgo_eoffice_letter_view_form")
        arch = etree.fromstring(self.env["lgo.eoffice.letter"].get_view(form.id, "form")["arch"])
        self.assertEqual(len(arch.findall(".//field[@name='body']")), 1)
        row = arch.find(".//page[@name='body']/div[@class='row']")
        self.assertIsNotNone(row.find(".//field[@name='body']"))
        self.assertIsNotNone(row.find(".//widget[@name='lgo_letter_preview']"))

    def test_issued_is_the_file_itself(self):
        letter = self._draft()
        content = self._sign_letter(letter)
        self.assertEqual(self._get(self.officer, letter).content, content)

    def test_received(self):
        letter = self._with_file(blank())
        letter.action_register()
        self.assertEqual(self._get(self.registrar, letter).content, letter.main_attachment_id.raw)
        stamped = self._get(self.registrar, letter, "stamped")
        self.assertIn("เลขรับ", TestStamps._read_forms(stamped.content))

    def test_broken_file_says_so(self):
        letter = self._with_file(b"%PDF-1.7 x")
        answer = self._get(self.registrar, letter)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_who_sees_it(self):
        letter = self._draft()
        for user in (self.outsider, self.admin):
            self.assertEqual(self._get(user, letter).status_code, 404, user.login)
            self.assertEqual(self._get(user, letter, "stamped").status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(f"/lgo/eoffice/preview/{letter.id}", allow_redirects=False)
        self.assertIn(answer.status_code, (303, 403))
        self.assertEqual(self._get(self.officer, letter.browse(99999999)).status_code, 404)

    def test_secret_opening_is_known(self):
        self.company.lgo_secret_electronic = True
        letter = self._draft(user=self.secret, secrecy="secret")
        trail = [("action", "=", "letter.open_secret"), ("res_id", "=", letter.id)]
        before = self.env["lgo.audit.log"].search_count(trail)
        self.assertEqual(self._get(self.secret, letter).status_code, 200)
        self.assertGreater(self.env["lgo.audit.log"].search_count(trail), before)
        for user in (self.registrar, self.mayor, self.admin):
            self.assertEqual(self._get(user, letter).status_code, 404)

    def test_paper_of_a_secret_letter(self):
        """Neither the office's readers of all papers nor colleagues get at it."""
        self.company.lgo_secret_electronic = True
        letter = self._draft(user=self.secret, secrecy="secret", subject="เรื่องลับมาก")
        letter.sudo().access_user_ids |= self.mayor
        self._sign_letter(letter)
        document = letter.sudo().document_id
        Document = self.env["lgo.issued.document"]
        for user in (self.registrar, self.chief, self.auditor, self.officer, self.admin):
            self.assertFalse(
                Document.with_user(user).search([("id", "=", document.id)]), user.login
            )
            with self.assertRaises(AccessError):
                document.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                document.attachment_id.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(user)._render_qweb_html(
                    "lgo_eoffice.action_report_letter", letter.ids
                )
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(f"/lgo/document/{document.id}").status_code, 404)
        self.assertTrue(Document.with_user(self.mayor).search([("id", "=", document.id)]))
        for user in (self.secret, self.mayor):
            self.assertTrue(document.attachment_id.with_user(user).read(["raw"]))
            self.assertFalse(document.with_user(user).has_access("write"))
        # the books do not tell the subject
        for book in (document.record_name, document.register_entry_id.label):
            self.assertNotIn("เรื่องลับมาก", book)
        trail = self.env["lgo.audit.log"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertTrue(trail)
        self.assertNotIn("เรื่องลับมาก", " ".join(trail.mapped("res_name")))
        # the other papers stay as they were
        plain = self._draft()
        self._sign_letter(plain)
        for user in (self.registrar, self.auditor, self.officer):
            self.assertTrue(plain.sudo().document_id.with_user(user).has_access("read"))

    def test_printing_is_an_opening(self):
        self.company.lgo_secret_electronic = True
        letter = self._draft(user=self.secret, secrecy="secret")
        trail = [("action", "=", "letter.open_secret"), ("res_id", "=", letter.id)]
        before = self.env["lgo.audit.log"].search_count(trail)
        self.env["ir.actions.report"].with_user(self.secret)._render_qweb_html(
            "lgo_eoffice.action_report_search_card", letter.ids
        )
        self.assertGreater(self.env["lgo.audit.log"].search_count(trail), before)
