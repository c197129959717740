# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.lgo_base.tests.identity_common import IdentityCase
from odoo.addons.lgo_eoffice.tests.test_signers import SignersCase
from odoo.addons.lgo_sign.tests.authority import Authority
from odoo.addons.lgo_sign.tools import grant

SECRET = "ความลับ-ทดสอบ-1"


@tagged("post_install", "-at_install")
class TestSeveralCertificates(IdentityCase, SignersCase):
    """An order that a person and two posts sign, each with a certificate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority("several")
        cls.env["lgo.sign.trust"].create({"file": base64.b64encode(cls.authority.pem())})
        for user in (cls.member, cls.chief, cls.mayor):
            cls.certify(user)
        cls._kind("ORD").document_kind_id.sudo().write({"sign_mode": "signer"})

    @classmethod
    def certify(cls, user):
        content, _certificate = cls.authority.p12(user.login, SECRET, key=f"ec {user.login}")
        cls.env["lgo.sign.certificate"].with_user(user).create(
            {"key_file": base64.b64encode(content), "passphrase": SECRET}
        )

    def sign(self, copy, user, secret=SECRET):
        env = self.env(user=user)
        env = env(context={**env.context, grant.KEY: grant.Grant(user.id, secret)})
        copy.with_env(env)._endorse("sign", "")
        self.env.invalidate_all()

    def judge(self, content):
        found = self.env["lgo.sign.validation"]._validate_pdf(content)
        self.assertEqual(found["error"], "")
        return found["signatures"]

    def round_of(self, letter):
        return letter.sudo()._running_round()

    def test_each_in_turn(self):
        letter, copy = self.asked()
        self.sign(copy, self.member)
        signing = self.round_of(letter)
        self.assertEqual((letter.state, letter.doc_no), ("to_sign", False))
        self.assertEqual(len(self.judge(signing.attachment_id.raw)), 1)
        with self.assertRaises(UserError):
            self.sign(copy, self.mayor)
        with self.assertRaises(UserError):
            self.sign(copy, self.member)
        self.sign(copy, self.chief)
        self.sign(copy, self.mayor)
        self.assertEqual((letter.state, signing.state), ("numbered", "done"))
        content = letter.document_id.sudo()._content()
        rows = self.judge(content)
        self.assertEqual(len(rows), 3)
        for row in rows:
            self.assertTrue(row["intact"] and row["valid"] and row["trusted"], row)
        self.assertEqual([row["whole_file"] for row in rows], [False, False, True])
        text = self._read(content)
        for words in ("ประธานกรรมการ", "กรรมการและเลขานุการ", "ปลัดเทศบาลทดสอบ"):
            self.assertIn(words, text)
        self.assertEqual(self.numbers(), 1)
        changed = bytearray(content)
        changed[len(changed) // 3] ^= 1
        self.assertFalse(all(row["intact"] for row in self.judge(bytes(changed))))

    def test_refused(self):
        letter, copy = self.asked()
        self.sign(copy, self.member)
        signing = self.round_of(letter)
        self.step(copy, self.chief, "return", "รายชื่อกรรมการไม่ครบ")
        self.assertEqual((letter.state, signing.state), ("draft", "cancelled"))
        entry = signing.document_id.register_entry_id
        self.assertEqual((entry.state, entry.void_reason), ("void", "รายชื่อกรรมการไม่ครบ"))
        self.assertFalse(signing.attachment_id)
        letter.with_user(self.officer).write({"subject": "แต่งตั้งคณะกรรมการทดสอบ (แก้ไข)"})
        again = letter.with_user(self.officer)._submit(action="ask")
        for user in (self.member, self.chief, self.mayor):
            self.sign(again, user)
        self.assertEqual(letter.state, "numbered")
        self.assertGreater(letter.sudo().register_entry_id.number, entry.number)

    def test_wrong_passphrase_leaves_nothing(self):
        letter, copy = self.asked()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.sign(copy, self.member, "กุญแจดอกอื่น")
        self.assertFalse(self.round_of(letter))
        self.assertFalse(letter.signer_ids.filtered("signed_at"))
        self.assertEqual(self.numbers(), 0)

    def test_nobody_is_asked_in_vain(self):
        self.env["lgo.sign.certificate"].sudo().search([("user_id", "=", self.chief.id)]).unlink()
        with self.assertRaisesRegex(UserError, re.escape(self.chief.name)):
            self.asked()

    def test_without_a_key_nothing_is_signed(self):
        letter, copy = self.asked()
        with self.assertRaises(UserError):
            self.step(copy, self.member)
        self.assertFalse(self.round_of(letter))
        self.assertEqual(self.numbers(), 0)
