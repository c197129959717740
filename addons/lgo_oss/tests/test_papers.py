# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
import re

from freezegun import freeze_time
from PIL import Image, ImageDraw

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.report_weasyprint.tests import pdf_text

from .common import OssCase, OssCommon
from .test_leaks import http_csrf

FACTS = "ตรวจแบบแปลนแล้ว ระยะร่นด้านหลัง 0.80 เมตร น้ำในรางไหลลงที่ดินข้างเคียง"
LAW = "กฎกระทรวง ฉบับที่ 55 (พ.ศ. 2543) ข้อ 50"
REASONS = "ระยะร่นไม่ถึงเกณฑ์ขั้นต่ำ จึงไม่อาจอนุญาตให้ก่อสร้างตามแบบที่ยื่นได้"
LONG_NAME = "นางสาวพิมพ์ชนกกมลวรรณลักษณ์ " + "ศักดิ์สิทธิ์ฐานะญาณวุฒิกุลเจริญ" * 3
DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def signature_png():
    image = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(10, 80), (90, 20), (150, 80), (290, 30)], fill="blue", width=5)
    output = io.BytesIO()
    image.save(output, "PNG")
    return base64.b64encode(output.getvalue())


def squeeze(text):
    """Text without blanks: where a line breaks is not the matter of these tests."""
    return re.sub(r"\s+", "", text)


class PaperCommon(OssCommon):
    @classmethod
    def _set_up_papers(cls):
        cls._set_up_signers()
        cls.head.name, cls.clerk.name = "ช่างชัย ไฟสว่าง", "สายใจ บริการดี"
        cls.mayor.name = "ดอน ทรายทอง"
        cls.clerk.employee_ids.job_title = "เจ้าพนักงานธุรการ"
        cls.executive = cls._make_post("นายกเทศมนตรีตำบลทดสอบ", "executive", cls.mayor)
        cls.director = cls._make_post("ผู้อำนวยการกองช่าง", "director", cls.head, unit=cls.unit)
        cls.licence = cls._make_service(
            "LIC1",
            kind="licence",
            name="ขออนุญาตก่อสร้างอาคาร",
            legal_basis=LAW,
            law_id=cls.env.ref("lgo_base.law_facilitation").id,
            appeal_authority="คณะกรรมการพิจารณาอุทธรณ์",
            appeal_days=30,
            appeal_law="มาตรา 52 แห่งพระราชบัญญัติควบคุมอาคาร พ.ศ. 2522",
        )

    @classmethod
    def _letter(cls, case, kind, user=None, **values):
        Letter = cls.env["lgo.case.letter"].with_user(user or cls.clerk)
        Letter = Letter.with_context(
            default_res_model=case._name, default_res_id=case.id, default_kind=kind
        )
        return Letter.create({"res_model": case._name, "res_id": case.id, "kind": kind, **values})

    @classmethod
    def _refusal(cls, case, **values):
        return cls._letter(case, "refusal", **{"facts": FACTS, "reasoning": REASONS, **values})

    def _shows(self, document, *texts):
        """The PDF says all ``texts`` (digits may be Thai), and never names the system."""
        content = document._content()
        found = squeeze(pdf_text.text(content))
        for text in texts:
            self.assertTrue(
                squeeze(text) in found or squeeze(text.translate(DIGITS)) in found,
                f"{text!r} not in {found!r}",
            )
        self.assertNotIn("OdooBot", found)
        self.assertNotIn(self.env.ref("base.user_root").name, found)
        self.assertNotIn("False", found)


