# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lgo_base.tests.identity_common import use_keys

from .common import ComplaintCase

NAME = "มานี ไม่เปิดเผย"
CONTACT = {
    "applicant_name": NAME,
    "applicant_phone": "0899990000",
    "applicant_email": "manee@example.com",
}


@tagged("post_install", "-at_install")
class TestReporter(ComplaintCase):
    """Who reported: by name, hidden, or nobody knows."""

    def _columns(self, case):
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM lgo_oss_complaint WHERE id = %s", [case.id])
        return str(self.env.cr.fetchall())

    def test_hidden_is_sealed_and_unmasked_with_a_trace(self):
        case = self._complaint(reporter_kind="hidden", **CONTACT)
        text = self._columns(case)
        for clear in CONTACT.values():
            self.assertNotIn(clear, text)
        self.assertTrue(case.has_sealed_reporter)
        for user in (self.officer, self.clerk, self.member):
            with self.assertRaises(AccessError):
                case.with_user(user)._reveal_reporter("อยากรู้")
        with self.assertRaises(UserError):
            case.with_user(self.unmasker)._reveal_reporter(" ")
        shown = case.with_user(self.unmasker)._reveal_reporter("นัดตรวจสถานที่")
        self.assertIn(NAME, shown)
        row = self.env["lgo.audit.log"].search([("action", "=", "complaint.unmask")], limit=1)
        self.assertEqual((row.res_id, row.uid), (case.id, self.unmasker.id))
        self.assertNotIn(NAME, str(row.read()))

    def test_hidden_gets_mail_but_no_list_holds_the_address(self):
        case = self._complaint(reporter_kind="hidden", **CONTACT)
        mail = self.env["mail.mail"].search([("email_to", "=", CONTACT["applicant_email"])])
        self.assertTrue(mail)
        rows = self.env["lgo.notification"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertTrue(rows)
        self.assertFalse(any(rows.mapped("email")) or any(rows.mapped("phone")))
        self.assertFalse(
            self.env["lgo.notification"].with_user(self.officer).search([("id", "in", rows.ids)])
        )
        self.assertFalse(case._issued_documents(), "a paper would name the reporter")

    def test_sealed_text_stays_with_its_record(self):
        first = self._complaint(reporter_kind="hidden", **CONTACT)
        second = self._complaint(reporter_kind="hidden", **{**CONTACT, "applicant_name": "อื่น"})
        second._from_machine().write({"reporter_cipher": first.reporter_cipher})
        with self.assertRaises(UserError):
            second._unsealed()

    def test_anonymous_stores_nothing(self):
        case = self._complaint(
            reporter_kind="anonymous", partner_id=self.citizen.partner_id.id, **CONTACT
        )
        text = self._columns(case)
        for clear in (*CONTACT.values(), self.citizen.name):
            self.assertNotIn(clear, text)
        self.assertFalse(case.has_sealed_reporter or case.partner_id)
        self.assertEqual(case.state, "received")
        self.assertTrue(case._follow_code_matches(case._follow_code().lower().replace("-", " ")))
        self.assertFalse(case._follow_code_matches(""))
        self.assertFalse(case._follow_code_matches(self._complaint()._follow_code()))

    def test_hidden_later(self):
        case = self._complaint(**CONTACT)
        case.with_user(self.clerk).reporter_kind = "hidden"
        self.assertNotIn(NAME, self._columns(case))
        self.assertEqual(case._unsealed()["applicant_name"], NAME)
        with self.assertRaises(AccessError):
            self._complaint().with_user(self.officer).write({"reporter_kind": "anonymous"})

    @mute_logger("odoo.sql_db")
    def test_without_a_key_nothing_is_stored_in_clear(self):
        with use_keys(""), self.assertRaises(UserError):
            self._complaint(reporter_kind="hidden", **CONTACT)

    def test_steps_of_the_reporter_leave_no_account(self):
        case = self._complaint(reporter_kind="anonymous")
        case._transition("assign")
        case.outcome = "แก้แล้ว"
        case._transition("resolve")
        case.with_user(self.citizen).sudo()._transition("confirm", portal=True)
        event = case.event_ids.filtered(lambda row: row.code == "confirm")
        self.assertEqual(event.user_id, self.env.ref("base.user_root"))
        row = self.env["lgo.audit.log"].search([("action", "=", "case.confirm")], limit=1)
        self.assertNotEqual(row.uid, self.citizen.id)
        self.assertNotEqual(row.real_uid, self.citizen.id)
        self.assertEqual(case.write_uid, self.env.ref("base.user_root"))

    def test_answer_by_mail_hides_the_sender(self):
        case = self._complaint(reporter_kind="hidden", **CONTACT)
        message = {
            "body": "เพิ่มเติม",
            "subject": "x",
            "email_from": CONTACT["applicant_email"],
            "author_id": self.citizen.partner_id.id,
        }
        case._mail_prepare(message, [])
        self.assertNotIn("manee", message["email_from"])
        self.assertFalse(message["author_id"])
