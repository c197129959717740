# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ways in that a hostile officer has found; each test is named after the leak."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestComplaintLeaks(ComplaintCase):
    def test_leak_list_of_messages_names_who_begins_a_restricted_complaint(self):
        Draft = self.env["lgo.oss.draft"]
        nobody = self.env["res.partner"]
        for service, sent in ((self.bribe.service_id, 0), (self.road.service_id, 1)):
            draft = Draft._keep(Draft.sudo(), service, nobody, {"description": ["ลับ"]}, "k" * 16)
            draft._send_link("witness@example.com")
            rows = self.env["lgo.notification"].search(
                [("res_model", "=", "lgo.oss.draft"), ("res_id", "=", draft.id)]
            )
            with self.subTest(service=service.code):
                self.assertEqual(len(rows.filtered("email")), sent)
                self.assertEqual(bool(draft.sent_to), bool(sent), "the page promises no mail")

    def test_leak_copy_of_an_answer_names_the_hidden_reporter(self):
        """Odoo keeps to whom else a mail went: a second address of who hides from the unit."""
        case = self._complaint()
        case.sudo().reporter_kind = "hidden"
        message = {
            "email_from": "somying@example.com",
            "body": "x",
            "to_filtered": "friend@example.com",
            "cc_filtered": "somying.work@example.com",
        }
        case._mail_prepare(message, [])
        self.assertNotIn("example.com", f"{message['to_filtered']}{message['cc_filtered']}")

    def test_leak_officer_plants_a_link_as_if_imported(self):
        planted = {
            "traffy_ticket": "2026-FAKE",
            "traffy_state": "resolved",
            "photo_link": "https://evil.example.com",
            "after_photo_link": "https://evil.example.com",
        }
        Complaint = self.env["lgo.oss.complaint"].with_user(self.clerk)
        values = {"type_id": self.road.id, "applicant_name": "x"}
        filed = self._complaint()
        for name, value in planted.items():
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    Complaint.create({**values, name: value})
                with self.assertRaises(AccessError):
                    filed.with_user(self.clerk).write({name: value})
                draft = Complaint.with_context(**{f"default_{name}": value}).create(values)
                self.assertFalse(draft[name])
