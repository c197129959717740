# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from freezegun import freeze_time

from odoo.tests import BaseCase, tagged

from ..tools import charset, delivery_report, letter_data, mail_reader, signing, subject_line
from .common import UID, pdf, winmail

THAI = "หนังสือราชการ เรื่อง ขอความอนุเคราะห์"


@tagged("post_install", "-at_install")
class TestCharset(BaseCase):
    def test_thai_by_every_name(self):
        for name in (
            "tis-620", "TIS620", "windows-874", "x-windows-874", "iso-8859-11", "cp874", "MS874",
            "iso-8859-1", "us-ascii", "windows-1252", None, "", "no-such-thing", "x\x00y", "hex",
        ):  # fmt: skip
            self.assertEqual(charset.decode(THAI.encode("cp874"), name), THAI, name)
        for name in ("utf-8", "tis-620", "us-ascii", None, "windows-874"):
            self.assertEqual(charset.decode(THAI.encode(), name), THAI, name)

    def test_other_languages_stay(self):
        self.assertEqual(charset.decode("Société Générale".encode("latin-1"), "iso-8859-1"),
                         "Société Générale")  # fmt: skip
        self.assertEqual(charset.decode(b"plain", "utf-16"), "plain")

    def test_broken_bytes_give_text(self):
        cut = THAI.encode()[:-1]
        self.assertTrue(charset.decode(cut, "utf-8").startswith("หนังสือราชการ"))
        self.assertEqual(charset.decode(b"", "utf-8"), "")

    def test_headers(self):
        raw = THAI.encode("cp874").decode("ascii", "surrogateescape")
        self.assertEqual(charset.decode_raw_header(raw), THAI)
        for word in (
            "=?windows-874?B?y7nRp8rXzcPSqqHS0w==?=",
            "=?TIS-620?Q?=CB=B9=D1=A7=CA=D7=CD=C3=D2=AA=A1=D2=C3?=",
        ):
            self.assertTrue(charset.decode_raw_header(word).startswith("หนังสือรา"), word)
        self.assertEqual(charset.decode_raw_header("=?utf-8?B?4Li?="), "\ufffd", "cut in two")
        self.assertEqual(charset.decode_raw_header("a\r\n b"), "a b")

    def test_clean(self):
        self.assertEqual(charset.clean("ก\x00\x1b[31mข\u202eค\ud800ง😀"), "ก[31mขคง😀")


@tagged("post_install", "-at_install")
class TestSubjectLine(BaseCase):
    def test_read(self):
        for text, subject, doc_no, day, urgency in (
            ("[ด่วนที่สุด] ที่ ชม 52301/124 เรื่อง ขอเชิญประชุม", "ขอเชิญประชุม", "ชม 52301/124", None,
             "most_urgent"),
            ("ด่วนมาก ที่ มท ๐๘๐๘.๒/ว ๑๒๓๔ ลงวันที่ ๕ พ.ย. ๒๕๖๙ เรื่อง ซักซ้อมแนวทาง", "ซักซ้อมแนวทาง",
             "มท ๐๘๐๘.๒/ว ๑๒๓๔", date(2026, 11, 5), "very_urgent"),
            ("Fwd: RE: เรื่อง: แจ้งผล", "แจ้งผล", "", None, "normal"),
            ("หนังสืออำเภอ ที่ ชม 0018/55 แจ้งเวียน", "แจ้งเวียน", "ชม 0018/55", None, "normal"),
            ("ด่วนพิเศษไม่มีในระเบียบ", "ด่วนพิเศษไม่มีในระเบียบ", "", None, "normal"),
            ("ที่ประชุมมีมติ 3 ข้อ", "ที่ประชุมมีมติ 3 ข้อ", "", None, "normal"),
            ("ด่วน", "ด่วน", "", None, "normal"),
            ("", "", "", None, "normal"),
        ):  # fmt: skip
            found = subject_line.read(text)
            self.assertEqual(
                (found.subject, found.doc_no, found.doc_date, found.urgency),
                (subject, doc_no, day, urgency),
                text,
            )

    def test_what_is_written_is_read(self):
        line = subject_line.build("ขอเชิญ\nประชุม", "ชม 52301/ว 9", "urgent")
        self.assertEqual(line, "[ด่วน] ที่ ชม 52301/ว 9 เรื่อง ขอเชิญ ประชุม")
        found = subject_line.read(line)
        self.assertEqual((found.subject, found.doc_no), ("ขอเชิญ ประชุม", "ชม 52301/ว 9"))


def letter(**values):
    return {
        "format": "lgo-saraban",
        "version": 1,
        "type": "letter",
        "uid": UID,
        "doc_no": "ชม 52301/124",
        "subject": "เรื่อง & <b>",
        **values,
    }


