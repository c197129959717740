# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import random
import signal
import time

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import DummyRLock, Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name


class KillDrill(BaseCase):
    """Work in a process of its own that gets ``kill -9`` at a random moment.

    Nothing is simulated: the work commits, the process dies without a word, and PostgreSQL rolls
    back what was open. What a test commits it deletes itself, in :meth:`_clean`.
    """

    def setUp(self):
        super().setUp()
        self.db = get_db_name()
        # The test runner holds the registry lock; an Environment in another process would wait.
        self.patch(Registry, "_lock", DummyRLock())
        self.seed = random.randrange(2**32)
        self.random = random.Random(self.seed)  # noqa: S311 - moments, no secrets
        self.addCleanup(self._clean_up)

    def _cursor(self):
        return db_connect(self.db).cursor()

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tracking_disable": True})

    def _clean_up(self):
        with self._cursor() as cr:
            self._clean(cr)

    def _clean(self, cr):
        """Delete what the drill committed."""

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
