# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import EofficeCase


@tagged("post_install", "-at_install")
class TestAnswer(EofficeCase):
    """A received letter is answered without typing again what it says of itself."""

    def _asked(self, **vals):
        letter = self._received(
            **{"subject": "ขอข้อมูลถนน", "doc_no": "ชม 1418/7", "urgency": "urgent", **vals}
        )
        letter.action_register()
        letter._route(act_units=self.works)
        return letter

    def _form(self, letter, user):
        action = letter.with_user(user).action_answer()
        return Form(
            self.env["lgo.eoffice.letter"].with_user(user).with_context(**action["context"])
        )

    def test_what_it_begins_with(self):
        letter = self._asked()
        before = self.env["lgo.eoffice.letter"].search_count([])
        form = self._form(letter, self.officer)
        self.assertEqual(self.env["lgo.eoffice.letter"].search_count([]), before, "not saved yet")
        answer = form.save()
        self.assertEqual((answer.direction, answer.state), ("out", "draft"))
        self.assertEqual(answer.subject, "ขอข้อมูลถนน")
        self.assertEqual(answer.addressee, "นายอำเภอทดสอบ")
        self.assertEqual(answer.reply_to_id, letter)
        self.assertEqual(letter.reply_ids, answer)
        self.assertEqual(answer.owner_user_id, self.officer)
        self.assertEqual(answer.signer_post_id.kind, "executive", "to whom the letter was sent")
        reference = answer.reference_ids
        self.assertEqual((reference.ref_letter_id, reference.doc_no), (letter, "ชม 1418/7"))
        self.assertEqual((reference.org, reference.urgency_text), (letter.from_text, "ด่วน"))
        recipient = answer.recipient_ids
        self.assertEqual((recipient.agency_id, recipient.role), (letter.agency_id, "to"))
        self.assertEqual(recipient.email, self.agency.saraban_email)

    def test_sender_without_an_agency(self):
        letter = self._asked(agency_id=False, from_text="นายสมชาย ใจดี")
        answer = self._form(letter, self.officer).save()
        self.assertEqual(answer.recipient_ids.name, "นายสมชาย ใจดี")

    def test_secret_stays_secret(self):
        self.company.lgo_secret_electronic = True
        letter = self._received(user=self.secret, secrecy="secret", subject="ลับ")
        letter._from_machine().sudo().write({"state": "registered"})
        answer = self._form(letter, self.secret).save()
        self.assertEqual(answer.secrecy, "secret")
        self.assertEqual(answer.recipient_ids.name, letter.from_text)

    def test_not_yet_and_not_by_others(self):
        letter = self._received()
        with self.assertRaises(UserError):
            letter.action_answer()
        with self.assertRaises(AccessError):
            self._asked().with_user(self.outsider).action_answer()