@tagged("post_install", "-at_install")
class TestLetterData(BaseCase):
    def test_round_trip(self):
        now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
        whole = letter_data.write(
            "letter",
            {
                "uid": UID,
                "doc_no": "ชม 52301/124",
                "doc_date": date(2026, 11, 25),
                "subject": "กำ 😀",
                "sent_at": now,
                "references": [{"org": "อำเภอ", "doc_no": "ชม 1/2", "doc_date": None}],
                "enclosures": [{"name": "แบบ", "qty": 3}],
            },
        )
        found = letter_data.read(letter_data.dump(whole))
        self.assertEqual(found["doc_date"], date(2026, 11, 25))
        self.assertEqual(found["sent_at"], now)
        self.assertEqual(found["subject"], "กำ 😀")
        self.assertEqual(found["enclosures"][0]["qty"], 3)
        self.assertEqual((found["urgency"], found["secrecy"]), ("normal", "normal"))

    def test_long_texts_are_cut(self):
        """A clerk may write more than a reader takes; the letter must leave all the same."""
        whole = letter_data.write(
            "letter",
            {
                "uid": UID,
                "doc_no": "1",
                "subject": "ก" * 1500,
                "sender": {"name": "ข" * 400},
                "enclosures": [{"name": "ค" * 400}],
                "signer": {"name": "ง", "lines": ["จ" * 400]},
            },
        )
        found = letter_data.read(letter_data.dump(whole))
        self.assertEqual(found["subject"], "ก" * 1000)
        self.assertEqual(found["sender"]["name"], "ข" * 300)
        self.assertEqual(found["enclosures"][0]["name"], "ค" * 300)
        self.assertEqual(found["signer"]["lines"], ["จ" * 300])

    def test_later_versions_may_add_fields(self):
        self.assertEqual(letter_data.check(letter(colour="red"))["subject"], "เรื่อง & <b>")

    def test_wrong_fields_are_named(self):
        for values, name in (
            (letter(format="x"), "format"), (letter(version=2), "version"),
            (letter(version=True), "version"), (letter(type="order"), "type"),
            (letter(type=["letter"]), "type"),
            (letter(uid="1"), "uid"), (letter(uid=None), "uid"), (letter(doc_no=""), "doc_no"),
            (letter(doc_no=5), "doc_no"), (letter(subject="ก" * 1001), "subject"),
            (letter(subject="\x00 \u202e"), "subject"), (letter(doc_date="2569-01-05"), "doc_date"),
            (letter(doc_date="5/1/2569"), "doc_date"), (letter(doc_date=20260105), "doc_date"),
            (letter(due_at="2026-01-05T10:00:00"), "due_at"), (letter(urgency="x"), "urgency"),
            (letter(secrecy=["secret"]), "secrecy"), (letter(is_circular=1), "is_circular"),
            (letter(sender="x"), "sender"), (letter(sender={"name": 5}), "sender.name"),
            (letter(references=[{}] * 201), "references"), (letter(references={}), "references"),
            (letter(files=[{"name": "a", "role": "main", "size": -1}]), "files.size"),
            (letter(files=[{"name": "a", "role": "x", "size": 1}]), "files.role"),
            (letter(enclosures=[{"name": "ก", "qty": 2**40}]), "enclosures.qty"),
        ):  # fmt: skip
            with self.assertRaises(letter_data.DataError, msg=name) as caught:
                letter_data.read(json.dumps(values).encode())
            self.assertEqual(str(caught.exception), name)

    def test_hostile_files(self):
        for data in (b"", b"\xff", b"[]", b"null", b"[" * 100_000, b"1" * 5000, b" " * 2_000_000):
            with self.assertRaises(letter_data.DataError):
                letter_data.read(data)


