# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged

CLERKS = 20
NUMBERS_EACH = 5
CODE = "t_concurrency"


@tagged("post_install", "-at_install")
class TestRegisterConcurrency(BaseCase):
    """Real transactions on real connections: what a TransactionCase cannot show."""

    def setUp(self):
        super().setUp()
        self.db = get_db_name()
        # The test runner holds the registry lock; an Environment in a thread would wait for it.
        self.patch(Registry, "_lock", DummyRLock())
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.register_id = env["lgo.register"].create({"name": CODE, "code": CODE}).id
        self.addCleanup(self._clean)

    def _cursor(self):
        return db_connect(self.db).cursor()

    def _clean(self):
        with self._cursor() as cr:
            cr.execute("DELETE FROM lgo_register_entry WHERE register_id = %s", [self.register_id])
            cr.execute("DELETE FROM lgo_register WHERE id = %s", [self.register_id])

    def _numbers(self):
        with self._cursor() as cr:
            cr.execute(
                "SELECT number FROM lgo_register_entry WHERE register_id = %s ORDER BY number",
                [self.register_id],
            )
            return [number for (number,) in cr.fetchall()]

    def _take_and_end(self, barrier, clerk):
        """Take numbers, each in a transaction of its own; roll every fifth one back."""
        kept = []
        for turn in range(NUMBERS_EACH):
            with self._cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                cr.execute("SELECT 1")  # the snapshot exists before anybody has a number
                if turn == 0:
                    barrier.wait(timeout=60)
                number = env["lgo.register"]._take_number(CODE).number
                time.sleep(0.002)  # so that others really wait
                if (clerk + turn) % 5 == 0:
                    cr.rollback()
                else:
                    cr.commit()  # pylint: disable=invalid-commit
                    kept.append(number)
        return kept

    def test_twenty_clerks(self):
        barrier = threading.Barrier(CLERKS)
        with ThreadPoolExecutor(CLERKS) as pool:
            futures = [pool.submit(self._take_and_end, barrier, i) for i in range(CLERKS)]
            kept = [number for future in futures for number in future.result(timeout=120)]
        expected = CLERKS * NUMBERS_EACH * 4 // 5
        self.assertEqual(sorted(kept), list(range(1, expected + 1)))
        self.assertEqual(self._numbers(), list(range(1, expected + 1)))

    def test_old_snapshot(self):
        """Who began before others took numbers still gets the next free one."""
        with self._cursor() as old:
            old.execute("SELECT 1")
            env_old = api.Environment(old, SUPERUSER_ID, {})
            for _i in range(3):
                with self._cursor() as cr:
                    api.Environment(cr, SUPERUSER_ID, {})["lgo.register"]._take_number(CODE)
            self.assertEqual(env_old["lgo.register"]._take_number(CODE).number, 4)
            self.assertEqual(env_old["lgo.register"]._take_number(CODE).number, 5)
        self.assertEqual(self._numbers(), [1, 2, 3, 4, 5])

    def test_waiting_for_one_that_rolls_back(self):
        """A number whose transaction rolls back goes to the one who waits for it."""
        first = self._cursor()
        self.addCleanup(first.close)
        env = api.Environment(first, SUPERUSER_ID, {})
        self.assertEqual(env["lgo.register"]._take_number(CODE).number, 1)

        def wait_for_it():
            with self._cursor() as cr:
                return (
                    api.Environment(cr, SUPERUSER_ID, {})["lgo.register"]._take_number(CODE).number
                )

        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(wait_for_it)
            time.sleep(0.3)
            self.assertFalse(future.done(), "it must wait, not skip a number")
            first.rollback()
            self.assertEqual(future.result(timeout=30), 1)
        self.assertEqual(self._numbers(), [1])
