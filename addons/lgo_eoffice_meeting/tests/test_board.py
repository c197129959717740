# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import MeetingCase


@tagged("post_install", "-at_install")
class TestBoard(MeetingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publisher = cls._person("eo_publisher", cls.office, "lgo_base.group_publisher")
        cls.guest = cls.env.ref("base.public_user")
        cls.citizen = new_test_user(cls.env, "eo_citizen", "base.group_portal")

    def _shown(self, notice, user=None):
        Announcement = self.env["lgo.announcement"].with_user(user or self.guest)
        domain = Announcement._board_domain(self.company)
        return bool(Announcement.search_count([*domain, ("id", "=", notice.id)]))

    def test_which_documents_may_be_published(self):
        """Kind, and whether it may stand on the board once it is signed."""
        for kind, allowed in (
            ("ORD", True), ("RUL", True), ("REG", True), ("ANN", True), ("STM", True),
            ("NEWS", True), ("EXT", False), ("INT", False), ("MIN", False),
        ):  # fmt: skip
            letter = self._signed(kind=kind)
            if allowed:
                self.assertTrue(self._shown(self._publish(letter)), kind)
                self.assertEqual(letter.publication_id.kind_code, kind)
            else:
                with self.assertRaisesRegex(UserError, "this kind"):
                    self._publish(letter)

    def test_never_without_number_or_secret(self):
        with self.assertRaisesRegex(UserError, "signed, numbered"):
            self._publish(self._draft(kind="ANN"))
        secret = self._draft(kind="ANN", user=self.secret, secrecy="secret", body=False)
        secret.access_user_ids |= self.registrar
        with self.assertRaisesRegex(UserError, "secret document"):
            self._publish(secret)
        received = self._received(kind_id=self._kind("ANN").id)
        received.action_register()
        with self.assertRaises(UserError):
            self._publish(received)
        refused = (secret | received).ids
        self.assertFalse(self.env["lgo.announcement"].search([("letter_id", "in", refused)]))

    def test_who_publishes(self):
        announcement, order = self._signed(), self._signed(kind="ORD")
        for user in (self.officer, self.clerk, self.mayor, self.auditor, self.citizen):
            with self.assertRaises(AccessError):
                self._publish(announcement, user=user)
            with self.assertRaises(AccessError):
                announcement.with_user(user).action_publish_board()
        # what is open by nature; not an order about persons of another unit
        self._publish(announcement, user=self.publisher)
        with self.assertRaises(AccessError):
            self._publish(order, user=self.publisher)
        self._publish(order, user=self.registrar)
        with self.assertRaises(AccessError):
            self._signed(kind="EXT").with_user(self.publisher).read(["subject"])
        with self.assertRaises(AccessError):
            self._draft(kind="ANN").with_user(self.publisher).read(["subject"])

    def test_somebody_looked_for_personal_data(self):
        letter = self._signed()
        with self.assertRaisesRegex(UserError, "personal data"):
            self._publish(letter, no_personal_data=False)
        wizard = self.env["lgo.eoffice.publish"].with_user(self.publisher)
        dialog = wizard.create({"letter_id": letter.id, "name": "ประกาศ", "no_personal_data": True})
        dialog.action_publish()
        notice = letter.publication_ids
        self.assertEqual(notice.confirmed_by_id, self.publisher)
        self.assertEqual(notice.published_by_id, self.publisher)
        with self.assertRaisesRegex(UserError, "last day"):
            self._publish(self._signed(), first_day="2026-02-02", last_day="2026-02-01")
        rows = self.env["lgo.audit.log"].search(
            [("res_model", "=", "lgo.announcement"), ("res_id", "=", notice.id)]
        )
        self.assertEqual(rows.mapped("action"), ["announcement.publish"])

    def test_dialog_shows_no_number_of_a_hidden_letter(self):
        secret = self._draft(kind="ANN", user=self.secret, secrecy="secret", body=False)
        secret.sudo().doc_no = "ลับ 1/2569"
        dialog = (
            self.env["lgo.eoffice.publish"]
            .with_user(self.publisher)
            .create({"letter_id": secret.id, "name": "x"})
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            dialog.read(["doc_no"])
        with self.assertRaises(AccessError):
            dialog.read(["document_id"])

    def test_days_are_those_of_bangkok(self):
        """From 10 to 12 March: midnight in Bangkok is 17:00 of the day before in UTC."""
        notice = self._publish(self._signed(), first_day="2027-03-10", last_day="2027-03-12")
        for moment, shown in (
            ("2027-03-09 16:59:59", False),
            ("2027-03-09 17:00:00", True),
            ("2027-03-12 16:59:59", True),
            ("2027-03-12 17:00:00", False),
        ):
            with freeze_time(moment):
                self.assertEqual(self._shown(notice), shown, moment)

    def test_withdrawn_with_a_reason(self):
        letter = self._signed()
        notice = self._publish(letter)
        self.assertEqual(notice.action_withdraw()["res_model"], "lgo.eoffice.withdraw")
        self.assertEqual(notice.state, "published")
        with self.assertRaisesRegex(UserError, "reason"):
            notice._withdraw_letter(" ")
        with self.assertRaises(AccessError):
            notice.with_user(self.officer)._withdraw_letter("x")
        self.env["lgo.eoffice.withdraw"].with_user(self.registrar).create(
            {"announcement_id": notice.id, "reason": "มีเลขประจำตัวประชาชน"}
        ).action_confirm()
        self.assertEqual(notice.state, "withdrawn")
        self.assertEqual(notice.withdraw_reason, "มีเลขประจำตัวประชาชน")
        self.assertFalse(self._shown(notice))
        with self.assertRaisesRegex(UserError, "from the letter"):
            notice.with_user(self.publisher).action_publish()
        self.assertTrue(letter.with_user(self.registrar).can_publish)
        self.assertTrue(self._shown(self._publish(letter)))

    def test_what_is_no_longer_in_force_disappears(self):
        cancelled, revoked = self._signed(), self._signed()
        notices = self._publish(cancelled) | self._publish(revoked)
        cancelled.with_user(self.registrar)._transition("cancel", reason="ประกาศผิด")
        revoked.document_id.with_user(self.registrar)._revoke("ประกาศผิด")
        for notice in notices:
            for user in (self.guest, self.citizen):
                self.assertFalse(self._shown(notice, user))
                with self.assertRaises(AccessError):
                    notice.with_user(user).read(["name"])

    def test_nothing_is_forged(self):
        letter = self._signed()
        Announcement = self.env["lgo.announcement"].with_user(self.publisher)
        with self.assertRaises(AccessError):
            Announcement.create({"name": "x", "kind": "official", "letter_id": letter.id})
        with self.assertRaises(ValidationError):
            Announcement.create({"name": "x", "kind": "official"})
        notice = self._publish(letter)
        for vals in ({"document_id": False}, {"doc_no": "9/2569"}, {"letter_id": False}):
            with self.assertRaises(AccessError):
                notice.with_user(self.publisher).write(vals)
        with self.assertRaises(ValidationError):
            notice.with_user(self.publisher).write({"kind": "news"})
        with self.assertRaises(UserError):
            notice.with_user(self.publisher).unlink()
        with self.assertRaises(AccessError):
            letter.with_user(self.officer).write({"meeting_id": False})

    def test_searching(self):
        notice = self._publish(self._signed(), name="กำหนดพื้นที่ควบคุมสุนัขและแมว")
        other = self._publish(self._signed(kind="ORD"), name="แต่งตั้งคณะกรรมการ 100%")
        Announcement = self.env["lgo.announcement"].with_user(self.guest)
        year = notice.year_be
        self.assertEqual(notice.doc_no, f"{notice.doc_no.split('/')[0]}/{year}")
        number = notice.doc_no.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        for asked, found in (
            ({}, notice | other),
            ({"code": "ANN"}, notice),
            ({"code": "ORD", "year": year}, other),
            ({"year": year - 1}, notice.browse()),
            ({"query": "สุนัข แมว"}, notice),
            ({"query": f"ประกาศ {number}"}, notice),
            ({"query": "%"}, notice.browse()),
            ({"query": "_"}, notice.browse()),
            ({"query": "' OR 1=1 --"}, notice.browse()),
        ):
            domain = Announcement._board_domain(self.company, **asked)
            rows = Announcement.search([*domain, ("id", "in", (notice | other).ids)])
            self.assertEqual(rows.ids, found.sorted().ids, asked)

    def test_a_longer_list_asks_no_more(self):
        letters = [self._signed(subject=f"ประกาศที่ {number}") for number in range(6)]
        notices = self.env["lgo.announcement"]
        for letter in letters:
            notices |= self._publish(letter)

        def queries(rows):
            rows = rows.with_user(self.guest)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ir.qweb"].with_user(self.guest)._render(
                "lgo_eoffice_meeting.board_rows", {"announcements": rows}
            )
            return self.env.cr.sql_log_count - before

        queries(notices)
        self.assertEqual(queries(notices[:1]), queries(notices))

    def test_year_of_the_page_is_that_of_the_document(self):
        with freeze_time("2026-12-31 17:30:00"):  # 1 January 2570 in Bangkok
            notice = self._publish(self._signed(), first_day="2027-01-01")
        self.assertEqual((notice.doc_date, notice.year_be), (date(2027, 1, 1), 2570))
