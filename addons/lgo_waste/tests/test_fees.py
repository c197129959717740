# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import NOVEMBER, OCTOBER, WasteCase

JANUARY = date(2027, 1, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 05:00:00")
class TestFees(WasteCase):
    """What a month costs, by what was so on its first day."""

    def test_by_the_ordinance(self):
        for volume, expected in ((20, "60.00"), (21, "240.00"), (1000, "6000.00")):
            self.assertEqual(self._due(self._point(f"v{volume}", volume=volume)), expected)

    def test_outside_the_ordinance(self):
        fee = self._point(volume=1001)._month_fees([OCTOBER])[0]
        self.assertFalse(fee.parts)
        self.assertIn("1001", fee.error)

    def test_rooms(self):
        point = self._point(tariff_id=self.condo.id, unit_count=120, volume=1)
        self.assertEqual(self._due(point), "3000.00")

    def test_before_and_after_the_service(self):
        point = self._point(date_start=date(2026, 10, 15), date_stop=date(2026, 11, 3))
        got = [self._due(point, month) for month in (date(2026, 9, 1), OCTOBER, NOVEMBER)]
        self.assertEqual(got, [None, "60.00", "60.00"])
        self.assertIsNone(self._due(point, date(2026, 12, 1)))

    def test_begun_months(self):
        point = self._point(date_start=date(2026, 10, 17))  # 15 of 31 days
        for policy, expected in (("full", "60.00"), ("half", "30.00"), ("daily", "29.04")):
            self.company.lgo_waste_proration = policy
            self.assertEqual(self._due(point), expected, policy)

    def test_a_change_counts_from_its_day(self):
        point = self._point()
        point.with_user(self.registrar)._change({"volume": 40.0}, NOVEMBER, "ร้านค้า")
        self.assertEqual(self._due(point), "60.00")
        self.assertEqual(self._due(point, NOVEMBER), "240.00")
        point.with_user(self.registrar)._change({"volume": 60.0}, JANUARY, "ร้านค้า")
        months = [OCTOBER, NOVEMBER, date(2026, 12, 1), JANUARY]
        self.assertEqual(
            [self._due(point, month) for month in months], ["60.00", "240.00", "240.00", "360.00"]
        )
        with self.assertRaises(UserError):
            point.with_user(self.registrar)._change({"volume": 80.0}, NOVEMBER, "ย้อนหลัง")
        self.assertEqual(point.change_ids.mapped("new_text"), ["60", "40"])

    def test_the_fee_is_not_changed_behind_the_history(self):
        point = self._point()
        for vals in ({"volume": 1}, {"unit_count": 2}, {"tariff_id": self.condo.id}):
            with self.assertRaises(UserError):
                point.with_user(self.registrar).write(vals)

    def test_a_pause(self):
        point = self._point()
        pause = (
            self.env["lgo.waste.pause"]
            .with_user(self.registrar)
            .create({"point_id": point.id, "reason": "บ้านว่าง", "date_from": OCTOBER})
        )
        self.assertEqual(self._due(point), "60.00")
        pause.with_user(self.manager).action_approve()
        self.assertEqual(self._due(point), "0.00")
        self.assertTrue(point.is_paused)
        pause.sudo().date_to = date(2026, 10, 10)
        self.assertEqual(self._due(point), "60.00")

    def test_who_enters_does_not_decide(self):
        point = self._point()
        pause = (
            self.env["lgo.waste.pause"]
            .with_user(self.manager)
            .create({"point_id": point.id, "reason": "บ้านว่าง", "date_from": OCTOBER})
        )
        for user in (self.manager, self.registrar, self.health):
            with self.assertRaises(UserError):
                pause.with_user(user).action_approve()
        pause.with_user(self.manager2).action_approve()
        with self.assertRaises(UserError):
            pause.with_user(self.manager2).action_reject()
        with self.assertRaises(UserError):
            pause.with_user(self.registrar).reason = "อื่น"

    def test_exemptions(self):
        point = self._point()
        exemption = (
            self.env["lgo.waste.exemption"]
            .with_user(self.registrar)
            .create({"point_id": point.id, "reason": "วัด", "percent": 50, "date_from": NOVEMBER})
        )
        exemption.with_user(self.manager).action_approve()
        self.assertEqual(self._due(point), "60.00")
        self.assertEqual(self._due(point, NOVEMBER), "30.00")
        with self.assertRaises(ValidationError):
            exemption.copy({"date_from": JANUARY})

    def _incentive(self, **vals):
        return self.env["lgo.waste.incentive"].create(
            {
                "name": "บ้านนี้ไม่เทรวม",
                "kind": "alt_rate",
                "collect_rate": 10,
                "dispose_rate": 10,
                "date_from": OCTOBER,
                "company_id": self.company.id,
                "tariff_ids": [Command.set(self.house.ids)],
                **vals,
            }
        )

    def test_an_incentive_is_earned_and_lost(self):
        point = self._point()
        enrolment = (
            self.env["lgo.waste.enrolment"]
            .with_user(self.registrar)
            .create(
                {
                    "point_id": point.id,
                    "incentive_id": self._incentive().id,
                    "date_from": date(2026, 10, 5),
                }
            )
        )
        enrolment.with_user(self.manager).action_approve()
        # not in force on the first day of October
        self.assertEqual(self._due(point), "60.00")
        self.assertEqual(self._due(point, NOVEMBER), "20.00")
        with freeze_time("2026-11-20 05:00:00"):
            with self.assertRaises(UserError):
                enrolment.with_user(self.health).action_revoke()
            enrolment.with_user(self.health).inspection = "ไม่คัดแยก"
            enrolment.with_user(self.health).action_revoke()
            self.assertEqual(str(enrolment.lost_until), "2027-05-20")
            self.assertEqual(self._due(point, NOVEMBER), "20.00")
            self.assertEqual(self._due(point, date(2026, 12, 1)), "60.00")
            with self.assertRaises(ValidationError):
                self.env["lgo.waste.enrolment"].create(
                    {
                        "point_id": point.id,
                        "incentive_id": enrolment.incentive_id.id,
                        "date_from": JANUARY,
                    }
                )

    def test_an_incentive_for_other_classes(self):
        with self.assertRaises(ValidationError):
            self.env["lgo.waste.enrolment"].create(
                {
                    "point_id": self._point(tariff_id=self.condo.id).id,
                    "incentive_id": self._incentive().id,
                }
            )

    def test_queries_do_not_grow_with_the_points(self):
        few = self.env["lgo.waste.point"].union(*(self._point(f"a{n}") for n in range(3)))
        many = self.env["lgo.waste.point"].union(*(self._point(f"b{n}") for n in range(40)))
        counts = []
        for points in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            points._month_fees([OCTOBER, NOVEMBER])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 05:00:00")
class TestTariffVersion(WasteCase):
    """A rate table is drafted, checked against the law, put in force by another officer."""

    def _limit(self, **vals):
        law = self.env["lgo.waste.legal.basis"].create(
            {"name": "กฎกระทรวงทดสอบ", "kind": "regulation", "company_id": self.company.id}
        )
        self.env["lgo.waste.fee.limit"].create(
            {
                "basis_id": law.id, "up_to": 20, "ceiling": 65, "floor": 20,
                "date_from": date(2026, 1, 1), **vals,
            }
        )  # fmt: skip
        return law

    def test_limits(self):
        self.version.sudo().date_to = date(2026, 12, 31)
        for collect, allowed in ((65, True), (66, False), (20, True), (19, False)):
            law = self._limit()
            version = self._table(
                f"ร่าง {collect}", date(2028 + collect, 1, 1), collect=collect,
                limit_basis_ids=[Command.set(law.ids)], date_to=date(2028 + collect, 1, 31),
            )  # fmt: skip
            version.with_user(self.manager).action_approve()
            if allowed:
                version.with_user(self.manager).action_publish()
                self.assertEqual(version.state, "published")
            else:
                with self.assertRaises(UserError):
                    version.with_user(self.manager).action_publish()
                self.assertEqual(version.state, "approved")

    def test_suspended_limits_need_a_reason(self):
        self.version.sudo().date_to = date(2026, 12, 31)
        law = self._limit()
        law.write({"suspended_from": date(2026, 11, 17), "suspended_to": date(2027, 11, 16)})
        version = self._table("ร่าง", JANUARY, collect=1, limit_basis_ids=[Command.set(law.ids)])
        version.with_user(self.manager).action_approve()
        with self.assertRaises(UserError):
            version.with_user(self.manager).action_publish()
        version.exception_reason = "มติคณะรัฐมนตรี"
        version.with_user(self.manager).action_publish()
        self.assertEqual(version.state, "published")

    def test_two_tables_on_one_day(self):
        version = self._table("ซ้อน", JANUARY)
        version.with_user(self.manager).action_approve()
        with self.assertRaises(ValidationError):
            version.with_user(self.manager).action_publish()
        self.version.sudo().date_to = date(2026, 12, 31)
        version.with_user(self.manager).action_publish()
        point = self._point()
        self.assertEqual(self._due(point, JANUARY), "60.00")

    def test_two_rates_for_one_quantity(self):
        self.version.sudo().date_to = date(2026, 12, 31)
        version = self._table("ร่าง", JANUARY)
        version.line_ids = [
            Command.create(
                {
                    "tariff_id": self.house.id,
                    "component": "collect",
                    "above": 10,
                    "up_to": 30,
                    "rate": 40,
                }
            )
        ]
        version.with_user(self.manager).action_approve()
        with self.assertRaises(UserError):
            version.with_user(self.manager).action_publish()

    def test_in_force_stays(self):
        with self.assertRaises(UserError):
            self.version.line_ids[0].rate = 1
        with self.assertRaises(UserError):
            self.version.line_ids[0].unlink()
        with self.assertRaises(UserError):
            self.version.unlink()
        with self.assertRaises(UserError):
            self.version.date_from = JANUARY

    def test_the_drafter_does_not_put_in_force(self):
        version = self._table("ร่าง", JANUARY).with_user(self.manager).copy({"name": "สำเนา"})
        version.action_approve()
        with self.assertRaises(UserError):
            version.action_publish()

    def test_simulation(self):
        self._point("1")
        self._point("2", volume=21)
        self.version.sudo().date_to = date(2026, 12, 31)
        draft = self._table("ร่าง", JANUARY, collect=40, dispose=40)
        wizard = (
            self.env["lgo.waste.tariff.simulate"]
            .with_user(self.finance)
            .create({"version_id": draft.id, "month": NOVEMBER})
        )
        wizard.action_simulate()
        row = wizard.line_ids
        self.assertEqual(
            (row.point_count, row.amount_before, row.amount_after, row.error_count),
            (2, 300.0, 320.0, 0),
        )
        self.assertEqual(wizard.amount_change, 20.0)
        self.assertFalse(
            self.env["lgo.waste.charge"].search([("point_id.zone_id", "=", self.zone.id)])
        )
