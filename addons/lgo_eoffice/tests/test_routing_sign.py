# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged

from .common_paper import PaperCase

now = fields.Datetime.now


@tagged("post_install", "-at_install")
class TestSignFromInbox(PaperCase):
    """Own letters are signed where they lie: from the inbox of who has the power."""

    def step(self, copy, user, action, text="ข้อความ", **kwargs):
        note = copy.with_user(user)._endorse(action, text, **kwargs)
        copy.invalidate_recordset()
        return note

    def before_signer(self, **vals):
        draft = self._draft(**vals)
        copy = draft._submit()
        self.step(copy, self.head, "endorse")
        self.step(copy, self.chief, "endorse")
        return draft, copy

    def be_away(self):
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.post_mayor.holder_ids.id,
                "date_from": now() - timedelta(hours=1),
                "date_to": now() + timedelta(days=1),
            }
        )

    def test_mayor_signs(self):
        draft, copy = self.before_signer()
        page = copy.with_user(self.mayor).action_read()
        self.assertEqual([row["code"] for row in page["actions"]], ["sign", "return", "comment"])
        self.assertIn("เทศบาลได้สำรวจแล้ว", page["body"])
        with self.assertRaises(UserError):
            self.step(copy, self.mayor, "return", "")
        copy.with_user(self.mayor).action_move("sign", step=copy.step)
        self.assertEqual((draft.state, copy.state), ("numbered", "done"))
        self.assertTrue(draft.doc_no)
        note = draft.endorsement_ids[-1]
        self.assertEqual((note.action, note.text), ("sign", "ลงนามแล้ว"))
        with self.assertRaises(UserError):
            copy.with_user(self.mayor).action_take_back()
        with self.assertRaises(UserError):
            self.step(copy, self.mayor, "sign")

    def test_acting_signer(self):
        """Without a valid delegation refused; with one the block has two lines."""
        draft, copy = self.before_signer()
        for user in (self.chief, self.head, self.officer):
            with self.assertRaises(AccessError):
                self.step(copy, user, "sign")
        self.assertFalse(draft.doc_no)
        self.be_away()
        note = self.step(copy, self.chief, "sign")
        self.assertEqual(note.capacity, "ปลัดเทศบาลทดสอบ รักษาราชการแทน\nนายกเทศมนตรีทดสอบ")
        self.assertEqual(draft.signed_by_id, self.chief)

    def test_memo_is_decided(self):
        """A memo of the head goes up; the decision stands on it and goes back to the writer."""
        memo = self._draft(kind="INT", agency_id=False, addressee="นายกเทศมนตรี",
                           signer_post_id=self.post_head.id)  # fmt: skip
        copy = memo._submit()
        self.assertEqual((memo.state, copy.task, copy.post_id), ("to_sign", "sign", self.post_head))
        self.step(copy, self.head, "sign")
        self.assertEqual(memo.state, "numbered")
        self.assertEqual((copy.task, copy.post_id), ("endorse", self.post_chief))
        self.step(copy, self.chief, "endorse")
        note = self.step(copy, self.mayor, "approve", "อนุมัติ")
        self.assertEqual(note.name, self.mayor.name)
        self.assertEqual(copy.post_id, self.post_head, "back in the unit that wrote it")
        self.step(copy, self.head, "assign", to_user=self.officer)
        self.step(copy, self.officer, "acknowledge", "ทราบ")
        self.assertEqual(copy.state, "done")

    def test_memo_is_given_back(self):
        """A signed memo goes back the way it came, to be acted on and not to be signed again."""
        memo = self._draft(kind="INT", agency_id=False, addressee="นายกเทศมนตรี",
                           signer_post_id=self.post_head.id)  # fmt: skip
        copy = memo._submit()
        self.step(copy, self.head, "sign")
        self.step(copy, self.chief, "return", "ขอรายละเอียดเพิ่ม")
        self.assertEqual((copy.post_id, copy.task), (self.post_head, "endorse"))
        self.step(copy, self.head, "return", "จัดทำรายละเอียด")
        self.assertEqual((copy.user_id, copy.task), (self.officer, "act"))
        self.assertEqual(memo.copy_ids, copy)
        self.step(copy, self.officer, "report", "จัดทำแล้ว")
        self.assertEqual((copy.post_id, copy.task), (self.post_head, "confirm"))
        self.step(copy, self.head, "return", "ยังไม่ครบ")
        self.assertEqual((copy.user_id, copy.task), (self.officer, "act"))


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    """Two real transactions act on the same letter: the second one is told, nothing moves twice."""

    GROUP = "lgo_base.group_executive"

    def setUp(self):
        super().setUp()
        self.cursors = []
        self.addCleanup(self._clean)
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            user = env.ref("base.user_admin")
            self.had_group = user.has_group(self.GROUP)
            user.group_ids = [fields.Command.link(env.ref(self.GROUP).id)]
            unit = env["hr.department"].create({"name": "กองทดสอบพร้อมกัน"})
            employee = env["hr.employee"].search([("user_id", "=", user.id)], limit=1)
            self.own_employee = not employee
            employee = employee or env["hr.employee"].create({"name": "x", "user_id": user.id})
            post = env["lgo.post"].create({"name": "ปลัดทดสอบพร้อมกัน", "kind": "director"})
            holder = env["lgo.post.holder"].create(
                {"post_id": post.id, "employee_id": employee.id, "date_from": "2020-01-01"}
            )
            letter = env["lgo.eoffice.letter"].create(
                {"direction": "in", "subject": "พร้อมกัน", "from_text": "x", "to_text": "y"}
            )
            letter._register_letters()
            copy = letter._route(to_post=post)
            self.ids = {
                "unit": unit.id, "post": post.id, "holder": holder.id, "letter": letter.id,
                "copy": copy.id, "entry": letter.register_entry_id.id, "employee": employee.id,
                "user": user.id,
            }  # fmt: skip

    def _cursor(self):
        return db_connect(get_db_name()).cursor()

    def _clean(self):
        with self._cursor() as cr:
            ids = self.ids
            for query, key in (
                ("DELETE FROM lgo_eoffice_endorsement WHERE letter_id = %s", "letter"),
                ("DELETE FROM lgo_eoffice_copy WHERE letter_id = %s", "letter"),
                ("DELETE FROM lgo_eoffice_letter WHERE id = %s", "letter"),
                ("DELETE FROM lgo_register_entry WHERE id = %s", "entry"),
                ("DELETE FROM lgo_post_holder WHERE id = %s", "holder"),
                ("DELETE FROM lgo_post WHERE id = %s", "post"),
                ("DELETE FROM hr_department WHERE id = %s", "unit"),
            ):
                cr.execute(query, [ids[key]])
            env = api.Environment(cr, SUPERUSER_ID, {})
            if self.own_employee:
                env["hr.employee"].browse(ids["employee"]).unlink()
            if not self.had_group:
                env["res.users"].browse(ids["user"]).group_ids = [
                    fields.Command.unlink(env.ref(self.GROUP).id)
                ]

    def _copy(self, cr):
        env = api.Environment(cr, self.ids["user"], {})
        return env["lgo.eoffice.copy"].browse(self.ids["copy"])

    def test_second_is_told(self):
        with self._cursor() as slow, self._cursor() as quick:
            late = self._copy(slow)
            step = late.step  # the snapshot of the second person exists
            first = self._copy(quick)
            first._endorse("acknowledge", "คนแรก", step=step)
            quick.commit()  # pylint: disable=invalid-commit
            with self.assertRaisesRegex(UserError, "moved in the meantime.*คนแรก"):
                retrying(lambda: late._endorse("acknowledge", "คนที่สอง", step=step), late.env)
            slow.rollback()
        with self._cursor() as cr:
            copy = self._copy(cr)
            notes = copy.letter_id.endorsement_ids
            self.assertEqual(notes.mapped("action"), ["route", "acknowledge"])
            self.assertEqual(copy.state, "done")
