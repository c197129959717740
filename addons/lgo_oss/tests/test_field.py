# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OssCase

LAT, LON = 18.7300, 98.9400


@tagged("post_install", "-at_install")
class TestField(OssCase):
    """Doubles, joining, cost: what cases out in the field share."""

    def _near(self, **values):
        return self._make_case(latitude=LAT, longitude=LON, **values)

    def test_candidates_by_place_kind_and_time(self):
        first = self._near()
        other_service = self._make_service("TEST9")
        Case = self.env["lgo.oss.request"]
        now = fields.Datetime.now()
        degree = 111_320
        # what, latitude, longitude, service, moment, found
        table = [
            ("the same place", LAT, LON, self.service, now, True),
            ("49 m north", LAT + 49 / degree, LON, self.service, now, True),
            ("51 m north", LAT + 51 / degree, LON, self.service, now, False),
            ("49 m east", LAT, LON + 49 / (degree * 0.94704), self.service, now, True),
            ("52 m east", LAT, LON + 52 / (degree * 0.94704), self.service, now, False),
            ("40 m both ways", LAT + 40 / degree, LON + 42 / degree, self.service, now, False),
            ("another kind", LAT, LON, other_service, now, False),
            ("6 days later", LAT, LON, self.service, now + timedelta(days=6), True),
            ("8 days later", LAT, LON, self.service, now + timedelta(days=8), False),
            ("no place", 0, 0, self.service, now, False),
        ]  # fmt: skip
        for what, latitude, longitude, service, at, expected in table:
            with self.subTest(what):
                found = Case._duplicate_candidates(service.id, latitude, longitude, at=at)
                self.assertEqual(first in found, expected)
        parameter = self.env["ir.config_parameter"].sudo()
        parameter.set_param("lgo_oss.duplicate_metres", "100")
        self.assertIn(first, Case._duplicate_candidates(self.service.id, LAT + 90 / degree, LON))
        parameter.set_param("lgo_oss.duplicate_metres", "มาก")
        self.assertNotIn(first, Case._duplicate_candidates(self.service.id, LAT + 90 / degree, LON))

    def test_candidates_obey_rights_and_end(self):
        first, second = self._near(), self._near()
        self.assertEqual(second._find_duplicates(), first)
        Case = self.env["lgo.oss.request"]
        self.assertFalse(
            Case.with_user(self.stranger)._duplicate_candidates(self.service.id, LAT, LON)
        )
        first._transition("reject", reason="ไม่อยู่ในเขต")
        self.assertFalse(second._find_duplicates())

    def test_join_and_follow_and_separate(self):
        main = self._near(applicant_email="first@example.com")
        second = self._near(applicant_email="second@example.com", applicant_name="มานะ ใกล้กัน")
        action = (second | main).with_user(self.clerk).action_merge()
        self.assertEqual(action["res_id"], main.id)
        self.assertEqual((second.state, second.duplicate_of_id), ("merged", main))
        Notification = self.env["lgo.notification"]
        told = [("res_model", "=", second._name), ("res_id", "=", second.id)]
        self.assertIn("รวมกับเรื่องเดียวกัน", Notification.search(told, limit=1).subject)
        main._transition("accept")
        main._transition("start")
        main.outcome = "เปลี่ยนหลอดแล้ว"
        main._transition("resolve")
        self.assertIn("resolve", second.event_ids.filtered("public").mapped("code"))
        self.assertEqual(
            len(Notification.search([*told, ("template_id.code", "=", "case_resolved")])), 1
        )
        second.with_user(self.clerk)._transition("unmerge")
        self.assertEqual((second.state, second.duplicate_of_id.id), ("submitted", False))
        self.assertEqual(main.duplicate_count, 0)

    def test_join_of_joined_ones_hangs_on_the_last_main(self):
        a, b, c = self._near(), self._near(), self._near()
        c._merge_into(b)
        b._merge_into(a)
        self.assertEqual(c.duplicate_of_id, a)
        self.assertEqual(a.duplicate_count, 2)

    def test_what_cannot_be_joined(self):
        main, second = self._near(), self._near()
        other = self._make_case(service_id=self._make_service("TEST8").id)
        with self.assertRaisesRegex(UserError, other.name):
            other._merge_into(main)
        with self.assertRaises(UserError):
            main._merge_into(main)
        with self.assertRaises(UserError):
            main.action_merge()
        with self.assertRaises(AccessError):
            second.with_user(self.stranger)._merge_into(main.with_user(self.stranger))
        with self.assertRaises(AccessError):
            second.with_user(self.officer).write({"duplicate_of_id": main.id})
        main._transition("reject", reason="ไม่อยู่ในเขต")
        with self.assertRaises(UserError):
            second._merge_into(main)
        self.assertEqual(second.state, "submitted")

    def test_cost_adds_up_and_follows_the_rights_of_the_case(self):
        case = self._near()
        line = {"res_model": case._name, "name": "หลอดไฟ", "amount": 199.99}
        case.with_user(self.officer).cost_ids = [
            Command.create(line),
            Command.create({**line, "name": "รถกระเช้า", "kind": "vehicle", "amount": 0.01}),
        ]
        self.assertEqual(case.currency_id.compare_amounts(case.cost_total, 200), 0)
        with self.assertRaises(AccessError):
            case.cost_ids[:1].with_user(self.stranger).read(["amount"])
        with self.assertRaises(AccessError):
            self.env["lgo.case.cost"].with_user(self.stranger).create({**line, "res_id": case.id})
        with self.assertRaises(AccessError):
            case.cost_ids.with_user(self.auditor).unlink()
