# Copyright 2026 LGO contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from psycopg2.errors import ExclusionViolation

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPostHolderConcurrency(BaseCase):
    """Two officers appoint at the same time: real transactions on real connections."""

    def setUp(self):
        super().setUp()
        self.patch(Registry, "_lock", DummyRLock())
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.posts = env["lgo.post"].create([{"name": "ปลัดทดสอบ"}, {"name": "รองทดสอบ"}]).ids
            self.employee = env["hr.employee"].create({"name": "สมชาย ใจดี"}).id
        self.addCleanup(self._clean)

    def _cursor(self):
        return db_connect(get_db_name()).cursor()

    def _clean(self):
        with self._cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["lgo.post.holder"].search([("post_id", "in", self.posts)]).unlink()
            env["lgo.post"].browse(self.posts).unlink()
            env["hr.employee"].browse(self.employee).unlink()

    def _appoint(self, cr, post, first, last=None):
        vals = {
            "post_id": post,
            "employee_id": self.employee,
            "date_from": first,
            "date_to": last,
        }
        api.Environment(cr, SUPERUSER_ID, {})["lgo.post.holder"].create(vals).flush_recordset()

    def _appoint_alone(self, post, first, last=None):
        with mute_logger("odoo.sql_db"), self._cursor() as cr:
            self._appoint(cr, post, first, last)

    def _terms(self):
        with self._cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM lgo_post_holder WHERE post_id IN %s", [tuple(self.posts)]
            )
            return cr.fetchone()[0]

    def _race(self, commit, second):
        """Appoint from January to June, ``second`` meanwhile; end the first; what happened."""
        first = self._cursor()
        self.addCleanup(first.close)
        self._appoint(first, self.posts[0], date(2026, 1, 1), date(2026, 6, 30))
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(self._appoint_alone, *second)
            time.sleep(0.3)
            waited = not future.done()
            if commit:
                first.commit()  # pylint: disable=invalid-commit
            else:
                first.rollback()
            return waited, future.exception(timeout=30)

    def test_the_second_is_refused(self):
        waited, error = self._race(True, (self.posts[0], date(2026, 6, 30)))
        self.assertTrue(waited, "the check alone would have let it pass")
        self.assertIsInstance(error, ExclusionViolation)
        self.assertEqual(self._terms(), 1)

    def test_the_second_takes_the_post_when_the_first_is_undone(self):
        waited, error = self._race(False, (self.posts[0], date(2026, 3, 1)))
        self.assertTrue(waited)
        self.assertIsNone(error)
        self.assertEqual(self._terms(), 1)

    def test_the_day_after_or_another_post_need_not_wait(self):
        waited, error = self._race(True, (self.posts[0], date(2026, 7, 1)))
        self.assertEqual((waited, error), (False, None))
        self._appoint_alone(self.posts[1], date(2026, 3, 1))
        self.assertEqual(self._terms(), 3)
