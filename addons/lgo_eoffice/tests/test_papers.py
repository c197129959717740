# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

import pikepdf
from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.lgo_base.tools import thai
from odoo.addons.report_weasyprint.tests import pdf_text

from .common_paper import PaperCase, picture

#: Marks above and below letters, and letters that lose their foot.
WORDS = "ญี่ปุ่น ฐานะ น้ำ กำหนด ป้ายฝั้นเชือก ปิ่นโต ผู้ ที่ ญาติ ฏีกา กฎ"
#: kind of letter -> what its paper says in this order (beside subject, text and signer)
LAYOUTS = {
    "EXT": ("ที่ ชม ๕๒๓๐๑.๓/", "สำนักงานเทศบาลตำบลทดสอบ", "เรื่อง", "เรียน", "ขอแสดงความนับถือ", "โทร."),
    "INT": ("บันทึกข้อความ", "ส่วนราชการ", "ที่", "เรื่อง", "เรียน"),
    "STP": ("ที่ ชม ๕๒๓๐๑.๓/", "ถึง", "เทศบาลตำบลทดสอบ", "ลงชื่อย่อกำกับตรา", "โทร."),
    "ORD": ("คำสั่งเทศบาลตำบลทดสอบ", "ที่ ", "เรื่อง", "สั่ง ณ วันที่"),
    "RUL": ("ระเบียบเทศบาลตำบลทดสอบ", "ว่าด้วย", "พ.ศ.", "ประกาศ ณ วันที่"),
    "REG": ("ข้อบังคับเทศบาลตำบลทดสอบ", "ว่าด้วย", "พ.ศ.", "ประกาศ ณ วันที่"),
    "ANN": ("ประกาศเทศบาลตำบลทดสอบ", "เรื่อง", "ประกาศ ณ วันที่"),
    "STM": ("แถลงการณ์เทศบาลตำบลทดสอบ", "เรื่อง", "ฉบับที่", "เทศบาลตำบลทดสอบ"),
    "NEWS": ("ข่าวเทศบาลตำบลทดสอบ", "เรื่อง", "ฉบับที่", "เทศบาลตำบลทดสอบ"),
    "CRT": ("เลขที่ ", "สำนักงานเทศบาลตำบลทดสอบ", "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า", "ให้ไว้ ณ วันที่"),
    "MIN": ("รายงานการประชุม", "ครั้งที่", "ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม"),
}  # fmt: skip
#: kinds whose paper carries the Garuda of 3 cm; the memo has one of 1.5 cm, news and minutes none
GARUDA = {"EXT", "STP", "ORD", "RUL", "REG", "ANN", "STM", "CRT"}
UNSIGNED = {"STM", "NEWS", "STP"}


