# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ways in that a hostile citizen or officer has found; each test is named after the leak."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestLeaks(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen = new_test_user(cls.env, "leak_citizen", groups="base.group_portal")
        cls.clerk = new_test_user(cls.env, "leak_clerk", groups="lgo_base.group_clerk")
        cls.officer = new_test_user(cls.env, "leak_officer", groups="lgo_base.group_staff")

    def test_leak_answer_to_a_data_request_before_the_identity_was_checked(self):
        request = self.env["lgo.privacy.request"]._file_online(self.citizen, "access", "")
        request.write({"decision": "ร่าง", "answer_file": "eA=="})
        request.message_post(body="ความลับภายใน", subtype_xmlid="mail.mt_note")
        mine = request.with_user(self.citizen)
        self.assertTrue(mine.read(["state", "type"]))
        for name in ("decision", "refusal_reason", "answer_file", "message_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            mine.search_count([("message_ids.body", "ilike", "ความลับ")])

    def test_leak_default_from_context_closes_a_data_request(self):
        requests = self.env["lgo.privacy.request"].with_user(self.clerk)
        request = requests.with_context(
            default_state="answered", default_closed_at="2026-01-01 00:00:00"
        ).create({"partner_id": self.citizen.partner_id.id, "type": "access"})
        self.assertEqual((request.state, request.closed_at), ("received", False))

    def test_leak_default_from_context_makes_the_time_of_a_data_request_longer(self):
        requests = self.env["lgo.privacy.request"].with_user(self.clerk)
        request = requests.with_context(
            default_extended_days=60, default_reminded_at="2026-01-01 00:00:00"
        ).create({"partner_id": self.citizen.partner_id.id, "type": "access"})
        self.assertEqual((request.extended_days, request.reminded_at), (0, False))

    def test_leak_clerk_forges_a_consent_on_the_website(self):
        purpose = self.env["lgo.consent.purpose"].search([], limit=1)
        values = {"partner_id": self.citizen.partner_id.id, "purpose_id": purpose.id}
        consents = self.env["lgo.consent"].with_user(self.clerk)
        with self.assertRaises(UserError):
            consents.create({**values, "channel": "web"})
        then = "2020-01-01 00:00:00"
        consent = consents.with_context(default_given_at=then, default_revoked_at=then).create(
            {**values, "given_at": then}
        )
        self.assertGreater(consent.given_at.year, 2020)
        self.assertFalse(consent.revoked_at)

    def test_leak_officer_reads_powers_of_attorney(self):
        with self.assertRaises(AccessError):
            self.env["lgo.power.attorney"].with_user(self.officer).search_count([])

    def test_leak_kind_of_document_publishes_a_guarded_field(self):
        kind = self.env["lgo.document.kind"].search([], limit=1)
        person = self.env["res.partner"].create({"name": "สมชาย ใจดี", "lgo_house_code": "1" * 11})
        kind.public_fields = "name, lgo_house_code, lgo_identity_hash"
        self.assertEqual([text for _label, text in kind._public_values(person)], ["สมชาย ใจดี"])
