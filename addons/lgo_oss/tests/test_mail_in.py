# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from email.message import EmailMessage

from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OssCase

ALIAS = "request@office.example.com"


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 90, 10)).save(stream, "PNG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestMailIn(OssCase):
    """Real messages (RFC 5322) through the gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "office.example.com"})
        cls.env.ref("lgo_oss.mail_alias_request").alias_domain_id = domain
        cls.company.write({"alias_domain_id": domain.id, "email": "info@office.example.com"})
        cls.general = cls._make_service("GENMAIL", kind="request", question_definition=[])
        cls.company.lgo_general_service_id = cls.general
        cls.number = 0

    def _message(self, text="ขอให้ตัดต้นไม้ 🌳", subject="ต้นไม้ล้ม", to=ALIAS, **headers):
        type(self).number += 1
        message = EmailMessage()
        message["From"] = headers.pop("From", "สมหญิง ใจดี <somying@example.com>")
        message["To"] = to
        message["Subject"] = subject
        message["Message-ID"] = f"<{self.number}@example.com>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        return message

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def _receive(self, message):
        before = self._cases()
        raw = message if isinstance(message, bytes) else message.as_bytes()
        self.env["mail.thread"].message_process(None, raw)
        return self._cases() - before

    def _cases(self):
        return self.env["lgo.oss.request"].search([("service_id", "=", self.general.id)])

    def _sent(self, code):
        return self.env["lgo.notification"].search([("template_id.code", "=", code)])

    def test_mail_becomes_a_case(self):
        message = self._message()
        message.add_attachment(picture(), maintype="image", subtype="png", filename="ภาพ.png")
        case = self._receive(message)
        self.assertEqual(len(case), 1)
        self.assertEqual((case.state, case.channel), ("submitted", "email"))
        self.assertEqual(case.applicant_name, "สมหญิง ใจดี")
        self.assertEqual(case.applicant_email, "somying@example.com")
        self.assertIn("ต้นไม้ล้ม", case.description)
        self.assertIn("🌳", case.description)
        self.assertFalse(case.partner_id or case.filed_by_id)
        self.assertEqual(case._citizen_attachments().mimetype, "image/png")
        posted = case.message_ids.filtered(lambda found: found.message_type == "email")
        self.assertEqual(posted.attachment_ids, case._citizen_attachments())
        answer = self._sent("case_submitted").filtered(lambda sent: sent.res_id == case.id)
        self.assertEqual(answer.email, "somying@example.com")
        self.assertIn(case.access_token, answer.body)
        self.assertEqual(answer.mail_id.reply_to, ALIAS)
        self.assertFalse(self._receive(message), "the same message is filed once")

    def test_executables_are_refused_and_the_sender_is_told(self):
        message = self._message()
        message.add_attachment(
            b"MZ" + b"\0" * 600, maintype="application", subtype="pdf", filename="ใบเสร็จ.pdf"
        )
        message.add_attachment("<script>1</script>", subtype="html", filename="x.html")
        message.add_attachment(picture(), maintype="image", subtype="png", filename="a.png")
        message.add_attachment(b"x", maintype="application", subtype="x", filename="smime.p7s")
        case = self._receive(message)
        self.assertEqual(len(case._citizen_attachments()), 1)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertNotIn("x.html", files.mapped("name"))
        told = self._sent("email_refused")
        self.assertEqual(told.email, "somying@example.com")
        self.assertIn("ใบเสร็จ", told.body)
        self.assertIn("x", told.body)
        self.assertNotIn("smime", told.body)

    def test_too_many_files(self):
        message = self._message()
        for number in range(12):
            message.add_attachment(
                picture(), maintype="image", subtype="png", filename=f"{number}.png"
            )
        self.assertEqual(len(self._receive(message)._citizen_attachments()), 10)
        self.assertIn("11", self._sent("email_refused").body)

    def test_answers_come_to_the_case(self):
        case = self._receive(self._message())
        case.user_id = self.officer
        sent = self._sent("case_submitted").filtered(lambda found: found.res_id == case.id)
        sent.mail_id.unlink()
        reply = self._message("เพิ่มเติมค่ะ", "Re: รับเรื่อง", In_Reply_To=sent.message_ref)
        self.assertFalse(self._receive(reply))
        self.assertIn("เพิ่มเติมค่ะ", case.message_ids[:1].body)
        event = case.event_ids.filtered(lambda found: found.code == "mail_in")
        self.assertTrue(event.public)
        self.assertNotIn("เพิ่มเติม", f"{event.text}{event.note}")
        self.assertIn(self.officer, case.activity_ids.user_id)

    def _public_mails(self, case):
        return case.event_ids.filtered(lambda event: event.code == "mail_in" and event.public)

    def test_a_forged_sender_with_the_number_is_no_applicant(self):
        """From and number are on every letter: only our own mail to the applicant proves."""
        case = self._make_case(
            service_id=self.general.id,
            applicant_email="somying@example.com",
            partner_id=self.citizen.partner_id.id,
            answers={},
        )
        self.citizen.partner_id.email = "somying@example.com"
        case.user_id = self.officer
        forged = self._message("ขอถอนเรื่องค่ะ", f"Re: เรื่อง {case.name}")
        forged.add_attachment(picture(), maintype="image", subtype="png", filename="ปลอม.png")
        forged.add_attachment(
            b"MZ" + b"\0" * 600, maintype="application", subtype="pdf", filename="ร้าย.pdf"
        )
        self.assertFalse(self._receive(forged), "it names the case: no second one is made")
        posted = case.message_ids[:1]
        self.assertIn("ขอถอนเรื่องค่ะ", posted.body, "the office reads it")
        self.assertEqual(posted.attachment_ids.name, "ปลอม.png")
        self.assertTrue(posted.subtype_id.internal)
        self.assertFalse(posted.author_id, "it is put into nobody's mouth")
        self.assertFalse(posted.notified_partner_ids - self.officer.partner_id)
        event = case.event_ids.filtered(lambda found: found.code == "mail_in")
        self.assertFalse(event.public)
        self.assertIn("ร้าย", event.note, "the clerk learns what was left out")
        self.assertFalse(case._citizen_attachments())
        self.assertFalse(self._sent("email_refused"), "a forged sender draws no mail to a victim")
        self.assertIn("อ่านข้อความของผู้ส่งที่ยังไม่ได้ยืนยันตัวตน", case.activity_ids.mapped("summary"))
        messages = self.env["mail.message"].with_user(self.citizen)
        self.assertNotIn(posted, messages.search([("model", "=", case._name)]))

    def test_only_our_mail_to_the_applicant_proves(self):
        """Message-IDs of other mails, of other cases and of mails to others do not."""
        case, other = self._receive(self._message()), self._receive(self._message())
        sent = self._sent("case_submitted")
        own = sent.filtered(lambda found: found.res_id == case.id).message_ref
        of_other = sent.filtered(lambda found: found.res_id == other.id).message_ref
        neighbour = self.env["lgo.notification"]._notify(
            case, "case_follow", email="neighbour@example.org", values={"follow_url": "/"}
        )
        incoming = case.message_ids.filtered(lambda found: found.message_type == "email")
        subject = f"Re: {case.name}"
        for reference in (
            incoming.message_id,
            neighbour.message_ref,
            "<1.1-lgo-1@office.example.com>",
            own[:-2] + ">",
        ):
            with self.subTest(reference=reference):
                message = self._message("ปลอม", subject, References=reference)
                self.assertFalse(self._receive(message))
                self.assertIn("ปลอม", case.message_ids[:1].body)
                self.assertFalse(self._public_mails(case))
        self._receive(self._message("ปลอม", subject, References=of_other))
        self.assertFalse(self._public_mails(case))
        self._receive(self._message("จริง", subject, References=f"<9@example.com> {own}"))
        self.assertEqual(len(self._public_mails(case)), 1)

    def test_a_number_does_not_open_the_case_of_another(self):
        case = self._receive(self._message())
        count = len(case.message_ids)
        other = self._receive(self._message("ปลอม", f"Re: {case.name}", From="mallory@example.net"))
        self.assertEqual(len(other), 1)
        self.assertEqual(len(case.message_ids), count)
        sent = self._sent("case_submitted").filtered(lambda found: found.res_id == case.id)
        self._receive(
            self._message("ส่งต่อ", "Fwd", From="m@example.net", References=sent.message_ref)
        )
        self.assertFalse(case.event_ids.filtered(lambda e: e.code == "mail_in" and e.public))

    def test_a_forged_sender_is_nobody_of_the_office(self):
        self.clerk.partner_id.email = "clerk@example.org"
        case = self._receive(self._message(From="clerk@example.org"))
        posted = case.message_ids.filtered(lambda found: found.message_type == "email")
        self.assertFalse(posted.author_id)

    def test_machines_are_ignored(self):
        case = self._receive(self._message())
        for headers in (
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-generated; owner-email=x@example.com"},
            {"Precedence": "bulk"},
            {"Precedence": "auto_reply"},
            {"X_Auto_Response_Suppress": "All"},
            {"X_Autoreply": "yes"},
            {"List_Id": "<news.example.com>"},
            {"Return_Path": "<>"},
            {"From": "MAILER-DAEMON@example.com"},
            {"From": "no-reply@example.com"},
            {"From": ALIAS},
            {"From": "info@office.example.com"},
        ):
            with self.subTest(headers=headers):
                sent = self.env["lgo.notification"].search_count([])
                self.assertFalse(self._receive(self._message(**headers)))
                answer = self._message(subject=f"Re: {case.name}", **headers)
                self.assertFalse(self._receive(answer))
                self.assertEqual(self.env["lgo.notification"].search_count([]), sent)
        self.assertFalse(case.event_ids.filtered(lambda event: event.code == "mail_in"))
        self.assertTrue(self._receive(self._message(Auto_Submitted="no")))

    def test_our_own_mail_says_that_it_is_automatic(self):
        case = self._receive(self._message())
        sent = self._sent("case_submitted").filtered(lambda found: found.res_id == case.id)
        self.assertIn("auto-generated", sent.mail_id.headers)

    def test_one_sender_writes_without_end(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", "3")
        for _number in range(5):
            self._receive(self._message())
        self.assertEqual(len(self._cases()), 3)

    def test_hostile_words(self):
        html = (
            "<p onclick='x()'>ก<script>alert(1)</script><img src=x onerror=alert(1)>"
            "<a href='javascript:alert(1)'>ข</a></p>"
        )
        message = self._message()
        message.add_alternative(html, subtype="html")
        case = self._receive(message)
        body = case.message_ids.filtered(lambda found: found.message_type == "email").body
        for bad in ("script", "onerror", "onclick", "javascript"):
            self.assertNotIn(bad, body)
        self.assertNotIn("<", case.description)
        huge = self._receive(self._message("ก" * 2_000_000, "ข" * 3000))
        self.assertLessEqual(len(huge.description), 4000)
        body = huge.message_ids.filtered(lambda found: found.message_type == "email").body
        self.assertLess(len(body), 250_000)
        empty = self._receive(self._message("", ""))
        self.assertEqual(empty.state, "submitted")
        raw = self._message("a").as_bytes().replace(b"\na\n", b"\nnul \x00 byte\n")
        self.assertTrue(self._receive(raw))
        broken = (
            b"From: x@example.com\nTo: "
            + ALIAS.encode()
            + b"\nSubject: =?utf-8?B?4LiB?=\n\n\xff\xfe"
        )
        self.assertTrue(self._receive(broken))

    def test_a_mail_inside_a_mail(self):
        inner = self._message("ข้อความข้างใน", "ข้างใน")
        inner.add_attachment(picture(), maintype="image", subtype="png", filename="in.png")
        outer = self._message("ส่งต่อค่ะ", "Fwd")
        outer.add_attachment(inner)
        case = self._receive(outer)
        self.assertIn("ส่งต่อค่ะ", case.description)
        self.assertEqual(case._citizen_attachments().mimetype, "image/png")
        self.assertFalse(self._sent("email_refused"))

    def test_without_an_open_service_the_sender_is_told(self):
        for change in (
            {"lgo_general_service_id": False},
            {"lgo_general_service_id": self._make_service("GENOFF", publish=False).id},
        ):
            self.company.write(change)
            before = self._sent("email_closed")
            self.assertFalse(self._receive(self._message()))
            told = self._sent("email_closed") - before
            self.assertEqual(told.email, "somying@example.com")
        self.assertFalse(self.env["lgo.oss.request"].search([("channel", "=", "email")]))

    def test_the_address_is_a_setting(self):
        self.company.lgo_request_alias = "rongrian"
        self.assertEqual(self.company.lgo_request_address, "rongrian@office.example.com")
        self.assertTrue(self._receive(self._message(to="rongrian@office.example.com")))
