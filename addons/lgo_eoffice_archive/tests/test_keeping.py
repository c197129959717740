# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.lgo_eoffice.tests.common import EofficeCase
from odoo.addons.report_weasyprint.tests.common import WeasyprintCase


@tagged("post_install", "-at_install")
class TestKeeping(EofficeCase, WeasyprintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._person("eo_keeper2", cls.office, "lgo_eoffice.group_archive")

    def _paper(self, **vals):
        letter = self._received(medium="paper", **vals)
        letter.action_register()
        return letter

    def _loan(self, letter, user=None, **vals):
        return (
            self.env["lgo.eoffice.loan"]
            .with_user(user or self.officer)
            .create(
                {
                    "letter_id": letter.id,
                    "borrower_text": "นายทดสอบ นายช่าง กองช่าง",
                    "purpose": "ตรวจสอบสัญญา",
                    **vals,
                }
            )
        )

    def test_keep_until_is_computed(self):
        letter = self._paper()
        with freeze_time("2026-12-31 17:30:00"):  # 1 January 2570 in Bangkok
            letter._transition("close")
        self.assertEqual(letter.closed_year_be, 2570)
        self.assertEqual(letter.keep_until_year_be, 2580)
        self.assertEqual(letter.stamp_text, "เก็บถึง พ.ศ. ๒๕๘๐")
        letter.retention_id = self.env.ref("lgo_eoffice_archive.lgo_eoffice_retention_r1")
        self.assertEqual(letter.keep_until_year_be, 2571)
        letter.retention_id = self.env.ref("lgo_eoffice_archive.lgo_eoffice_retention_rperm")
        self.assertEqual((letter.keep_until_year_be, letter.stamp_text), (0, "ห้ามทำลาย"))

    def test_loan(self):
        letter = self._paper()
        letter.sudo()._add_units(self.works)
        loan = self._loan(letter)
        with self.assertRaises(AccessError):
            loan.with_user(self.officer).action_lend()
        with self.assertRaises(AccessError):
            loan.write({"state": "lent"})
        with freeze_time("2026-11-02 03:00:00"):
            loan.with_user(self.head).action_lend()
        self.assertEqual(str(loan.due_on), "2026-11-17")
        with freeze_time("2026-11-18 03:00:00"):
            loan.invalidate_recordset()
            self.assertTrue(loan.is_overdue)
            Loan = self.env["lgo.eoffice.loan"]
            self.assertIn(loan, Loan.search([("is_overdue", "=", True)]))
            Loan._cron_remind()
            Loan._cron_remind()
            self.assertEqual(len(loan.sudo().activity_ids), 1)
        loan.with_user(self.keeper).action_return()
        self.assertFalse(loan.sudo().activity_ids)
        pdf = self._print("lgo_eoffice_archive.action_report_loan", loan.with_user(self.keeper))
        self.assertIn("ตรวจสอบสัญญา", self._text(pdf))

    def test_what_is_not_lent(self):
        letter = self._paper()
        letter.sudo()._add_units(self.works)
        with self.assertRaisesRegex(UserError, "Outsiders"):
            self._loan(letter, borrower_type="outsider")
        self._loan(letter, borrower_type="outsider", way="copy")
        letter.sudo().medium = "electronic"
        with self.assertRaisesRegex(UserError, "not lent"):
            self._loan(letter)

    def test_nobody_lends_to_oneself(self):
        letter = self._paper()
        letter.sudo()._add_units(self.works)
        loan = self._loan(letter, user=self.head)
        with self.assertRaisesRegex(UserError, "oneself"):
            loan.action_lend()

    def test_only_letters_that_are_there_and_known(self):
        letter = self._paper()
        with self.assertRaises(AccessError):
            self._loan(letter, user=self.officer)  # of another unit
        letter.sudo()._add_units(self.works)
        loan = self._loan(letter)
        letter._from_machine().sudo().transferred_at = "2026-01-05"
        with self.assertRaisesRegex(UserError, "handed over"):
            self._loan(letter)
        with self.assertRaisesRegex(UserError, "handed over"):
            loan.with_user(self.head).action_lend()

    def test_signed_list_never_changes(self):
        Transfer = self.env["lgo.eoffice.transfer"].with_user(self.keeper)
        letter, other = self._paper(doc_no="1"), self._paper(doc_no="2")
        done, draft = Transfer.create(
            [
                {"giver": "ผู้มอบ", "receiver": "ผู้รับมอบ",
                 "line_ids": [Command.create({"letter_id": letter.id})]},
                {"giver": "ผู้มอบ", "receiver": "ผู้รับมอบ",
                 "line_ids": [Command.create({"letter_id": other.id})]},
            ]
        )  # fmt: skip
        done.action_done()
        for vals in ({"giver": "อื่น"}, {"kind": "keep"}, {"year_be": 2560}):
            with self.assertRaisesRegex(UserError, "never changes"):
                done.write(vals)
        with self.assertRaisesRegex(UserError, "never changes"):
            draft.line_ids.transfer_id = done
        # what was handed over is not handed over again
        draft.line_ids = [Command.create({"letter_id": letter.id})]
        with self.assertRaisesRegex(UserError, "already"):
            draft.action_done()

    def test_secret_letters_are_not_handed_over(self):
        secret = self._received(
            user=self.secret,
            secrecy="secret",
            medium="paper",
            access_user_ids=[Command.link(self.keeper.id)],
        )
        row = self.env["lgo.eoffice.transfer"].with_user(self.keeper).create(
            {"giver": "ผู้มอบ", "receiver": "ผู้รับมอบ",
             "line_ids": [Command.create({"letter_id": secret.id})]}
        )  # fmt: skip
        with self.assertRaisesRegex(UserError, "secret"):
            row.action_done()

    def test_twenty_years(self):
        old = self._paper(doc_no="เก่า/1", doc_date="2006-07-01")
        young = self._paper(doc_no="ใหม่/1", doc_date="2007-07-01")
        (old | young).with_user(self.registrar)
        for letter in old | young:
            letter._transition("close")
        row = self.env["lgo.eoffice.transfer"].with_user(self.keeper).create({"year_be": 2569})
        self.assertEqual(str(row.deadline), "2027-01-31")
        row.action_fill()
        self.assertIn(old, row.line_ids.letter_id)
        self.assertNotIn(young, row.line_ids.letter_id)
        with self.assertRaisesRegex(UserError, "who signs"):
            row.action_done()
        row.write({"giver": "ผู้มอบ ทดสอบ", "receiver": "ผู้รับมอบ ทดสอบ"})
        row.action_done()
        self.assertTrue(old.transferred_at)
        with self.assertRaisesRegex(UserError, "never changes"):
            row.line_ids.write({"note": "x"})
        with self.assertRaises(AccessError):
            row.with_user(self.officer).read(["name"])
        text = self._text(self._print("lgo_eoffice_archive.action_report_transfer", row))
        self.assertIn("ครบ ๒๐ ปี", text)

    # ------------------------------------------------------------ forms 19 and 20
    def test_list_for_the_store(self):
        young = self._paper(doc_no="ชม 9/9", doc_date="2026-02-01")
        old = self._paper(doc_no="ชม 8/8", doc_date="2026-01-05")
        old.sudo().retention_id.write({"years": 10, "keep_forever": False})
        text = self._text(self._print("lgo_eoffice_archive.action_report_to_store", young | old))
        for word in ("บัญชีหนังสือส่งเก็บ", "แผ่นที่ ๑", "ชม ๘/๘", "๑๐ ปี"):
            self.assertIn(word, text)
        self.assertLess(text.index("ชม ๘/๘"), text.index("ชม ๙/๙"), "oldest first")

    def test_register_of_the_store(self):
        stored = self._paper(doc_no="ชม 8/8")
        in_work = self._paper(doc_no="ชม 9/9")
        self.assertFalse(stored.stored_on)
        stored.sudo().storage_stage = "stored"
        self.assertTrue(stored.stored_on)
        stored.sudo().stored_on = "2026-03-04"
        stored.sudo().storage_stage = "for_audit"
        self.assertEqual(str(stored.stored_on), "2026-03-04", "it stays in the register")
        text = self._text(self._print("lgo_eoffice_archive.action_report_stored", stored | in_work))
        for word in ("ทะเบียนหนังสือเก็บ", "๔ มี.ค. ๖๙", "ชม ๘/๘"):
            self.assertIn(word, text)
        self.assertNotIn("ชม ๙/๙", text)

    def test_sheets_of_a_list(self):
        """Each sheet has its number, the lines stand oldest first."""
        days = ("2006-09-01", "2006-07-01")
        late, early = (self._paper(doc_no=f"ชม {day[5:7]}/1", doc_date=day) for day in days)
        for letter in late | early:
            letter._transition("close")
        row = self.env["lgo.eoffice.transfer"].with_user(self.keeper).create({"year_be": 2569})
        row.action_fill()
        text = self._text(self._print("lgo_eoffice_archive.action_report_transfer", row))
        self.assertIn("แผ่นที่ ๑", text)
        self.assertLess(text.index("ชม ๐๗/๑"), text.index("ชม ๐๙/๑"))
