# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import EofficeCase


@tagged("post_install", "-at_install")
class TestLetter(EofficeCase):
    def test_register_gives_number_and_moment(self):
        letter = self._received()
        self.assertEqual(letter.state, "new")
        letter.action_register()
        second = self._received(doc_no="ชม 0018/124")
        second.action_register()
        self.assertEqual(letter.state, "registered")
        self.assertEqual(second.receive_no, letter.receive_no + 1)
        self.assertEqual(letter.from_text, "ที่ว่าการอำเภอทดสอบ")
        self.assertEqual(letter.to_text, "นายกเทศมนตรีทดสอบ")

    def test_year_begins_at_midnight_in_bangkok(self):
        """Received 1 Jan 2570 00:20 Bangkok (31 Dec 2026 17:20 UTC): number 1 of 2570.

        An own book, so that letters that are there already, in 2570 too, have no part in it.
        """
        self.env["lgo.register"].create(
            {
                "name": "ทะเบียนหนังสือรับ", "code": "receive", "pattern": "{number}",
                "company_id": self.company.id,
            }
        )  # fmt: skip
        with freeze_time("2026-12-31 16:50:00"):
            old = self._received()
            old.action_register()
        with freeze_time("2026-12-31 17:20:00"):
            letter = self._received(doc_no="ชม 0018/125")
            letter.action_register()
        self.assertEqual((old.receive_no, old.year_be), (1, 2569))
        self.assertEqual((letter.receive_no, letter.year_be), (1, 2570))
        self.assertEqual(letter.fiscal_year_be, 2570)

    def test_twice_is_warned_and_refused(self):
        self._received().action_register()
        twin = self._received(doc_no="ชม 0018/ว123")
        self.assertTrue(twin.duplicate_hint_id)
        with self.assertRaisesRegex(UserError, "registered already"):
            twin.action_register()
        self.assertFalse(twin.receive_no)
        twin.duplicate_of_id = twin.duplicate_hint_id
        twin.action_register()
        self.assertTrue(twin.receive_no)

    def test_of_two_that_wait_one_is_registered(self):
        """The same letter came twice and nobody has registered it yet: the first one is."""
        first, second = self._received(), self._received()
        self.assertEqual(first.duplicate_hint_id, second)
        first.action_register()
        with self.assertRaisesRegex(UserError, "registered already"):
            second.action_register()

    def test_letter_dated_tomorrow(self):
        with freeze_time("2026-01-05 18:00:00"):  # 6 January in Bangkok
            self._received(doc_date="2026-01-06")
            with self.assertRaisesRegex(ValidationError, "tomorrow"):
                self._received(doc_date="2026-01-07")

    def test_number_and_state_are_not_written_by_hand(self):
        letter = self._received()
        for vals in ({"receive_no": 7}, {"state": "registered"}, {"document_id": 1}):
            with self.assertRaises(AccessError):
                letter.write(vals)
        with self.assertRaises(AccessError):
            self._received(receive_no=7)
        letter.action_register()
        with self.assertRaisesRegex(UserError, "Correct"):
            letter.write({"subject": "อื่น"})

    def test_correction_keeps_the_old_text(self):
        letter = self._received()
        letter.action_register()
        with self.assertRaisesRegex(UserError, "reason"):
            letter._correct({"subject": "ใหม่"}, " ")
        letter._correct({"subject": "ใหม่"}, "พิมพ์ผิด")
        self.assertEqual(letter.subject, "ใหม่")
        self.assertEqual(letter.version_ids.content, {"subject": "ขอความอนุเคราะห์สำรวจถนนและสะพาน"})
        with self.assertRaises(AccessError):
            letter.version_ids.with_user(self.registrar).write({"reason": "x"})

    def test_cancel_keeps_the_line(self):
        letter = self._received()
        letter.action_register()
        letter._transition("cancel", reason="ลงรับผิด")
        self.assertEqual(letter.state, "cancelled")
        self.assertEqual(letter.register_entry_id.state, "void")
        self.assertEqual(letter.register_entry_id.void_reason, "ลงรับผิด")
        following = self._received(doc_no="9")
        following.action_register()
        self.assertEqual(following.receive_no, letter.receive_no + 1)

    def test_who_registers(self):
        with self.assertRaises(AccessError):
            self._received(user=self.officer).action_register()

    # ------------------------------------------------------------ who sees what
    def test_units(self):
        draft = self._draft()
        Letter = self.env["lgo.eoffice.letter"]
        for user, seen in (
            (self.officer, True), (self.clerk, True), (self.head, True), (self.registrar, True),
            (self.mayor, True), (self.auditor, True), (self.outsider, False), (self.admin, False),
        ):  # fmt: skip
            found = Letter.with_user(user).search_count([("id", "=", draft.id)])
            self.assertEqual(bool(found), seen, user.login)
        with self.assertRaises(AccessError):
            draft.with_user(self.auditor).write({"subject": "x"})
        with self.assertRaises(AccessError):
            draft.with_user(self.mayor).write({"subject": "x"})

    def test_secret_letters(self):
        letter = self._received(user=self.secret, secrecy="secret")
        Letter = self.env["lgo.eoffice.letter"]
        for user in (
            self.admin, self.registrar, self.mayor, self.auditor, self.outsider, self.officer
        ):  # fmt: skip
            self.assertFalse(Letter.with_user(user).search([("id", "=", letter.id)]), user.login)
            with self.assertRaises(AccessError):
                letter.with_user(user).read(["subject"])
        letter.access_user_ids |= self.mayor
        before = self.env["lgo.audit.log"].search_count([("action", "=", "letter.open_secret")])
        letter.with_user(self.mayor).read(["subject"])
        after = self.env["lgo.audit.log"].search([("action", "=", "letter.open_secret")])
        self.assertEqual(len(after), before + 1)
        self.assertEqual(after[0].uid if "uid" in after._fields else None, self.mayor.id)

    def test_parts_of_secret_letters(self):
        letter = self._received(
            user=self.secret, secrecy="secret",
            enclosure_ids=[(0, 0, {"name": "บัญชีลับ"})], reference_ids=[(0, 0, {"doc_no": "ล 1"})],
        )  # fmt: skip
        for name in ("enclosure", "reference"):
            part = letter[f"{name}_ids"]
            Part = self.env[f"lgo.eoffice.{name}"]
            self.assertTrue(Part.with_user(self.secret).search([("id", "=", part.id)]))
            for user in (self.admin, self.registrar, self.mayor, self.auditor):
                self.assertFalse(Part.with_user(user).search([("id", "=", part.id)]))
                with self.assertRaises(AccessError):
                    part.with_user(user).read(["sequence"])

    def test_most_secret_takes_no_file(self):
        for vals in ({"summary": "x"}, {"body": "<p>x</p>"}):
            with self.assertRaisesRegex(ValidationError, "highest secrecy"):
                self._received(user=self.secret, secrecy="top_secret", **vals)
        with self.assertRaisesRegex(ValidationError, "only register data"):
            self._received(user=self.secret, secrecy="secret", summary="x")
        self.company.lgo_secret_electronic = True
        self._received(user=self.secret, secrecy="secret", summary="x")

    # ------------------------------------------------------------ signing
    def test_sign_needs_the_power(self):
        draft = self._draft()
        for user in (self.head, self.officer):
            with self.assertRaises(AccessError):
                draft.with_user(user)._signing_capacity()
        self.assertEqual(
            draft.with_user(self.mayor)._signing_capacity().lines, ("นายกเทศมนตรีทดสอบ",)
        )

    # ------------------------------------------------------------ dialogs
    def test_reason_dialog(self):
        letter = self._received()
        action = letter.with_context(transition="reject").action_transition()
        Dialog = self.env["lgo.case.transition.wizard"].with_user(self.registrar)
        dialog = Dialog.with_context(**action["context"]).create({"reason": "ส่งผิดหน่วยงาน"})
        dialog.action_confirm()
        self.assertEqual(letter.state, "rejected")
        for name in ("res.users", "lgo.case.machine.mixin", "nothing"):
            with self.assertRaisesRegex(UserError, "again"):
                Dialog.create(
                    {"res_model": name, "res_ids": "1", "transition": "x", "reason": "x"}
                ).action_confirm()

    def test_correction_dialog(self):
        letter = self._received()
        letter.action_register()
        Dialog = self.env["lgo.eoffice.correction"].with_context(default_letter_id=letter.id)
        dialog = Dialog.with_user(self.registrar).create({"reason": "พิมพ์ผิด", "subject": "ใหม่"})
        self.assertEqual(dialog.from_text, "ที่ว่าการอำเภอทดสอบ")
        dialog.action_confirm()
        self.assertEqual(letter.subject, "ใหม่")
        self.assertEqual(set(letter.version_ids.content), {"subject"})
        with self.assertRaises(AccessError):
            Dialog.with_user(self.officer).create({"reason": "x"})
