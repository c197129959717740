# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_paper import PaperCase

now = fields.Datetime.now


class SignersCase(PaperCase):
    """An order that an officer as a person, then two posts sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._person("eo_member", cls.office, "lgo_base.group_staff")
        cls.member.employee_id.job_title = "นักวิชาการพัสดุ"

    def several(self, lines=None, **vals):
        lines = lines or (
            {"user_id": self.member.id, "role": "กรรมการและเลขานุการ"},
            {"post_id": self.post_chief.id, "role": "กรรมการ"},
            {"post_id": self.post_mayor.id, "role": "ประธานกรรมการ"},
        )
        vals = {
            "kind": "ORD",
            "agency_id": False,
            "addressee": False,
            "signer_post_id": False,
            "subject": "แต่งตั้งคณะกรรมการทดสอบ",
            "signer_ids": [
                Command.create({"sequence": number, **line})
                for number, line in enumerate(lines, start=1)
            ],
            **vals,
        }
        return self._draft(**vals)

    def asked(self, **vals):
        """The order before its first signer, and the copy that lies there."""
        draft = self.several(**vals)
        return draft, draft._submit(action="ask")

    def step(self, copy, user, action="sign", text="", **kwargs):
        note = copy.with_user(user)._endorse(action, text, **kwargs)
        self.env.invalidate_all()
        return note

    def numbers(self):
        register = self.env["lgo.register"].search([("code", "=", "order")])
        return self.env["lgo.register.entry"].search_count([("register_id", "=", register.id)])


@tagged("post_install", "-at_install")
class TestSigners(SignersCase):
    """Several people sign one letter in turn; the last signature numbers it."""

    def test_three_sign_in_turn(self):
        before = self.numbers()
        draft, copy = self.asked()
        self.assertEqual((draft.state, copy.task), ("to_sign", "sign"))
        Copy = self.env["lgo.eoffice.copy"]
        for done, (user, name) in enumerate(
            (
                (self.member, self.member.name),
                (self.chief, self.post_chief.name),
                (self.mayor, self.post_mayor.name),
            )
        ):
            self.assertEqual(draft.next_signer, name)
            for other in (self.member, self.chief, self.mayor):
                mine = Copy.with_user(other).search([("is_mine", "=", True)])
                self.assertEqual(copy in mine, other == user, f"{other.login} {done}")
                self.assertEqual(draft.with_user(other).sudo(False).is_my_turn, other == user)
            page = copy.with_user(user).action_read()
            self.assertEqual(
                [row["code"] for row in page["actions"]], ["sign", "return", "comment"]
            )
            self.assertEqual([bool(row["at"]) for row in page["signers"]].count(True), done)
            self.assertEqual([row["next"] for row in page["signers"]].index(True), done)
            self.assertFalse(draft.doc_no)
            self.assertEqual(self.numbers(), before, "no number before the last signature")
            copy.with_user(user).action_move("sign", step=copy.step)
            self.env.invalidate_all()
        self.assertEqual((draft.state, copy.state), ("numbered", "done"))
        self.assertEqual(self.numbers(), before + 1)
        document = draft.document_id
        self.assertEqual(
            document.signature_ids.mapped("user_id"), self.member | self.chief | self.mayor
        )
        self.assertEqual(
            document.signature_ids.mapped("capacity"),
            [
                "กรรมการและเลขานุการ",
                "ปลัดเทศบาลทดสอบ\nกรรมการ",
                "นายกเทศมนตรีทดสอบ\nประธานกรรมการ",
            ],
        )
        self.assertEqual(
            document.signature_ids.mapped("signed_at"), draft.signer_ids.mapped("signed_at")
        )
        text = self._read(document.attachment_id.raw)
        places = [text.index(word) for word in ("เลขานุการ", "ปลัดเทศบาลทดสอบ", "ประธานกรรมการ")]
        self.assertEqual(places, sorted(places))
        self.assertEqual(text.count("ลงลายมือชื่ออิเล็กทรอนิกส์"), 3)

    def test_wrong_order_and_twice(self):
        draft, copy = self.asked()
        for user in (self.chief, self.mayor):
            with self.assertRaisesRegex(UserError, "not your turn.*eo_member"):
                self.step(copy, user)
            with self.assertRaisesRegex(UserError, "not your turn.*eo_member"):
                draft.with_user(user).action_sign()
        for user in (self.head, self.registrar, self.outsider, self.admin):
            with self.assertRaises(AccessError):
                self.step(copy, user)
            with self.assertRaises(AccessError):
                draft.with_user(user).action_sign()
        self.assertFalse(any(draft.signer_ids.mapped("signed_at")))
        step = copy.step
        self.step(copy, self.member)
        with self.assertRaisesRegex(UserError, "signed this letter already"):
            self.step(copy, self.member)
        with self.assertRaisesRegex(UserError, "moved in the meantime"):
            self.step(copy, self.member, step=step)
        with self.assertRaisesRegex(UserError, "not your turn.*ปลัด"):
            self.step(copy, self.mayor)
        self.assertEqual(len(draft.signer_ids.filtered("signed_at")), 1)
        draft.with_user(self.chief).action_sign()
        self.env.invalidate_all()
        self.assertEqual(copy.post_id, self.post_mayor, "the form passes it on as the inbox does")
        self.step(copy, self.mayor)
        self.assertEqual(draft.state, "numbered")

    def test_refused(self):
        """With the reason back to the writer; what was signed is void, no number is lost."""
        before = self.numbers()
        draft, copy = self.asked()
        self.step(copy, self.member)
        with self.assertRaises(UserError):
            self.step(copy, self.chief, "return")
        self.step(copy, self.chief, "return", "ชื่อกรรมการไม่ครบ")
        self.assertEqual((draft.state, copy.task, copy.user_id), ("draft", "revise", self.officer))
        self.assertFalse(any(draft.signer_ids.mapped("signed_at")))
        self.assertFalse(any(draft.signer_ids.mapped("signed_name")))
        self.assertIn(("sign", self.member), [(n.action, n.user_id) for n in draft.endorsement_ids])
        self.assertEqual(draft.endorsement_ids[-1].text, "ชื่อกรรมการไม่ครบ")
        page = copy.with_user(self.officer).action_read()
        self.assertEqual([row["code"] for row in page["actions"]], ["propose", "ask", "comment"])
        draft.with_user(self.officer).write({"body": "<p>เพิ่มชื่อแล้ว</p>"})
        copy.with_user(self.officer).action_move("ask", step=copy.step)
        self.env.invalidate_all()
        self.assertEqual((draft.state, copy.user_id), ("to_sign", self.member))
        for user in (self.member, self.chief, self.mayor):
            self.step(copy, user)
        self.assertEqual((draft.state, self.numbers()), ("numbered", before + 1))

    def test_nobody_changes_what_was_signed(self):
        draft, copy = self.asked(
            enclosure_ids=[Command.create({"name": "บัญชีรายชื่อ"})],
            recipient_ids=[Command.create({"name": "กองช่าง", "role": "copy"})],
        )
        mine = draft.with_user(self.officer)
        for change in (
            lambda: mine.write({"signer_ids": [Command.delete(draft.signer_ids[2].id)]}),
            lambda: mine.signer_ids[2].write({"sequence": 0}),
            lambda: mine.signer_ids[0].write({"user_id": self.officer.id}),
            lambda: mine.signer_ids[1].unlink(),
            lambda: (
                self.env["lgo.eoffice.signer"]
                .with_user(self.officer)
                .create({"letter_id": draft.id, "user_id": self.officer.id})
            ),
        ):
            with self.assertRaisesRegex(UserError, "before its signers"), self.env.cr.savepoint():
                change()
        self.step(copy, self.member)
        for change in (
            lambda: mine.write({"body": "<p>x</p>"}),
            lambda: mine.write({"subject": "x"}),
            lambda: mine.write({"contact_phone": "0"}),
            lambda: mine.write({"enclosure_ids": [Command.clear()]}),
            lambda: mine.enclosure_ids.write({"name": "x"}),
            lambda: mine.enclosure_ids.unlink(),
            lambda: mine.recipient_ids.write({"name": "x"}),
            lambda: (
                self.env["lgo.eoffice.enclosure"]
                .with_user(self.officer)
                .create({"letter_id": draft.id, "name": "x"})
            ),
        ):
            with self.assertRaisesRegex(UserError, "signed this letter"), self.env.cr.savepoint():
                change()

    def test_who_may_name_signers(self):
        draft = self.several()
        line = draft.signer_ids[0]
        for user in (self.outsider, self.mayor, self.auditor, self.member):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"role": "x"})
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
        for user in (self.outsider, self.member):
            with self.assertRaises(AccessError):
                line.with_user(user).read(["role"])
            self.assertFalse(
                self.env["lgo.eoffice.signer"].with_user(user).search([("id", "=", line.id)])
            )
        for user in (self.officer, self.registrar, self.admin):
            for vals in ({"signed_at": now()}, {"signed_by_id": user.id}, {"capacity": "x"}):
                with self.assertRaises(AccessError):
                    line.with_user(user).write(vals)

    @mute_logger("odoo.sql_db")
    def test_hostile_lists(self):
        portal = self.env["res.users"].create(
            {"name": "x", "login": "eo_portal", "group_ids": [self.env.ref("base.group_portal").id]}
        )
        other = self.env["res.company"].create({"name": "เทศบาลอื่น"})
        post = self.env["lgo.post"].create(
            {"name": "นายกอื่น", "kind": "executive", "company_id": other.id}
        )
        chief = {"post_id": self.post_chief.id}
        for lines, error in (
            ([{"user_id": portal.id}], ValidationError),
            ([{"post_id": post.id}], ValidationError),
            ([chief, chief], Exception),
            ([{"role": "กรรมการ"}], Exception),
            ([{**chief, "user_id": self.member.id}], Exception),
        ):
            with self.assertRaises(error), self.env.cr.savepoint():
                self.several(lines=lines)
                self.env.flush_all()

    def test_acting_and_revoked(self):
        """Who acts for a post signs; a revoked order gives no power any more."""
        order = self.env["lgo.delegation"].create(
            {
                "kind": "on_behalf",
                "from_post_id": self.post_mayor.id,
                "to_post_id": self.post_head.id,
                "order_no": "๑/๒๕๖๙",
                "order_date": "2020-01-01",
                "date_from": "2020-01-01",
            }
        )
        order.action_activate()
        draft, copy = self.asked()
        self.step(copy, self.member)
        with self.assertRaisesRegex(UserError, "not your turn"):
            self.step(copy, self.head)
        self.step(copy, self.chief)
        order.action_revoke()
        with self.assertRaises(AccessError):
            self.step(copy, self.head)
        self.assertFalse(copy.with_user(self.head).sudo(False).is_mine)
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.post_mayor.holder_ids.id,
                "date_from": now() - timedelta(hours=1),
                "date_to": now() + timedelta(days=1),
            }
        )
        with self.assertRaises(AccessError):
            self.step(copy, self.mayor)
        self.step(copy, self.chief)
        self.assertEqual(draft.state, "numbered")
        last = draft.document_id.signature_ids[-1]
        self.assertEqual(
            (last.user_id, last.capacity),
            (
                self.chief,
                "ปลัดเทศบาลทดสอบ รักษาราชการแทน\nนายกเทศมนตรีทดสอบ\nประธานกรรมการ",
            ),
        )

    def test_person_signs_alone(self):
        """Who stands in for an absent officer does not sign as that person."""
        lines = [{"user_id": self.head.id, "role": "กรรมการ"}, {"post_id": self.post_mayor.id}]
        self.env["lgo.delegation"].create(
            {
                "kind": "acting",
                "from_post_id": self.post_head.id,
                "to_post_id": self.post_chief.id,
                "order_no": "๒/๒๕๖๙",
                "order_date": "2020-01-01",
                "date_from": "2020-01-01",
            }
        ).action_activate()
        self.env["lgo.post.absence"].create(
            {
                "holder_id": self.post_head.holder_ids.id,
                "date_from": now() - timedelta(hours=1),
                "date_to": now() + timedelta(days=1),
            }
        )
        draft, copy = self.asked(lines=lines)
        with self.assertRaisesRegex(AccessError, "named as a person"):
            self.step(copy, self.chief)
        self.step(copy, self.head)
        self.assertEqual(draft.next_signer, self.post_mayor.name)

    def test_by_way_of_review(self):
        """The unit checks first; the step on from there goes to the first signer."""
        draft = self.several()
        copy = draft._submit()
        self.assertEqual(
            (draft.state, copy.task, copy.post_id), ("review", "review", self.post_head)
        )
        page = copy.with_user(self.head).action_read()
        self.assertEqual(
            [row["code"] for row in page["actions"]], ["endorse", "ask", "return", "comment"]
        )
        with self.assertRaises(UserError):
            self.step(copy, self.head, "ask", step=copy.step + 5)
        self.step(copy, self.head, "ask")
        self.assertEqual((draft.state, copy.user_id), ("to_sign", self.member))
        self.assertEqual(draft.endorsement_ids[-1].text, "เพื่อโปรดพิจารณาลงนาม")

    def test_submitted_only(self):
        draft = self.several(lines=[{"post_id": self.post_mayor.id}, {"user_id": self.member.id}])
        with self.assertRaisesRegex(UserError, "Submit it for signature"):
            draft.with_user(self.mayor).action_sign()
        with self.assertRaisesRegex(UserError, "Submit it for signature"):
            draft.with_user(self.mayor)._sign()
        alone = self._draft()
        with self.assertRaises(UserError):
            alone._submit(action="ask")

    def test_cancelled(self):
        draft, copy = self.asked()
        self.step(copy, self.member)
        draft.with_user(self.officer)._transition("cancel", reason="ยกเลิกการแต่งตั้ง")
        self.env.invalidate_all()
        self.assertEqual((draft.state, copy.state), ("cancelled", "done"))
        self.assertFalse(any(draft.signer_ids.mapped("signed_at")))
        with self.assertRaises(UserError):
            self.step(copy, self.chief)

    def test_secret_order(self):
        """Each may open it from the moment when it is their turn, and not before."""
        self.company.lgo_secret_electronic = True
        draft, copy = self.asked(secrecy="secret")
        with self.assertRaises(AccessError):
            draft.with_user(self.chief).read(["subject"])
        self.assertTrue(draft.with_user(self.member).read(["subject"]))
        self.step(copy, self.member)
        self.assertTrue(draft.with_user(self.chief).read(["subject"]))
        with self.assertRaises(AccessError):
            draft.with_user(self.mayor).read(["subject"])

    def test_copy_of_the_letter(self):
        draft, copy = self.asked()
        self.step(copy, self.member)
        again = draft.with_user(self.officer).copy()
        self.assertEqual(len(again.signer_ids), 3)
        self.assertFalse(any(again.signer_ids.mapped("signed_at")))

    def test_minutes_name_each_as_what(self):
        draft = self.several(
            kind="MIN",
            subject="รายงานการประชุมทดสอบ",
            lines=[
                {"user_id": self.member.id, "role": "ผู้จดรายงานการประชุม"},
                {"post_id": self.post_chief.id, "role": "ผู้ตรวจรายงานการประชุม"},
            ],
        )
        text = self._read(self._preview(draft))
        for words in ("ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม", self.member.name):
            self.assertEqual(text.count(words), 1, words)

    def test_signed_from_the_form_by_one(self):
        """A letter of one signer does not stay in the inbox when it was signed from its form."""
        draft = self._draft()
        copy = draft._submit()
        self.step(copy, self.head, "endorse")
        self.step(copy, self.chief, "endorse")
        draft.with_user(self.mayor).action_sign()
        self.env.invalidate_all()
        self.assertEqual((draft.state, copy.state), ("numbered", "done"))


@tagged("post_install", "-at_install")
class TestSignersOverTheNetwork(SignersCase, HttpCase):
    """What a hostile user gets by remote calls."""

    def call(self, user, method, *args, model="lgo.eoffice.copy", **kwargs):
        user.password = f"{user.login}-2569!"
        self.authenticate(user.login, f"{user.login}-2569!")
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    @mute_logger("odoo.http")
    def test_hostile_calls(self):
        draft, copy = self.asked()
        signer = "lgo.eoffice.signer"
        forged = {"context": {"lgo_case_write": True, "su": True}}
        third = draft.signer_ids[2]
        for user in (self.mayor, self.outsider, self.officer):
            for model, method, ids, args in (
                ("lgo.eoffice.copy", "action_move", copy.ids, ["sign"]),
                ("lgo.eoffice.copy", "_lay_before_signer", copy.ids, []),
                ("lgo.eoffice.letter", "action_sign", draft.ids, []),
                ("lgo.eoffice.letter", "_sign", draft.ids, []),
                (signer, "write", third.ids, [{"signed_at": "2026-01-01 00:00:00"}]),
                (signer, "write", third.ids, [{"sequence": 0}]),
                (signer, "_note_signature", third.ids, []),
            ):
                with self.assertRaises(JsonRpcException, msg=f"{user.login} {method}"):
                    self.call(user, method, ids, *args, model=model, **forged)
        self.env.invalidate_all()
        self.assertFalse(any(draft.signer_ids.mapped("signed_at")))
        self.assertEqual(draft.state, "to_sign")
