# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools import letter_data
from .common import OURS, THEIRS, ExchangeCase, pdf


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 03:00:00")
class TestMailOut(ExchangeCase):
    """Own letters by e-mail, and what comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_paper()

    def _sent(self, recipients=None, leave=True, **vals):
        letter = self._signed(recipients or [{"agency_id": self.agency.id}], **vals)
        letter._transition("send")
        if leave:
            self._leave(letter.sudo().dispatch_ids.mail_id)
        return letter

    def _ack(self, **values):
        values = {"status": "accepted", "receive_no": "77", **values}
        return letter_data.dump(letter_data.write("acknowledgement", values))

    def _reply(self, letter, text="ตอบรับ", **more):
        reference = letter.sudo().dispatch_ids[:1].message_ref
        return self._message(text, "Re", **{"In_Reply_To": reference, **more})

    # ------------------------------------------------------------ out
    def test_one_message_for_each_recipient(self):
        letter = self._sent(
            [{"agency_id": self.agency.id}, {"name": "อบต.", "email": "saraban@abt.example.go.th"}],
            leave=False,
            urgency="most_urgent",
        )
        rows = letter.recipient_ids
        self.assertEqual(rows.mapped("channel"), ["email", "email"])
        self.assertEqual(set(rows.mapped("state")), {"queued"})
        mails = letter.sudo().dispatch_ids.mail_id
        self.assertEqual(sorted(mails.mapped("email_to")), ["saraban@abt.example.go.th", THEIRS])
        for mail in mails:
            self.assertEqual(mail.subject, f"[ด่วนที่สุด] ที่ {letter.doc_no} เรื่อง รายงานผลการสำรวจถนน")
            self.assertIn(OURS, mail.email_from)
            self.assertFalse(mail.email_cc)
            paper = mail.attachment_ids.filtered(lambda f: f.mimetype == "application/pdf")
            self.assertEqual(paper.raw, letter.sudo().document_id._content())
        data = letter_data.read(
            mails[:1].attachment_ids.filtered(lambda f: f.name == "saraban.json").raw
        )
        self.assertEqual((data["doc_no"], data["subject"]), (letter.doc_no, letter.subject))
        self.assertEqual(data["files"][0]["sha256"], letter.sudo().document_id.sha256)
        self._leave(mails)
        self.assertEqual(set(rows.mapped("state")), {"sent"})
        self.assertTrue(all(rows.mapped("sent_at")))

    def test_what_we_send_is_read_by_us(self):
        """Two offices with this system exchange a letter without typing."""
        self.company.lgo_saraban_email = THEIRS
        letter = self._sent(leave=False)
        self.company.lgo_saraban_email = OURS
        mail = letter.sudo().dispatch_ids.mail_id
        files = [(file.name, file.raw) for file in mail.attachment_ids]
        received = self._receive(self._message(subject=mail.subject, files=files))
        for name in ("subject", "doc_no", "doc_date", "urgency", "exchange_uid"):
            self.assertEqual(received[name], letter.sudo()[name], name)
        self.assertEqual(received.main_attachment_id.raw, letter.sudo().document_id._content())
        self.assertFalse(received.exchange_note)

    def test_secret_letters_do_not_leave(self):
        self.company.lgo_secret_electronic = True
        for level in ("secret", "very_secret"):
            letter = self._signed(
                [{"agency_id": self.agency.id}],
                user=self.secret,
                secrecy=level,
                access_user_ids=[Command.link(self.mayor.id)],
            ).sudo()
            with self.assertRaises(UserError):
                letter._transition("send")
            self.assertFalse(letter.dispatch_ids)
        self.company.lgo_mail_secret = True
        letter._transition("send")
        self.assertTrue(letter.dispatch_ids)

    def test_nothing_leaves_unsigned_or_without_an_address(self):
        draft = self._draft(recipient_ids=[Command.create({"agency_id": self.agency.id})])
        with self.assertRaises(UserError):
            draft.recipient_ids.sudo()._send_electronic()
        letter = self._sent([{"name": "ผู้รับ", "email": "no address"}], leave=False)
        self.assertEqual(letter.recipient_ids.state, "failed")
        letter = self._signed([{"agency_id": self.agency.id}])
        self.company.write({"lgo_saraban_email": False, "lgo_saraban_alias": False})
        with self.assertRaises(UserError):
            letter._transition("send")
        self.assertEqual(letter.state, "numbered")

    def test_failure_and_sending_again(self):
        letter = self._sent(leave=False)
        row = letter.recipient_ids
        letter.sudo().dispatch_ids.mail_id._postprocess_sent_message(
            [], [], failure_reason="451 greylisted"
        )
        self.assertEqual((row.state, row.error), ("failed", "451 greylisted"))
        self.assertIn(self.officer, letter.sudo().activity_ids.user_id)
        with self.assertRaises(AccessError):
            row.with_user(self.officer).action_resend()
        row.action_resend()
        self.assertEqual(row.state, "queued")
        with self.assertRaises(UserError):
            row.action_resend()
        self._leave(letter.sudo().dispatch_ids[:1].mail_id)
        self.assertEqual((row.state, row.error), ("sent", False))
        self.assertEqual(len(letter.sudo().dispatch_ids), 2, "both tries stay known")

    # ------------------------------------------------------------ back
    def test_acknowledgement(self):
        letter = self._sent()
        row = letter.recipient_ids
        raw = self._reply(
            letter,
            files=[("saraban.json", self._ack(received_at="2026-11-26T00:20:00+07:00"))],
            Auto_Submitted="auto-replied",
        )
        self.assertFalse(self._receive(raw), "no letter")
        self.assertEqual((row.state, row.ack_no), ("accepted", "77"))
        self.assertEqual(str(row.ack_date), "2026-11-26")
        self.assertEqual(self._mails(kind="acknowledgement").letter_id, letter)
        self.assertFalse(self._receive(raw))
        other = self._reply(letter, files=[("saraban.json", self._ack(receive_no="99"))])
        self._receive(other)
        self.assertEqual(row.ack_no, "77", "the first number stays")
        with self.assertRaises(UserError):
            row.action_resend()

    def test_acknowledgement_without_a_reference(self):
        letter = self._sent()
        row = letter.recipient_ids
        uid = letter.sudo().exchange_uid
        for sender in ("mallory@example.net", "%@amphoe.example.go.th"):
            forged = self._message(files=[("saraban.json", self._ack(uid=uid))], From=sender)
            self._receive(forged)
            self.assertEqual(row.state, "sent", "from another address it proves nothing")
        self._receive(self._message(files=[("saraban.json", self._ack(uid=uid))]))
        self.assertEqual(row.state, "accepted")

    def test_acknowledgement_by_our_message_id_in_the_data(self):
        letter = self._sent()
        reference = letter.sudo().dispatch_ids.message_ref
        self._receive(self._message(files=[("saraban.json", self._ack(message_id=reference))]))
        self.assertEqual(letter.recipient_ids.state, "accepted")

    def test_refused(self):
        letter = self._sent()
        self._receive(
            self._reply(
                letter, files=[("saraban.json", self._ack(status="rejected", reason="ผิดหน่วย"))]
            )
        )
        row = letter.recipient_ids
        self.assertEqual((row.state, row.error), ("rejected", "ผิดหน่วย"))
        self.assertTrue(letter.sudo().activity_ids)
        row.action_resend()
        self.assertEqual(row.state, "queued")

    def test_a_person_answers(self):
        letter = self._sent()
        row = letter.recipient_ids
        self.assertFalse(self._receive(self._reply(letter, "ได้รับแล้ว จะดำเนินการต่อไป")))
        self.assertEqual(row.state, "received")
        self.assertIn("จะดำเนินการ", row.their_words)
        self._receive(self._reply(letter, "ลงทะเบียนรับแล้ว เลขทะเบียนรับ ๔๕๖/๒๕๖๙"))
        self.assertEqual((row.state, row.ack_no), ("accepted", "456/2569"))

    def test_a_letter_as_answer(self):
        letter = self._sent()
        answer = self._receive(self._reply(letter, files=[("ตอบ.pdf", pdf())]))
        self.assertEqual(answer.reply_to_id, letter)
        self.assertEqual(answer.state, "new")

    def test_our_answer_names_the_message_that_it_answers(self):
        for named in (True, False):
            message = self._message(files=[("a.pdf", pdf())])
            reference = message["Message-ID"] if named else False
            if not named:
                del message["Message-ID"]
            received = self._receive(message)
            answer = self._sent(leave=False, reply_to_id=received.id)
            self.assertEqual(answer.sudo().dispatch_ids.mail_id.references, reference)

    def test_an_answering_machine_changes_nothing(self):
        letter = self._sent()
        self._receive(self._reply(letter, "ไม่อยู่สำนักงาน", Auto_Submitted="auto-replied"))
        self.assertEqual(letter.recipient_ids.state, "sent")
        self.assertEqual(len(self._mails(kind="automatic")), 1)

    def _report(self, letter, action, address=THEIRS):
        reference = letter.sudo().dispatch_ids[:1].message_ref
        type(self).number += 1
        return (
            f"From: MAILER-DAEMON@mx.example.com\nTo: {OURS}\nMessage-ID: <r{self.number}@mx>\n"
            "Subject: Delivery Status Notification\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: message/delivery-status\n\n"
            f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; {address}\nAction: {action}\n"
            "Status: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {reference}\n\n--b--\n"
        ).encode()

    def test_reports_of_mail_servers(self):
        letter = self._sent()
        row = letter.recipient_ids
        self.assertFalse(self._receive(self._report(letter, "delayed")))
        self.assertEqual(row.state, "sent")
        self._receive(self._report(letter, "failed", "somebody@else.example"))
        self.assertEqual(row.state, "sent", "a report about another address")
        self._receive(self._report(letter, "delivered"))
        self.assertEqual(row.state, "delivered")
        self._receive(self._report(letter, "failed"))
        self.assertEqual(row.state, "failed")
        self.assertIn("no such user", row.error)
        self.assertEqual(len(self._mails(kind="report")), 4)

    def test_a_late_report_does_not_undo_the_acknowledgement(self):
        letter = self._sent()
        self._receive(self._reply(letter, files=[("saraban.json", self._ack())]))
        self._receive(self._report(letter, "failed"))
        self.assertEqual(letter.recipient_ids.state, "accepted")

    # ------------------------------------------------------------ worklist
    def test_not_acknowledged(self):
        letter = self._sent()
        row = letter.recipient_ids
        action = self.env.ref("lgo_eoffice_exchange.lgo_eoffice_recipient_action_open")
        domain = eval(action.domain)  # noqa: S307 - our own data
        Recipient = self.env["lgo.eoffice.recipient"].with_user(self.registrar)
        late = [*domain, ("is_late", "=", True)]
        self.assertIn(row, Recipient.search(domain))
        self.assertNotIn(row, Recipient.search(late))
        row.sudo().sent_at = fields.Datetime.now() - timedelta(days=4)
        self.assertTrue(row.is_late)
        self.assertIn(row, Recipient.search(late))
        self.assertNotIn(row, Recipient.with_user(self.outsider).search(domain))
        self._receive(self._reply(letter, files=[("saraban.json", self._ack())]))
        self.assertNotIn(row, Recipient.search(domain))

    def test_states_are_not_written_by_hand(self):
        letter = self._sent()
        for user in (self.registrar, self.clerk):
            with self.assertRaises(AccessError):
                letter.recipient_ids.with_user(user).write({"state": "accepted"})
            with self.assertRaises(AccessError):
                letter.dispatch_ids.with_user(user).write({"state": "sent"})