@tagged("post_install", "-at_install")
class TestLetters(PaperCommon, OssCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_papers()

    # ------------------------------------------------------------ refusal
    def test_refusal_is_signed_by_the_executive(self):
        case = self._make_case(service_id=self.licence.id, applicant_email="a@example.com")
        case._transition("accept")
        with self.assertRaises(UserError):
            case.with_user(self.clerk)._transition("reject", reason="ไม่ได้")
        letter = self._refusal(case)
        self.assertEqual(letter.law, LAW)
        letter.action_ask()
        self.assertEqual((letter.post_id, letter.signer_id), (self.executive, self.mayor))
        for user in (self.clerk, self.head, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                letter.with_user(user).action_sign()
        self.assertEqual(case.state, "accepted")
        letter.with_user(self.mayor).action_sign()
        self.assertEqual((letter.state, case.state), ("signed", "rejected"))
        self.assertTrue(case.decided_at)
        self._shows(
            letter.document_id,
            "เรื่อง", "ไม่อนุญาตตามคำขอขออนุญาตก่อสร้างอาคาร", "เรียน", "สมหญิง ใจดี",
            FACTS, LAW, REASONS,
            "ให้ยื่นเป็นหนังสือต่อคณะกรรมการพิจารณาอุทธรณ์ ภายใน 30 วัน",
            "นับแต่วันที่ได้รับแจ้งคำสั่งนี้ ตามมาตรา 52 แห่งพระราชบัญญัติควบคุมอาคาร พ.ศ. 2522",
            "ขอแสดงความนับถือ", "(ดอน ทรายทอง)", "นายกเทศมนตรีตำบลทดสอบ",
            "08.30 - 16.30 น.",
        )  # fmt: skip
        with self.assertRaises(UserError):
            letter.with_user(self.mayor).action_sign()

    def test_what_the_law_misses(self):
        case = self._make_case(service_id=self.licence.id)
        for missing in ("facts", "law", "reasoning", "appeal_authority"):
            letter = self._refusal(case, **({missing: " "}))
            with self.subTest(missing=missing), self.assertRaises(UserError):
                letter.action_ask()
            self.assertEqual(letter.state, "draft")
        with self.assertRaises(UserError):
            self._refusal(case, appeal_days=0).action_ask()

    def test_deputy_signs_while_the_mayor_is_away(self):
        self._make_post("รองนายกเทศมนตรี", "deputy", self.auditor, deputises_id=self.executive.id)
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.executive.holder_ids.id,
                "date_from": "2026-01-01 00:00:00",
                "date_to": "2099-01-01 00:00:00",
            }
        )
        case = self._make_case(service_id=self.licence.id)
        letter = self._refusal(case)
        letter.action_ask()
        self.assertEqual(letter.signer_id, self.auditor)
        with self.assertRaises(AccessError):
            letter.with_user(self.mayor).action_sign()
        letter.with_user(self.auditor).action_sign()
        self._shows(letter.document_id, "รองนายกเทศมนตรี รักษาราชการแทน นายกเทศมนตรีตำบลทดสอบ")

    def test_a_letter_is_corrected_by_another(self):
        case = self._make_case(service_id=self.licence.id)
        letter = self._refusal(case)
        letter.action_ask()
        letter.with_user(self.mayor).action_sign()
        with self.assertRaises(UserError):
            letter.write({"facts": "แก้"})
        new = self.env["lgo.case.letter"].browse(letter.action_correct()["res_id"])
        new.with_user(self.clerk).facts = "แก้ไขเลขข้อกฎหมาย"
        new.with_user(self.clerk).action_ask()
        new.with_user(self.mayor).action_sign()
        self.assertEqual(letter.document_id.state, "replaced")
        self.assertEqual(letter.document_id.replaced_by_id, new.document_id)
        self.assertEqual(new.document_id.state, "valid")
        self._shows(letter.document_id, FACTS)

    def test_return_of_the_request(self):
        with freeze_time("2026-09-28 03:00:00"):
            case = self._make_case(service_id=self.licence.id)
            self.env["lgo.case.defect"].with_user(self.clerk)._record(
                case.with_user(self.clerk), "แบบแปลนไม่มีลายมือชื่อสถาปนิก", "สำเนาโฉนด"
            )
            case.with_user(self.clerk)._transition("ask_applicant")
            letter = self._letter(case, "return_of_request")
            with self.assertRaises(UserError):
                case.with_user(self.clerk)._transition("return", reason="พ้นกำหนด")
        letter.action_ask()
        with freeze_time("2026-10-20 03:00:00"):
            letter.with_user(self.head).action_sign()
        self.assertEqual(case.state, "returned")
        self._shows(
            letter.document_id,
            "คืนคำขอขออนุญาตก่อสร้างอาคาร", "ภายในวันที่ 14 ตุลาคม 2569",
            "แบบแปลนไม่มีลายมือชื่อสถาปนิก", "สำเนาโฉนด",
            "ท่านอาจยื่นคำขอใหม่ หรืออุทธรณ์ตามกฎหมายว่าด้วยวิธีปฏิบัติราชการทางปกครอง",
            "(ช่างชัย ไฟสว่าง)", "ผู้อำนวยการกองช่าง",
        )  # fmt: skip

    def test_return_before_the_time_is_over(self):
        case = self._make_case(service_id=self.licence.id)
        self.env["lgo.case.defect"].with_user(self.clerk)._record(
            case.with_user(self.clerk), "ภาพไม่ชัด", ""
        )
        case.with_user(self.clerk)._transition("ask_applicant")
        letter = self._letter(case, "return_of_request")
        letter.action_ask()
        with self.assertRaises(UserError):
            letter.with_user(self.head).action_sign()

    # ------------------------------------------------------------ result
    def test_result_letter_from_the_text_of_the_service(self):
        self.service.write(
            {
                "result_letter_subject": "แจ้งผล {{service}}",
                "result_letter_text": "ตามที่ {{ applicant_name }} ยื่นคำขอ {{number}} นั้น\n\n"
                "{{organisation}} ขอเรียนว่า {{outcome}}",
            }
        )
        name = "<b>สมหญิง</b> {{number}} ${1+1}"
        case = self._make_case(applicant_name=name)
        case._transition("accept")
        case.outcome = "เปลี่ยนหลอดไฟแล้ว"
        case.user_id = self.officer
        case.with_user(self.officer)._transition("resolve")
        letter = case.letter_ids
        self.assertEqual((letter.kind, letter.state), ("decision_notice", "to_sign"))
        self.assertIn(name, letter.body, "what the citizen typed is text, never run")
        letter.with_user(self.head).action_sign()
        self._shows(letter.document_id, name, case.name, "เปลี่ยนหลอดไฟแล้ว", "(ช่างชัย ไฟสว่าง)")

    def test_placeholders_are_a_list(self):
        for text in ("{{ object.env }}", "{{access_token}}", "{{number", "}} x", "{{}}"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.service.result_letter_text = text

    # ------------------------------------------------------------ rights
    def test_who_writes(self):
        case = self._make_case(service_id=self.licence.id)
        letter = self._refusal(case)
        for user in (self.stranger, self.mayor, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._letter(case, "refusal", user=user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                letter.with_user(user).write({"facts": "x"})
        self.assertFalse(
            self.env["lgo.case.letter"].with_user(self.stranger).search([("id", "=", letter.id)])
        )
        with self.assertRaises(AccessError):
            letter.with_user(self.citizen).read(["facts"])
        for vals in ({"state": "signed"}, {"signer_id": 1}, {"document_id": 1}):
            with self.assertRaises(AccessError):
                letter.with_user(self.clerk).write(vals)
            with self.assertRaises(AccessError):
                self._refusal(case, **vals)

    # ------------------------------------------------------------ papers of the counter
    def test_receipt_names_the_officer(self):
        case = self._make_case(applicant_name=LONG_NAME)
        case.with_user(self.clerk)._transition("accept")
        receipt = case._issued_documents()[:1]
        self.assertEqual(receipt.kind_id.code, "receipt_of_request")
        self._shows(
            receipt, "ใบรับคำขอ", LONG_NAME, case.name, "ครบถ้วนถูกต้อง", "กองช่างทดสอบ",
            "ผู้รับคำขอ (สายใจ บริการดี) เจ้าพนักงานธุรการ", "08.30 - 16.30 น.",
        )  # fmt: skip

    def test_the_system_signs_nothing(self):
        case = self._make_case()
        case.with_user(self.env.ref("base.user_root"))._transition("accept")
        for document in case._issued_documents():
            self._shows(document, case.name)
            self.assertFalse(document.signature_ids)

    def test_late_notice_as_printed(self):
        self.service.published_version_id.law_version_id.covers_services = True
        with freeze_time("2026-10-08 03:00:00"):
            case = self._make_case(applicant_name=LONG_NAME)
            case._transition("accept")
        clock = case.clock_ids.filtered(lambda row: row.kind == "decision")
        with freeze_time("2026-10-13 05:00:00"):
            notice = self.env["lgo.case.notice"]._write_owed(clock, clock.date_due)
            notice.with_user(self.head)._sign("รอผลการตรวจสถานที่ซึ่งน้ำท่วม", "2026-10-30")
        self._shows(
            notice.document_id,
            "แจ้งเหตุแห่งความล่าช้าในการพิจารณาคำขอ (ครั้งที่ 1)", LONG_NAME,
            "ครบกำหนดวันที่ 13 ตุลาคม 2569", "เนื่องจากรอผลการตรวจสถานที่ซึ่งน้ำท่วม",
            "คาดว่าจะแล้วเสร็จภายในวันที่ 30 ตุลาคม 2569", "จะแจ้งให้ทราบทุก 7 วันจนกว่าจะแล้วเสร็จ",
            "(ช่างชัย ไฟสว่าง)", "ผู้อำนวยการกองช่าง",
        )  # fmt: skip

    def test_two_pages_have_a_number(self):
        case = self._make_case(service_id=self.licence.id)
        letter = self._refusal(case)
        letter.facts = "\n".join(f"{number}. {FACTS}" for number in range(1, 31))
        letter.action_ask()
        letter.with_user(self.mayor).action_sign()
        pages = pdf_text.pages_text(letter.document_id._content())
        self.assertGreaterEqual(len(pages), 2)
        self.assertIn("-๒-", squeeze(pages[1]))
        self.assertNotIn("-๑-", squeeze(pages[0]))
        self._shows(letter.document_id, f"30. {FACTS}")

    # ------------------------------------------------------------ record of defects
    def _defect(self, how=None, **values):
        with freeze_time("2026-09-28 03:00:00"):
            case = self._make_case(service_id=self.licence.id)
            defect = (
                self.env["lgo.case.defect"]
                .with_user(self.clerk)
                ._record(case.with_user(self.clerk), "แบบแปลนไม่มีลายมือชื่อ", "สำเนาโฉนด")
            )
            case.with_user(self.clerk)._transition("ask_applicant")
        if how:
            self._sign(defect, how, **values)
        return defect.sudo()

    def _sign(self, defect, how, user=None, **values):
        wizard = (
            self.env["lgo.case.defect.sign"]
            .with_user(user or self.clerk)
            .create({"defect_id": defect.id, "how": how, **values})
        )
        wizard.action_confirm()

    def test_record_is_signed_on_the_screen(self):
        defect = self._defect()
        unsigned = defect.document_id
        self._shows(
            unsigned, "บันทึกความบกพร่องของคำขอ", "(ตามมาตรา ๘ แห่ง", "แบบแปลนไม่มีลายมือชื่อ",
            "สำเนาโฉนด", "ภายในวันที่ 14 ตุลาคม 2569",
            "พนักงานเจ้าหน้าที่ (สายใจ บริการดี) เจ้าพนักงานธุรการ",
            "(มอบสำเนาให้ผู้ยื่นคำขอแล้ว)",
        )  # fmt: skip
        self._sign(defect, "drawn", signature=signature_png())
        self.assertEqual((defect.acknowledged_how, unsigned.state), ("drawn", "replaced"))
        self.assertEqual(defect.document_id.replaces_id, unsigned)
        self._shows(defect.document_id, "ลงลายมือชื่อต่อหน้าเจ้าหน้าที่", "(สมหญิง ใจดี)")
        self.assertGreater(defect.document_id.file_size, unsigned.file_size)
        with self.assertRaises(UserError):
            self._sign(defect, "drawn", signature=signature_png())

    def test_signed_paper_is_kept(self):
        defect = self._defect("paper", scan=signature_png(), scan_name="บันทึก.png")
        self.assertEqual(defect.acknowledged_how, "paper")
        self.assertEqual(defect.scan_attachment_id.mimetype, "image/png")
        self.assertEqual(defect.acknowledged_by_id, self.clerk)
        self.assertEqual(defect.document_id.state, "valid")

    def test_sent_by_registered_post(self):
        with freeze_time("2026-10-05 03:00:00"):
            defect = self._defect(
                "post", registered_number="RN123456789TH", registered_date="2026-10-05"
            )
        self.assertEqual(str(defect.date_deemed_received), "2026-10-12")
        self.assertEqual(str(defect.date_cure), "2026-10-27")
        clock = defect._case().clock_ids.filtered(lambda row: row.kind == "citizen")
        self.assertEqual(clock.date_due, defect.date_cure)
        self._shows(
            defect.document_id, "ไปรษณีย์ลงทะเบียนเลขที่ RN123456789TH",
            "ถือว่าได้รับวันที่ 12 ตุลาคม 2569", "27 ตุลาคม 2569",
        )  # fmt: skip

    def test_proof_is_needed(self):
        for how, values in (
            ("drawn", {}),
            ("drawn", {"signature": base64.b64encode(b"no picture")}),
            ("paper", {}),
            ("paper", {"scan": base64.b64encode(b"<script>"), "scan_name": "x.pdf"}),
            ("post", {"registered_number": " "}),
            ("post", {"registered_number": "R1", "registered_date": "2020-01-01"}),
            ("post", {"registered_number": "R1", "registered_date": "2099-01-01"}),
        ):
            defect = self._defect()
            with self.subTest(how=how, values=values), self.assertRaises(ValidationError):
                self._sign(defect, how, **values)
            self.assertFalse(defect.acknowledged_at)
        with self.assertRaises(AccessError):
            self._sign(defect, "drawn", user=self.officer, signature=signature_png())


@tagged("post_install", "-at_install")
class TestAcknowledge(PaperCommon, HttpCase):
    """The applicant acknowledges the record of defects on the website."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_oss()
        cls._set_up_papers()
        cls.citizen.password, cls.neighbour.password = "oss_citizen-pw", "oss_neighbour-pw"

    def setUp(self):
        super().setUp()
        self.case = self._make_case(partner_id=self.citizen.partner_id.id)
        self.defect = (
            self.env["lgo.case.defect"]
            .with_user(self.clerk)
            ._record(self.case.with_user(self.clerk), "ภาพไม่ชัด", "")
        )
        self.case.with_user(self.clerk)._transition("ask_applicant")

    def _acknowledge(self, **data):
        token = http_csrf(self)
        data = {"csrf_token": token, "record": self.defect.id, **data}
        return self.url_open(f"{self.case.access_url}/acknowledge", data=data)

    def test_only_the_record_that_was_read_is_signed(self):
        """A page left open, a record of another case, a case that went on: nothing is signed."""
        link = self.case.access_token
        other = self._make_case()
        other_record = self.env["lgo.case.defect"]._record(other, "ของอื่น", "")
        other._transition("ask_applicant")
        newest = self.env["lgo.case.defect"]._record(self.case, "ขาดแผนที่", "")
        records = self.defect | newest | other_record
        for record in (self.defect.id, other_record.id, "", "x", 0):
            answer = self._acknowledge(confirm="1", access_token=link, record=record)
            self.assertEqual(answer.status_code, 400, record)
        records.invalidate_recordset()
        self.assertFalse(any(records.mapped("acknowledged_at")))
        strange = f"{other.access_url}/acknowledge"
        data = {"csrf_token": http_csrf(self), "confirm": "1", "access_token": link}
        answer = self.url_open(strange, data={**data, "record": other_record.id})
        self.assertEqual(answer.status_code, 404)
        answer = self._acknowledge(confirm="1", access_token=link, record=newest.id)
        self.assertEqual(answer.status_code, 200)
        records.invalidate_recordset()
        self.assertEqual(records.filtered("acknowledged_at"), newest)
        signed = newest.acknowledged_at, newest.document_id
        self._acknowledge(confirm="1", access_token=link, record=newest.id)
        newest.invalidate_recordset()
        self.assertEqual((newest.acknowledged_at, newest.document_id), signed)

    def test_signed_in(self):
        self.authenticate("oss_citizen", "oss_citizen-pw")
        page = self._acknowledge()
        self.assertEqual(page.status_code, 400)
        self.assertIn('aria-invalid="true"', page.text)
        self.assertFalse(self.defect.acknowledged_at)
        self.assertEqual(self._acknowledge(confirm="1").status_code, 200)
        self.defect.invalidate_recordset()
        self.assertEqual(self.defect.acknowledged_how, "portal")
        self.assertEqual(self.defect.acknowledged_by_id, self.citizen)
        self._shows(self.defect.sudo().document_id, "รับทราบทางเว็บไซต์โดยเข้าสู่ระบบ", "(สายใจ บริการดี)")
        first = self.defect.acknowledged_at
        self._acknowledge(confirm="1")
        self.defect.invalidate_recordset()
        self.assertEqual(self.defect.acknowledged_at, first)

    def test_by_link(self):
        page = self._acknowledge(confirm="1", access_token=self.case.access_token)
        self.assertEqual(page.status_code, 200)
        self.defect.invalidate_recordset()
        self.assertEqual(self.defect.acknowledged_how, "link")

    def test_nobody_else(self):
        self.assertEqual(self._acknowledge(confirm="1").status_code, 404)
        self.authenticate("oss_neighbour", "oss_neighbour-pw")
        self.assertEqual(self._acknowledge(confirm="1").status_code, 404)
        self.clerk.password = "oss_clerk-pw"
        self.authenticate("oss_clerk", "oss_clerk-pw")
        self.assertEqual(self._acknowledge(confirm="1").status_code, 400)
        self.defect.invalidate_recordset()
        self.assertFalse(self.defect.acknowledged_at)
