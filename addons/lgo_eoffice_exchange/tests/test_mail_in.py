# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools import letter_data
from .common import OURS, REFUSAL, THEIRS, UID, ExchangeCase, pdf, winmail


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 03:00:00")
class TestMailIn(ExchangeCase):
    """Real messages (RFC 5322) through the gateway of Odoo."""

    def _data(self, files=(), **values):
        """A saraban.json as another office of this system writes it."""
        return letter_data.dump(
            letter_data.write(
                "letter",
                {
                    "uid": UID,
                    "doc_no": "ชม ๐๐๑๘/๕๕",
                    "doc_date": "2026-11-20",
                    "subject": "ขอเชิญประชุม & หารือ",
                    "files": [
                        {
                            "name": name,
                            "role": role,
                            "sha256": hashlib.sha256(data).hexdigest(),
                            "size": len(data),
                        }
                        for name, data, role in files
                    ],
                    **values,
                },
            )
        )

    # ------------------------------------------------------------ letters
    def test_an_email_waits_as_a_letter(self):
        paper = pdf()
        message = self._message(
            subject="[ด่วนมาก] ที่ ชม ๐๐๑๘/๑๒๓ ลงวันที่ ๒๐ พ.ย. ๒๕๖๙ เรื่อง ขอเชิญประชุม",
            files=[("แผนที่.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50), ("หนังสือ.pdf", paper)],
        )
        letter = self._receive(message)
        self.assertEqual(len(letter), 1)
        self.assertEqual((letter.state, letter.direction), ("new", "in"))
        self.assertEqual(letter.receive_channel, "email")
        self.assertEqual(letter.subject, "ขอเชิญประชุม")
        self.assertEqual(letter.doc_no, "ชม ๐๐๑๘/๑๒๓")
        self.assertEqual(str(letter.doc_date), "2026-11-20")
        self.assertEqual(letter.urgency, "very_urgent")
        self.assertEqual(letter.agency_id, self.agency, "known by its address")
        self.assertEqual(letter.from_text, self.agency.name)
        self.assertEqual(letter.main_attachment_id.raw, paper, "the PDF is the letter")
        self.assertEqual(letter.enclosure_ids.mapped("name"), ["แผนที่"])
        self.assertIn("โปรดดูไฟล์แนบ", letter.summary)
        self.assertFalse(letter.exchange_note)

    def test_answer_goes_where_the_email_came_from(self):
        """Who is not in the directory of agencies is answered all the same."""
        message = self._message(From="ชมรมรักษ์น้ำ <club@example.org>", subject="ขอความร่วมมือ")
        letter = self._receive(message).with_user(self.registrar)
        letter._register_letters()
        row = self._answer_to(letter).recipient_ids
        self.assertEqual((row.name, row.email), ("ชมรมรักษ์น้ำ", "club@example.org"))
        self.assertEqual(row.channel, "email")
        known = self._receive(self._message(subject="ขอเชิญประชุม")).with_user(self.registrar)
        known._register_letters()
        row = self._answer_to(known).recipient_ids
        self.assertEqual((row.agency_id, row.email), (self.agency, THEIRS))

    def _answer_to(self, letter):
        context = letter.action_answer()["context"]
        return Form(letter.browse().with_context(**context)).save()

    def test_the_whole_message_is_evidence(self):
        raw = self._message(files=[("ก.pdf", pdf())]).as_bytes()
        letter = self._receive(raw)
        mail = letter.sudo().source_mail_ids
        self.assertEqual(mail.attachment_id.raw, raw)
        self.assertEqual(mail.sha256, hashlib.sha256(raw).hexdigest())
        self.assertEqual(mail.with_user(self.registrar)._content(), raw)
        with self.assertRaises(AccessError):
            mail.sudo().write({"subject": "x"})
        with self.assertRaises(AccessError):
            mail.sudo().unlink()
        mail.attachment_id.sudo().raw = b"changed"
        with self.assertRaises(UserError):
            mail.with_user(self.registrar)._content()

    def test_who_sees_the_messages(self):
        letter = self._receive(self._message(files=[("ก.pdf", pdf())]))
        mail = letter.sudo().source_mail_ids
        for user in (self.registrar, self.auditor):
            self.assertEqual(mail.with_user(user).read(["subject"])[0]["subject"], "ขอความร่วมมือ")
        for user in (self.clerk, self.officer, self.chief, self.admin):
            with self.assertRaises(AccessError, msg=user.login):
                mail.with_user(user).read(["subject"])
            with self.assertRaises(AccessError, msg=user.login):
                mail.attachment_id.with_user(user).read(["raw"])

    def test_twice_is_one_letter(self):
        message = self._message()
        self.assertEqual(len(self._receive(message)), 1)
        self.assertFalse(self._receive(message))
        message.replace_header("Subject", "again, with another subject")
        self.assertFalse(self._receive(message), "the Message-ID counts")
        nameless = self._message()
        del nameless["Message-ID"]
        raw = nameless.as_bytes()
        self.assertEqual(len(self._receive(raw)), 1)
        self.assertFalse(self._receive(raw), "one without a Message-ID is known by its content")

    def test_unknown_sender(self):
        letter = self._receive(self._message(From="สมชาย ใจดี <somchai@example.com>"))
        self.assertFalse(letter.agency_id)
        self.assertEqual(letter.from_text, "สมชาย ใจดี")
        letter = self._receive(self._message(From="%@amphoe.example.go.th"))
        self.assertFalse(letter.agency_id, "no part of an address is a pattern")
        letter = self._receive(self._message(From="x@example.com", subject=""))
        self.assertEqual(letter.from_text, "x@example.com")
        self.assertTrue(letter.subject)

    def test_an_agency_of_another_organisation_is_unknown(self):
        other = self.env["res.company"].create({"name": "อีกแห่ง"})
        self.agency.company_id = other
        self.assertFalse(self._receive(self._message()).agency_id)

    def test_data_fill_the_letter(self):
        paper, plan = pdf(), pdf(2)
        data = self._data(
            files=[("a.pdf", paper, "main"), ("b.pdf", plan, "enclosure")],
            kind="STP",
            urgency="most_urgent",
            due_at="2026-11-30T16:30:00+07:00",
            addressee="นายกเทศมนตรีตำบลทดสอบ",
            sender={"name": "อำเภอทดสอบ", "email": THEIRS},
            references=[{"org": "เทศบาล", "doc_no": "ชม 52301/1", "doc_date": "2026-10-01"}],
            enclosures=[{"name": "แผนผัง", "qty": 2, "unit": "แผ่น", "file": "b.pdf"}],
        )
        letter = self._receive(
            self._message(files=[("b.pdf", plan), ("a.pdf", paper), ("saraban.json", data)])
        )
        self.assertEqual(letter.subject, "ขอเชิญประชุม & หารือ")
        self.assertEqual((letter.doc_no, str(letter.doc_date)), ("ชม ๐๐๑๘/๕๕", "2026-11-20"))
        self.assertEqual((letter.urgency, letter.kind_id.code), ("most_urgent", "STP"))
        self.assertEqual(str(letter.due_at), "2026-11-30 09:30:00")
        self.assertEqual(letter.from_text, "อำเภอทดสอบ")
        self.assertEqual(letter.to_text, "นายกเทศมนตรีตำบลทดสอบ")
        self.assertEqual(letter.main_attachment_id.raw, paper)
        self.assertEqual(letter.reference_ids.doc_no, "ชม 52301/1")
        row = letter.enclosure_ids
        self.assertEqual((row.name, row.qty, row.unit_name), ("แผนผัง", 2, "แผ่น"))
        self.assertEqual(row.attachment_id.raw, plan)
        self.assertFalse(letter.exchange_note)

    def test_a_file_is_known_by_its_content(self):
        """Its name may have a space, or the mail program may have changed it."""
        paper, plan = pdf(), pdf(2)
        data = self._data(
            files=[("ที่ 1.pdf", paper, "main"), ("แผน ผัง: ก.pdf", plan, "enclosure")],
            enclosures=[{"name": "แผนผัง", "file": "แผน ผัง: ก.pdf"}],
        )
        letter = self._receive(
            self._message(
                files=[("แผน ผัง: ก.pdf", plan), ("another.pdf", paper), ("saraban.json", data)]
            )
        )
        self.assertEqual(letter.main_attachment_id.raw, paper)
        self.assertEqual(letter.enclosure_ids.mapped("name"), ["แผนผัง"])
        self.assertEqual(letter.enclosure_ids.attachment_id.raw, plan)
        self.assertFalse(letter.exchange_note)

    def test_data_sent_again_come_to_the_same_letter(self):
        files = [("a.pdf", pdf()), ("saraban.json", self._data())]
        letter = self._receive(self._message(files=files))
        self.assertFalse(self._receive(self._message(files=files)))
        self.assertEqual(len(letter.sudo().source_mail_ids), 2)
        self.assertTrue(letter.exchange_note)
        other = self._receive(self._message(files=files, From="mallory@example.net"))
        self.assertEqual(len(other), 1, "another sender does not reach the letter")
        self.assertNotEqual(other, letter)

    def test_faulty_data(self):
        for data, word in (
            (b"{", "json"),
            (
                json.dumps({**json.loads(self._data()), "doc_date": "2569-01-01"}).encode(),
                "doc_date",
            ),
        ):
            letter = self._receive(self._message(files=[("saraban.json", data)]))
            self.assertEqual(letter.subject, "ขอความร่วมมือ")
            self.assertIn(word, letter.exchange_note)

    def test_data_of_tomorrow_and_of_other_files(self):
        data = self._data(files=[("a.pdf", b"other", "main")], doc_date="2026-11-26")
        letter = self._receive(self._message(files=[("a.pdf", pdf()), ("saraban.json", data)]))
        self.assertFalse(letter.doc_date)
        self.assertIn("a.pdf", letter.exchange_note)
        self.assertTrue(letter.main_attachment_id)

    @mute_logger("odoo.addons.lgo_eoffice_exchange.models.lgo_eoffice_letter_receiving")
    def test_a_letter_is_not_lost_by_a_rule_of_the_office(self):
        def refuse(_self, _company, _data):
            raise ValidationError(REFUSAL)

        self.patch(self.env.registry["lgo.eoffice.letter"], "_values_of_data", refuse)
        files = [("a.pdf", pdf()), ("saraban.json", self._data())]
        letter = self._receive(self._message(files=files))
        self.assertEqual((letter.state, letter.subject), ("new", "ขอความร่วมมือ"))
        self.assertIn("ไม่รับ", letter.exchange_note)
        self.assertTrue(letter.main_attachment_id)
        files[1] = ("saraban.json", self._data(uid=UID[:-1] + "5", secrecy="top_secret"))
        letter = self._receive(self._message(files=files)).sudo()
        self.assertEqual(letter.secrecy, "top_secret")
        self.assertFalse(letter.main_attachment_id or letter.source_mail_ids.attachment_id)
        self.company.lgo_secret_electronic = True
        files[1] = ("saraban.json", self._data(uid=UID[:-1] + "6", secrecy="secret"))
        letter = self._receive(self._message(files=files)).sudo()
        self.assertEqual(letter.secrecy, "secret", "where its text is kept it stays secret too")
        self.assertTrue(letter.main_attachment_id)

    def test_data_of_a_forwarded_message(self):
        inner = self._message(files=[("a.pdf", pdf()), ("saraban.json", self._data())])
        outer = self._message("ส่งต่อ", "Fwd: หนังสือ", From="clerk@example.net")
        outer.add_attachment(inner)
        letter = self._receive(outer)
        self.assertEqual(letter.doc_no, "ชม ๐๐๑๘/๕๕")
        self.assertTrue(letter.main_attachment_id)
        self.assertFalse(letter.origin_key, "a forwarder cannot take the place of the letter")
        self.assertIn("ขอความร่วมมือ", letter.exchange_note)

    # ------------------------------------------------------------ odd messages
    def test_without_a_file(self):
        letter = self._receive(self._message())
        self.assertFalse(letter.main_attachment_id)
        self.assertTrue(letter.exchange_note)

    def test_winmail(self):
        message = self._message()
        message.add_attachment(
            winmail(("หนังสือ.pdf".encode("cp874"), pdf())),
            maintype="application",
            subtype="ms-tnef",
            filename="winmail.dat",
        )
        letter = self._receive(message)
        self.assertEqual(letter.main_attachment_id.name, "หนังสือ.pdf")
        self.assertFalse(letter.enclosure_ids)

    def test_old_encodings(self):
        text = "เรียน นายกเทศมนตรี"
        raw = (
            f"From: <{THEIRS}>\nTo: {OURS}\nMessage-ID: <old@x>\n".encode()
            + b"Subject: "
            + "ขอความอนุเคราะห์".encode("cp874")
            + b"\nContent-Type: text/plain; charset=windows-874\n\n"
            + text.encode("cp874")
        )
        letter = self._receive(raw)
        self.assertEqual(letter.subject, "ขอความอนุเคราะห์")
        self.assertEqual(letter.summary, text)
        posted = letter.message_ids.filtered(lambda found: found.message_type == "email")
        self.assertIn(text, posted.body)

    def test_programs_stay_in_the_message(self):
        letter = self._receive(
            self._message(
                files=[("ใบแจ้ง.pdf", b"MZ" + b"\0" * 99), ("x.html", b"<script>"), ("a.pdf", pdf())]
            )
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(files.mapped("name"), ["a.pdf"])
        self.assertIn("ใบแจ้ง", letter.exchange_note)
        self.assertTrue(letter.sudo().source_mail_ids.attachment_id)

    def test_locked_and_broken_pdf(self):
        good = pdf()
        letter = self._receive(
            self._message(
                files=[("1.pdf", pdf(password="x")), ("2.pdf", good[:80]), ("3.pdf", good)]
            )
        )
        self.assertEqual(letter.main_attachment_id.raw, good, "the sound one")
        self.assertIn("1", letter.exchange_note)
        self.assertIn("2", letter.exchange_note)
        self.assertEqual(len(letter.enclosure_ids), 2, "the others are kept")
        alone = self._receive(self._message(files=[("1.pdf", good[:80])]))
        self.assertTrue(alone.main_attachment_id)

    def test_hostile_words(self):
        message = self._message("a", "<img src=x onerror=alert(1)>")
        message.add_alternative(
            "<p onclick='x()'>ก<script>alert(1)</script><img src='http://evil.example/p.gif'></p>",
            subtype="html",
        )
        letter = self._receive(message)
        body = letter.message_ids.filtered(lambda found: found.message_type == "email").body
        for bad in ("<script", "<img", "onclick", "evil.example"):
            self.assertNotIn(bad, body)
        huge = self._receive(self._message("ก" * 500_000, "ข" * 3000))
        self.assertLessEqual(len(huge.summary), 4000)

    def test_a_number_is_no_message(self):
        with self.assertRaises(TypeError):
            self.env["mail.thread"].with_user(self.officer).message_process(None, 10**15)

    def test_many_letters_of_one_sender(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", "3")
        for _number in range(5):
            self.assertEqual(len(self._receive(self._message())), 1)

    # ------------------------------------------------------------ secrecy
    def test_secret_data(self):
        files = [("a.pdf", pdf()), ("saraban.json", self._data(secrecy="secret"))]
        letter = self._receive(self._message("เนื้อหาลับ", files=files)).sudo()
        self.assertEqual(letter.secrecy, "secret")
        self.assertFalse(letter.main_attachment_id or letter.summary)
        mail = letter.source_mail_ids
        self.assertFalse(mail.attachment_id, "only register data of secret letters is kept")
        self.assertNotIn("เนื้อหาลับ", str(letter.message_ids.mapped("body")))
        self.assertNotIn(letter, letter.with_user(self.registrar).search([]))
        self.assertNotIn(mail, self._mails().with_user(self.registrar).search([]))
        self.company.lgo_secret_electronic = True
        files[1] = ("saraban.json", self._data(uid=UID[:-1] + "2", secrecy="secret"))
        letter = self._receive(self._message("เนื้อหาลับ", files=files)).sudo()
        self.assertTrue(letter.main_attachment_id)
        with self.assertRaises(AccessError):
            letter.source_mail_ids.attachment_id.with_user(self.registrar).read(["raw"])
        self.assertTrue(letter.source_mail_ids.with_user(self.secret).attachment_id.raw)

    def test_no_administrator_reads_what_brought_a_secret_letter(self):
        """Not even one who has given himself the group of the registrar."""
        self.company.lgo_secret_electronic = True
        groups = ("lgo_eoffice.group_secret", "lgo_eoffice.group_saraban")
        self.admin.group_ids += self.env.ref(groups[0]) + self.env.ref(groups[1])
        files = [("a.pdf", pdf()), ("saraban.json", self._data(secrecy="secret"))]
        mail = self._receive(self._message("เนื้อหาลับ", files=files)).sudo().source_mail_ids
        self.assertNotIn(mail, self._mails().with_user(self.admin).search([]))
        with self.assertRaises(AccessError):
            mail.with_user(self.admin).read(["subject"])
        with self.assertRaises(AccessError):
            mail.attachment_id.with_user(self.admin).read(["raw"])
        for model in ("mail", "ecms_item"):
            rule = self.env.ref(f"lgo_eoffice_exchange.lgo_eoffice_{model}_rule_secret")
            with self.assertRaises(AccessError, msg="the rule is no setting"):
                rule.with_user(self.admin).write({"active": False})

    def test_most_secret_data(self):
        self.company.lgo_secret_electronic = True
        files = [("a.pdf", pdf()), ("saraban.json", self._data(secrecy="top_secret"))]
        letter = self._receive(self._message(files=files)).sudo()
        self.assertEqual(letter.secrecy, "top_secret")
        self.assertNotIn("ประชุม", letter.subject)
        self.assertFalse(letter.main_attachment_id or letter.source_mail_ids.attachment_id)
        self.assertFalse(letter.source_mail_ids.subject)

    # ------------------------------------------------------------ acknowledgement
    def _acks(self, letter):
        return letter.sudo().dispatch_ids.filtered(lambda row: row.kind == "acknowledgement")

    def test_registering_acknowledges(self):
        message = self._message(subject="ที่ ชม 0018/55 ลงวันที่ 20 พ.ย. 2569 เรื่อง ขอเชิญประชุม & หารือ")
        letter = self._receive(message).with_user(self.registrar)
        self.assertEqual(letter.ack_state, "none")
        letter.action_register()
        ack = self._acks(letter)
        self.assertEqual((len(ack), ack.address), (1, THEIRS))
        mail = ack.mail_id
        self.assertIn(
            f"เทศบาลตำบลทดสอบ ได้รับหนังสือที่ ชม 0018/55 ลงวันที่ 20 พฤศจิกายน 2569 เรื่อง "
            f"ขอเชิญประชุม &amp; หารือ แล้ว เลขทะเบียนรับ {letter.receive_no} "
            "วันที่ 25 พฤศจิกายน 2569 เวลา 10.00 น.",
            " ".join(str(mail.body_html).split()),
        )
        self.assertIn(OURS, mail.email_from)
        self.assertIn("auto-replied", mail.headers)
        self.assertEqual(mail.references, message["Message-ID"])
        (file,) = mail.attachment_ids
        data = letter_data.read(file.raw)
        self.assertEqual((data["status"], data["receive_no"]), ("accepted", str(letter.receive_no)))
        self.assertEqual(data["message_id"], message["Message-ID"])
        self.assertEqual(letter.ack_state, "queued")
        self._leave(mail)
        self.assertEqual((letter.ack_state, ack.state), ("sent", "sent"))
        letter.action_acknowledge()
        self.assertEqual(len(self._acks(letter)), 2, "again by hand")

    def test_refusing_tells_why(self):
        letter = self._receive(self._message()).with_user(self.registrar)
        letter._transition("reject", reason="ส่งผิดหน่วยงาน")
        mail = self._acks(letter).mail_id
        self.assertIn("ไม่รับหนังสือ", str(mail.body_html))
        self.assertIn("ส่งผิดหน่วยงาน", str(mail.body_html))
        self.assertEqual(letter_data.read(mail.attachment_ids.raw)["status"], "rejected")

    def test_machines_are_not_answered(self):
        for headers in (
            {"Auto_Submitted": "auto-generated"},
            {"Precedence": "bulk"},
            {"Precedence": "list"},
            {"X_Auto_Response_Suppress": "All"},
            {"List_Id": "<news.example.com>"},
            {"Return_Path": "<>"},
            {"From": "no-reply@example.com"},
            {"From": "postmaster@example.com"},
            {"From": "info@office.example.com"},
        ):
            self.company.email = "info@office.example.com"
            letter = self._receive(self._message(files=[("a.pdf", pdf())], **headers))
            self.assertEqual(len(letter), 1, headers)
            letter.with_user(self.registrar).action_register()
            self.assertFalse(self._acks(letter), headers)
            self.assertEqual(letter.ack_state, "off")
            self.assertTrue(letter.ack_reason)
        letter = self._receive(self._message(Auto_Submitted="no"))
        letter.with_user(self.registrar).action_register()
        self.assertTrue(self._acks(letter))

    def test_answers_of_machines_are_no_letters(self):
        self.assertFalse(self._receive(self._message(Auto_Submitted="auto-replied (vacation)")))
        self.assertEqual(len(self._mails(kind="automatic")), 1)
        self.assertFalse(self._receive(self._message(From=OURS)), "our own address")
        bounce = self._message(From="MAILER-DAEMON@example.com")
        self.assertFalse(self._receive(bounce))

    def test_an_acknowledgement_that_belongs_to_nothing(self):
        ack = letter_data.dump(letter_data.write("acknowledgement", {"status": "accepted"}))
        self.assertFalse(self._receive(self._message(files=[("saraban.json", ack)])))
        self.assertFalse(self._mails(kind="acknowledgement").letter_id)

    def test_switched_off(self):
        self.company.lgo_mail_ack = False
        letter = self._receive(self._message()).with_user(self.registrar)
        letter.action_register()
        self.assertFalse(self._acks(letter))
        letter.action_acknowledge()
        self.assertTrue(self._acks(letter), "by hand it goes")

    def test_a_failed_acknowledgement(self):
        letter = self._receive(self._message()).with_user(self.registrar)
        letter.action_register()
        mail = self._acks(letter).mail_id
        mail._postprocess_sent_message([], [], failure_reason="550 no such user")
        self.assertEqual((letter.ack_state, letter.ack_reason), ("failed", "550 no such user"))
        with self.assertRaises(AccessError):
            letter.with_user(self.clerk).action_acknowledge()

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_the_mailbox_is_a_setting(self):
        self.company.lgo_saraban_alias = "saraban"
        self.assertEqual(len(self._receive(self._message(To="saraban@office.example.com"))), 1)
        # a mailbox at another domain: the mail server names the model
        before = self._letters()
        self.env["mail.thread"].message_process(
            "lgo.eoffice.letter", self._message(To="saraban_05@dla.example.go.th").as_bytes()
        )
        self.assertEqual(len(self._letters() - before), 1)

    def test_the_message_is_destroyed_with_its_letter(self):
        letter = self._receive(self._message(files=[("a.pdf", pdf())]))
        mail = letter.sudo().source_mail_ids
        owners = dict(letter._file_owners())
        self.assertEqual(owners["lgo.eoffice.mail"], mail.ids)
        sha256 = mail.sha256
        mail.attachment_id.unlink()
        self.env.flush_all()
        mail.invalidate_recordset()
        self.assertFalse(mail.attachment_id)
        self.assertEqual(mail.sha256, sha256, "that it came stays known")
        with self.assertRaises(UserError):
            mail.with_user(self.registrar)._content()