@tagged("post_install", "-at_install")
class TestMailReader(BaseCase):
    def _mail(self, **headers):
        message = EmailMessage()
        message["From"] = headers.pop("From", "ก <a@example.go.th>")
        message["Subject"] = "ทดสอบ"
        message.set_content("เนื้อความ")
        return message

    def test_winmail(self):
        message = self._mail()
        data = winmail(("หนังสือ.pdf".encode("cp874"), pdf()), (b"run.exe", b"MZ" + b"\0" * 99))
        message.add_attachment(
            data, maintype="application", subtype="ms-tnef", filename="winmail.dat"
        )
        mail = mail_reader.read(message.as_bytes())
        self.assertEqual([file.name for file in mail.files], ["หนังสือ.pdf"])
        self.assertTrue(mail.files[0].is_pdf)
        self.assertEqual([problem.code for problem in mail.problems], ["program"])

    def test_broken_winmail(self):
        whole = winmail((b"a.pdf", pdf()))
        for data in (b"x", whole[:40], b"\x78\x9f\x3e\x22" + b"\0" * 5000):
            message = self._mail()
            message.add_attachment(
                data, maintype="application", subtype="ms-tnef", filename="winmail.dat"
            )
            mail = mail_reader.read(message.as_bytes())
            self.assertFalse(mail.files)
            self.assertEqual(mail.text, "เนื้อความ")

    def test_mail_inside_a_mail(self):
        inner = self._mail(From="b@example.go.th")
        inner.add_attachment(pdf(), maintype="application", subtype="pdf", filename="in.pdf")
        middle = self._mail()
        middle.add_attachment(inner)
        outer = self._mail()
        outer.add_attachment(pdf(), maintype="application", subtype="pdf", filename="out.pdf")
        outer.add_attachment(middle)
        mail = mail_reader.read(outer.as_bytes())
        self.assertEqual(
            [(file.name, file.depth) for file in mail.files], [("out.pdf", 0), ("in.pdf", 2)]
        )
        self.assertEqual(mail.sender, "a@example.go.th")
        self.assertEqual(mail.text.count("เนื้อความ"), 3)

    def test_mails_inside_mails_without_end(self):
        message = self._mail()
        for _depth in range(30):
            outer = self._mail()
            outer.add_attachment(message)
            message = outer
        mail = mail_reader.read(message.as_bytes())
        self.assertIn("deep", [problem.code for problem in mail.problems])

    def test_html_only(self):
        message = EmailMessage()
        message["From"] = "a@example.go.th"
        message.set_content("<p>เรียน <b>นายก</b></p><script>alert(1)</script>", subtype="html")
        mail = mail_reader.read(message.as_bytes())
        self.assertIn("เรียน", mail.text)
        self.assertNotIn("<", mail.text)
        raw = (
            b"From: a@example.go.th\nContent-Type: text/html\n\n"
            b'<meta charset="windows-874"><p>' + THAI.encode("cp874")
        )
        self.assertIn(THAI, mail_reader.read(raw).text)

    def test_names_of_files(self):
        for header, name in (
            (b'filename="../../etc/passwd"', "passwd"),
            (b'filename="a\\b\\c.pdf"', "c.pdf"),
            (b"filename*=tis-620''%CB%B9%D1%A7.pdf", "หนัง.pdf"),
            (b'filename="=?windows-874?B?y7nRpw==?=.pdf"', "หนัง.pdf"),
            (b'filename="' + "หนัง.pdf".encode("cp874") + b'"', "หนัง.pdf"),
            (b'filename="x\x00\xe2\x80\xaefdp.pdf"', "xfdp.pdf"),
            (b'filename=""', None),
            (b"", None),
        ):
            raw = (
                b"From: a@example.go.th\nContent-Type: application/pdf\n"
                b"Content-Disposition: attachment; " + header + b"\n\n%PDF-1.4"
            )
            (file,) = mail_reader.read(raw).files
            self.assertEqual(file.mimetype, "application/pdf")
            if name and name.endswith(".pdf"):
                self.assertEqual(file.name, name, header)
            self.assertNotIn("/", file.name)
            self.assertTrue(file.name.endswith(".pdf"))

    def test_limits(self):
        message = self._mail()
        for number in range(5):
            message.add_attachment(
                b"%PDF-" + b"0" * 100, maintype="application", subtype="pdf",
                filename=f"{number}.pdf",
            )  # fmt: skip
        mail = mail_reader.read(message.as_bytes(), max_files=2)
        self.assertEqual(len(mail.files), 2)
        mail = mail_reader.read(message.as_bytes(), max_bytes=250)
        self.assertEqual(len(mail.files), 2)
        self.assertEqual({problem.code for problem in mail.problems}, {"too_big"})

    def test_hostile_messages(self):
        for raw in (
            b"", b"\0" * 100, b"\xff\xfe", b"From: \nSubject: =?x?B?=?=\n\n\xff",
            b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x",
            b"From: a@b\nContent-Type: message/rfc822\n\n",
            b"From: a@b\nContent-Type: text/plain; charset=\"zlib\"\n\n\xe0",
            b"From: a@b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n@@@",
            b"From: a@b\nDate: Mon, 99 Foo 99999 99:99\n\nx",
            b"From: " + b"(" * 5000 + b"a@b\n\nx",
            b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n1\n" * 3000,
        ):  # fmt: skip
            mail = mail_reader.read(raw)
            self.assertIsInstance(mail.text, str, raw[:60])