@tagged("post_install", "-at_install")
class TestPapers(PaperCase):
    """The forms of the Saraban Regulation B.E. 2526 on paper."""

    def _letter(self, kind="EXT", **vals):
        if kind == "STP":
            vals.setdefault("stamped_reason", "things")
        return self._draft(kind=kind, **vals)

    # ------------------------------------------------------------ every layout
    def test_each_form(self):
        body = f"<p>{WORDS}</p><p>ประจำปี พ.ศ. 2569 จำนวน 2 เล่ม</p>"
        for kind, words in LAYOUTS.items():
            with self.subTest(kind=kind):
                letter = self._letter(kind, body=body, subject=f"การทดสอบ{WORDS[:7]}")
                content = self._sign_letter(letter)
                self._assert_archival(content, 3, "U")
                flat = " ".join(self._read(content).split())
                place = 0
                for word in words:
                    found = flat.find(word, place)
                    self.assertGreaterEqual(found, 0, f"{word} after {flat[:place][-60:]}")
                    place = found + 1
                self.assertIn(WORDS, flat)
                self.assertIn("พ.ศ. ๒๕๖๙ จำนวน ๒ เล่ม", flat)
                if kind not in ("STP", "CRT"):
                    self.assertIn(f"การทดสอบ{WORDS[:7]}", flat)
                self.assertIn("ตรวจสอบเอกสารนี้", flat)
                self.assertNotIn("ร่าง", flat)
                if kind not in UNSIGNED:
                    self.assertIn("(eo_mayor", flat)
                    self.assertIn("นายกเทศมนตรีทดสอบ", flat)
                    self.assertIn("ลงลายมือชื่ออิเล็กทรอนิกส์", flat)
                pictures = self._images(content)
                if kind in GARUDA:
                    left, top, wide, high = pictures[0]
                    self.assertAlmostEqual(high, 30, delta=0.3)
                    self.assertAlmostEqual(top, 15, delta=0.3)
                    # in the middle between the margins of 3 and 2 cm
                    self.assertAlmostEqual(left + wide / 2, 30 + 160 / 2, delta=0.5)
                elif kind == "INT":
                    left, top, _wide, high = pictures[0]
                    self.assertAlmostEqual(high, 15, delta=0.3)
                    self.assertAlmostEqual(top, 15, delta=0.3)
                    self.assertAlmostEqual(left, 30, delta=0.3)
                else:
                    self.assertFalse(pictures)

    def test_where_an_external_letter_stands(self):
        with freeze_time("2026-01-05 03:00:00"):
            content = self._sign_letter(
                self._letter(
                    reference_ids=[
                        (
                            0,
                            0,
                            {
                                "org": "อำเภอทดสอบ",
                                "doc_no": "ชม 0018/ว 9",
                                "doc_date": "2026-01-02",
                            },
                        )
                    ],
                    enclosure_ids=[
                        (0, 0, {"name": "บัญชี", "qty": 1, "unit_name": "ฉบับ"}),
                        (0, 0, {"name": "ภาพถ่าย", "qty": 12, "unit_name": "ภาพ"}),
                    ],
                    recipient_ids=[(0, 0, {"name": "ท้องถิ่นอำเภอทดสอบ", "role": "copy"})],
                    closing="ขอแสดงความนับถือ",
                )
            )
        number = self._line(content, "ที่ ชม ๕๒๓๐๑.๓/๑")
        self.assertAlmostEqual(number[1], 30, delta=0.5)
        # level with the feet of the Garuda, whose lower edge lies 45 mm below the edge
        self.assertAlmostEqual(number[2], 45, delta=2.5)
        day = self._line(content, "๕ มกราคม ๒๕๖๙")
        self.assertNotIn("วันที่", day[3])
        self.assertAlmostEqual(day[1], 30 + 80, delta=0.5)
        closing = self._line(content, "ขอแสดงความนับถือ")
        self.assertAlmostEqual(closing[1], day[1], delta=2)
        first = self._line(content, "ตามที่อำเภอขอให้สำรวจถนน")
        self.assertAlmostEqual(first[1], 30 + 25, delta=0.5)
        for words in (
            "อ้างถึง", "หนังสืออำเภอทดสอบ ที่ ชม ๐๐๑๘/ว ๙ ลงวันที่ ๒ มกราคม ๒๕๖๙",
            "สิ่งที่ส่งมาด้วย", "๑. บัญชี", "จำนวน ๑ ฉบับ", "๒. ภาพถ่าย", "จำนวน ๑๒ ภาพ",
            "สำเนาส่ง", "ท้องถิ่นอำเภอทดสอบ", "กองช่างทดสอบ", "saraban@example.go.th",
            "สำนักงานเทศบาลตำบลทดสอบ",
        ):  # fmt: skip
            self._line(content, words)

    def test_sizes_of_the_memo(self):
        content = self._sign_letter(self._letter("INT"))
        sizes = {}
        with_size = [
            (str(operands[1]), operator) for operands, operator in self._operators(content)
            if operator == "Tf"
        ]  # fmt: skip
        for size, _operator in with_size:
            sizes[round(float(size) * 0.75)] = True
        self.assertIn(29, sizes)
        self.assertIn(20, sizes)
        self.assertIn(16, sizes)

    @staticmethod
    def _operators(content):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return [
                (operands, str(operator))
                for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            ]

    # ------------------------------------------------------------ pages
    def test_three_pages(self):
        body = "".join(f"<p>{'ก' * (i % 7 + 1)}ย่อหน้าที่ {i} {WORDS}</p>" for i in range(1, 61))
        content = self._sign_letter(self._letter(body=body))
        pages = self._pages(content)
        self.assertEqual(len(pages), 3)
        self.assertNotIn("- ๑ -", pages[0])
        for number, sign in ((1, "๒"), (2, "๓")):
            line = self._line(content, f"- {sign} -", page=number)
            self.assertLess(line[2], 25)
            self.assertAlmostEqual((line[1] + line[4]) / 2, 30 + 80, delta=1)
        for number in (0, 1):
            carried = [
                line
                for line in self._lines(content)
                if line[0] == number and line[3].startswith("/")
            ]
            self.assertEqual(len(carried), 1)
            _page, _x, y, words, end = carried[0]
            self.assertTrue(words.endswith("..."))
            self.assertGreater(y, 297 - 20)
            self.assertAlmostEqual(end, 190, delta=0.5)
            following = [
                line
                for line in self._lines(content)
                if line[0] == number + 1 and "-" not in line[3]
            ]
            self.assertTrue(following[0][3].startswith(words[1:-3]), (following[0][3], words))
        self.assertFalse(
            [line for line in self._lines(content) if line[0] == 2 and line[3].startswith("/")]
        )
        whole = " ".join(self._text(content).split())
        for i in range(1, 61):
            self.assertIn(
                f"{'ก' * (i % 7 + 1)}ย่อหน้าที่ {''.join('๐๑๒๓๔๕๖๗๘๙'[int(d)] for d in str(i))}", whole
            )
        # name and post never stand alone on a page
        self.assertIn("ย่อหน้าที่", pages[-1])

    # ------------------------------------------------------------ marks
    def test_to_arrive_by_a_time(self):
        """ด่วนภายใน with day and time, on the letter and on its envelope, instead of a class."""
        letter = self._letter(urgency="urgent", deliver_by="2026-12-10 09:30:00")
        content = self._sign_letter(letter)
        mark = self._line(content, "ด่วนภายใน")
        when = self._line(content, "๑๐ ธันวาคม ๒๕๖๙ เวลา ๑๖.๓๐ น.")
        self.assertLess(mark[2], when[2])
        self.assertLess(when[2], self._line(content, "ที่ ชม")[2])
        envelope = self._text(self._print("lgo_eoffice.action_report_envelope_c5", letter))
        self.assertIn("ด่วนภายใน", envelope)
        self.assertIn("๑๖.๓๐ น.", envelope)

    def test_urgency_is_red_and_large(self):
        content = self._sign_letter(self._letter(urgency="most_urgent"))
        mark = self._line(content, "ด่วนที่สุด")
        self.assertAlmostEqual(mark[1], 30, delta=0.5)
        # beside the Garuda, above the number
        self.assertGreater(mark[2], 15)
        self.assertLess(mark[2], self._line(content, "ที่ ชม")[2])
        self.assertAlmostEqual(self._images(content)[0][1], 15, delta=0.3)
        red, size = None, None
        for operands, operator in self._operators(content):
            if operator == "rg" and float(operands[0]) > 0.6 and float(operands[1]) < 0.1:
                red = True
            if operator == "Tf" and red and size is None:
                size = float(operands[1]) * 0.75
        self.assertGreaterEqual(size or 0, 31.9)

    def test_secrecy_on_each_page(self):
        self.company.lgo_secret_electronic = True
        body = "".join(f"<p>ย่อหน้าที่ {i} {WORDS}</p>" for i in range(40))
        letter = self._letter(user=self.secret, secrecy="very_secret", body=body)
        letter.sudo().access_user_ids |= self.mayor
        content = self._sign_letter(letter)
        pages = self._pages(content)
        self.assertGreater(len(pages), 1)
        for number, page in enumerate(pages):
            marks = [
                line for line in self._lines(content) if line[0] == number and line[3] == "ลับมาก"
            ]
            self.assertEqual(len(marks), 2, page[:100])
            self.assertLess(min(mark[2] for mark in marks), 20)
            self.assertGreater(max(mark[2] for mark in marks), 277)
        self.assertIn("- ๒ -", pages[1])
        self.assertNotIn("- ๑ -", pages[0])

    def test_draft_and_file_copy(self):
        letter = self._letter()
        draft = self._text(self._preview(letter))
        self.assertIn("ร่าง", draft)
        self.assertIn("(eo_mayor", draft)
        self.assertNotIn("ลงลายมือชื่ออิเล็กทรอนิกส์", draft)
        issued = self._sign_letter(letter)
        self.assertNotIn("พิมพ์", self._text(issued))
        copy = self._text(self._print("lgo_eoffice.action_report_file_copy", letter))
        for words in ("สำเนาคู่ฉบับ", "ร่าง", "พิมพ์", "ตรวจ", "eo_officer", letter.doc_no[:2]):
            self.assertIn(words, copy)

    def test_arabic_digits(self):
        self.company.lgo_letter_thai_digits = False
        body = "<ol><li>ข้อแรก</li></ol><p>งบ 2569</p>" + "<p>ย่อหน้า</p>" * 60
        letter = self._letter(body=body)
        text = self._text(self._sign_letter(letter))
        self.assertRegex(letter.doc_no, r"^ชม 52301\.3/\d+$")
        for words in (letter.doc_no, "งบ 2569", "- 2 -", "1. ข้อแรก", "99 หมู่ 4"):
            self.assertIn(words, text)
        self.assertFalse(set("๐๑๒๓๔๕๖๗๘๙") & set(text))

    def test_margins_are_settings(self):
        self.company.write({"lgo_letter_margin_top": 3, "lgo_letter_margin_bottom": 4})
        body = "".join(f"<p>ย่อหน้า {i}</p>" for i in range(60))
        content = self._sign_letter(self._letter(body=body))
        below = [
            line[2]
            for line in self._lines(content)
            if line[0] == 0 and "ย่อหน้า" in line[3] and "/" not in line[3]
        ]
        self.assertLess(max(below), 297 - 40)
        for wrong in (0, -1, 6.5, 100):
            with self.assertRaises(ValidationError):
                self.company.lgo_letter_margin_top = wrong

    # ------------------------------------------------------------ the body
    def test_lists_and_tables(self):
        body = (
            "<p>ดังนี้</p><ol><li>ข้อแรก<ol><li>ข้อย่อย</li></ol></li><li>ข้อสอง</li></ol>"
            "<ol start='5'><li>ข้อห้า</li></ol><ul><li>ขีด</li></ul>"
            "<table><tr><th>ลำดับ</th></tr><tr><td>12</td></tr></table><p><b>หนา</b></p>"
        )
        text = self._text(self._sign_letter(self._letter(body=body)))
        for words in ("๑. ข้อแรก", "๑.๑ ข้อย่อย", "๒. ข้อสอง", "๕. ข้อห้า", "- ขีด", "ลำดับ", "๑๒", "หนา"):
            self.assertIn(words, text)

    def test_pasted_from_elsewhere(self):
        """Fonts, sizes, colours, links and everything active are left behind."""
        body = (
            "<div style='font-family:Calibri;font-size:40pt;color:red'><p class='MsoNormal'>"
            "<span style='font-size:9pt;background:yellow'>ข้อความ <a href='https://evil.example'>จากที่อื่น</a>"
            "</span></p></div><script>alert(1)</script><style>@page { size: 1cm }</style>"
            "<img src='https://evil.example/x.png'/><iframe src='file:///etc/passwd'></iframe>"
            "<div style='position:fixed;top:0'>ลอย</div>" + "<div>" * 90 + "ลึก" + "</div>" * 90
        )
        content = self._sign_letter(self._letter(body=body))
        self._assert_archival(content, 3, "U")
        lines = self._lines(content)
        self.assertIn("ข้อความ จากที่อื่น", [line[3] for line in lines])
        for words in ("ลอย", "ลึก"):
            self.assertAlmostEqual(self._line(content, words)[1], 55, delta=0.5)
        text = self._text(content)
        for words in ("alert", "evil", "@page", "passwd"):
            self.assertNotIn(words, text)
        names = {
            str(operands[0]) for operands, operator in self._operators(content) if operator == "Do"
        }
        self.assertTrue(names)
        colours = {
            tuple(round(float(number), 2) for number in operands)
            for operands, operator in self._operators(content)
            if operator == "rg"
        }
        self.assertNotIn((1.0, 0.0, 0.0), colours)
        self.assertEqual(len(self._pages(content)), 1)

    def test_text_that_could_be_code(self):
        subject = "<b>หัวเรื่อง</b> & 'ก' \"ข\" {{ 7*7 }} ${x} \u0e4f 😀"
        letter = self._letter(subject=subject, addressee="</td><script>x</script>")
        text = " ".join(self._text(self._sign_letter(letter)).split())
        self.assertIn("<b>หัวเรื่อง</b> & 'ก' \"ข\" {{ ๗*๗ }}", text)
        self.assertIn("</td><script>x</script>", text)

    # ------------------------------------------------------------ single papers
    def test_certificate_with_photo(self):
        letter = self._letter("CRT", with_photo=True, photo=picture(400, 600, (0, 0, 250)))
        content = self._sign_letter(letter)
        photo = self._images(content)[-1]
        self.assertAlmostEqual(photo[2], 40, delta=0.5)
        self.assertAlmostEqual(photo[3], 60, delta=0.5)
        self._line(content, "ลายมือชื่อผู้ได้รับการรับรอง")
        twice = self._letter("CRT", body="<p>หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า เขาดี</p>")
        text = self._text(self._sign_letter(twice))
        self.assertEqual(text.count("หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า"), 1)

    def test_minutes(self):
        letter = self._letter(
            "MIN",
            subject="คณะกรรมการพัฒนา",
            meeting_place="ห้องประชุม ชั้น 2",
            meeting_started_at="2026-01-05 02:30:00",
            meeting_ended_at="2026-01-05 05:00:00",
            meeting_present="นายสมชาย ใจดี ประธาน\nนางสาวสมหญิง รักงาน เลขานุการ",
            meeting_absent="นายสมศักดิ์ ขยันยิ่ง (ติดราชการ)",
            recorder_id=self.officer.id,
        )
        text = self._read(self._sign_letter(letter))
        number = thai.to_thai_digits(letter.doc_no)
        order = (
            "รายงานการประชุมคณะกรรมการพัฒนา", f"ครั้งที่ {number}", "เมื่อวันที่ ๕ มกราคม ๒๕๖๙",
            "ณ ห้องประชุม ชั้น ๒",
            "ผู้มาประชุม", "๑.", "นายสมชาย ใจดี", "๒.", "ผู้ไม่มาประชุม", "(ติดราชการ)",
            "เริ่มประชุมเวลา ๐๙.๓๐ น.", "ตามที่อำเภอ", "เลิกประชุมเวลา ๑๒.๐๐ น.", "(eo_officer",
            "ผู้จดรายงานการประชุม", "(eo_mayor",
            "ผู้ตรวจรายงานการประชุม",
        )  # fmt: skip
        place = -1
        for words in order:
            found = text.find(words, place + 1)
            self.assertGreater(found, place, words)
            place = found
        with self.assertRaises(ValidationError):
            letter.sudo()._from_machine().write({"meeting_ended_at": "2026-01-05 01:00:00"})

    def test_name_seal(self):
        content = self._sign_letter(self._letter("STP"))
        with_ring = [
            operands for operands, operator in self._operators(content)
            if operator == "RG" and float(operands[0]) > 0.7
        ]  # fmt: skip
        self.assertTrue(with_ring)
        self.company.lgo_name_seal = picture(200, 200, (200, 0, 0))
        content = self._sign_letter(self._letter("STP"))
        seal = self._images(content)[-1]
        self.assertAlmostEqual(seal[2], 46, delta=0.5)

    def test_envelopes_and_forms(self):
        self.agency.address = "ที่ว่าการอำเภอทดสอบ\nจังหวัดทดสอบ 50000"
        letter = self._letter(
            urgency="urgent",
            recipient_ids=[
                (0, 0, {"agency_id": self.agency.id, "name": self.agency.name}),
                (0, 0, {"name": "นายสมชาย ใจดี", "role": "copy"}),
            ],
        )
        self._sign_letter(letter)
        sizes = {"c4": (324, 229), "c5": (229, 162), "c6": (162, 114), "dl": (220, 110)}
        for size, millimetres in sizes.items():
            content = self._print(f"lgo_eoffice.action_report_envelope_{size}", letter)
            pages = self._pages(content)
            self.assertEqual(len(pages), 2, size)
            for words in (
                "นายอำเภอทดสอบ",
                "จังหวัดทดสอบ ๕๐๐๐๐",
                "ด่วน",
                "ที่ ชม ๕๒๓๐๑.๓/",
                "สำนักงานเทศบาล",
            ):
                self.assertIn(words, pages[0])
            self.assertIn("นายสมชาย ใจดี", pages[1])
            self.assertEqual(self._page_size(content), millimetres)
        book = self._text(self._print("lgo_eoffice.action_report_delivery_book", letter))
        for words in (
            "สมุดส่งหนังสือ",
            "เลขทะเบียน",
            "จาก",
            "ถึง",
            "หน่วยรับ",
            "ผู้รับ",
            "วันและเวลา",
            "หมายเหตุ",
            "นายสมชาย ใจดี",
        ):
            self.assertIn(words, book)
        slip = self._text(self._print("lgo_eoffice.action_report_letter_receipt", letter))
        for words in ("ใบรับหนังสือ", "ที่", "ถึง", "เรื่อง", "รับวันที่", "เวลา", "ผู้รับ"):
            self.assertIn(words, slip)
        card = self._text(self._print("lgo_eoffice.action_report_search_card", letter))
        for words in ("บัตรตรวจค้น", "รหัส", "เลขทะเบียนรับ", "ลงวันที่", "รายการ", "การปฏิบัติ"):
            self.assertIn(words, card)

    def test_delivery_book_of_a_received_letter(self):
        """เลขทะเบียน is the number in our own book; that of the sender stands on the letter."""
        letter = self._received(doc_no="ชม 0018/98765")
        letter.action_register()
        letter._route(act_units=self.works)
        number = thai.to_thai_digits(str(letter.receive_no))
        book = self._text(self._print("lgo_eoffice.action_report_delivery_book", letter))
        self.assertNotIn("๙๘๗๖๕", book)
        self.assertEqual(letter._paper_digits(letter._paper_book_number()), number)
        self.assertIn(number, book)
        # it comes from them and goes to a unit of ours, not back to them
        row = (letter.from_text, *letter._paper_deliveries()[0])
        self.assertEqual(row, ("ที่ว่าการอำเภอทดสอบ", "นายกเทศมนตรีทดสอบ", "กองช่างทดสอบ"))
        self.assertNotIn("นายอำเภอทดสอบ", book)
        self.assertIn("กองช่างทดสอบ", book)

    def test_search_card_without_what_is_for_other_eyes(self):
        """The answer to a secret letter has a card; the letter that it answers is not on it."""
        secret = self._received(user=self.secret, secrecy="secret", subject="เรื่องลับเฉพาะกิจ")
        answer = self._letter(subject="ตอบเรื่องที่ถาม")
        answer.sudo().reply_to_id = secret
        self.env.invalidate_all()
        with_rights = answer.with_user(self.officer)
        rows = with_rights._paper_card_rows()
        self.assertEqual([row[3] for row in rows], ["ตอบเรื่องที่ถาม"])
        secret.access_user_ids |= self.officer
        self.env.invalidate_all()
        self.assertEqual(len(with_rights._paper_card_rows()), 2)

    @staticmethod
    def _page_size(content):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            box = pdf.pages[0].mediabox
            return tuple(round(float(box[index]) / 72 * 25.4) for index in (2, 3))

    def test_every_kind_has_its_paper(self):
        kinds = self.env["lgo.eoffice.kind"].search([])
        self.assertTrue(all(kind.report_id for kind in kinds))
        own = self.env.ref("lgo_eoffice.action_report_memo")
        self._kind("EXT").report_id = own
        self.env["lgo.eoffice.kind"]._link_papers()
        self.assertEqual(self._kind("EXT").report_id, own)

    def test_no_line_is_cut(self):
        """Everything typed lies between the margins."""
        body = "<p>" + "ก" * 400 + "</p><p>" + "W" * 200 + "</p>"
        content = self._sign_letter(self._letter(body=body, subject="ก" * 300))
        widest = max(piece.end for piece in pdf_text.pieces(content))
        self.assertLessEqual(widest / 72 * 25.4, 210 - 19)
