# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCase):
    def test_numbers_of_each_board_and_year(self):
        """Day of the meeting in Bangkok → the number it gets when it is called."""
        rows = (
            (self.board, "2026-01-05 02:30:00", "1/2569"),
            (self.other, "2026-01-06 02:30:00", "1/2569"),
            (self.board, "2026-02-05 02:30:00", "2/2569"),
            # 31 Dec 2569 23:59 and 1 Jan 2570 00:00 in Bangkok
            (self.board, "2026-12-31 16:59:00", "3/2569"),
            (self.board, "2026-12-31 17:00:00", "1/2570"),
            (self.board, "2026-03-05 02:30:00", "4/2569"),
            (self.other, "2026-12-31 17:00:00", "1/2570"),
        )
        for board, start, number in rows:
            user = self.officer if board == self.board else self.outsider
            meeting = self._meeting(user=user, board=board, start=start)
            self.assertFalse(meeting.number)
            meeting._transition("call")
            self.assertEqual(meeting.number_text, number)
            self.assertEqual(meeting.name, f"การประชุม{board.name} ครั้งที่ {number}")
        entries = self.env["lgo.register.entry"].search(
            [("key", "=", "DEV"), ("period", "=", "2569")]
        )
        self.assertEqual(sorted(entries.mapped("number")), [1, 2, 3, 4])

    def test_a_number_that_was_given_stays(self):
        meeting = self._meeting()
        with self.assertRaises(AccessError):
            meeting.write({"number": 9})
        meeting._transition("call")
        with self.assertRaisesRegex(ValidationError, "another year"):
            meeting.start_at = "2027-01-05 02:30:00"
        with self.assertRaises(ValidationError):
            meeting.with_user(self.registrar).board_id = self.other
        with self.assertRaisesRegex(UserError, "can no longer change"):
            self.board.code = "NEW"
        with self.assertRaises(UserError):
            meeting.unlink()

    def test_called_off_leaves_no_gap(self):
        meeting = self._meeting()
        meeting._transition("call")
        with self.assertRaisesRegex(UserError, "reason"):
            meeting._transition("cancel", reason=" ")
        dialog = meeting.with_context(transition="cancel").action_transition()
        wizard = self.env[dialog["res_model"]].with_user(self.officer)
        wizard = wizard.with_context(**dialog["context"])
        wizard.create({"reason": "ประธานติดราชการ"}).action_confirm()
        self.assertEqual(meeting.state, "cancelled")
        self.assertEqual(meeting.register_entry_id.sudo().state, "void")
        self.assertEqual(meeting.register_entry_id.sudo().void_reason, "ประธานติดราชการ")
        later = self._meeting()
        later._transition("call")
        self.assertEqual(later.number, 2)

    def test_what_a_call_needs(self):
        empty = self._meeting(agenda_ids=[], place=False)
        self.board.place = False
        empty.place = False
        with self.assertRaisesRegex(UserError, "place, agenda"):
            empty._transition("call")
        self.assertEqual(empty.state, "draft")
        self.assertFalse(empty.register_entry_id)
        with self.assertRaisesRegex(ValidationError, "before it begins"):
            self._meeting(end_at="2026-01-05 02:00:00")

    def test_members_and_open_minutes_are_filled_in(self):
        first = self._hold(self._meeting())
        second = self._meeting(start="2026-02-05 02:30:00", agenda_ids=[])
        self.assertEqual(
            second.attendance_ids.mapped("title"),
            ["ประธานกรรมการ", "กรรมการและเลขานุการ", "กรรมการ"],
        )
        self.assertEqual(
            second.agenda_ids.mapped("name"),
            [f"รับรองรายงานการประชุม ครั้งที่ {first.number_text}"],
        )

    def test_attendance(self):
        self.board.quorum = 2
        meeting = self._meeting()
        meeting._transition("call")
        chair, secretary, member = meeting.attendance_ids
        with self.assertRaisesRegex(UserError, "whether they came"):
            meeting._transition("hold")
        chair.status = "absent"
        meeting.action_all_came()
        self.assertEqual(chair.status, "absent")
        with self.assertRaisesRegex(UserError, "reason why they did not come"):
            meeting._transition("hold")
        chair.reason = "ติดราชการ"
        member.write({"status": "absent", "reason": "ลาป่วย"})
        with self.assertRaisesRegex(UserError, "1 members came, 2 are needed"):
            meeting._transition("hold")
        member.status = "present"
        meeting._transition("hold")
        self.assertEqual((meeting.present_count, meeting.absent_count), (2, 1))
        self.assertEqual(secretary.status, "present")

    def test_not_held_before_it_begins(self):
        meeting = self._meeting(start="2126-01-05 02:30:00")
        meeting._transition("call")
        meeting.action_all_came()
        with self.assertRaisesRegex(UserError, "not begun"):
            meeting._transition("hold")

    def test_who_sees_and_writes(self):
        meeting = self._meeting()
        guest = self._meeting(
            attendance_ids=[(0, 0, {"name": "x", "user_id": self.head.id, "status": "guest"})]
        )
        rights = (
            # who, reads the meeting, reads the one with a guest, writes
            (self.officer, True, True, True),
            (self.clerk, True, True, False),
            (self.mayor, True, True, False),
            (self.chief, True, True, False),
            (self.registrar, True, True, True),
            (self.auditor, True, True, False),
            (self.head, False, True, False),
            (self.outsider, False, False, False),
            (self.admin, False, False, False),
        )
        for user, reads, reads_guest, writes in rights:
            for row, seen in ((meeting, reads), (guest, reads_guest)):
                for records in (row, row.agenda_ids, row.attendance_ids):
                    found = records.with_user(user).search_count([("id", "in", records.ids)])
                    self.assertEqual(found, len(records) if seen else 0, (user.login, records))
                    if not seen:
                        with self.assertRaises(AccessError):
                            records.with_user(user).read(["display_name"])
                    for record in records:
                        self.assertEqual(
                            record.with_user(user).has_access("write"), writes, user.login
                        )
        with self.assertRaises(AccessError):
            self._meeting(user=self.clerk)
        with self.assertRaises(AccessError):
            self._meeting(user=self.outsider)
        with self.assertRaises(AccessError):
            meeting.with_user(self.clerk)._transition("call")
        with self.assertRaises(AccessError):
            self.board.with_user(self.officer).write({"name": "x"})

    def test_lines_stay_with_their_meeting(self):
        mine = self._meeting()
        theirs = self._meeting(user=self.outsider, board=self.other)
        with self.assertRaises(AccessError):
            mine.agenda_ids.write({"meeting_id": theirs.id})
        with self.assertRaises(AccessError):
            self.env["lgo.eoffice.agenda"].with_user(self.officer).create(
                {
                    "meeting_id": theirs.id,
                    "heading_id": self.env.ref("lgo_eoffice_meeting.heading_1").id,
                    "name": "x",
                }
            )

    def test_files_of_a_matter(self):
        """A member opens them, nobody else; another person's file is not drawn in."""
        meeting = self._meeting()
        Attachment = self.env["ir.attachment"]
        vals = {"name": "แผน.txt", "raw": b"plan", "res_model": "lgo.eoffice.agenda"}
        mine = Attachment.with_user(self.officer).create(vals)
        meeting.agenda_ids.attachment_ids = mine
        self.assertEqual(mine.with_user(self.clerk).raw, b"plan")
        with self.assertRaises(AccessError):
            mine.with_user(self.outsider).read(["raw"])
