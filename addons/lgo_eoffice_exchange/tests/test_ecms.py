# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..models.lgo_eoffice_dispatch import CallError
from ..tools import ecms
from .common import REFUSAL, ExchangeCase, pdf
from .ecms_server import FAULT, RAM, EcmsServer, letter, notice

WSA = "http://www.w3.org/2005/08/addressing"
EMPTY = f'<s:Envelope xmlns:s="{ecms.SOAP}"><s:Body/></s:Envelope>'.encode()


def soap(inner):
    return f'<s:Envelope xmlns:s="{ecms.SOAP}"><s:Body>{inner}</s:Body></s:Envelope>'.encode()


@tagged("post_install", "-at_install")
class TestEcmsMessages(BaseCase):
    """The XML of every request and answer."""

    def _build(self, request, **more):
        data = ecms.envelope(request, "https://x/ecms-ws01/service2", WSA, **more)
        root = etree.fromstring(data)  # noqa: S320 - our own
        self.assertEqual(root.tag, f"{{{ecms.SOAP}}}Envelope")
        return root.find(f"{{{ecms.SOAP}}}Body")[0]

    def _letter(self, **values):
        values = {
            "letter_id": "ชม 52301/124",
            "day": date(2026, 11, 25),
            "subject": "ขอ <เชิญ> & ประชุม\x00",
            "secret_code": "001",
            "speed_code": "004",
            "sender": ecms.Party("11008", "11", "สมชาย", "ใจดี", "นายก"),
            "receiver": ecms.Party("15002", "15"),
            "references": (("ชม 1/2", date(2026, 1, 2), "เดิม"), ("ชม 3/4", None, "")),
            "attachment": "1. แบบ & ผัง",
            "send_date": date(2026, 11, 25),
            "main": ("application/pdf", b"%PDF-1"),
            "files": (("image/png", b"\x89PNG\r\n\x1a\n1"), ("application/msword", b"abc")),
            **values,
        }
        return ecms.Letter(**values)

    def test_letter(self):
        request = self._build(ecms.outbound_letter(self._letter()))
        self.assertEqual(request.tag, "CorrespondenceLetterOutboundRequest")
        (found,) = request.iter(f"{{{RAM}}}CorrespondenceLetter")
        self.assertEqual(found.get("ID"), "Letter")
        self.assertEqual(
            [etree.QName(child).localname for child in found],
            ["ID", "CorrespondenceDate", "Subject", "SecretCode", "SpeedCode", "SenderParty",
             "ReceiverParty", "ReferenceCorrespondence", "ReferenceCorrespondence", "Attachment",
             "SendDate", "Description", "MainLetterBinaryObject", "AttachmentBinaryObject",
             "AttachmentBinaryObject"],
        )  # fmt: skip
        self.assertEqual(found.findtext(f"{{{RAM}}}CorrespondenceDate"), "2026-11-25")
        self.assertEqual(found.findtext(f"{{{RAM}}}Subject"), "ขอ <เชิญ> & ประชุม")

    def test_what_is_written_is_read(self):
        sent = self._letter()
        request = self._build(ecms.outbound_letter(sent))
        reply = ecms.parse(soap(etree.tostring(request, encoding="unicode")))
        for name in ("letter_id", "day", "secret_code", "speed_code", "sender", "receiver",
                     "references", "attachment", "send_date", "main", "files"):  # fmt: skip
            self.assertEqual(getattr(reply.letter, name), getattr(sent, name), name)
        files, refused = ecms.files_of(reply.letter)
        self.assertEqual(
            [file.name for file in files],
            ["หนังสือ.pdf", "สิ่งที่ส่งมาด้วย_1.png", "สิ่งที่ส่งมาด้วย_2.doc"],
        )
        self.assertFalse(refused)

    def test_notifiers(self):
        for kind in ecms.NOTIFIERS:
            request = self._build(
                ecms.notifier(ecms.Notice(kind, "ก & ข", date(2026, 1, 2), "เรื่อง", "77"))
            )
            self.assertEqual(request.tag, "CorrespondenceLetterOutboundRequest")
            names = [child.tag for child in request[0]]
            wanted = ["LetterID", "CorrespondenceDate", "Subject"]
            if "Accept" in kind:
                wanted.insert(1, "AcceptID")
            self.assertEqual((request[0].tag, names), (kind, wanted))
            self.assertEqual(request[0].findtext("LetterID"), "ก & ข")
        with self.assertRaises(ValueError):
            ecms.notifier(ecms.Notice("AcceiptLetterNotifier", "x"))

    def test_other_requests(self):
        what = ("ชม 1/2", date(2026, 1, 2), "11008", "15002")
        for request, path, text in (
            (ecms.inbound(), "CorrespondenceLetterInboundRequest", None),
            (ecms.delete("p1"), "CorrespondenceLetterDeleteRequest/ProcessID", "p1"),
            (ecms.delete_to_resend(*what),
             "CorrespondenceDeleteGovernmentDocumentRequest/AcceptDepartment/Code", "15002"),
            (ecms.time_check(), "TimeCheckRequest", None),
            *((ecms.reference(name), name, None) for name in ecms.REFERENCES),
        ):  # fmt: skip
            found = self._build(request)
            name, _slash, rest = path.partition("/")
            self.assertEqual(found.tag, name)
            if rest:
                self.assertEqual(found.findtext(rest), text)
            spaced = self._build(request, namespace="urn:x")
            self.assertEqual(spaced.tag, f"{{urn:x}}{name}")
        with self.assertRaises(ValueError):
            ecms.reference("x")

    def test_addressing(self):
        for wsa in (WSA, "http://w3.org/2005/08/addressing"):
            data = ecms.envelope(ecms.inbound(), "https://x/?a=1&b=2", wsa, "20261125.100000000")
            header = etree.fromstring(data)[0]  # noqa: S320 - our own
            self.assertEqual(header.findtext(f"{{{wsa}}}To"), "https://x/?a=1&b=2")
            self.assertEqual(header.findtext(f"{{{wsa}}}MessageID"), "20261125.100000000")

    def test_bad_answers(self):
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + soap(
            "<TimeCheckResponse>&b;</TimeCheckResponse>"
        )
        outside = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + soap("<a/>")
        utf16 = (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>'
            f'<s:Envelope xmlns:s="{ecms.SOAP}"><s:Body><a>&a;</a></s:Body></s:Envelope>'
        ).encode("utf-16")
        for data in (b"", b"<html><body>Login</body></html>", b"<a>", b"\xff\xfe\x00", EMPTY,
                     b"{}", bomb, outside, utf16, soap("<a>")):  # fmt: skip
            with self.assertRaises(ecms.EcmsError, msg=data[:60]) as caught:
                ecms.parse(data)
            self.assertFalse(caught.exception.fault)
        with self.assertRaises(ecms.EcmsError) as caught:
            ecms.parse(FAULT.encode())
        self.assertTrue(caught.exception.fault)
        self.assertIn("ไม่มีสิทธิ & หมดเวลา", str(caught.exception))

    def test_broken_files(self):
        data = soap(
            "<CorrespondenceLetterInboundResponse>"
            + letter(main=b"MZ1").replace('mimeCode="application/pdf">', 'mimeCode="../x">')
            + "</CorrespondenceLetterInboundResponse>"
        )
        files, refused = ecms.files_of(ecms.parse(data).letter)
        self.assertEqual((files, refused), ([], ["หนังสือ"]))
        broken = data.replace(b"TVox", b"@@@")
        self.assertEqual(ecms.files_of(ecms.parse(broken).letter), ([], ["หนังสือ"]))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 03:00:00")
