# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import SECRET, SignCommon


@tagged("post_install", "-at_install")
class TestRound(SignCommon, TransactionCase):
    """Several people sign one document, in turn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy_certificate = cls._personal(cls.deputy, key="ec deputy")
        cls.third = new_test_user(
            cls.env, "t_sign_third", "lgo_base.group_unit_head", name="สุดา ดีงาม"
        )
        cls._personal(cls.third, key="ec third")
        cls.kind.sign_mode = "signer_and_seal"
        cls.people = cls.third | cls.deputy | cls.mayor

    def _start(self, users=None, **kwargs):
        signers = [{"user": user} for user in (users or (self.third, self.deputy, self.mayor))]
        signers = kwargs.pop("signers", signers)
        Round = self.env["lgo.sign.round"].with_user(self.clerk)
        return Round._start(self.partner, "t_certificate", self.report, signers, **kwargs)

    def _sign(self, one, user, secret=SECRET):
        return one.with_env(self._as(user, secret)).action_sign()

    def test_three_sign_in_turn(self):
        one = self._start()
        document = one.document_id
        self.assertEqual((one.state, document.state), ("running", "signing"))
        self.assertFalse(document.attachment_id)
        self.assertFalse(self.env["lgo.issued.document"]._find_by_token(document.token))
        with self.assertRaises(UserError):
            document._content()
        for done, user in enumerate((self.third, self.deputy, self.mayor)):
            one.invalidate_recordset()
            self.assertEqual(one.next_user_id, user)
            self.assertEqual(one.activity_ids.user_id, user)
            self.assertTrue(one.with_user(user).is_my_turn)
            rows = self._judge(one.attachment_id.raw)
            self._assert_good(rows)
            self.assertEqual(len(rows), done + 1, "the seal and who signed so far")
            self._sign(one, user)
        self.assertEqual((one.state, document.state), ("done", "valid"))
        self.assertFalse(one.activity_ids)
        self.assertFalse(one.attachment_id, "the file is the issued one now")
        rows = self._judge(document._content())
        self._assert_good(rows)
        self.assertEqual([row["field"] for row in rows], ["Seal", "Signer1", "Signer2", "Signer3"])
        self.assertEqual([row["whole_file"] for row in rows], [False, False, False, True])
        self.assertEqual({row["modification"] for row in rows[:-1]}, {"FORM_FILLING"})
        self.assertEqual(document.sign_record_ids.mapped("user_id"), self.clerk | self.people)
        self.assertEqual(document.signature_ids.mapped("name"), self.people.mapped("name"))
        self.assertEqual(self.env["lgo.issued.document"]._find_by_token(document.token), document)
        log = self.env["lgo.audit.log"]
        self.assertEqual(
            log.search_count([("action", "=", "document.sign"), ("res_id", "=", document.id)]), 4
        )

    def test_time_stamps(self):
        self._level("t")
        one = self._start()
        for user in (self.third, self.deputy, self.mayor):
            self._sign(one, user)
        rows = self._judge(one.document_id._content())
        self._assert_good(rows)
        self.assertTrue(all(row["stamp_trusted"] for row in rows))

    def test_second_before_first(self):
        one = self._start()
        with self.assertRaisesRegex(UserError, self.third.name):
            self._sign(one, self.mayor)
        self._sign(one, self.third)
        with self.assertRaises(UserError):
            self._sign(one, self.third)  # twice
        with self.assertRaises(UserError):
            self._sign(one, self.mayor)  # still before the deputy
        with self.assertRaises(AccessError):
            self._sign(one, self.registrar)
        self.assertEqual(len(self._judge(one.attachment_id.raw)), 2)

    def test_wrong_passphrase_changes_nothing(self):
        one = self._start()
        before = one.sha256
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._sign(one, self.third, "wrong")
        one.invalidate_recordset()
        self.assertEqual((one.sha256, one.next_user_id), (before, self.third))

    def test_a_changed_file_is_not_signed(self):
        one = self._start()
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL WHERE id = %s",
            [one.attachment_id.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self._sign(one, self.third)
        for vals in ({"raw": b"x"}, {"name": "x"}, {"res_id": False}):
            with self.assertRaises(AccessError):
                one.attachment_id.write(vals)

    def test_power_of_the_post(self):
        """Who signs for a post must have its power when starting and when signing."""
        post = self.env["lgo.post"].create({"name": "นายกเทศมนตรีทดสอบ", "kind": "executive"})
        signers = [{"user": self.third}, {"user": self.mayor, "post": post}]
        with self.assertRaises(AccessError):
            self._start(signers=signers)
        holder = self.env["lgo.post.holder"].create(
            {
                "post_id": post.id,
                "employee_id": self.env["hr.employee"]
                .create({"name": self.mayor.name, "user_id": self.mayor.id})
                .id,
                "date_from": Date.today() - timedelta(days=10),
            }
        )
        one = self._start(signers=signers)
        self.assertEqual(one.document_id.signature_ids[1].capacity, post.name)
        self._sign(one, self.third)
        holder.date_to = Date.today() - timedelta(days=1)
        with self.assertRaises(AccessError):
            self._sign(one, self.mayor)
        holder.date_to = False
        self._sign(one, self.mayor)
        self.assertEqual(one.state, "done")

    def test_cancel(self):
        one = self._start()
        number = one.document_id.register_entry_id.number
        with self.assertRaises(AccessError):
            one.with_user(self.mayor)._cancel("x")
        with self.assertRaises(UserError):
            one.with_user(self.clerk)._cancel(" ")
        self.env["lgo.sign.cancel"].with_user(self.clerk).create(
            {"round_id": one.id, "reason": "ผู้ลงนามลาออก"}
        ).action_confirm()
        self.assertEqual((one.state, one.document_id.state), ("cancelled", "revoked"))
        self.assertFalse(self.env["lgo.issued.document"]._find_by_token(one.document_id.token))
        self.assertFalse(one.activity_ids)
        with self.assertRaises(UserError):
            self._sign(one, self.third)
        again = self._start()
        self.assertEqual(again.document_id.register_entry_id.number, number + 1)

    def test_time_of_keeping_ends_before_all_have_signed(self):
        """The file so far goes with the document; nobody signs any more."""
        one = self._start()
        file = one.attachment_id
        self.assertEqual(one.document_id._forget(), 1)
        self.assertFalse(file.exists())
        self.assertEqual((one.state, one.document_id.state), ("cancelled", "revoked"))
        self.assertFalse(one.activity_ids)
        with self.assertRaises(UserError):
            self._sign(one, self.third)

    def test_who_sees_it(self):
        one = self._start(users=(self.third, self.mayor))
        stranger = new_test_user(self.env, "t_sign_stranger", "lgo_base.group_staff")
        Round = self.env["lgo.sign.round"]
        self.assertEqual(Round.with_user(self.third).search([]), one)
        self.assertFalse(Round.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            one.with_user(stranger).read(["state"])
        with self.assertRaises(AccessError):
            one.attachment_id.with_user(stranger).read(["raw"])
        self.assertTrue(one.attachment_id.with_user(self.third).raw)
        for user in (self.third, self.clerk, self.mayor):
            with self.assertRaises(AccessError):
                one.with_user(user).write({"state": "done"})
            with self.assertRaises(AccessError):
                one.line_ids.with_user(user).write({"signed_at": "2026-01-01"})
            with self.assertRaises(AccessError):
                Round.with_user(user).create({"company_id": self.company.id})
        self.assertEqual(
            Round.with_user(self.third).search([("next_user_id", "=", self.third.id)]), one
        )
        self.assertFalse(Round.with_user(self.mayor).search([("next_user_id", "=", self.mayor.id)]))

    def test_hidden_with_the_document(self):
        """Where the paper is hidden, by whatever add-on, nothing tells of it."""
        one = self._start(users=(self.third, self.mayor))
        document = one.document_id
        reader = self.registrar
        parts = (one, one.line_ids, document.sign_record_ids, one.attachment_id)
        for records in parts:
            mine = records.with_user(reader)
            self.assertTrue(mine.search([("id", "in", records.ids)]), records)
            self.assertTrue(mine.read(["display_name"]), records)
        self.env["ir.rule"].create(
            {
                "name": "secret",
                "model_id": self.env["ir.model"]._get_id("lgo.issued.document"),
                "domain_force": [("id", "!=", document.id)],
            }
        )
        self.env.invalidate_all()
        for records in parts:
            mine = records.with_user(reader)
            with self.subTest(model=records._name):
                self.assertFalse(mine.search([("id", "in", records.ids)]))
                self.assertFalse(mine.search_count([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    mine.read(["display_name"])

    def test_only_kinds_that_are_signed_by_certificate(self):
        self.kind.sign_mode = "seal"
        with self.assertRaises(UserError):
            self._start()
        self.kind.sign_mode = "signer"
        with self.assertRaises(UserError):
            self._start(signers=[])
        one = self._start(users=(self.third, self.mayor))
        self._sign(one, self.third)
        self._sign(one, self.mayor)
        rows = self._judge(one.document_id._content())
        self._assert_good(rows)
        self.assertEqual([row["certifies"] for row in rows], [True, False])
