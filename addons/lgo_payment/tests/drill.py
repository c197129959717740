# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import random
import signal
import time

import psycopg2

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import DummyRLock, Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name
from odoo.tools import SQL, mute_logger


class KillDrill(BaseCase):
    """Work in a process of its own that gets ``kill -9`` at a random moment.

    Nothing is simulated: the work commits, the process dies without a word, and PostgreSQL rolls
    back what was open. What a test committed is deleted afterwards: every row whose id is above
    those that were given out before.
    """

    #: Tables that keep what was written, whoever asks.
    KEPT = frozenset({"lgo_audit_log"})

    def setUp(self):
        super().setUp()
        self.db = get_db_name()
        # The test runner holds the registry lock; an Environment in another process would wait.
        self.patch(Registry, "_lock", DummyRLock())
        self.seed = random.randrange(2**32)
        self.random = random.Random(self.seed)  # noqa: S311 - moments, no secrets
        with self._cursor() as cr:
            self.before = self._last_ids(cr)
        self.addCleanup(self._clean_up)

    def _cursor(self):
        return db_connect(self.db).cursor()

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tracking_disable": True})

    @staticmethod
    def _last_ids(cr):
        """{table: last id that was given out}."""
        cr.execute(
            "SELECT sequencename, COALESCE(last_value, 0) FROM pg_sequences"
            " WHERE schemaname = current_schema AND sequencename LIKE '%%\\_id\\_seq'"
        )
        return {name.removesuffix("_id_seq"): last for name, last in cr.fetchall()}

    def _clean_up(self):
        with self._cursor() as cr:
            left = [
                table
                for table, last in self._last_ids(cr).items()
                if last > self.before.get(table, 0) and table not in self.KEPT
            ]
            while left:
                held = [table for table in left if not self._delete_new(cr, table)]
                self.assertLess(len(held), len(left), f"cannot be deleted: {held}")
                left = held

    def _delete_new(self, cr, table):
        """Delete the rows of the drill; False while rows of other tables name them."""
        try:
            with cr.savepoint(), mute_logger("odoo.sql_db"):
                cr.execute(
                    SQL(
                        "DELETE FROM %s WHERE id > %s",
                        SQL.identifier(table),
                        self.before.get(table, 0),
                    )
                )
        except psycopg2.IntegrityError:
            return False
        return True

    def _kill_during(self, work, longest):
        """Start ``work(env)`` in a process and kill it within ``longest`` seconds.

        :return: the seconds after which it was killed
        """
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self._child(work, writing)
        os.close(writing)
        try:
            self.assertEqual(os.read(reading, 1), b"s", "the process did not start")
            delay = self.random.uniform(0, longest)
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        finally:
            os.close(reading)
            os.waitpid(child, 0)
        return delay

    def _child(self, work, writing):
        """What the process does: never returns."""
        # The connections of the parent stay referenced: closing them would end its sessions.
        self.kept = (sql_db._Pool, sql_db._Pool_readonly)
        sql_db._Pool = sql_db._Pool_readonly = None
        try:
            with self._cursor() as cr:
                env = self._env(cr)
                os.write(writing, b"s")
                work(env)
            signal.pause()
        finally:
            os._exit(1)
