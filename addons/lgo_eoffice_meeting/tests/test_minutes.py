# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import MeetingCase

#: heading, matter, what was said, resolution
AGENDA = (
    (1, "ประธานแจ้งให้ที่ประชุมทราบ", "ประธานแจ้งเรื่องงบประมาณ\n\nและเรื่องน้ำท่วม", "รับทราบ"),
    (2, "รับรองรายงานการประชุม ครั้งที่ 4/2568", "", "รับรองโดยไม่มีการแก้ไข"),
    (4, "แผนพัฒนา <b>ท้องถิ่น</b>", "กองยุทธศาสตร์เสนอ\nที่ประชุมอภิปราย", "เห็นชอบ\nมอบกองช่าง"),
    (4, "ค่าน้ำ & ค่าไฟ", "<script>alert(1)</script>", ""),
)
BODY = """ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ
1.1 ประธานแจ้งให้ที่ประชุมทราบ
ประธานแจ้งเรื่องงบประมาณ
และเรื่องน้ำท่วม
มติที่ประชุม รับทราบ
ระเบียบวาระที่ 2 เรื่องรับรองรายงานการประชุม
2.1 รับรองรายงานการประชุม ครั้งที่ 4/2568
มติที่ประชุม รับรองโดยไม่มีการแก้ไข
ระเบียบวาระที่ 3 เรื่องที่เสนอให้ที่ประชุมทราบ
ไม่มี
ระเบียบวาระที่ 4 เรื่องที่เสนอให้ที่ประชุมพิจารณา
4.1 แผนพัฒนา <b>ท้องถิ่น</b>
กองยุทธศาสตร์เสนอ
ที่ประชุมอภิปราย
มติที่ประชุม เห็นชอบ
มอบกองช่าง
4.2 ค่าน้ำ & ค่าไฟ
<script>alert(1)</script>
ระเบียบวาระที่ 5 เรื่องอื่น ๆ
ไม่มี"""


