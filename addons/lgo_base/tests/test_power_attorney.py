# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .identity_common import IdentityCase
from .test_upload import jpeg_with_gps, picture

_utc = fields.Datetime.to_datetime


@tagged("post_install", "-at_install", "lgo")
class TestPowerAttorney(IdentityCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "attorney_clerk", groups="lgo_base.group_clerk")
        cls.principal, cls.agent = cls._citizen(), cls._citizen(lgo_first_name="มะลิ")
        cls.powers = cls.env["lgo.power.attorney"].with_user(cls.clerk)

    def _power(self, confirm=True, **vals):
        power = self.powers.create(
            {
                "principal_id": self.principal.id,
                "agent_id": self.agent.id,
                "matters": "S01\n ขออนุญาตก่อสร้าง ",
                "valid_from": "2026-01-01",
                "valid_to": "2026-06-30",
                "document": base64.b64encode(picture()),
                **vals,
            }
        )
        if confirm:
            power.action_confirm()
        return power

    def test_check_agent(self):
        power = self._power()
        cases = [
            (date(2026, 1, 1), "S01", True),
            (date(2026, 6, 30), "s01", True),
            (date(2026, 3, 1), "ขออนุญาตก่อสร้าง", True),
            (date(2025, 12, 31), "S01", False),
            (date(2026, 7, 1), "S01", False),
            (date(2026, 3, 1), "S02", False),
            (date(2026, 3, 1), "", False),
            (date(2026, 3, 1), None, False),
            # 00:30 on 1 July in Bangkok
            (_utc("2026-06-30 17:30:00"), "S01", False),
            (_utc("2026-06-30 16:30:00"), "S01", True),
            (_utc("2025-12-31 17:00:00"), "S01", True),
        ]
        for at, matter, allowed in cases:
            found = self.powers._check_agent(self.principal, self.agent, at, matter)
            self.assertEqual(bool(found), allowed, (at, matter))
        self.assertFalse(self.powers._check_agent(self.agent, self.principal, cases[0][0], "S01"))
        power.action_revoke()
        self.assertFalse(self.powers._check_agent(self.principal, self.agent, cases[0][0], "S01"))

    def test_all_matters_without_end(self):
        self._power(all_matters=True, valid_to=False)
        self.assertTrue(self.powers._check_agent(self.principal, self.agent, date(2099, 1, 1)))

    def test_draft_gives_no_power(self):
        self._power(confirm=False)
        self.assertFalse(
            self.powers._check_agent(self.principal, self.agent, date(2026, 3, 1), "S01")
        )

    def test_confirm_needs_document_and_matters(self):
        for vals in ({"document": False}, {"matters": " \n "}):
            with self.assertRaises(UserError):
                self._power(**vals)

    def test_confirmed_is_frozen(self):
        power = self._power()
        for vals in (
            {"matters": "S02"},
            {"agent_id": self.principal.id},
            {"valid_from": "2020-01-01"},
        ):
            with self.assertRaises(ValidationError):
                power.write(vals)
        with self.assertRaises(UserError):
            power.write({"state": "draft"})
        with self.assertRaises(UserError):
            power.unlink()
        power.valid_to = "2026-03-31"
        self.assertEqual(self.powers.create(power.copy_data()[0]).state, "draft")

    def test_impossible(self):
        for vals in ({"agent_id": self.principal.id}, {"valid_to": "2025-01-01"}):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self._power(confirm=False, **vals)

    def test_roles(self):
        power = self._power(confirm=False)
        for group in ("lgo_base.group_unit_head", "lgo_base.group_auditor"):
            user = new_test_user(self.env, f"attorney_{group[-5:]}", groups=group)
            power.with_user(user).read(["matters"])
            for attempt in ("action_confirm", "action_revoke", "unlink"):
                with self.assertRaises(UserError, msg=(group, attempt)):
                    getattr(power.with_user(user), attempt)()
            self.assertEqual(power.state, "draft")
        for group in ("base.group_portal", "lgo_base.group_staff", "lgo_base.group_admin"):
            user = new_test_user(self.env, f"attorney_{group[-6:]}", groups=group)
            with self.assertRaises(AccessError, msg=group):
                self.powers.with_user(user).search_count([])

    def test_leak_default_from_context_puts_it_in_force(self):
        """Nor may the document be swapped once it is in force."""
        vals = self._power(confirm=False).copy_data()[0]
        powers = self.powers.with_user(self.clerk)
        power = powers.with_context(default_state="valid").create(vals)
        self.assertEqual(power.state, "draft")
        self.env["ir.default"].with_user(self.clerk).set(
            "lgo.power.attorney", "state", "valid", user_id=True
        )
        self.assertEqual(powers.create(vals).state, "draft")
        confirmed = self._power().with_user(self.clerk)
        for change in ({"document": False}, {"valid_to": False}):
            with self.assertRaises(UserError):
                confirmed.write(change)

    def test_document_is_judged_by_its_content(self):
        """What a clerk attaches is a picture or a PDF, and tells no place where it was taken."""
        power = self._power(confirm=False)
        for bad in (b"MZ\x90\x00 program", b"<script>alert(1)</script>", b"%PDF-1.4 broken"):
            for call in (
                lambda bad=bad: self._power(confirm=False, document=base64.b64encode(bad)),
                lambda bad=bad: power.write({"document": base64.b64encode(bad)}),
            ):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    call()
        dirty = jpeg_with_gps()
        power.write({"document": base64.b64encode(dirty), "document_name": "../มอบอำนาจ.exe"})
        clean = base64.b64decode(power.with_context(bin_size=False).document)
        self.assertIn(b"Exif", dirty)
        self.assertNotIn(b"Exif", clean)
        self.assertEqual(power.document_name, "มอบอำนาจ.jpg")