class TestEcms(ExchangeCase):
    """Against a server that plays the other side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_paper()
        cls.agency.write({"ecms_department": "11008", "ecms_ministry": "11"})
        cls.connection = cls.env["lgo.eoffice.ecms"].create(
            {
                "endpoint": "http://127.0.0.1:1/x",
                "ministry_code": "15",
                "department_code": "15002",
                "active": True,
            }
        )

    def setUp(self):
        super().setUp()
        self.server = EcmsServer()
        self.addCleanup(self.server.stop)
        self.connection.endpoint = self.server.url
        self.connection.action_load_codes()
        self.server.calls.clear()

    def _poll(self):
        item = self.connection._fetch_next()
        item._answer_and_delete()
        return item

    def _letters(self):
        return self.env["lgo.eoffice.letter"].search([("receive_channel", "=", "ecms")])

    # ------------------------------------------------------------ in
    def test_a_letter_comes_in(self):
        paper = pdf()
        self.server.queue = [("p-1", letter(main=paper))]
        item = self.connection._fetch_next()
        self.assertEqual(
            self.server.names(), ["CorrespondenceLetterInboundRequest"],
            "nothing is taken from the queue before the commit",
        )  # fmt: skip
        received = item.letter_id
        self.assertEqual(received.subject, "ขอเชิญ & ประชุม")
        self.assertEqual((received.doc_no, str(received.doc_date)), ("ชม 0018/55", "2026-11-20"))
        self.assertEqual((received.urgency, received.secrecy), ("very_urgent", "normal"))
        self.assertEqual(received.agency_id, self.agency)
        self.assertEqual(received.main_attachment_id.raw, paper)
        self.assertEqual(received.state, "new")
        self.assertIn(b"CorrespondenceLetter", item.attachment_id.raw)
        item._answer_and_delete()
        self.assertEqual(
            self.server.names()[1:], ["ReceiveLetterNotifier", "CorrespondenceLetterDeleteRequest"]
        )
        self.assertFalse(self.server.queue)
        self.assertFalse(self._poll(), "the queue is empty")

    def test_the_same_letter_twice(self):
        self.server.queue = [("p-1", letter(main=pdf()))]
        self.server.keep = True
        first = self._poll()
        self.server.queue = [("p-2", letter(main=pdf(), subject="changed"))]
        again = self._poll()
        self.assertEqual(first, again)
        self.assertEqual(len(self._letters()), 1)
        self.assertEqual(self.server.names().count("ReceiveLetterNotifier"), 1)
        self.assertEqual(self.server.calls[-1].findtext("ProcessID"), "p-2")
        self.assertTrue(first.letter_id.exchange_note)
        self.server.queue = [("p-3", letter(sender="22022"))]
        self._poll()
        self.assertEqual(len(self._letters()), 2, "the same number of another department")

    def test_a_crash_before_the_deletion(self):
        self.server.queue = [("p-1", letter(main=pdf()))]
        item = self.connection._fetch_next()
        self.server.bad = [(500, "x")]
        with self.assertRaises(CallError):
            item._answer_and_delete()
        self.assertEqual(item.state, "stored")
        self.assertTrue(self.server.queue, "it stays in the queue")
        self._poll()
        self.assertEqual((item.state, len(self._letters())), ("deleted", 1))
        self.assertFalse(self.server.queue)

    def test_registering_tells_the_number(self):
        self.server.queue = [("p-1", letter(main=pdf()))]
        received = self._poll().letter_id.with_user(self.registrar)
        received.action_register()
        self.assertEqual(received.ack_state, "queued")
        received.sudo().dispatch_ids._call_once()
        request = self.server.calls[-1][0]
        self.assertEqual(request.tag, "AcceptLetterNotifier")
        self.assertEqual(request.findtext("AcceptID"), str(received.receive_no))
        self.assertEqual(request.findtext("LetterID"), "ชม 0018/55")
        self.assertEqual(received.ack_state, "sent")

    def test_refusing(self):
        self.server.queue = [("p-1", letter(main=pdf()))]
        received = self._poll().letter_id.with_user(self.registrar)
        received._transition("reject", reason="ผิดหน่วยงาน")
        received.sudo().dispatch_ids._call_once()
        self.assertEqual(self.server.names()[-1], "RejectLetterNotifier")

    def test_most_secret_is_refused(self):
        for number, code in enumerate(("004", "009", "")):
            self.server.queue = [(f"p-{number}", letter(number=f"ลส {number}", secret=code))]
            item = self._poll()
            self.assertFalse(item.letter_id)
            self.assertFalse(item.attachment_id)
            self.assertIn("RejectLetterNotifier", self.server.names())
            self.assertEqual(self.server.calls[-2][0].findtext("Subject") or "", "")
        self.assertFalse(self._letters())

    def test_secret_keeps_register_data_only(self):
        self.server.queue = [("p-1", letter(secret="002", main=pdf()))]
        item = self._poll()
        self.assertEqual(item.letter_id.secrecy, "secret")
        self.assertFalse(item.letter_id.main_attachment_id or item.attachment_id)
        self.assertFalse(item.with_user(self.registrar).search([("id", "=", item.id)]))

    def test_faulty_letter(self):
        for number, broken in enumerate((letter(number=""), letter(subject="")), start=1):
            self.server.queue = [(f"p-{number}", broken)]
            item = self._poll()
            self.assertFalse(item.letter_id)
            self.assertIn("InvalidLetterNotifier", self.server.names())
        self.server.queue = [("p-9", letter(main=b"MZ", speed="777", day="x"))]
        received = self._poll().letter_id
        self.assertFalse(received.main_attachment_id)
        self.assertFalse(received.doc_date)
        self.assertIn("777", received.exchange_note)

    def test_a_refused_letter_comes_again(self):
        """The sender has mended it, or the office knows the code now."""
        self.server.queue = [("p-1", letter(secret="009", main=pdf()))]
        item = self._poll()
        self.assertEqual((item.state, item.answer), ("deleted", "RejectLetterNotifier"))
        self.server.queue = [("p-2", letter(secret="001", main=pdf()))]
        self.assertEqual(self._poll(), item)
        self.assertEqual(item.letter_id.subject, "ขอเชิญ & ประชุม")
        self.assertFalse(item.note)
        self.assertEqual(
            self.server.names()[-2:], ["ReceiveLetterNotifier", "CorrespondenceLetterDeleteRequest"]
        )
        self.assertEqual((item.state, len(self._letters())), ("deleted", 1))

    def test_a_rule_of_the_office_does_not_stop_the_queue(self):
        def refuse(_self, _company, _data):
            raise ValidationError(REFUSAL)

        self.patch(self.env.registry["lgo.eoffice.letter"], "_values_of_data", refuse)
        self.server.queue = [("p-1", letter(main=pdf()))]
        item = self._poll()
        self.assertEqual((item.state, item.note), ("deleted", "ไม่รับ"))
        self.assertTrue(item.attachment_id, "what came is kept")
        self.assertIn("InvalidLetterNotifier", self.server.names())

    # ------------------------------------------------------------ bad days of the other side
    def test_faults(self):
        for answer in ((200, FAULT), (500, FAULT), (200, "<html>Login</html>"), (503, "busy"),
                       (302, ""), (200, "")):  # fmt: skip
            self.server.bad = [answer]
            with self.assertRaises(CallError):
                self.connection._fetch_next()
        self.server.bad = [(200, FAULT)]
        with self.assertRaisesRegex(UserError, "หมดเวลา"):
            self.connection.action_test()
        self.assertEqual(self.connection.action_test()["params"]["type"], "success")
        self.server.queue = [("", letter())]
        with self.assertRaises(CallError):
            self.connection._fetch_next()
        self.assertFalse(self._letters())

    @mute_logger("odoo.addons.lgo_eoffice_exchange.models.lgo_eoffice_ecms")
    def test_the_job(self):
        cron = self.env.ref("lgo_eoffice_exchange.ir_cron_ecms")
        self.server.queue = [(f"p-{number}", letter(number=f"ก {number}")) for number in range(3)]
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self._letters()), 3)
        self.assertFalse(self.server.queue)
        self.server.bad = [(500, "x")]
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(self.connection.last_error)
        calls = len(self.server.calls)
        self.connection.active = False
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self.server.calls), calls, "off is off")

    # ------------------------------------------------------------ out
    def _sent(self, **vals):
        sent = self._signed([{"agency_id": self.agency.id, "channel": "ecms"}], **vals)
        sent._transition("send")
        return sent

    def test_sending(self):
        sent = self._sent(urgency="most_urgent", subject="รายงาน & ผล <ด่วน>")
        row, sending = sent.recipient_ids, sent.sudo().dispatch_ids
        self.assertEqual(row.state, "queued")
        sending._call_once()
        self.assertEqual((sending.state, sending.error), ("sent", False))
        self.assertTrue(sending.process_ref)
        self.assertEqual(row.state, "sent")
        (found,) = self.server.calls[-1].iter(f"{{{RAM}}}CorrespondenceLetter")
        read = ecms._letter(found)
        self.assertEqual((read.speed_code, read.secret_code), ("004", "001"))
        self.assertEqual((read.sender.department, read.receiver.department), ("15002", "11008"))
        self.assertEqual(read.subject, "รายงาน & ผล <ด่วน>")
        self.assertEqual(read.main[1], sent.sudo().document_id._content())
        self.assertTrue(read.letter_id.endswith("/" + str(sent.send_no)))

    def test_what_comes_back(self):
        sent = self._sent()
        sent.sudo().dispatch_ids._call_once()
        row, day = sent.recipient_ids, str(sent.doc_date)
        for number, (kind, accept, state) in enumerate((
            ("ReceiveLetterNotifier", "", "received"),
            ("AcceptLetterNotifier", "", "received"),
            ("AcceptLetterNotifier", "88", "accepted"),
            ("ReceiveLetterNotifier", "", "accepted"),
        )):  # fmt: skip
            self.server.queue = [(f"n-{number}", notice(kind, sent.doc_no, day, accept, "11008"))]
            item = self._poll()
            self.assertEqual(row.state, state)
            self.assertEqual(item.letter_id, sent.sudo())
        self.assertEqual(row.ack_no, "88")
        self.assertIn("InvalidAcceptIDNotifier", self.server.names(), "a number was missing")

    def test_refused_and_sent_again(self):
        sent = self._sent()
        sent.sudo().dispatch_ids._call_once()
        row = sent.recipient_ids
        for kind, state in (
            ("InvalidLetterNotifier", "invalid"),
            ("RejectLetterNotifier", "rejected"),
        ):
            self.server.queue = [("n-" + kind, notice(kind, sent.doc_no, str(sent.doc_date)))]
            self._poll()
            self.assertEqual(row.state, state)
        row.action_resend()
        self.server.calls.clear()
        sent.sudo().dispatch_ids.sorted("id")[-1:]._call_once()
        self.assertEqual(
            self.server.names(),
            [
                "CorrespondenceDeleteGovernmentDocumentRequest",
                "CorrespondenceLetterOutboundRequest",
            ],
        )
        self.assertEqual(row.state, "sent")

    def test_news_about_nothing(self):
        self.server.queue = [("n-1", notice("AcceptLetterNotifier", "ไม่มี 1/1", "", "5"))]
        item = self._poll()
        self.assertTrue(item.note)
        self.assertFalse(item.letter_id)

    def test_our_number_is_called_wrong(self):
        self.server.queue = [("p-1", letter(main=pdf()))]
        received = self._poll().letter_id
        self.server.queue = [
            ("n-1", notice("InvalidAcceptIDNotifier", "ชม 0018/55", "2026-11-20", "12"))
        ]
        self._poll()
        self.assertIn("12", received.exchange_note)

    def test_what_is_needed_to_send(self):
        self.connection.code_ids.unlink()
        sent = self._sent()
        sent.sudo().dispatch_ids._call_once()
        self.assertEqual(sent.recipient_ids.state, "failed", "the codes are missing")
        sent = self._signed([{"agency_id": self.agency.id, "channel": "ecms"}])
        self.agency.ecms_department = False
        with self.assertRaises(UserError):
            sent._transition("send")
        self.agency.ecms_department = "11008"
        self.connection.active = False
        with self.assertRaises(UserError):
            sent._transition("send")

    def test_settings(self):
        with self.assertRaises(ValidationError):
            self.connection.endpoint = "http://ecms.example.go.th/service2"
        self.connection.write({"plain_http": True, "endpoint": "http://ecms.example.go.th/x"})
        with self.assertRaises(ValidationError):
            self.connection.department_code = False
        with self.assertRaises(AccessError):
            self.connection.with_user(self.registrar).write({"active": False})
        self.connection.with_user(self.admin).write({"active": False})
