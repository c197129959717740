# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import NOVEMBER, OCTOBER, WasteCase


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 05:00:00")
class TestRun(WasteCase):
    """A billing run, as the finance officer meets it."""

    def _charges(self, *points):
        return self.env["lgo.waste.charge"].search(
            [("point_id", "in", [point.id for point in points]), ("state", "!=", "cancelled")]
        )

    def test_preview_then_bills(self):
        one, two = self._point("1"), self._point("2", volume=21)
        run = self._new_run()
        with self.assertRaises(UserError):
            run.action_start()
        run.action_preview()
        self.assertEqual(run.preview_ids.mapped("amount"), [300.0])
        self.assertEqual(run.preview_ids.point_count, 2)
        self.assertFalse(self._charges(one, two))
        self._bill_all(run)
        self.assertEqual((run.state, run.bill_count, run.amount_total), ("done", 2, 300.0))
        self.assertEqual(run.progress, 100.0)
        bill = one.bill_ids
        self.assertEqual(bill.title, "ค่าธรรมเนียมเก็บและกำจัดมูลฝอย ต.ค. 2569")
        self.assertEqual(bill.line_ids.mapped("amount"), [30.0, 30.0])
        self.assertEqual(bill.line_ids.mapped("name"), ["ค่าเก็บขน ต.ค. 2569", "ค่ากำจัด ต.ค. 2569"])
        self.assertEqual((bill.move_id.state, bill.move_id.amount_total), ("posted", 60.0))
        self.assertEqual(bill.fiscal_year, 2570)
        self.assertEqual(self._charges(one).bill_id, bill)
        self.assertEqual(self._balance("receivable"), 300)

    def test_once_however_often(self):
        points = [self._point(str(number)) for number in range(5)]
        for _again in range(2):
            self._bill_all(self._new_run(), limit=2)
        self.assertEqual(len(self._charges(*points)), 5)
        self.assertEqual([len(point.bill_ids) for point in points], [1] * 5)

    def test_by_zone_then_the_whole_town(self):
        one = self._point("1")
        two = self._point("2", zone_id=self.zone2.id, route_id=self.route2.id)
        self._bill_all(self._new_run(zone_ids=self.zone2.ids))
        self.assertEqual((len(one.bill_ids), len(two.bill_ids)), (0, 1))
        run = self._bill_all(self._new_run())
        self.assertEqual((run.bill_count, len(one.bill_ids), len(two.bill_ids)), (1, 1, 1))

    def test_a_quarter_after_one_month(self):
        point = self._point()
        self._bill_all(self._new_run())
        self._bill_all(self._new_run(months=3))
        self.assertEqual(sorted(point.bill_ids.mapped("amount")), [60.0, 120.0])
        quarter = point.bill_ids.filtered(lambda bill: bill.amount == 120)
        self.assertEqual(quarter.title[-14:], "พ.ย.–ธ.ค. 2569")
        self.assertEqual(quarter.period_to, date(2026, 12, 31))

    def test_a_year_over_new_year(self):
        point = self._point()
        self._bill_all(self._new_run(months=12))
        self.assertEqual(point.bill_ids.amount, 720.0)
        self.assertTrue(point.bill_ids.title.endswith("ต.ค. 2569–ก.ย. 2570"))
        self.assertEqual(len(self._charges(point)), 12)

    def test_months_without_a_fee_are_kept(self):
        point = self._point()
        exemption = self.env["lgo.waste.exemption"].create(
            {"point_id": point.id, "reason": "วัด", "date_from": OCTOBER}
        )
        exemption.with_user(self.manager).action_approve()
        run = self._bill_all(self._new_run())
        charge = self._charges(point)
        self.assertEqual((charge.state, charge.amount, charge.amount_full), ("free", 0.0, 60.0))
        self.assertEqual(charge.exemption_id, exemption)
        self.assertEqual((run.bill_count, run.free_count), (0, 1))
        self.assertFalse(point.bill_ids)

    def test_what_has_no_rate_is_listed_and_the_rest_billed(self):
        wrong, right = self._point("1", volume=5000), self._point("2")
        run = self._bill_all(self._new_run())
        self.assertEqual(run.problem_ids.point_id, wrong)
        self.assertEqual((len(wrong.bill_ids), len(right.bill_ids)), (0, 1))
        self.assertFalse(self._charges(wrong), "billed later, when the rate table has a rate")

    def test_a_cancelled_bill_can_be_made_again(self):
        point = self._point()
        self._bill_all(self._new_run())
        first = point.bill_ids
        first._close("cancelled", OCTOBER)
        self.assertFalse(self._charges(point))
        self._bill_all(self._new_run())
        self.assertEqual(len(point.bill_ids), 2)
        self.assertEqual(self._charges(point).bill_id, point.bill_ids - first)

    def test_a_written_off_bill_is_not_made_again(self):
        point = self._point()
        self._bill_all(self._new_run())
        point.bill_ids._close("written_off", OCTOBER)
        self._bill_all(self._new_run())
        self.assertEqual(len(point.bill_ids), 1)

    def test_only_who_is_served(self):
        points = [
            self._point("1", state="draft"),
            self._point("2", state="inspecting"),
            self._point("3", date_start=NOVEMBER),
            self._point(
                "4", state="terminated", date_stop=date(2026, 9, 30), date_start=date(2026, 1, 1)
            ),
        ]
        served = self._point("5", state="terminated", date_stop=date(2026, 10, 5))
        self._bill_all(self._new_run())
        self.assertFalse(self._charges(*points))
        self.assertEqual(served.bill_ids.amount, 60.0)

    def test_stop_and_go_on(self):
        points = [self._point(str(number)) for number in range(5)]
        run = self._new_run()
        run.action_preview()
        run.action_start()
        run.sudo()._step(2)
        run.action_stop()
        self.assertEqual(run.sudo()._step(2), 0)
        self.assertEqual((run.done_count, run.bill_count, run.progress), (2, 2, 40.0))
        with self.assertRaises(UserError):
            run.write({"month_count": 12})
        with self.assertRaises(UserError):
            run.unlink()
        run.action_start()
        while run.state == "running":
            run.sudo()._step(2)
        self.assertEqual((run.state, run.bill_count), ("done", 5))
        self.assertEqual([len(point.bill_ids) for point in points], [1] * 5)

    def test_the_scheduled_job(self):
        points = [self._point(str(number)) for number in range(3)]
        run = self._new_run()
        run.action_preview()
        run.action_start()
        with self.enter_registry_test_mode():
            self.env.ref("lgo_waste.ir_cron_run").method_direct_trigger()
        self.assertEqual((run.state, run.bill_count), ("done", 3))
        self.assertTrue(all(point.bill_ids for point in points))

    def test_a_missing_kind_of_revenue(self):
        self._point()
        self.env["lgo.payment.revenue"].search(
            [("code", "=", "waste_dispose"), ("company_id", "=", self.company.id)]
        ).code = "other"
        run = self._new_run()
        run.action_preview()
        run.action_start()
        with self.assertRaises(UserError), self.cr.savepoint():
            run.sudo()._step()
        self.assertFalse(run.bill_count)

    def test_roles(self):
        for user in (self.registrar, self.health, self.collector, self.cashier, self.outsider):
            with self.assertRaises(AccessError):
                self._new_run(user=user)
        run = self._new_run(user=self.manager)
        for user in (self.registrar, self.auditor):
            with self.assertRaises(AccessError):
                run.with_user(user).action_preview()
        for name, value in (("state", "done"), ("bill_count", 5), ("cursor", 10**6)):
            with self.assertRaises(AccessError):
                run.write({name: value})

    def test_values_that_make_no_sense(self):
        for months in (0, -1, 25, 2_000_000):
            with self.assertRaises(ValidationError):
                self._new_run(months=months)
        with self.assertRaises(ValidationError):
            self._new_run(date_due=date(2026, 9, 30))

    def test_charges_do_not_change(self):
        point = self._point()
        self._bill_all(self._new_run())
        charge = self._charges(point)
        for user in (self.manager, self.finance, self.env.user):
            with self.assertRaises(AccessError):
                charge.with_user(user).write({"amount": 1})
            with self.assertRaises(AccessError):
                charge.with_user(user).write({"state": "cancelled"})
            with self.assertRaises(AccessError):
                charge.with_user(user).unlink()

    def test_queries_do_not_grow_with_the_points(self):
        counts = []
        for amount in (10, 60):
            for number in range(amount):
                self._point(f"{amount}-{number}")
            run = self._new_run(NOVEMBER if amount == 60 else OCTOBER)
            run.action_preview()
            run.action_start()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run.sudo()._step()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 15, counts)