@tagged("post_install", "-at_install")
class TestDeliveryReport(BaseCase):
    def report(self, action, status="5.1.1", original=b"<1@x>", kind="delivery-status"):
        return b"""From: MAILER-DAEMON@mx.example.com
Content-Type: multipart/report; report-type=%s; boundary="b"

--b
Content-Type: text/plain

text
--b
Content-Type: message/%s

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; Saraban@Amphoe.example.go.th
Action: %s
Status: %s
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: %s
Subject: x

--b--
""" % (kind.encode(), kind.encode(), action.encode(), status.encode(), original)

    def test_failed_and_delivered(self):
        for word, action in (("failed", "failed"), ("Delivered", "delivered"),
                             ("relayed", "delivered"), ("delayed", "delayed")):  # fmt: skip
            ids, outcomes = delivery_report.read(self.report(word))
            self.assertEqual(ids, ["<1@x>"])
            (outcome,) = outcomes
            self.assertEqual(
                (outcome.action, outcome.address), (action, "saraban@amphoe.example.go.th")
            )
            self.assertIn("no such user", outcome.detail)

    def test_no_report(self):
        for raw in (b"", b"From: a@b\n\nx", self.report("strange").replace(b"/report", b"/mixed")):
            self.assertEqual(delivery_report.read(raw), ([], []))
        self.assertEqual(delivery_report.read(self.report("strange"))[1], [])

    def test_opened(self):
        raw = b"""From: a@b
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;a@b
Original-Message-ID: <7@x>
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""
        ids, outcomes = delivery_report.read(raw)
        self.assertEqual((ids, outcomes[0].action), (["<7@x>"], "displayed"))


@tagged("post_install", "-at_install")
class TestSigning(BaseCase):
    URL = "https://b.example.go.th/lgo/exchange/v1/letters"

    def setUp(self):
        super().setUp()
        self.private, self.public = signing.make_key()
        self.body = '{"เรื่อง": "ก"}'.encode()

    def _find(self, name):
        return self.public if name == signing.key_id(self.public) else None

    def _check(self, headers, body=None, url=None, method="POST", find=None):
        return signing.verify(
            method, url or self.URL, headers, self.body if body is None else body,
            find or self._find,
        )  # fmt: skip

    def test_good(self):
        headers = signing.sign("POST", self.URL, self.body, self.private)
        proof = self._check(headers)
        self.assertEqual(proof.keyid, signing.key_id(self.public))
        other = signing.sign("POST", self.URL, self.body, self.private)
        self.assertNotEqual(self._check(other).nonce, proof.nonce)
        self._check(headers, url=self.URL.replace("https:", "http:"))

    def test_altered(self):
        headers = signing.sign("POST", self.URL, self.body, self.private)
        for change in (
            {"body": self.body + b" "},
            {"body": b""},
            {"url": self.URL.replace("b.example", "c.example")},
            {"url": self.URL + "x"},
            {"method": "PUT"},
            {"find": lambda _name: None},
            {"find": lambda _name: signing.make_key()[1]},
            {"find": lambda _name: "AAAA"},
        ):
            with self.assertRaises(signing.SignatureError, msg=str(change)):
                self._check(headers, **change)
        for name, value in (
            ("Content-Digest", None), ("Signature", None), ("Signature-Input", None),
            ("Content-Type", "text/plain"), ("Signature", "x"), ("Signature", "lgo=:AAAA:"),
            ("Signature-Input", headers["Signature-Input"].replace('"@path" ', "")),
            ("Signature-Input", headers["Signature-Input"].replace("expires=", "expired=")),
        ):  # fmt: skip
            changed = {key: text for key, text in headers.items() if key != name}
            if value:
                changed[name] = value
            with self.assertRaises(signing.SignatureError, msg=f"{name}={value}"):
                self._check(changed)

    def test_time(self):
        now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
        with freeze_time(now):
            headers = signing.sign("POST", self.URL, self.body, self.private)
        for delta, good in ((0, True), (-50, True), (-70, False), (300, True), (370, False)):
            with freeze_time(now + timedelta(seconds=delta)):
                if good:
                    self._check(headers)
                else:
                    with self.assertRaises(signing.SignatureError, msg=delta):
                        self._check(headers)

    def test_names_of_keys(self):
        self.assertRegex(signing.fingerprint(self.public), r"^([0-9A-F]{4} ){15}[0-9A-F]{4}$")
        self.assertEqual(len(signing.key_id(self.public)), 32)
        for text in ("", None, "x", "AAAA", "ก"):
            with self.assertRaises(signing.SignatureError):
                signing.key_id(text)
