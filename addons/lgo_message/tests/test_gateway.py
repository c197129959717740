# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from urllib.parse import parse_qs

from odoo.tests import BaseCase, tagged

from ..tools import gateway

VALUES = {"to": "0812345678", "text": 'ไฟดับ "ด่วน"\n{ref} & = 😀', "ref": "r-1"}


@tagged("post_install", "-at_install")
class TestGateway(BaseCase):
    """Bodies, numbers and waiting times."""

    def test_json(self):
        template = '{"to": ["{to}"], "msg": {"t": "[{text}]"}, "n": 1, "id": "{ref}"}'
        body, kind = gateway.fill(template, "json", VALUES)
        self.assertEqual(kind, "application/json")
        self.assertEqual(
            json.loads(body),
            {"to": ["0812345678"], "msg": {"t": f"[{VALUES['text']}]"}, "n": 1, "id": "r-1"},
            "what stands in the text never changes the structure",
        )

    def test_form(self):
        body, _kind = gateway.fill("msisdn={to}\n\nmessage = {text}", "form", VALUES)
        found = parse_qs(body.decode())
        self.assertEqual(found, {"msisdn": ["0812345678"], "message": [VALUES["text"]]})

    def test_malformed(self):
        for template, kind in (("{to", "json"), ("", "json"), ("a line", "form"), ("=x", "form")):
            with self.subTest(template), self.assertRaises(ValueError):
                gateway.fill(template, kind, VALUES)

    def test_id_number(self):
        for text in ("เลข 1234567890121", "1-2345-67890-12-1", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "x1234567890121x"):
            self.assertTrue(gateway.holds_id_number(text), text)
        for text in ("1234567890122", "OSS-256900012", "0812345678", "12345678901210", ""):
            self.assertFalse(gateway.holds_id_number(text), text)

    def test_mobile(self):
        for text in ("081-234-5678", "+66812345678", "๐๘๑๒๓๔๕๖๗๘"):
            self.assertEqual(gateway.mobile(text), "0812345678")
        for text in ("021234567", "08123", "", None, "0812345678\r\nx"):
            self.assertEqual(gateway.mobile(text), "")

    def test_wait(self):
        for text, seconds in (
            ("120", 120), ("", 0), (None, 0), ("-5", 0), ("x", 0), ("9" * 50, 86400),
            ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ):  # fmt: skip
            self.assertEqual(gateway.wait_seconds(text), seconds)