@tagged("post_install", "-at_install")
class TestMinutes(MeetingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.meeting = cls._meeting(
            agenda_ids=[
                (0, 0, {
                    "heading_id": cls.env.ref(f"lgo_eoffice_meeting.heading_{heading}").id,
                    "name": name, "discussion": said, "resolution": resolution,
                })
                for heading, name, said, resolution in AGENDA
            ],
            attendance_ids=[
                (0, 0, {"name": "สมชาย ใจดี", "position": "นายกเทศมนตรี", "title": "ประธานกรรมการ",
                        "status": "present"}),
                (0, 0, {"name": "สมหญิง รักงาน", "title": "กรรมการ", "status": "absent",
                        "reason": "ติดราชการ"}),
                (0, 0, {"name": "สมศักดิ์ มาฟัง", "status": "guest"}),
            ],
            opened_at="2026-01-05 02:35:00", closed_at="2026-01-05 05:00:00",
        )  # fmt: skip
        cls._hold_as_marked(cls.meeting)

    @classmethod
    def _hold_as_marked(cls, meeting):
        meeting._transition("call")
        meeting._transition("hold")

    def _lines(self, body):
        text = html2plaintext(body).replace("*", "")
        return "\n".join(line for line in text.splitlines() if line.strip())

    def test_text_of_the_minutes(self):
        self.meeting._transition("draft_minutes")
        letter = self.meeting.minutes_id
        self.assertEqual(letter.kind_code, "MIN")
        self.assertEqual(letter.subject, "รายงานการประชุมคณะกรรมการพัฒนาทดสอบ ครั้งที่ 1/2569")
        self.assertEqual(self._lines(letter.body), BODY)
        self.assertNotIn("<script", str(letter.body))
        head = letter._paper_meeting()
        self.assertEqual(head["board"], "คณะกรรมการพัฒนาทดสอบ")
        self.assertEqual(head["place"], "ห้องประชุมทดสอบ")
        self.assertEqual(letter._paper_time(head["started"]), "๐๙.๓๕ น.")
        self.assertEqual(letter._paper_time(head["ended"]), "๑๒.๐๐ น.")
        self.assertEqual(head["recorder"], self.officer.name)
        self.assertEqual(
            head["people"],
            [
                ("ผู้มาประชุม", ["สมชาย ใจดี นายกเทศมนตรี ประธานกรรมการ"]),
                ("ผู้ไม่มาประชุม", ["สมหญิง รักงาน กรรมการ (ติดราชการ)"]),
                ("ผู้เข้าร่วมประชุม", ["สมศักดิ์ มาฟัง"]),
            ],
        )

    def test_signed_minutes_carry_the_number_of_the_meeting(self):
        self.meeting._transition("draft_minutes")
        letter = self.meeting.minutes_id
        letter.with_user(self.mayor)._sign()
        self.assertEqual(letter.doc_no, "1/2569")
        self.assertEqual(letter.register_entry_id, self.meeting.register_entry_id)
        for change in (
            lambda: self.meeting.write({"place": "อื่น"}),
            lambda: self.meeting.agenda_ids[0].write({"resolution": "อื่น"}),
            lambda: self.meeting.attendance_ids[0].unlink(),
            lambda: self.meeting._transition("draft_minutes"),
        ):
            with self.assertRaises(UserError):
                change()
        following = self._meeting(start="2026-02-05 02:30:00")
        following._transition("call")
        self.assertEqual(following.number, 2)

    def test_minutes_by_hand_have_a_series_of_their_own(self):
        letter = self._signed(kind="MIN")
        self.assertEqual(letter.register_entry_id.key, "")
        self.assertEqual(self.meeting.register_entry_id.sudo().key, "DEV")

    def test_cancelled_minutes_are_written_anew_under_the_same_number(self):
        self.meeting._transition("draft_minutes")
        old = self.meeting.minutes_id
        old.with_user(self.mayor)._sign()
        old.with_user(self.registrar)._transition("cancel", reason="มติผิด")
        self.meeting.agenda_ids[0].resolution = "เห็นชอบ"
        self.meeting._transition("draft_minutes")
        new = self.meeting.minutes_id
        self.assertNotEqual(new, old)
        new.with_user(self.mayor)._sign()
        self.assertEqual(new.doc_no, "1/2569")
        self.assertEqual(old.register_entry_id.state, "void")
        self.assertEqual(new.register_entry_id.state, "used")
        self.assertEqual((new.register_entry_id.number, new.register_entry_id.point), (1, 1))

    def test_a_draft_follows_the_meeting_until_it_is_passed_on(self):
        with self.assertRaisesRegex(UserError, "closed"):
            self.meeting.closed_at = False
            self.meeting._transition("draft_minutes")
        self.meeting.closed_at = "2026-01-05 05:00:00"
        self.meeting._transition("draft_minutes")
        letter = self.meeting.minutes_id
        self.meeting.agenda_ids[0].resolution = "ขอให้ติดตาม"
        self.meeting._transition("draft_minutes")
        self.assertEqual(self.meeting.minutes_id, letter)
        self.assertIn("ขอให้ติดตาม", letter.body)
        letter.sudo()._transition("submit")
        with self.assertRaisesRegex(UserError, "returned first"):
            self.meeting._transition("draft_minutes")

    def test_approved_in_a_later_meeting_of_the_board(self):
        self.meeting._transition("draft_minutes")
        later = self._hold(self._meeting(start="2026-02-05 02:30:00"))
        self.meeting.approved_in_id = later
        with self.assertRaisesRegex(UserError, "not signed"):
            self.meeting._transition("approve")
        self.meeting.minutes_id.with_user(self.mayor)._sign()
        foreign = self._hold(
            self._meeting(user=self.outsider, board=self.other, start="2026-02-05 02:30:00")
        )
        coming = self._meeting(start="2026-03-05 02:30:00")
        for wrong in (self.meeting, foreign.with_user(self.registrar), coming):
            self.meeting.with_user(self.registrar).approved_in_id = wrong
            with self.assertRaisesRegex(UserError, "later meeting"):
                self.meeting.with_user(self.registrar)._transition("approve")
        self.meeting.approved_in_id = later
        self.meeting._transition("approve")
        self.assertEqual(self.meeting.state, "approved")

    def test_approved_minutes_are_in_force_and_stay(self):
        """Revoked minutes are not approved; what was noted at the approval stays."""
        later = self._hold(self._meeting(start="2026-02-05 02:30:00"))
        self.meeting.approved_in_id = later
        self.meeting._transition("draft_minutes")
        self.meeting.minutes_id.with_user(self.mayor)._sign()
        self.meeting.minutes_id.with_user(self.registrar)._transition("cancel", reason="มติผิด")
        with self.assertRaisesRegex(UserError, "not signed"):
            self.meeting._transition("approve")
        self.meeting._transition("draft_minutes")
        self.meeting.minutes_id.with_user(self.mayor)._sign()
        self.meeting.approval_note = "แก้ไขชื่อกรรมการ"
        self.meeting._transition("approve")
        for vals in ({"approval_note": "ไม่มี"}, {"approved_in_id": False}):
            with self.assertRaisesRegex(UserError, "approved"):
                self.meeting.write(vals)
        self.assertEqual(self.meeting.approval_note, "แก้ไขชื่อกรรมการ")

    def test_invitation(self):
        coming = self._meeting(start="2026-03-05 02:30:00", end_at="2026-03-05 05:00:00")
        with self.assertRaisesRegex(UserError, "Call the meeting first"):
            coming.action_invite_inside()
        coming._transition("call")
        coming.action_invite_inside()
        letter = coming.letter_ids
        self.assertEqual((letter.kind_code, letter.is_circular), ("INT", True))
        self.assertEqual(letter.subject, "ขอเชิญประชุมคณะกรรมการพัฒนาทดสอบ ครั้งที่ 2/2569")
        self.assertEqual(letter.recipient_ids.mapped("name"), coming.attendance_ids.mapped("name"))
        self.assertEqual(set(letter.recipient_ids.mapped("channel")), {"internal"})
        text = self._lines(letter.body)
        self.assertIn(
            "ครั้งที่ 2/2569 ในวันพฤหัสบดีที่ 5 มีนาคม พ.ศ. 2569 เวลา 09.30 - 12.00 น. ณ ห้องประชุมทดสอบ", text
        )
        self.assertIn("ระเบียบวาระที่ 4 เรื่องที่เสนอให้ที่ประชุมพิจารณา\n4.1 แผนพัฒนา", text)
        coming.action_invite_outside()
        self.assertEqual(set(coming.letter_ids.mapped("kind_code")), {"INT", "EXT"})
