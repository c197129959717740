# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import date

from odoo.tests import tagged

from odoo.addons.lgo_payment.tests.drill import KillDrill

from .test_tool_point_table import changed, workbook

KILLS = 20
POINTS = 60
CODE = "KILL"
MONTH = date(2026, 10, 1)


@tagged("post_install", "-at_install")
class TestKilledRun(KillDrill):
    """A billing run that is killed again and again makes each bill once."""

    def setUp(self):
        super().setUp()
        with self._cursor() as cr:
            self.run_id = self._prepare(self._env(cr))

    def _prepare(self, env):
        env.company._lgo_payment_setup()
        common = {"name": CODE, "code": CODE}
        zone = env["lgo.waste.zone"].create(common)
        tariff = env["lgo.waste.tariff"].create(common)
        version = env["lgo.waste.tariff.version"].create(
            {
                "name": CODE,
                "basis_id": env["lgo.waste.legal.basis"].create({"name": CODE}).id,
                "date_from": MONTH,
                "line_ids": [
                    (0, 0, {"tariff_id": tariff.id, "component": name, "rate": 20})
                    for name in ("collect", "dispose")
                ],
            }
        )
        version.action_approve()
        version.action_publish()
        partners = env["res.partner"].create([{"name": CODE} for _number in range(POINTS)])
        points = env["lgo.waste.point"].create(
            [
                {
                    "house": f"{CODE} {number}",
                    "partner_id": partner.id,
                    "zone_id": zone.id,
                    "tariff_id": tariff.id,
                    "date_start": MONTH,
                }
                for number, partner in enumerate(partners)
            ]
        )
        points.state = "active"
        run = env["lgo.waste.run"].create(
            {"period_from": MONTH, "date": MONTH, "zone_ids": [(6, 0, zone.ids)]}
        )
        run.action_preview()
        run.action_start()
        return run.id

    def _work(self, env):
        run = env["lgo.waste.run"].browse(self.run_id)
        while run._step(5):
            env.cr.commit()  # pylint: disable=invalid-commit
        env.cr.commit()  # pylint: disable=invalid-commit

    def _state(self):
        """(done, bills, amount of the run; months, bills, posted entries in the database)."""
        with self._cursor() as cr:
            run = self._env(cr)["lgo.waste.run"].browse(self.run_id)
            cr.execute(
                "SELECT count(*), count(DISTINCT c.point_id), count(DISTINCT c.bill_id),"
                " count(DISTINCT m.id), COALESCE(sum(m.amount_total), 0)"
                " FROM lgo_waste_charge c JOIN lgo_payment_bill b ON b.id = c.bill_id"
                " JOIN account_move m ON m.id = b.move_id AND m.state = 'posted'"
                " WHERE c.run_id = %s",
                [self.run_id],
            )
            found = cr.fetchone()
            return (run.done_count, run.bill_count, run.amount_total), found

    def test_twenty_kills(self):
        stops = [0]
        longest = 0.25
        for _kill in range(KILLS):
            self._kill_during(self._work, longest)
            (done, bills, amount), found = self._state()
            with self.subTest(seed=self.seed):
                self.assertEqual((bills, amount), (done, 40.0 * done))
                self.assertEqual(found[:4], (done,) * 4)
                self.assertEqual(float(found[4]), 40.0 * done)
            # A machine that got nothing done gets more time, so that kills fall all along the run.
            longest *= 1.3 if done == stops[-1] else 1
            stops.append(done)
        with self._cursor() as cr:
            self._work(self._env(cr))
        run, found = self._state()
        self.assertEqual(run, (POINTS, POINTS, 40.0 * POINTS))
        self.assertEqual(found[:4], (POINTS,) * 4)
        self.assertTrue(set(stops) - {0, POINTS}, f"no kill while bills were made: {stops}")


@tagged("post_install", "-at_install")
class TestKilledImport(KillDrill):
    """A register whose taking in is killed again and again makes each service point once."""

    def setUp(self):
        super().setUp()
        with self._cursor() as cr:
            self.import_id = self._prepare(self._env(cr))

    def _prepare(self, env):
        env.company._lgo_payment_setup()
        common = {"name": CODE, "code": CODE}
        env["lgo.waste.zone"].create(common)
        env["lgo.waste.tariff"].create(common)
        account = env["account.account"].create(
            {"code": "399998", "name": CODE, "account_type": "equity"}
        )
        rows = [
            changed(
                c0=f"{CODE}{number}", c1="", c2=str(number), c4=CODE, c5="", c7=CODE, c12="",
                c10=f"{CODE} {number}",
            )
            for number in range(POINTS)
        ]  # fmt: skip
        one = env["lgo.waste.import"].create(
            {
                "name": CODE,
                "data": base64.b64encode(workbook(*rows)),
                "opening_account_id": account.id,
            }
        )
        one.action_check()
        one.action_import()
        return one.id

    def _work(self, env):
        one = env["lgo.waste.import"].browse(self.import_id)
        while one._step(5):
            env.cr.commit()  # pylint: disable=invalid-commit
        env.cr.commit()  # pylint: disable=invalid-commit

    def _state(self):
        """(rows done by the import, its service points, their bills, baht of arrears)."""
        with self._cursor() as cr:
            one = self._env(cr)["lgo.waste.import"].browse(self.import_id)
            points = one.row_ids.point_id
            made = points.search([("zone_id.code", "=", CODE)])
            self.assertEqual(made, points)
            bills = points.bill_ids
            return one.done_count, len(points), len(bills), sum(bills.mapped("residual"))

    def test_twenty_kills(self):
        stops = [0]
        longest = 0.25
        for _kill in range(KILLS):
            self._kill_during(self._work, longest)
            state = self._state()
            done = state[0]
            with self.subTest(seed=self.seed):
                self.assertEqual(state, (done, done, 2 * done, 1360.0 * done))
            longest *= 1.3 if done == stops[-1] else 1
            stops.append(done)
        with self._cursor() as cr:
            self._work(self._env(cr))
        self.assertEqual(self._state(), (POINTS, POINTS, 2 * POINTS, 1360.0 * POINTS))
        self.assertTrue(set(stops) - {0, POINTS}, f"no kill while points were made: {stops}")
