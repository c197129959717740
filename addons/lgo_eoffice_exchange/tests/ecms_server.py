# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A server that plays the e-CMS exchange: a queue, notifiers, codes, and its bad days."""

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
FAULT = (
    f'<s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault><faultcode>s:Client</faultcode>'
    "<faultstring>ไม่มีสิทธิ &amp; หมดเวลา</faultstring></s:Fault></s:Body></s:Envelope>"
)


def letter(number="ชม 0018/55", day="2026-11-20", sender="11008", secret="001", speed="003",
           subject="ขอเชิญ & ประชุม", main=b"", mime="application/pdf"):  # fmt: skip
    """The XML of a letter, as another organisation would have sent it."""
    data = base64.b64encode(main).decode()
    return (
        f'<rsm:GovernmentDocument xmlns:rsm="{RSM}" xmlns:ram="{RAM}">'
        f'<ram:CorrespondenceLetter ID="Letter"><ram:ID>{escape(number)}</ram:ID>'
        f"<ram:CorrespondenceDate>{day}</ram:CorrespondenceDate>"
        f"<ram:Subject>{escape(subject)}</ram:Subject><ram:SecretCode>{secret}</ram:SecretCode>"
        f"<ram:SpeedCode>{speed}</ram:SpeedCode><ram:SenderParty><ram:JobTitle>นายอำเภอ"
        f"</ram:JobTitle><ram:DepartmentOrganization><ram:ID>{sender}</ram:ID>"
        "</ram:DepartmentOrganization></ram:SenderParty><ram:ReceiverParty/>"
        "<ram:Attachment>1. แผนที่</ram:Attachment>"
        f'<ram:MainLetterBinaryObject mimeCode="{mime}">{data}</ram:MainLetterBinaryObject>'
        "</ram:CorrespondenceLetter></rsm:GovernmentDocument>"
    )


def notice(kind, number, day="", accept="", department=""):
    """The XML of a notifier."""
    return (
        f"<{kind}><LetterID>{escape(number)}</LetterID><AcceptID>{accept}</AcceptID>"
        f"<CorrespondenceDate>{day}</CorrespondenceDate><Subject>x</Subject>"
        f"<AcceptDate>2026-11-25</AcceptDate><AcceptDepartment><Code>{department}</Code>"
        f"</AcceptDepartment></{kind}>"
    )


class EcmsServer:
    """``queue``: (process id, XML) of what waits; ``calls``: parsed bodies of the requests.

    ``bad``: answers (status, text) that are given before any good one.
    """

    def __init__(self):
        self.queue, self.calls, self.bad, self.keep = [], [], [], False
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
                status, text = server.answer(raw)
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args):
                """No line in the log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/ecms-ws01/service2"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def names(self):
        """What was asked for: the request, and the notifier inside it when there is one."""
        found = []
        for request in self.calls:
            inner = etree.QName(request[0]).localname if len(request) else ""
            name = etree.QName(request).localname
            found.append(inner if inner.endswith("Notifier") else name)
        return found

    def answer(self, raw):
        root = etree.fromstring(raw)  # noqa: S320 - our own request
        request = root.find(f"{{{SOAP}}}Body")[0]
        self.calls.append(request)
        if self.bad:
            return self.bad.pop(0)
        name = etree.QName(request).localname
        process, inner = "", ""
        if name == "CorrespondenceLetterInboundRequest" and self.queue:
            process, inner = self.queue[0]
        elif name == "CorrespondenceLetterDeleteRequest":
            process = request.findtext("ProcessID")
            if not self.keep:
                self.queue = [row for row in self.queue if row[0] != process]
        elif name == "CorrespondenceLetterOutboundRequest":
            process = f"out-{len(self.calls)}"
        elif name in ("GetSpeedCodes", "GetSecretCodes"):
            words = (
                ("ปกติ", "ด่วน", "ด่วนมาก", "ด่วนที่สุด")
                if name == "GetSpeedCodes"
                else ("ปกติ", "ลับ", "ลับมาก", "ลับที่สุด")
            )
            inner = "".join(
                f"<Item><Code>00{number}</Code><Description>{word}</Description></Item>"
                for number, word in enumerate(words, start=1)
            )
        answer = name.replace("Request", "Response")
        return 200, (
            f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header/>'
            f"<s:Body><{answer}><processID>{process}</processID>"
            f"<ProcessTime>2026-11-25T10:00:00</ProcessTime>{inner}</{answer}></s:Body></s:Envelope>"
        )
