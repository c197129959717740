# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EofficeCase

now = fields.Datetime.now
moment = fields.Datetime.to_datetime


class RoutingCase(EofficeCase):
    """A registered letter and the shorthand of those who move it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance = cls.env["hr.department"].create({"name": "กองคลังทดสอบ", "lgo_suffix": "2"})
        cls.clerk2 = cls._person("eo_clerk2", cls.finance, "lgo_eoffice.group_unit_saraban")
        cls.letter = cls._received()
        cls.letter._register_letters()

    def route(self, letter=None, user=None, **kwargs):
        letter = letter or self.letter
        return letter.with_user(user or self.registrar)._route(**kwargs)

    def step(self, copy, user, action, text="ข้อความเกษียน", **kwargs):
        note = copy.with_user(user)._endorse(action, text, **kwargs)
        copy.invalidate_recordset()
        return note

    def at_mayor(self, letter=None):
        """The letter in front of the mayor, through the unit and the chief administrator."""
        copy = self.route(letter, act_units=self.works)
        copy.with_user(self.clerk).action_receive()
        self.step(copy, self.clerk, "propose")
        self.step(copy, self.head, "endorse")
        self.step(copy, self.chief, "endorse")
        return copy

    def mine(self, user):
        return self.env["lgo.eoffice.copy"].with_user(user).search([("is_mine", "=", True)])


@tagged("post_install", "-at_install")
class TestRouting(RoutingCase):
    # ------------------------------------------------------------ the whole chain
    def test_unit_first(self):
        letter = self.letter
        copy = self.route(act_units=self.works, info_units=self.finance)
        copy, info = (
            copy.filtered(lambda row: row.role == "action"),
            copy.filtered(lambda row: row.role == "info"),
        )
        self.assertEqual(letter.state, "routed")
        self.assertEqual(letter.owner_unit_id, self.works)
        self.assertIn(copy, self.mine(self.clerk))
        self.assertNotIn(copy, self.mine(self.clerk2))
        copy.with_user(self.clerk).action_receive()
        self.assertEqual(copy.unit_receive_no, 1)
        self.step(copy, self.clerk, "propose", "เพื่อโปรดพิจารณา")
        self.assertEqual(copy.post_id, self.post_head)
        self.step(copy, self.head, "endorse", "เห็นควรสำรวจ")
        self.assertEqual(copy.post_id, self.post_chief)
        self.step(copy, self.chief, "endorse", "เพื่อโปรดสั่งการ")
        self.assertEqual(copy.post_id, self.post_mayor)
        self.assertIn(copy, self.mine(self.mayor))
        due = now() + timedelta(days=7)
        self.step(copy, self.mayor, "order", "ดำเนินการตามเสนอ", due_at=due)
        self.assertEqual((letter.state, copy.post_id), ("ordered", self.post_head))
        self.assertEqual(copy.limit_at, due)
        self.step(copy, self.head, "assign", "มอบนายช่าง", to_user=self.officer)
        self.assertEqual(letter.holder_user_id, self.officer)
        copy.with_user(self.officer).action_accept()
        self.assertEqual(letter.state, "in_progress")
        self.step(copy, self.officer, "report", "สำรวจแล้ว 3 สาย")
        self.assertEqual((copy.post_id, copy.task), (self.post_head, "confirm"))
        self.step(copy, self.head, "confirm", "ตรวจแล้ว")
        self.assertEqual((letter.state, copy.state), ("done", "done"))
        self.assertEqual(letter.result, "สำรวจแล้ว 3 สาย")
        letter.with_user(self.registrar)._transition("close")
        self.assertEqual(letter.state, "closed")
        notes = letter.endorsement_ids
        self.assertEqual(notes.mapped("sequence"), list(range(1, len(notes) + 1)))
        self.assertEqual(
            notes.mapped("action"),
            ["route", "propose", "endorse", "endorse", "order", "assign", "report", "confirm"],
        )
        self.assertEqual(info.state, "open")

    def test_top_first(self):
        letter = self.letter
        copy = self.route(to_post=self.post_chief)
        self.step(copy, self.chief, "endorse")
        self.assertEqual(copy.post_id, self.post_mayor)
        with self.assertRaisesRegex(UserError, "unit or the officer"):
            self.step(copy, self.mayor, "order")
        self.step(copy, self.mayor, "order", "มอบกองช่าง กองคลัง", to_units=self.works | self.finance)
        self.assertEqual((letter.state, copy.state), ("ordered", "done"))
        children = letter.copy_ids.filtered(lambda row: row.parent_id == copy)
        self.assertEqual(children.unit_id, self.works | self.finance)
        child = children.filtered(lambda row: row.unit_id == self.works)
        child.with_user(self.clerk).action_receive()
        self.step(child, self.clerk, "propose")
        self.step(child, self.head, "assign", to_user=self.officer)
        self.step(child, self.officer, "report", "เสร็จแล้ว")
        self.step(child, self.head, "confirm")
        self.assertEqual(letter.state, "ordered", "the other unit has not begun")
        other = children - child
        other.with_user(self.clerk2).action_receive()
        with self.assertRaisesRegex(UserError, "Nobody stands above|choose"):
            other.with_user(self.clerk2)._endorse("return")

    def test_slowest_copy_counts(self):
        copies = self.route(act_units=self.works | self.finance)
        first = copies.filtered(lambda row: row.unit_id == self.works)
        first.with_user(self.clerk).action_receive()
        self.step(first, self.clerk, "propose")
        self.step(first, self.head, "assign", to_user=self.officer)
        first.with_user(self.officer).action_accept()
        self.assertEqual(self.letter.state, "routed")
        self.assertEqual(self.letter.holder_unit_id, self.finance)

    def test_information_only(self):
        copy = self.route(info_units=self.works)
        copy.with_user(self.clerk).action_receive()
        self.step(copy, self.clerk, "propose")
        self.step(copy, self.head, "acknowledge", "")
        self.assertEqual((copy.state, self.letter.state), ("done", "done"))
        self.assertEqual(self.letter.endorsement_ids[-1].text, "ทราบ")

    def test_wrong_unit(self):
        copy = self.route(act_units=self.finance)
        with self.assertRaisesRegex(UserError, "Write what you want to say"):
            copy.with_user(self.clerk2)._endorse("return", " ")
        self.step(copy, self.clerk2, "return", "ส่งผิดกอง")
        self.assertEqual(copy.state, "returned")
        back = self.mine(self.registrar).filtered(lambda row: row.letter_id == self.letter)
        self.assertEqual(back.task, "route")
        again = self.route(act_units=self.works)
        self.assertEqual((back.state, again.unit_id), ("done", self.works))
        with self.assertRaisesRegex(UserError, "already"):
            self.route(act_units=self.works)

    def test_back_down(self):
        copy = self.at_mayor()
        self.step(copy, self.mayor, "return", "ขอรายละเอียดเพิ่ม")
        self.assertEqual(copy.post_id, self.post_chief)
        self.step(copy, self.chief, "return", "เพิ่มเติม")
        self.assertEqual(copy.post_id, self.post_head)
        self.step(copy, self.head, "return", "เพิ่มเติม")
        self.assertEqual((copy.unit_id, copy.post_id.id), (self.works, False))
        self.assertTrue(copy.received_at)

    def test_result_not_confirmed(self):
        copy = self.at_mayor()
        self.step(copy, self.mayor, "order", to_user=self.officer)
        self.step(copy, self.officer, "report", "เสร็จ")
        self.assertEqual(copy.post_id, self.post_mayor)
        self.step(copy, self.mayor, "return", "ยังไม่เสร็จ")
        self.assertEqual((copy.user_id, copy.task), (self.officer, "act"))

    # ------------------------------------------------------------ whose power
    def test_vacant_posts_are_skipped(self):
        self.post_chief.holder_ids.write({"date_to": "2020-12-31"})
        copy = self.route(act_units=self.works)
        copy.with_user(self.clerk).action_receive()
        self.step(copy, self.clerk, "propose")
        self.step(copy, self.head, "endorse")
        self.assertEqual(copy.post_id, self.post_mayor)

    def test_acting(self):
        """Without a valid delegation refused; with one the block has two lines."""
        copy = self.at_mayor()
        with self.assertRaises(AccessError):
            self.step(copy, self.head, "order")
        with self.assertRaises(AccessError):
            self.step(copy, self.chief, "order")
        at = now()
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.post_mayor.holder_ids.id,
                "date_from": at - timedelta(hours=1),
                "date_to": at + timedelta(days=1),
            }
        )
        self.assertIn(copy, self.mine(self.chief), "the acting officer sees it")
        self.assertEqual(
            copy.with_user(self.chief).capacity, "ปลัดเทศบาลทดสอบ รักษาราชการแทน นายกเทศมนตรีทดสอบ"
        )
        self.assertNotIn(copy, self.mine(self.mayor))
        note = self.step(copy, self.chief, "order")
        self.assertEqual(note.capacity, "ปลัดเทศบาลทดสอบ รักษาราชการแทน\nนายกเทศมนตรีทดสอบ")

    def test_acting_from_elsewhere_reads_the_letter(self):
        """Who acts by order for the head of another unit reads what lies there, and no more."""
        post = self._post("หัวหน้าฝ่ายคลังทดสอบ", "head", self.clerk2, unit_id=self.finance.id)
        copy = self.route(act_units=self.works)
        copy.with_user(self.clerk).action_receive()
        self.step(copy, self.clerk, "propose")
        other = self._received(doc_no="2/2569")
        other._register_letters()
        self.route(other, act_units=self.works)
        with self.assertRaises(AccessError):
            self.letter.with_user(self.clerk2).read(["subject"])
        order = self.env["lgo.delegation"].create(
            {
                "kind": "on_behalf",
                "from_post_id": self.post_head.id,
                "to_post_id": post.id,
                "order_no": "77/2569",
                "order_date": "2026-01-01",
                "date_from": "2026-01-01",
                "matters": "letter.*",
            }
        )
        order.action_activate()
        self.assertTrue(self.letter.with_user(self.clerk2).read(["subject"]))
        self.assertFalse(other.with_user(self.clerk2).has_access("read"))
        self.assertFalse(self.letter.with_user(self.clerk2).has_access("write"))
        note = self.step(copy, self.clerk2, "endorse")
        self.assertEqual(note.order_no, "77/2569")
        self.assertEqual(note.capacity.count("\n"), 1)
        self.assertTrue(self.letter.with_user(self.clerk2).has_access("read"), "who noted reads on")

    def test_director_gives_work_inside_the_unit(self):
        copy = self.route(act_units=self.works)
        copy.with_user(self.clerk).action_receive()
        self.step(copy, self.clerk, "propose")
        for kwargs in ({"to_user": self.outsider}, {"to_units": self.finance}):
            action = "assign" if "to_user" in kwargs else "order"
            with self.assertRaisesRegex(AccessError, "own unit"):
                self.step(copy, self.head, action, **kwargs)
        self.assertEqual(copy.post_id, self.post_head)

    # ------------------------------------------------------------ hostile
    def test_nobody_moves_what_lies_elsewhere(self):
        copy = self.at_mayor()
        others = (self.officer, self.clerk, self.head, self.registrar, self.admin, self.outsider)
        for user in others:
            for action in ("order", "endorse", "return", "acknowledge", "confirm", "sign", "route"):
                with self.assertRaises(AccessError, msg=f"{user.login} {action}"):
                    copy.with_user(user)._endorse(action, "ข้อความ")
        self.assertEqual(copy.post_id, self.post_mayor)
        self.assertEqual(len(self.letter.endorsement_ids), 4)

    def test_written_from_outside(self):
        copy = self.at_mayor().with_user(self.mayor)
        for vals in (
            {"state": "done"}, {"post_id": self.post_head.id}, {"user_id": self.officer.id},
            {"step": 0}, {"due_at": False},
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                copy.write(vals)
            with self.assertRaises(AccessError):
                copy.with_context(lgo_case_write=True, lgo_append_only=True).write(vals)
        with self.assertRaises(AccessError):
            copy.create({"letter_id": self.letter.id, "post_id": self.post_mayor.id})
        with self.assertRaises(AccessError):
            copy.unlink()
        note = self.letter.endorsement_ids[-1].with_user(self.chief)
        for change in ({"text": "อื่น"}, {"user_id": self.mayor.id}):
            with self.assertRaises(AccessError):
                note.with_context(lgo_eoffice_endorsement=True).write(change)
        with self.assertRaises(AccessError):
            note.create(
                {
                    "letter_id": self.letter.id, "sequence": 9, "action": "order", "name": "x",
                    "user_id": self.mayor.id, "at": now(),
                }
            )  # fmt: skip
        with self.assertRaises(AccessError):
            note.sudo().unlink()

    def test_targets_from_the_screen(self):
        copy = self.at_mayor().with_user(self.mayor)
        for wrong in ({"unit_ids": ["x"]}, {"unit_ids": [99999999]}, {"user_id": 99999999}):
            with self.assertRaisesRegex(UserError, "Choose from the list"):
                copy.action_move("order", "ข้อความ", **wrong)
        with self.assertRaisesRegex(UserError, "date"):
            copy.action_move("order", "ข้อความ", due_at="เมื่อวาน")
        with self.assertRaisesRegex(UserError, "past"):
            copy.action_move("order", "ข้อความ", due_at="2020-01-01")
        portal = self.env["res.users"].create(
            {"name": "ประชาชน", "login": "eo_portal",
             "group_ids": [(6, 0, [self.env.ref("base.group_portal").id])]}
        )  # fmt: skip
        with self.assertRaises(UserError):
            copy.action_move("order", "ข้อความ", user_id=portal.id)
        note = self.step(copy, self.mayor, "order", "<b>ก่ำ</b> 😀 น้ำ์" * 20)
        self.assertTrue(note.text.startswith("<b>"))

    def test_two_at_once(self):
        """The second of two who act on the same step gets a clear message."""
        copy = self.at_mayor()
        seen = copy.step
        self.step(copy, self.mayor, "order", step=seen)
        with self.assertRaisesRegex(UserError, "moved in the meantime"):
            self.step(copy, self.mayor, "order", step=seen)

    # ------------------------------------------------------------ taking back
    def test_take_back(self):
        copy = self.at_mayor()
        with self.assertRaises(UserError):
            copy.with_user(self.head).action_take_back()
        self.assertTrue(copy.with_user(self.chief)._note_to_take_back())
        copy.with_user(self.chief).action_take_back()
        self.assertEqual(copy.post_id, self.post_chief)
        self.assertEqual(self.letter.endorsement_ids[-1].action, "take_back")
        self.assertEqual(len(self.letter.endorsement_ids), 5)
        self.step(copy, self.chief, "endorse")
        copy.with_user(self.mayor).action_read()
        with self.assertRaisesRegex(UserError, "no longer"):
            copy.with_user(self.chief).action_take_back()

    def test_take_back_is_offered_where_it_is_possible(self):
        copy = self.at_mayor()
        self.assertTrue(copy.with_user(self.chief).action_can_take_back())
        self.assertFalse(copy.with_user(self.mayor).action_can_take_back(), "it is not his step")
        copy.with_user(self.mayor).action_read()
        self.assertFalse(copy.with_user(self.chief).action_can_take_back(), "it was opened")

    def test_due_day_typed_in_the_buddhist_era(self):
        Copy = self.env["lgo.eoffice.copy"].with_user(self.mayor)
        self.assertEqual(Copy._end_of_office("2569-12-01"), Copy._end_of_office("2026-12-01"))
        with self.assertRaises(UserError):
            Copy._end_of_office("2569-13-01")

    def test_take_back_of_an_order_to_units(self):
        copy = self.route(to_post=self.post_chief)
        self.step(copy, self.chief, "order", to_units=self.works)
        child = self.letter.copy_ids - copy
        copy.with_user(self.chief).action_take_back()
        self.assertFalse(child.exists())
        self.assertEqual((copy.state, copy.post_id), ("open", self.post_chief))
        self.assertEqual(self.letter.state, "routed")

    def test_take_back_shuts_out_again(self):
        """Whom a wrong step let in does not see the letter once the step is taken back."""
        copy = self.route(to_post=self.post_chief)
        self.step(copy, self.chief, "order", to_units=self.finance)
        self.assertTrue(self.letter.with_user(self.clerk2).has_access("read"))
        copy.with_user(self.chief).action_take_back()
        self.assertFalse(self.letter.with_user(self.clerk2).has_access("read"))
        secret = self._received(user=self.secret, secrecy="secret", doc_no="ล 11")
        secret.sudo()._register_letters()
        copy = self.route(secret, user=self.secret, to_post=self.post_chief)
        self.step(copy, self.chief, "order", to_units=self.works)
        self.assertTrue(secret.with_user(self.head).has_access("read"))
        copy.with_user(self.chief).action_take_back()
        self.assertFalse(secret.with_user(self.head).has_access("read"))
        self.assertTrue(secret.with_user(self.chief).has_access("read"))
        row = self.env["lgo.audit.log"].search(
            [("action", "=", "letter.access"), ("res_id", "=", secret.id)], limit=1
        )
        self.assertIn(self.head.login, str(row.detail))

    def test_take_back_leaves_who_is_there(self):
        """The other copy went to the same unit."""
        first, second = self.route(act_units=self.works | self.office)
        (first | second).sudo().write({"post_id": self.post_chief.id, "task": "endorse"})
        self.step(first, self.chief, "order", to_units=self.finance)
        self.step(second, self.chief, "order", to_units=self.finance)
        first.with_user(self.chief).action_take_back()
        self.assertTrue(self.letter.with_user(self.clerk2).has_access("read"))

    def test_take_back_is_soon_over(self):
        copy = self.at_mayor()
        with freeze_time(now() + timedelta(minutes=16)):
            self.assertFalse(copy.with_user(self.chief)._note_to_take_back())

    # ------------------------------------------------------------ secret
    def test_secret(self):
        letter = self._received(user=self.secret, secrecy="secret", doc_no="ล 9")
        letter.sudo()._register_letters()
        with self.assertRaises(AccessError):
            self.route(letter, act_units=self.works)
        copy = self.route(letter, user=self.secret, act_units=self.works)
        self.assertEqual(copy.post_id, self.post_head)
        self.assertIn(self.head, letter.access_user_ids)
        self.assertTrue(letter.with_user(self.head).has_access("read"))
        for user in (self.clerk, self.chief, self.mayor, self.registrar, self.admin, self.auditor):
            self.assertFalse(letter.with_user(user).has_access("read"), user.login)
            self.assertFalse(copy.with_user(user).has_access("read"), user.login)
            self.assertNotIn(copy, self.mine(user))
        self.step(copy, self.head, "endorse")
        self.assertTrue(letter.with_user(self.chief).has_access("read"))
        rows = self.env["lgo.audit.log"].search(
            [("action", "=", "letter.admit"), ("res_id", "=", letter.id)]
        )
        self.assertEqual(len(rows), 2)

    def test_secret_given_back(self):
        """It lies with the registrar of secret letters, who passes it on; nobody else is let in."""
        letter = self._received(user=self.secret, secrecy="secret", doc_no="ล 10")
        letter.sudo()._register_letters()
        copy = self.route(letter, user=self.secret, act_units=self.works)
        self.step(copy, self.head, "endorse")
        self.post_head.holder_ids.write({"date_to": "2020-12-31"})
        with self.assertRaisesRegex(UserError, "nobody who leads"):
            self.step(copy, self.chief, "order")
        self.assertFalse(letter.with_user(self.clerk).has_access("read"))
        self.post_head.holder_ids.write({"date_to": False})
        self.step(copy, self.chief, "return", "ขอรายละเอียด")
        self.step(copy, self.head, "return", "มิใช่งานของกอง")
        back = letter.copy_ids - copy
        self.assertIn(back, self.mine(self.secret))
        self.assertNotIn(back, self.mine(self.registrar))
        page = back.with_user(self.secret).action_read()
        self.assertTrue(page["mine"] and page["can_route"])
        letter.access_user_ids |= self.registrar
        self.assertNotIn(back, self.mine(self.registrar))
        with self.assertRaises(AccessError):
            back.with_user(self.registrar)._standing()

    # ------------------------------------------------------------ time
    def test_targets(self):
        for year in (2026,):
            self.env["lgo.holiday"].search(
                [("date", ">=", date(year, 1, 1)), ("date", "<=", date(year, 12, 31))]
            ).unlink()
            self.env["lgo.holiday"].create(
                {"name": "วันขึ้นปีใหม่", "date": date(year, 1, 1), "scope": "national"}
            ).write({"state": "confirmed"})
        monday = moment("2026-02-02 03:00:00")  # 10:00 in Bangkok
        for urgency, due in (
            ("normal", moment("2026-02-05 09:30:00")),
            ("urgent", moment("2026-02-03 09:30:00")),
            ("very_urgent", moment("2026-02-02 07:00:00")),
            ("most_urgent", moment("2026-02-02 04:00:00")),
        ):
            self.assertEqual(self.company._lgo_letter_target(urgency, monday), due, urgency)
        self.company.lgo_target_normal = 0
        self.assertFalse(self.company._lgo_letter_target("normal", monday))
        no_holidays = moment("2031-02-03 03:00:00")
        self.assertFalse(self.company._lgo_letter_target("urgent", no_holidays))

    def test_reminders_once(self):
        Reminder = self.env["lgo.eoffice.reminder"]
        copy = self.at_mayor()
        at = now()
        copy.sudo().write({"held_since": at - timedelta(days=3), "target_at": at})
        self.assertIn(copy, Reminder._candidates(at))
        made = Reminder._remind(copy)
        self.assertEqual(set(made.mapped("rung")), {"near", "due"})
        self.assertFalse(Reminder._remind(copy))
        self.assertNotIn(copy, Reminder._candidates(at))
        tasks = self.letter.activity_ids.filtered(lambda row: row.user_id == self.mayor)
        self.assertEqual(len(tasks), 1)
        with freeze_time(at + timedelta(days=2)):
            self.assertEqual(Reminder._remind(copy).rung, "late")
        self.assertEqual(
            self.letter.activity_ids.user_id, self.mayor | self.head, "the unit's head hears of it"
        )
        self.step(copy, self.mayor, "order")
        self.assertEqual(self.letter.activity_ids.user_id, self.head)

    def test_reminders_ask_little(self):
        Reminder = self.env["lgo.eoffice.reminder"]
        at = now()
        counts = []
        for number in range(2):
            for second in range(3):
                letter = self._received(doc_no=f"{number}{second}/2569")
                letter._register_letters()
                self.route(letter, act_units=self.works).sudo().target_at = at - timedelta(days=9)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertGreaterEqual(len(Reminder._candidates(at)), 3 * (number + 1))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[0])

    def test_reminder_job(self):
        copy = self.at_mayor()
        copy.sudo().write({"target_at": now() - timedelta(days=3)})
        for _again in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("lgo_eoffice.ir_cron_remind_letters").method_direct_trigger()
        rows = self.env["lgo.eoffice.reminder"].search([("copy_id", "=", copy.id)])
        self.assertEqual(sorted(rows.mapped("rung")), ["due", "late", "near"])

    # ------------------------------------------------------------ the inbox
    def test_inbox(self):
        copy = self.at_mayor()
        data = self.env["lgo.eoffice.copy"].with_user(self.mayor).action_inbox()
        self.assertEqual([row["id"] for row in data["rows"]], copy.ids)
        self.assertEqual({box["key"]: box["count"] for box in data["boxes"]}["decide"], 1)
        page = copy.with_user(self.mayor).action_read()
        codes = [row["code"] for row in page["actions"]]
        # nobody stands above the executive: what ends the way up is offered first
        self.assertEqual(codes, ["order", "approve", "acknowledge", "assign", "endorse", "return",
                                 "comment"])  # fmt: skip
        self.assertIn("อนุมัติ", [row["text"] for row in page["phrases"]])
        self.assertEqual(page["next_post"], "")
        self.assertTrue(copy.opened_at)
        self.assertEqual(len(page["notes"]), 4)
        other = copy.with_user(self.head).action_read()
        self.assertEqual((other["mine"], other["actions"]), (False, []))
        following = copy.with_user(self.mayor).action_move("acknowledge", step=copy.step)
        self.assertEqual(following, 0)
        self.assertEqual(self.letter.state, "done")

    def test_next_goes_through_all(self):
        """The button leads from one letter to the following one and at the end to the first."""
        copies = self.env["lgo.eoffice.copy"]
        for number in range(3):
            letter = self._received(doc_no=f"{number}/2569")
            letter._register_letters()
            copies |= self.at_mayor(letter)
        without, *limited = copies.sudo()
        without.target_at = False
        for copy in limited:
            copy.target_at = moment("2026-02-05 09:30:00")
        order = [*limited, without]
        for copy, following in zip(order, order[1:] + order[:1], strict=True):
            self.assertEqual(copy.with_user(self.mayor).action_next(), following.id)
        Copy = copies.with_user(self.mayor)
        for ask, rows, more in ((2, 2, 1), (3, 3, 0), (-1, 1, 2), (10**12, 3, 0)):
            data = Copy.action_inbox(limit=ask)
            self.assertEqual((len(data["rows"]), data["more"]), (rows, more), ask)
        self.assertEqual(Copy.action_inbox(box="sign", limit=1)["more"], 0)

    def test_inbox_asks_little(self):
        for number in range(12):
            letter = self._received(doc_no=f"{number}/2569")
            letter._register_letters()
            self.at_mayor(letter)
        Copy = self.env["lgo.eoffice.copy"].with_user(self.mayor)
        counts = []
        for limit in (2, 12):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = Copy.action_inbox(limit=limit)["rows"]
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(rows), limit)
        self.assertLessEqual(counts[1], 32)
        self.assertLessEqual(counts[1] - counts[0], 1)

    def test_target_of_another_organisation(self):
        other = self.env["res.company"].create({"name": "เทศบาลอื่นทดสอบ"})
        post = self.env["lgo.post"].create(
            {"name": "นายกอื่น", "kind": "executive", "company_id": other.id}
        )
        copy = self.route(act_units=self.works)
        copy.with_user(self.clerk).action_receive()
        with self.assertRaises(AccessError):
            self.step(copy, self.clerk, "propose", to_post=post.with_user(self.clerk))
        with self.assertRaises(AccessError):
            self.route(to_post=post.with_user(self.registrar))
        draft = self._draft()
        with self.assertRaises(AccessError):
            draft._submit(to_post=post.with_user(self.officer))
        self.assertFalse(draft.copy_ids)

    def test_wizard(self):
        other = self._received(doc_no="3/2569")
        other._register_letters()
        self.company.lgo_route_mode = "top_first"
        action = (self.letter | other).with_user(self.registrar).action_route()
        wizard = (
            self.env["lgo.eoffice.route.wizard"]
            .with_user(self.registrar)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.mode, "top_first")
        self.assertEqual(wizard.to_post_id.kind, "top_officer")
        wizard.write({"mode": "unit_first", "act_unit_ids": self.works.ids})
        wizard.action_pass_on()
        self.assertEqual(self.letter.copy_ids.unit_id | other.copy_ids.unit_id, self.works)
        with self.assertRaises(AccessError):
            self.letter.with_user(self.officer)._route(act_units=self.finance)


@tagged("post_install", "-at_install")
class TestOwnLetters(RoutingCase):
    def test_review_rounds(self):
        draft = self._draft()
        copy = draft._submit()
        self.assertEqual((draft.state, copy.task), ("review", "review"))
        self.assertEqual(copy.post_id, self.post_head)
        self.assertEqual((draft.drafted_by_id, draft.typed_by_id), (self.officer, self.officer))
        self.step(copy, self.head, "return", "แก้คำว่าถนน")
        self.assertEqual((draft.state, copy.user_id, copy.task), ("draft", self.officer, "revise"))
        draft.write({"body": "<p>ตามที่อำเภอขอให้สำรวจสะพาน นั้น เทศบาลได้สำรวจแล้ว</p>"})
        with self.assertRaises(AccessError):
            self.step(copy, self.head, "propose")
        draft._submit(text="แก้แล้ว")
        rounds = draft.version_ids.filtered(lambda row: row.kind == "review")
        self.assertEqual(sorted(rounds.mapped("number")), [1, 2])
        changed = draft._last_difference()
        self.assertIn("<del>ถนน</del>", changed)
        self.assertIn("<ins>สะพาน</ins>", changed)
        self.step(copy, self.head, "endorse")
        self.assertEqual(copy.post_id, self.post_chief)
        self.step(copy, self.chief, "endorse")
        self.assertEqual((draft.state, copy.task), ("to_sign", "sign"))
        self.assertEqual(copy.post_id, self.post_mayor)
        self.assertEqual(draft.checked_by_ids, self.head | self.chief)
        with self.assertRaises(AccessError):
            self.step(copy, self.chief, "sign")

    def test_sent_to_the_wrong_unit(self):
        """A unit gives an own letter back to its writer, who is the only one to know better."""
        letter = self._draft(recipient_ids=[(0, 0, {"unit_id": self.finance.id})])
        letter._from_machine().sudo().write({"state": "numbered"})
        letter.with_user(self.officer).sudo()._transition("send")
        copy = letter.copy_ids
        self.step(copy, self.clerk2, "return", "ส่งผิดกอง")
        back = letter.copy_ids - copy
        self.assertEqual((copy.state, back.user_id, back.task), ("returned", self.officer, "act"))
        self.assertIn(back, self.mine(self.officer))
        with self.assertRaises(AccessError):
            self.step(back, self.officer, "return")
        self.step(back, self.officer, "acknowledge")
        self.assertEqual(back.state, "done")

    def test_only_a_complete_draft(self):
        draft = self._draft(signer_post_id=False)
        with self.assertRaisesRegex(UserError, "whose signature"):
            draft._submit()
        draft.signer_post_id = self.post_mayor
        draft._submit()
        with self.assertRaisesRegex(UserError, "Only a draft"):
            draft._submit()
        with self.assertRaises(AccessError):
            draft.with_user(self.outsider)._submit()

    def test_agency_is_the_recipient(self):
        """A letter to an agency leaves for it, also when the list of recipients stayed empty."""
        letter = self._draft(user=self.clerk)
        letter._from_machine().sudo().write({"state": "numbered"})
        letter.with_user(self.clerk)._list_the_agency()
        row = letter.recipient_ids
        self.assertEqual((row.agency_id, row.channel), (self.agency, "email"))
        letter.with_user(self.clerk)._list_the_agency()
        self.assertEqual(letter.recipient_ids, row, "once")
        paper = self._draft(user=self.clerk, medium="paper", paper_reason="ต้นฉบับกระดาษ")
        paper._from_machine().sudo().write({"state": "numbered"})
        paper.with_user(self.clerk)._transition("send")
        self.assertEqual(paper.recipient_ids.mapped("agency_id"), self.agency)
        self.assertEqual(
            (paper.recipient_ids.channel, paper.recipient_ids.state), ("paper", "sent")
        )

    def test_circular_inside(self):
        letter = self._draft(
            user=self.clerk, is_circular=True,
            recipient_ids=[
                (0, 0, {"unit_id": self.works.id}), (0, 0, {"unit_id": self.finance.id}),
                (0, 0, {"agency_id": self.agency.id, "channel": "paper"}),
            ],
        )  # fmt: skip
        letter._from_machine().sudo().write({"state": "numbered"})
        letter.with_user(self.clerk)._transition("send")
        copies = letter.copy_ids
        self.assertEqual(set(copies.mapped("role")), {"info"})
        self.assertEqual(copies.unit_id, self.works | self.finance)
        self.assertIn(self.officer, letter.reader_ids.user_id)
        self.assertTrue(letter.reader_summary)
        self.assertFalse(self.letter.reader_summary, "nobody takes note of a letter to one office")
        copy = copies.filtered(lambda row: row.unit_id == self.works)
        self.assertIn(copy, self.mine(self.officer))
        self.assertNotIn(copy, self.mine(self.outsider))
        page = copy.with_user(self.officer).action_read()
        self.assertEqual((page["mine"], page["can_receive"]), (True, False))
        self.step(copy, self.officer, "comment", "อ่านแล้ว")
        row = letter.reader_ids.filtered(lambda row: row.user_id == self.officer)
        self.assertTrue(row.read_at)
        self.assertFalse(row.noted_at)
        self.step(copy, self.officer, "acknowledge", "ทราบ")
        self.assertTrue(row.noted_at)
        self.assertNotIn(copy, self.mine(self.officer))
        self.assertEqual(copy.state, "open")
        with self.assertRaises(AccessError):
            self.step(copy, self.officer, "acknowledge", "ทราบ")
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).write({"noted_at": False})
        self.step(copy, self.clerk, "acknowledge", "ทราบ")
        self.assertIn(copy, self.mine(self.clerk), "it is not numbered in the unit")
        self.assertTrue(copy.with_user(self.clerk).is_mine)
        with self.assertRaises(AccessError):
            self.step(copy, self.clerk, "acknowledge", "ทราบ")
        self.assertEqual(copy.state, "open", "the head has not taken note")
        copy.with_user(self.clerk).action_receive()
        copy.invalidate_recordset()
        self.assertNotIn(copy, self.mine(self.clerk))
        self.assertFalse(copy.with_user(self.clerk).is_mine)
        self.step(copy, self.head, "acknowledge", "ทราบ")
        self.assertEqual(copy.state, "done")
        letter.with_user(self.clerk).action_remind_readers()
        letter.with_user(self.clerk).action_remind_readers()
        self.assertEqual(letter.activity_ids.user_id, self.clerk2)
        self.assertEqual(len(letter.activity_ids), 1)
        other = copies - copy
        self.step(other, self.clerk2, "comment", "รออ่าน")
        self.assertEqual(letter.activity_ids.user_id, self.clerk2, "not noted yet")
        reader = other.reader_ids
        reader.sudo().write({"reminded_at": False})
        late = now() + timedelta(days=30)
        Reminder = self.env["lgo.eoffice.reminder"]
        self.assertIn(reader, Reminder._late_readers(late))
        letter.with_user(self.registrar).sudo()._transition("cancel", reason="ส่งผิด")
        self.assertEqual(other.state, "done")
        self.assertTrue(other.done_at)
        self.assertNotIn(reader, Reminder._late_readers(late), "nothing is left to note")
        self.assertFalse(letter.activity_ids)
