# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ways in which an officer forges or reads what is not theirs; named after the leak."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import OssCase


@tagged("post_install", "-at_install")
class TestLeaksOffice(OssCase):
    def setUp(self):
        super().setUp()
        self.case = self._make_case(partner_id=self.citizen.partner_id.id, user_id=self.officer.id)

    def test_leak_default_from_context_signs_a_letter(self):
        forged = {
            "state": "signed",
            "signed_by_id": self.mayor.id,
            "signed_at": "2026-01-01 00:00:00",
            "signer_id": self.mayor.id,
            "written_by_id": self.mayor.id,
            "document_id": self.case._issued_documents()[:1].id,
            "replaces_id": self.case._issued_documents()[:1].id,
        }
        for name in ("state", "signed_by_id", "written_by_id"):
            self.env["ir.default"].with_user(self.officer).set(
                "lgo.case.letter", name, forged[name], user_id=True
            )
        Letter = self.env["lgo.case.letter"].with_user(self.officer)
        letter = Letter.with_context(
            **{f"default_{name}": value for name, value in forged.items()}
        ).create({"res_model": self.case._name, "res_id": self.case.id, "kind": "refusal"})
        self.assertEqual((letter.state, letter.written_by_id), ("draft", self.officer))
        for name in ("signed_by_id", "signed_at", "signer_id", "document_id", "replaces_id"):
            with self.subTest(field=name):
                self.assertFalse(letter[name])

    def test_leak_clerk_reads_the_citizens_link_in_a_message(self):
        """With the link a clerk who signs out would confirm and rate as the citizen."""
        notification = self.env["lgo.notification"]._notify(
            self.case, "case_submitted", email="c@example.com"
        )[:1]
        token = self.case.sudo().access_token
        self.assertIn(token, notification.sudo().body, "the citizen gets the link")
        for user in (self.clerk, self.auditor):
            with self.subTest(user=user.login):
                seen = notification.with_user(user)
                self.assertIn(self.case.name, seen.body_shown)
                self.assertNotIn(token, seen.body_shown)
                with self.assertRaises(AccessError):
                    seen.read(["body"])
                with self.assertRaises(AccessError):
                    seen.search_count([("body", "like", token)])

    def test_leak_default_from_context_stamps_a_case(self):
        stamps = {
            "identity_checked_by_id": self.mayor.id,
            "identity_checked_at": "2026-01-01 00:00:00",
            "filed_by_id": self.mayor.id,
            "resolved_at": "2026-01-01 00:00:00",
            "duplicate_of_id": self.case.id,
        }
        Case = self.env["lgo.oss.request"].with_user(self.clerk)
        values = {"service_id": self.service.id, "applicant_name": "x"}
        case = Case.with_context(**{f"default_{name}": stamps[name] for name in stamps}).create(
            values
        )
        for name in stamps:
            with self.subTest(field=name):
                self.assertFalse(case[name])
        for name in ("resolved_at", "duplicate_of_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                Case.create({**values, name: stamps[name]})
        line = (
            self.env["lgo.case.document"]
            .with_user(self.clerk)
            .with_context(
                default_checked_by_id=self.mayor.id, default_checked_at="2026-01-01 00:00:00"
            )
            .create({"name": "x", "res_model": self.case._name, "res_id": self.case.id})
        )
        self.assertFalse(line.checked_by_id or line.checked_at)

    def test_leak_case_is_given_to_a_citizen(self):
        """The officer in charge gets tasks and messages about the case."""
        with self.assertRaises(ValidationError):
            self.case.with_user(self.clerk).write({"user_id": self.neighbour.id})
        with self.assertRaises(ValidationError):
            self.case.with_user(self.clerk)._assign(self.neighbour)
        self.assertEqual(self.case.user_id, self.officer)
